"""What the model sees of a sentence: the n-grams of its letters, words and meanings, the rules of the lexicon that fire, its surroundings.

The same functions serve training and reading, so that a model is never asked about what it has not learnt. All of it is
additive: the grams of two sentences together are those of each, and those that cross their border.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from nurture.stages.lexicon import Hit, Meanings
from nurture.stages.verdict import Signal

LETTERS = range(2, 6)  # n-grams of letters, within words with their borders
WORDS = 3  # n-grams of words, up to so many
AROUND = 12  # words of the sentences before and after that count
ASKED = 25  # last words of what our mail asked just before
SHORT = 8  # words: so short an answer hangs on what was asked
LONG_WORD = 40  # letters; a longer one is no word
SENTENCE = 400  # words of one sentence that are looked at

TOPICS = frozenset(s.value for s in Signal if s is not Signal.PROPOSAL_SENT) | {
    "assent",
    "courtesy",
    "greeting",
    "closing",
}  # rules that are seen

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[?!€$£%]|[^\x00-\x7f]")
_DIGITS = re.compile(r"\d+")


def words(folded: str) -> list[str]:
    """The words and telling marks of a folded sentence; figures are all alike."""
    return [_DIGITS.sub("0", word) for word in _WORD.findall(folded)[:SENTENCE]]


def grams_of(folded: str, hits: Iterable[Hit], meanings: Meanings) -> Iterator[str]:
    """Of one sentence and the rules that fire on it."""
    for token in tokens(folded):
        yield from letters(token)
    found = words(folded)
    yield from word_grams(found)
    yield from meant(meanings.said(found))
    yield from rules(hits)


def rules(hits: Iterable[Hit]) -> Iterator[str]:
    """The rules of the lexicon that fire, and each of their topics once."""
    topics = set()
    for hit in hits:
        if hit.topic in TOPICS:
            topics.add(hit.topic)
            yield f"L:{hit.topic}:{hit.name}"
    for topic in sorted(topics):
        yield f"L:{topic}"


def tokens(folded: str) -> list[str]:
    """What stands between the spaces of a folded sentence, each no longer than a word can be."""
    return [token[:LONG_WORD] for token in folded.split()[:SENTENCE]]


def letters(token: str) -> Iterator[str]:
    """The n-grams of the letters of one token, its borders among them."""
    bordered = f" {token} "
    size = len(bordered)
    for n in LETTERS:
        if size <= n:
            yield bordered
            break
        for at in range(size - n + 1):
            yield bordered[at : at + n]


def word_grams(found: Sequence[str]) -> Iterator[str]:
    """Of words in a row."""
    for n in range(1, WORDS + 1):
        for at in range(len(found) - n + 1):
            yield "w:" + " ".join(found[at : at + n])


def meant(said: Sequence[str]) -> Iterator[str]:
    """Of words in a row of which at least one is a class (`Meanings.said`)."""
    classes = [one.isupper() for one in said]
    for n in range(1, WORDS + 1):
        for at in range(len(said) - n + 1):
            if True in classes[at : at + n]:
                yield "m:" + " ".join(said[at : at + n])


def crossing(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """The word n-grams of two sentences in a row that belong to neither alone; both as `words` gives them."""
    tail, head = list(one[-(WORDS - 1) :]), list(other[: WORDS - 1])
    joined, border = tail + head, len(tail)
    for n in range(2, WORDS + 1):
        for at in range(max(0, border - n + 1), min(border, len(joined) - n + 1)):
            yield "w:" + " ".join(joined[at : at + n])


def before(found: Sequence[str]) -> Iterator[str]:
    """What the sentence before says; nothing before it says something too."""
    yield from (f"p:{word}" for word in found[-AROUND:])
    if not found:
        yield "FIRST"


def after(found: Sequence[str]) -> Iterator[str]:
    """What the sentence after says."""
    yield from (f"n:{word}" for word in found[:AROUND])
    if not found:
        yield "LAST"


def asked(found: Sequence[str], *, short: bool) -> Iterator[str]:
    """What our mail asked just before; `short`: the answer is so short that it hangs on it."""
    for word in found[-ASKED:]:
        yield f"a:{word}"
        if short:
            yield f"sa:{word}"
