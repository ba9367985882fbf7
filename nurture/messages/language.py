"""The language of a short mail: fr, en, and recognised as not served: de es it nl pt.

Function words, endings and letters (`phrases/*.toml`), each worth the less the more languages share it. No model and no
numpy: a run with nothing to read must not pay for one (docs/dependencies.md). The thread is a strong prior for short texts;
words decide against it only when they are clear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from unicodedata import normalize

from nurture.messages.cues import SERVED, alternatives, compiled, phrases
from nurture.messages.words import fold

READ = 1_200  # characters that are looked at
ENDING, LETTER = 0.35, 0.5  # what an ending and a letter are worth beside a function word
PROVEN, AHEAD = 0.9, 0.4  # points that a language needs, and its lead over the next
OVERRULES, SHORT = 2.5, 6  # the lead that overrules the thread, and one point more for texts of fewer words
FOREIGN = 5  # one word in so many with letters of no served language tells another
TIMES = 2.5  # times as much as the thread's language
LINKS = frozenset("of the and for in to at on de la le les du des et d l a à von van der den da do di y e".split())
LINE = 120  # characters that a short line has at most
FEW, SOUND = 8, 3  # a short line; letters of a word that tells something
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_QUOTED = re.compile(r"«[^«»]{1,400}»|“[^“”]{1,400}[”“]|„[^„“”]{1,400}[“”]|\"[^\"\n]{1,400}\"")
_STOPS = re.compile(r"[.?!]")
_BANNER = re.compile(
    r"(?im)^\W{0,9}(?:caution|warning(?= ?:)|external (?:e-?mail|sender)|this (?:e-?mail|message) (?:has been scanned|originated|(?:was sent|came|comes) from (?:out|an? ext)))\b.{0,400}$"
)
_NOISE = re.compile(r"https?://\S+|\S+@\S+|www\.\S+")

Weights = tuple[tuple[str, float], ...]  # language -> weight
NOTHING: Weights = ()


def detect_language(text: str, prior: str | None = None) -> str | None:
    """ "fr", "en", "de", "es", "it", "nl", "pt", or None where neither the words nor the thread (`prior`) tell."""
    said = text[:READ]
    if "@" in said or "//" in said or "www." in said:
        said = _NOISE.sub(" ", said)
    asked = _says(said) if len(said) <= LINE else None
    said = _their_own(said)
    spelled = _WORD.findall(said.replace("’", "'"))
    words = [word.lower() for word in spelled]
    if asked and len(words) <= FEW:
        return asked
    scores = _scores(words)
    if _is_foreign(spelled):
        scores["fr"] = scores["en"] = 0.0
    first, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    if prior is None:
        return first if scores[first] >= PROVEN and scores[first] - scores[second] >= AHEAD else None
    return first if first != prior and _overrules(first, prior, words, scores) else prior


def _is_foreign(spelled: Sequence[str]) -> bool:
    """A good share of the words, not a dish or a place among them, has letters that no served language has."""
    words = [normalize("NFKC", word) for word in spelled if not word.isascii()]
    strange = sum(word[0].islower() and any(c.isalpha() and c not in _letters() for c in word) for word in words)
    return strange * FOREIGN >= max(len(spelled), 1)


def _overrules(first: str, prior: str, words: list[str], scores: Mapping[str, float]) -> bool:
    """Another language than the thread's: clearly ahead and by more than courtesy; or, in a short line, nothing but it."""
    theirs = scores.get(prior, 0.0)
    favour = [_leans(word, first, prior) for word in words]
    fresh = {word for word, leans in zip(words, favour, strict=True) if leans > 0 and fold(word) not in _courtesy(first)}
    told = sum(len(word) >= SOUND for word in fresh)
    if len(words) <= FEW and told >= 2 and any(len(word) > SOUND for word in fresh) and min(favour) >= 0:
        return True
    ahead = scores[first] - theirs >= OVERRULES + (len(words) < SHORT) and scores[first] >= TIMES * theirs
    return ahead and len(fresh) >= 2


def _leans(word: str, first: str, prior: str) -> float:
    scores = _scores([word])
    return scores[first] - scores.get(prior, 0.0)


def _their_own(text: str) -> str:
    """A text without what stands between quotation marks, and without lines that are names, titles and banners; all of it where nothing else is left."""
    told = "\n".join(line for line in _BANNER.sub("", _QUOTED.sub(" ", text)).split("\n") if not _names_only(line))
    return told if _WORD.search(told) or not _QUOTED.search(text) else text


def _names_only(line: str) -> bool:
    """« The Good Company of the North »: capitals, and small words between them."""
    words = _WORD.findall(line)
    if (
        len(words) < 2
        or _STOPS.search(line)
        or (words[0] != "The" and any(fold(words[0]) in _courtesy(known) for known in SERVED))
    ):
        return False
    named = [word for word in words if word[0].isupper() and word[1:].islower()]
    rest = {word for word in words if not word[0].isupper()}
    return rest <= LINKS and len(named) >= 2 + bool(rest)


def _says(text: str) -> str | None:
    """The language that a few words ask for or refuse in: « en français svp », "Kein Interesse"."""
    folded = fold(text)
    return next((language for language in SERVED if _sayings(language).search(folded)), None)


@cache
def _sayings(language: str) -> Any:
    return compiled(alternatives(phrases(language)["language"]["says"], r"(?:^|[^a-z0-9])(?:{})(?:$|[^a-z0-9])"))


@cache
def _courtesy(language: str) -> frozenset[str]:
    return frozenset(phrases(language)["language"]["courtesy"].split()) if language in SERVED else frozenset()


@cache
def _letters() -> frozenset[str]:
    every = "".join(phrases(language)["language"].get("letters", "") for language in SERVED)
    return frozenset("abcdefghijklmnopqrstuvwxyz'ÿ" + every + every.upper() + "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _scores(words: list[str]) -> dict[str, float]:
    scores = dict.fromkeys(SERVED, 0.0)
    known, endings, elisions, contractions = (
        _weights("words"),
        _weights("endings"),
        _weights("elisions"),
        _weights("contractions"),
    )
    for word in words:
        if "'" in word:
            head, _, tail = word.partition("'")
            if tail in contractions and (len(head) > 1 or head == "i"):
                _add(scores, contractions[tail])
            _add(scores, elisions.get(head, NOTHING))
            word = tail if head in elisions else head
        if not word.isascii():
            _score_accented(scores, word)
        elif weights := known.get(word):
            for language, weight in weights:
                scores[language] += weight
        elif len(word) > 4:
            _add(scores, _ending(word, endings), ENDING)
    return scores


def _score_accented(scores: dict[str, float], word: str) -> None:
    """A word with accents: not English, and worth something for its letters."""
    plain = fold(word)
    weights = _weights("words").get(plain) or _ending(plain, _weights("endings"))
    _add(scores, tuple((language, weight) for language, weight in weights if language != "en"))
    letters = _weights("letters")
    for letter in set(word):
        _add(scores, letters.get(letter, NOTHING), LETTER)


def _ending(word: str, endings: Mapping[str, Weights]) -> Weights:
    return next((endings[word[-n:]] for n in (5, 4, 3, 2) if word[-n:] in endings), NOTHING)


def _add(scores: dict[str, float], weights: Weights, worth: float = 1.0) -> None:
    for language, weight in weights:
        scores[language] += weight * worth


@cache
def _weights(name: str) -> Mapping[str, Weights]:
    """Word, ending or letter -> its weight in each language: one, divided by how many languages share it."""
    owners: dict[str, list[str]] = defaultdict(list)
    for language in SERVED:
        for item in _items(phrases(language)["language"].get(name, ()), letters=name == "letters"):
            owners[item].append(language)
    return {item: tuple((language, 1 / len(languages)) for language in languages) for item, languages in owners.items()}


def _items(value: str | Iterable[str], *, letters: bool) -> Iterable[str]:
    if not isinstance(value, str):
        return dict.fromkeys(value)
    return dict.fromkeys(value if letters else value.split())
