"""The mail of most days is read without error, nearly always: two hundred plain answers a language, and sixty mails of ours."""

from __future__ import annotations

import pytest

from nurture.stages import Signal
from nurture.training.everyday import final_words, heard, ours, safe, share_right, theirs
from tests.stages.builders import said


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_plain_answers(lang: str) -> None:
    """Nine of ten without any error, every stop heard, nobody stopped who did not ask for it, and hardly a refusal missed."""
    letters = list(theirs(lang))
    stops = [letter.text for letter in letters if ("opt_out" in letter.wanted) != ("opt_out" in letter.found)]
    noes = [letter.text for letter in letters if ("decline" in letter.wanted) != ("decline" in letter.found)]

    assert len(letters) == 200
    assert share_right(letters) >= 0.9
    assert not stops
    assert len(noes) <= 2, noes


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_offers_of_ours(lang: str) -> None:
    """With and without the word."""
    letters = list(ours(lang))

    assert len(letters) == 60
    assert share_right(letters) >= 0.9


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_final_words(lang: str) -> None:
    """Half of them hints: most are said, hardly one is said that is none, and after a stop nothing is written, said or suspected."""
    letters = [letter for part in "ab" for letter in final_words(lang, part)]
    found = heard(letters)

    assert len(letters) == 240
    assert (found.recall("opt_out") or 0) >= 0.8
    assert (found.precision("opt_out") or 0) >= 0.95
    assert (safe(letters, "opt_out") or 0) >= 0.9
    assert (found.precision("decline") or 0) >= 0.9
    assert (found.precision("acceptance") or 0) >= 0.9


BARE = {
    "en": ["Nobody opens our newsletter.", "Our website doesn't work on phones.", "My team doesn't talk to each other.", "We lose bookings because nobody picks up the phone.", "Our brochure dates from 2012."],
    "fr": ["Nos vidéos ne convertissent pas.", "Mon équipe ne se parle plus.", "La compta a trois mois de retard.", "Nos apprentis partent au bout de trois mois.", "La plaquette date de 2012."],
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in BARE.items() for text in texts])
def test_a_bare_complaint_is_a_need(lang: str, text: str) -> None:
    """Alone, and beside a question about the price."""
    price = {"en": "What would it cost?", "fr": "Cela coûterait combien ?"}[lang]

    assert Signal.NEED in said(text, lang=lang).signals
    assert {Signal.NEED, Signal.PRICE_QUESTION} <= said(f"{text}\n{price}", lang=lang).signals


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The link in your mail doesn't work."),
        ("fr", "Votre lien ne marche pas."),
        ("fr", "Notre chaudière ne fuit plus, elle est réparée."),
    ],
)
def test_what_is_wrong_with_ours_or_was_mended_is_none(lang: str, text: str) -> None:
    """A fault of our mail, a fault of the past."""
    assert Signal.NEED not in said(text, lang=lang).signals
