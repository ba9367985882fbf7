"""A yes to a supposition: what they would decide, said so; no acceptance of anything."""

from __future__ import annotations

import pytest

from nurture.stages import Signal
from tests.stages.builders import said


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Dans ce cas, on signe tout de suite.", "fr"),
        ("Si ça existait, oui, nous partirions avec vous.", "fr"),
        ("On déciderait d'équiper les trois agences.", "fr"),
        ("Ma décision serait prise.", "fr"),
        ("Ce serait un grand oui.", "fr"),
        ("Je vous passerais commande dès demain.", "fr"),
        ("Oui, bien sûr.", "fr"),
        ("Then we'd sign tomorrow.", "en"),
        ("If you had it, we would go ahead with the whole team.", "en"),
        ("That would make it a yes.", "en"),
        ("In that case it's a yes from us.", "en"),
        ("Nothing would stand in our way.", "en"),
    ],
)
def test_a_supposed_yes_is_found(text: str, lang: str) -> None:
    """With its sentence."""
    assert said(text, lang=lang).would == text
    assert Signal.ACCEPTANCE not in said(text, lang=lang).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("On ne signerait pas pour autant.", "fr"),
        ("J'y réfléchirais.", "fr"),
        ("On irait peut-être voir plus loin.", "fr"),
        ("Oui, mais il faudrait que mon associé soit d'accord.", "fr"),
        ("Nous signerions quoi, au juste ?", "fr"),
        ("On prendrait sans doute un autre prestataire.", "fr"),
        ("Je ne sais pas trop, il faudrait voir.", "fr"),
        ("Honestly it wouldn't change much.", "en"),
        ("We'd probably go ahead.", "en"),
        ("We'd buy it, unless the price is silly.", "en"),
        ("I'd need to ask my boss.", "en"),
        ("We would consider it.", "en"),
        ("Would we sign?", "en"),
    ],
)
def test_a_doubt_takes_it_back(text: str, lang: str) -> None:
    """No yes is read into a perhaps."""
    assert said(text, lang=lang).would == ""
