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
        ("Yes.", "en", Awaits.OFFER, "Shall I send you the schedule as well?", Signal.INFO_REQUEST),
        ("Oui, volontiers.", "fr", Awaits.OFFER, "Puis-je vous envoyer le calendrier ?", Signal.INFO_REQUEST),
        ("Yes", "en", Awaits.OFFER, "Could we talk it over on Tuesday?", Signal.MEETING),
        ("Oui.", "fr", Awaits.OFFER, "Cela vous convient-il ?", Signal.ACCEPTANCE),
        ("Yes.", "en", Awaits.OFFER, "Shall I send you the contract to sign?", Signal.ACCEPTANCE),
        ("Yes, go ahead.", "en", Awaits.OFFER, "Did you get it?", Signal.ACCEPTANCE),
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
        ("Oui.", Awaits.OFFER, "Avez-vous bien reçu le devis ?"),
        ("OK", Awaits.OFFER, "Arrivez-vous à ouvrir le document ?"),
    ],
)
def test_a_yes_to_nothing_known_says_nothing(text: str, awaits: Awaits | None, asked: str) -> None:
    """Where it is not known what was asked, or the yes has its but, nothing is concluded."""
    assert not said(text, awaits=awaits, awaits_quote=asked).signals & {Signal.ACCEPTANCE, Signal.MEETING, Signal.INFO_REQUEST}


def test_a_no_to_what_was_asked_stays_a_no() -> None:
    """« Non merci » to an offer is a decline."""
    assert said("Non merci.", awaits=Awaits.OFFER).signals == {Signal.DECLINE}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The shop's bill was paid this morning.", "en"),
        ("I signed for the parcel at noon.", "en"),
        ("Accounts have approved it, the money leaves on Friday.", "en"),
        ("La facture est réglée depuis ce matin.", "fr"),
        ("J'ai signé le bon de livraison tout à l'heure.", "fr"),
        ("C'est validé par la comptabilité, le virement part vendredi.", "fr"),
    ],
)
def test_where_we_offered_nothing_nothing_is_accepted(text: str, lang: str) -> None:
    """The words of a yes belong to many things of every day."""
    reading = said(text, lang=lang, awaits=Awaits.QUESTION, awaits_quote="Is Anna in on Friday?")

    assert Signal.ACCEPTANCE not in reading.signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The board has approved your quote.", "en"),
        ("Order confirmed, PO 4711.", "en"),
        ("Nous acceptons votre offre.", "fr"),
        ("Devis accepté, à lundi.", "fr"),
    ],
)
def test_an_offer_that_is_called_by_its_name_is_accepted(text: str, lang: str) -> None:
    """It may have gone by other ways than mail."""
    assert Signal.ACCEPTANCE in said(text, lang=lang, awaits=Awaits.QUESTION, awaits_quote="?").signals


@pytest.mark.parametrize(
    ("mail", "lang", "quoted"),
    [
        ("Here is our quote: £900 in all.\n\nDid you get it?", "en", "Did you get it?"),
        ("Here is our quote: £900 in all.\n\nShall I send you the plan, too?", "en", "Shall I send you the plan, too?"),
        ("Voici notre devis : 900 € tout compris.\n\nL'avez-vous bien reçu ?", "fr", "L'avez-vous bien reçu ?"),
        (
            "Here is our quote: £900 in all.\n\nShall I go ahead? Did you get the drawings?",
            "en",
            "Here is our quote: £900 in all.",
        ),
        ("Voici notre devis : 900 € tout compris.\n\nÇa vous va ?", "fr", "Voici notre devis : 900 € tout compris."),
        ("Voici notre devis : 900 € tout compris.\n\nQu'en dites-vous ?", "fr", "Voici notre devis : 900 € tout compris."),
    ],
)
def test_a_mail_with_an_offer_may_end_with_another_question(mail: str, lang: str, quoted: str) -> None:
    """Which a yes would answer; a question about the offer leaves the offer itself to be answered."""
    reading = said(mail, lang=lang, ours=True)

    assert (reading.awaits, reading.awaits_quote) == (Awaits.OFFER, quoted)
