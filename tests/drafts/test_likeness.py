"""How alike two texts are: a number from nothing to everything, whatever the white space and the accents' encoding."""

from __future__ import annotations

import unicodedata

import pytest

from nurture.drafts import likeness

TEXT = "Bonjour Madame Roux,\n\nVoici où je chercherais : un cas déjà écrit."


def test_the_same_words_are_alike() -> None:
    """Lines may be broken elsewhere, accents composed in another way."""
    assert likeness(TEXT, unicodedata.normalize("NFD", TEXT).replace(" ", "\n")) == 1


@pytest.mark.parametrize("other", ["", "…", "Something entirely different here"])
def test_other_words_are_not(other: str) -> None:
    """Nor is nothing like anything."""
    assert likeness(TEXT, other) == 0


def test_an_edited_text_is_in_between() -> None:
    """A sentence more, a word less; very long texts end in time."""
    assert 0.6 < likeness(TEXT, TEXT.replace("déjà ", "") + "\nBien à vous") < 1
    assert likeness("a b " * 100_000, "b a " * 100_000) > 0.9
