"""A thank-you stands alone; where content is left it is none, and an offer is not accepted by it."""

from __future__ import annotations

import pytest

from nurture.stages import Awaits, Signal
from tests.stages.builders import said

THANKS = {Signal.THANKS}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Merci, bien reçu.", "fr"),
        ("Bonjour Camille, merci beaucoup, bonne journée", "fr"),
        ("Merci pour ces précisions très complètes.\nBien à vous,", "fr"),
        ("Bien noté, merci à vous !", "fr"),
        ("Pas de souci, merci.", "fr"),
        ("Merci d'avoir pris le temps de nous répondre.", "fr"),
        ("Thanks so much, Luis!", "en"),
        ("Thank you for the kind words about our garden.\nKind regards, Ingrid", "en"),
        ("Received with thanks.", "en"),
    ],
)
def test_politeness_alone_is_thanks(text: str, lang: str) -> None:
    """What it thanks for, a name and a closing add nothing."""
    assert said(text, lang=lang).signals == THANKS


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Merci, mais on va en rester là.", "fr"),
        ("Merci, mais c'est compliqué chez nous.", "fr"),
        ("Merci, l'usine ferme ses portes à la fin du mois.", "fr"),
        ("Merci de préciser la nature des outils mobilisés.", "fr"),
        ("Bien reçu, le conseil se réunit autour de votre dossier mardi soir.", "fr"),
        ("Merci de me confirmer.", "fr"),
        ("Grateful for an answer.", "en"),
        ("Merci, nous n'en avons pas l'usage.", "fr"),
        ("Thanks, although it is hardly our world.", "en"),
        ("Thank you, the trustees sit round the table on Tuesday night.", "en"),
        ("Thanks for your letter, but the shop has changed hands.", "en"),
    ],
)
def test_where_content_is_left_it_is_no_thanks(text: str, lang: str) -> None:
    """A clause of its own is said, understood or not: the plan asks the owner instead of waiting twice as long."""
    assert said(text, lang=lang).signals != THANKS


@pytest.mark.parametrize(
    ("text", "lang"), [("Merci, mais c'est compliqué chez nous.", "fr"), ("Thanks, but the shop is my aunt's.", "en")]
)
def test_a_thank_you_that_turns_is_a_no_or_perhaps_one(text: str, lang: str) -> None:
    """Read as one, or suspected: either holds what would be written to somebody who wants none."""
    reading = said(text, lang=lang)

    heard = {f.signal for f in (*reading.findings, *reading.unsure)}

    assert {Signal.DECLINE} <= heard <= {Signal.DECLINE, Signal.OBJECTION_INCUMBENT}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Ok merci", "fr"),
        ("D'accord, merci beaucoup.", "fr"),
        ("Parfait, merci !", "fr"),
        ("Ok.\nMerci", "fr"),
        ("ok thanks", "en"),
        ("Great, thank you!", "en"),
        ("Perfect, thanks so much.\nTom", "en"),
    ],
)
def test_an_offer_that_is_acknowledged_is_not_accepted(text: str, lang: str) -> None:
    """It has come, and they say thanks."""
    assert said(text, lang=lang, awaits=Awaits.OFFER, offer_out=True).signals == THANKS


@pytest.mark.parametrize(("text", "lang"), [("Oui, merci.", "fr"), ("Banco !", "fr"), ("Yes please, thank you", "en")])
def test_a_yes_accepts(text: str, lang: str) -> None:
    """A yes beside the thanks is a yes."""
    assert Signal.ACCEPTANCE in said(text, lang=lang, awaits=Awaits.OFFER, offer_out=True).signals


def test_a_meeting_is_agreed_to_with_ok_thanks() -> None:
    """Only an offer needs more than that."""
    asked = said("Ok merci", awaits=Awaits.MEETING, awaits_quote="Mardi à 10 h vous conviendrait-il ?")

    assert asked.signals == {Signal.MEETING}
