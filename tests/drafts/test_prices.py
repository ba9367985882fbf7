"""The owner's range in the figures of the reader's language."""

from __future__ import annotations

import pytest

from nurture.conversations import EntityKind, named_in
from nurture.drafts.prices import price_in


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("4 800 – 9 500 €", "4 800 – 9 500 €", "€4,800 – €9,500"),
        ("4\u202f800–9\u202f500\u00a0€", "4\u202f800–9\u202f500\u00a0€", "€4,800 – €9,500"),
        ("£4,800 – £9,500", "£4\u202f800 – £9\u202f500", "£4,800 – £9,500"),
        ("900 €", "900 €", "€900"),
        ("1 250,50 €", "1 250,50 €", "€1,250.50"),
        ("€1,900 to €2,600", "€1\u202f900 to €2\u202f600", "€1,900 to €2,600"),
        ("CHF 2 000", "CHF 2 000", "CHF 2,000"),
        ("3 × 200 €", "3 × 200 €", "3 × €200"),
        ("", "", ""),
    ],
)
def test_figures_stand_as_the_language_writes_them(text: str, french: str, english: str) -> None:
    """And mean the same: the confidentiality check knows them again."""
    assert (price_in(text, "fr"), price_in(text, "en")) == (french, english)


@pytest.mark.parametrize("text", ["4 800 – 9 500 €", "£4,800 – £9,500", "900 €"])
def test_they_are_the_same_amounts(text: str) -> None:
    """In whatever language they are written."""
    amounts = [{m.form for m in named_in(price_in(text, lang)) if m.kind is EntityKind.AMOUNT} for lang in ("fr", "en")]
    assert amounts[0] == amounts[1] != set()
