"""Words of like meaning: what counts as which class, and what the files of the languages hold."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from nurture.stages.lexicon import Meanings, languages, lexicon, meanings, tables
from nurture.stages.model import grams

WORDS = Meanings(
    {
        "boss": "patron* directrice",
        "ask": "demander",
        "inform": "tenir_au_courant l'equipe_entiere",
        "tie": "tenir",
        "house": "patronymique",
        "wage": "patronal*",
    },
    elided=("l", "d"),
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("la directrice", ["la", "BOSS"]),
        ("nos patronnes", ["nos", "BOSS"]),
        ("patronymique", ["HOUSE"]),
        ("syndicat patronale", ["syndicat", "WAGE"]),
        ("me tenir au courant", ["me", "INFORM"]),
        ("tenir au chaud", ["TIE", "au", "chaud"]),
        ("d'equipe entiere", ["INFORM"]),
        ("l'directrice", ["BOSS"]),
        ("qu'elle", ["qu'elle"]),
        ("", []),
    ],
)
def test_a_word_counts_as_its_class(words: str, said: list[str]) -> None:
    """Words in a row before single words, whole words before stems, longer stems before shorter ones, elided articles aside."""
    assert WORDS.said(words.split()) == said


def test_a_language_without_classes_has_no_meanings() -> None:
    """Then nothing is added to what the model sees."""
    assert list(grams.meant(Meanings({}).said(["so", "what"]))) == []


def test_grams_of_meaning_have_a_class_in_them() -> None:
    """Words alone are counted already."""
    assert list(grams.meant(["la", "BOSS", "dit"])) == ["m:BOSS", "m:la BOSS", "m:BOSS dit", "m:la BOSS dit"]


@pytest.mark.parametrize("lang", languages())
def test_every_entry_can_be_met(lang: str) -> None:
    """As the model sees words, in the usual spelling; a stem of at least four letters; in one class only."""

    def seen(entry: str) -> list[str]:
        return grams.words(lexicon(lang).folded(entry.replace("_", " ")))

    entries = [(name, entry) for name, row in tables(lang, "meanings").items() for entry in row.split()]

    assert [entry for _, entry in entries if entry.endswith("*") and not re.fullmatch(r"[a-z]{4,}\*", entry)] == []
    assert [entry for _, entry in entries if not entry.endswith("*") and seen(entry) != entry.split("_")] == []
    assert [entry for entry, times in Counter(entry for _, entry in entries).items() if times > 1] == []


@pytest.mark.parametrize(("lang", "words"), [("fr", "mon associée n'est pas chaude"), ("en", "my business partner isn't keen")])
def test_the_languages_know_who_decides(lang: str, words: str) -> None:
    """A partner who is not named so in the phrase bank is a partner."""
    assert "PARTNER_COOWNER" in meanings(lang).said(grams.words(lexicon(lang).folded(words)))
