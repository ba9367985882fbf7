"""The language of a short mail: fr, en, and recognised as not served: de es it nl pt.

Function words, endings and letters (`phrases/*.toml`), each worth the less the more languages share it. No model and no
numpy: a run with nothing to read must not pay for one (docs/dependencies.md). The thread is a strong prior for short texts;
words decide against it only when they are clear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from nurture.messages.cues import SERVED, phrases
from nurture.messages.words import fold

READ = 1_200  # characters that are looked at
ENDING, LETTER = 0.35, 0.5  # what an ending and a letter are worth beside a function word
PROVEN, AHEAD = 0.9, 0.4  # points that a language needs, and its lead over the next
OVERRULES, SHORT = 2.5, 6  # the lead that overrules the thread, and one point more for texts of fewer words
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_NOISE = re.compile(r"https?://\S+|\S+@\S+|www\.\S+")

Weights = tuple[tuple[str, float], ...]  # language -> weight
NOTHING: Weights = ()


def detect_language(text: str, prior: str | None = None) -> str | None:
    """ "fr", "en", "de", "es", "it", "nl", "pt", or None where neither the words nor the thread (`prior`) tell."""
    said = text[:READ]
    if "@" in said or "//" in said or "www." in said:
        said = _NOISE.sub(" ", said)
    words = _WORD.findall(said.lower().replace("’", "'"))
    scores = _scores(words)
    first, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    if prior is None:
        return first if scores[first] >= PROVEN and scores[first] - scores[second] >= AHEAD else None
    needed = OVERRULES + (len(words) < SHORT)
    return first if scores[first] - scores.get(prior, 0.0) >= needed else prior


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
