"""The mail of most days is read without error, nearly always: two hundred plain answers a language, and sixty mails of ours."""

from __future__ import annotations

import pytest

from nurture.training.everyday import ours, share_right, theirs


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
