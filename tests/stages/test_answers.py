"""A bare yes says yes to what our mail asked just before."""

from __future__ import annotations

import pytest

from nurture.stages import Awaits, Signal
from tests.stages.builders import said


@pytest.mark.parametrize(
    ("yes", "lang", "awaits", "asked", "signal"),
    [
        ("Oui.", "fr", Awaits.OFFER, "Voici le devis.", Signal.ACCEPTANCE),
        ("Avec plaisir !", "fr", Awaits.MEETING, "Jeudi à 10 h vous irait ?", Signal.MEETING),
        ("Oui, volontiers.", "fr", Awaits.FIRST_LETTER, "Puis-je vous envoyer deux exemples ?", Signal.INFO_REQUEST),
        ("Oui envoyez", "fr", Awaits.FIRST_LETTER, "Souhaitez-vous que je vous envoie la plaquette ?", Signal.INFO_REQUEST),
        ("Ok", "fr", Awaits.FIRST_LETTER, "Un café la semaine prochaine ?", Signal.MEETING),
        ("oui", "fr", Awaits.QUESTION, "Cela vous intéresse ?", Signal.INTEREST),
        ("Yes please", "en", Awaits.FIRST_LETTER, "Shall I send you that one?", Signal.INFO_REQUEST),
        ("Sure", "en", Awaits.FIRST_LETTER, "Would you have 20 minutes for a call?", Signal.MEETING),
        ("Yes.", "en", Awaits.OFFER, "Here's my quote.", Signal.ACCEPTANCE),
        ("Yes", "en", Awaits.QUESTION, "Is that of interest?", Signal.INTEREST),
    ],
)
def test_a_bare_yes_answers_what_was_asked(yes: str, lang: str, awaits: Awaits, asked: str, signal: Signal) -> None:
    """The yes is read with what our last mail left open."""
    assert said(yes, lang=lang, awaits=awaits, awaits_quote=asked).signals == {signal}


@pytest.mark.parametrize(
    ("text", "awaits", "asked"),
    [
        ("Oui.", Awaits.QUESTION, "Combien de clients recevez-vous ?"),
        ("Oui.", None, ""),
        ("Oui, mais pas tout de suite.", Awaits.OFFER, "Voici le devis."),
        ("Oui ?", Awaits.OFFER, "Voici le devis."),
    ],
)
def test_a_yes_to_nothing_known_says_nothing(text: str, awaits: Awaits | None, asked: str) -> None:
    """Where it is not known what was asked, or the yes has its but, nothing is concluded."""
    assert not said(text, awaits=awaits, awaits_quote=asked).signals & {Signal.ACCEPTANCE, Signal.MEETING, Signal.INFO_REQUEST}


def test_a_no_to_what_was_asked_stays_a_no() -> None:
    """« Non merci » to an offer is a decline."""
    assert said("Non merci.", awaits=Awaits.OFFER).signals == {Signal.DECLINE}
