"""Which resource fits a person: BM25 of their words over title, tags and sentence. None fits, or they have had them: none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log

from nurture.drafts.resources import Resource
from nurture.messages import OurWords, link_hashes, plain_words, sentence_hashes, stems

K1, B = 1.2, 0.75  # the usual constants of BM25
NAMED = 2  # how often a word of a title or tag counts
ENOUGH = 2  # words of the sentence alone that make a fit; one of a title or tag is enough

Query = tuple[tuple[str, float], ...]  # texts, and what their words are worth


@dataclass(frozen=True, kw_only=True)
class Had:
    """What one person has had from us: resources by the ledger, and what our own mails to them said, as keyed hashes."""

    keys: frozenset[int] = frozenset()
    said: frozenset[str] = frozenset()  # of sentences and links
    runs: OurWords = field(
        default_factory=OurWords
    )  # of word runs: long links are recognised in mails that were read before links were kept
    hash_key: bytes = b""

    def holds(self, resource: Resource) -> bool:
        """By the ledger, by its link, or by its sentence in a mail that the owner wrote by hand."""
        if resource.key in self.keys:
            return True
        hashes = link_hashes(resource.url, self.hash_key) or sentence_hashes(resource.sentence, self.hash_key)
        if hashes & self.said:
            return True
        words = plain_words(resource.link)
        return len(words) > 0 and all(self.runs.said(words))


def fitting(resources: Iterable[Resource], query: Query, *, lang: str, register: str, had: Had) -> Resource | None:
    """The best of what they have not had, in the language and register of the letter; the elder of two equals. None: nothing fits."""
    shelf = [r for r in resources if r.lang == lang]
    words = _weights(query, lang)
    if not shelf or not words:
        return None
    ranked = sorted(((score, r) for r, score in _scored(shelf, words, lang)), key=lambda pair: (-pair[0], pair[1].key))
    return next((r for _, r in ranked if r.speaks(register) and not had.holds(r) and not _links_to(r, shelf, had)), None)


def _links_to(resource: Resource, shelf: list[Resource], had: Had) -> bool:
    """The same page, taken in a second time, was shared under its other number."""
    return bool(resource.link) and any(r.key in had.keys and r.link == resource.link for r in shelf)


def _weights(query: Query, lang: str) -> dict[str, float]:
    """Each word of the query once, by the most that it is worth."""
    found: dict[str, float] = {}
    for text, worth in query:
        for word in stems(text, lang):
            found[word] = max(worth, found.get(word, 0.0))
    return found


def _scored(shelf: list[Resource], words: dict[str, float], lang: str) -> list[tuple[Resource, float]]:
    """Every resource that shares enough with the query, with its score."""
    named = [frozenset(w for text in (r.title, *r.tags) for w in stems(text, lang)) for r in shelf]
    documents = [Counter(dict.fromkeys(n, NAMED)) + Counter(stems(r.sentence, lang)) for r, n in zip(shelf, named, strict=True)]
    usual = sum(d.total() for d in documents) / len(documents) or 1.0
    held = Counter(word for d in documents for word in d)
    found = []
    for resource, names, document in zip(shelf, named, documents, strict=True):
        shared = words.keys() & document.keys()
        if shared & names or len(shared) >= ENOUGH:
            long = K1 * (1 - B + B * document.total() / usual)
            found.append((resource, sum(words[w] * _rarity(held[w], len(shelf)) * _often(document[w], long) for w in shared)))
    return found


def _rarity(held: int, of: int) -> float:
    return log(1 + (of - held + 0.5) / (held + 0.5))


def _often(count: int, long: float) -> float:
    return count * (K1 + 1) / (count + long)
