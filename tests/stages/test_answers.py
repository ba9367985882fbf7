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


OFFER = {
    "fr": {"awaits": Awaits.OFFER, "awaits_quote": "Voici mon devis pour la toiture : 5 600 € TTC."},
    "en": {"awaits": Awaits.OFFER, "awaits_quote": "Here's my quote for the roof: £5,600 including VAT."},
}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Cela nous convient très bien.", "fr"),
        ("Ça me va parfaitement, on commence quand vous voulez.", "fr"),
        ("On prend la deuxième formule.", "fr"),
        ("Nous validons votre devis.", "fr"),
        ("Je prends !", "fr"),
        ("À 5 600 € c'est d'accord.", "fr"),
        ("D'accord avec votre proposition, on signe.", "fr"),
        ("That works for us.", "en"),
        ("5,600 is fine by me.", "en"),
        ("We'll take both, please start in May.", "en"),
        ("Yes to all three rooms.", "en"),
    ],
)
def test_a_yes_to_our_offer_is_heard(text: str, lang: str) -> None:
    """« Cela nous convient » says yes where an offer is out, and no where nothing is missed."""
    assert Signal.ACCEPTANCE in said(text, lang=lang, **OFFER[lang]).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Je prends connaissance de tout cela ce week-end.", "fr"),
        ("On prend le temps d'y réfléchir.", "fr"),
        ("Je valide notre rendez-vous de jeudi.", "fr"),
        ("Le devis sera peut-être signé en juin.", "fr"),
        ("L'autre devis est déjà signé.", "fr"),
        ("Qui signe le devis chez vous ?", "fr"),
        ("À 5 000 € c'est signé.", "fr"),
        ("Baissez de 300 € et je signe.", "fr"),
        ("Sans la gouttière, je dis banco.", "fr"),
        ("Je suis d'accord avec vous sur l'état des tuiles.", "fr"),
        ("D'accord, j'attends votre version corrigée.", "fr"),
        ("Let's go through it on Monday.", "en"),
        ("We'll have it checked by the surveyor.", "en"),
        ("He's confirmed receipt.", "en"),
        ("The other quote is signed.", "en"),
        ("Is the contract signed on your side?", "en"),
        ("Knock off three hundred and it's a deal.", "en"),
        ("For 5,000, deal.", "en"),
        ("I agree with you about the tiles.", "en"),
        ("Agreed, subject to the vote on Thursday.", "en"),
        ("Ok, I'll wait for the corrected version.", "en"),
    ],
)
def test_what_sounds_like_a_yes_to_our_offer_and_is_none(text: str, lang: str) -> None:
    """Another price, another object, another tense: nobody is made a client by it."""
    assert Signal.ACCEPTANCE not in said(text, lang=lang, **OFFER[lang]).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Devis validé, rendez-vous jeudi.", "fr"),
        ("Je vous renvoie le devis signé, merci d'en confirmer la réception.", "fr"),
        ("Malgré trois autres devis, nous retenons le vôtre.", "fr"),
        ("Bon pour accord, j'attends votre réponse pour la date.", "fr"),
        ("Je fais le virement et je signe le devis demain.", "fr"),
        ("D'accord avec votre chiffrage, vous pouvez commencer.", "fr"),
        ("Ok pour nous, dès que vous pouvez.", "fr"),
        ("Pour 2 bâtiments, on prend votre forfait.", "fr"),
        ("À 5 600,00 € c'est d'accord.", "fr"),
        ("We had three other quotes but we accept yours.", "en"),
        ("Signed copy attached, can you confirm receipt?", "en"),
        ("Quote accepted, let's have a call on Monday.", "en"),
        ("Accepted, I'll wait for your answer about the date.", "en"),
        ("We'll take both and on Friday we'll pay the deposit.", "en"),
        ("We agree with your estimate, please start.", "en"),
        ("Agreed, as long as you need.", "en"),
        ("Let's go.", "en"),
    ],
)
def test_a_yes_beside_such_words_stays_one(text: str, lang: str) -> None:
    """A receipt, another quote, a wait, a sum that is ours: the yes is the yes."""
    assert Signal.ACCEPTANCE in said(text, lang=lang, **OFFER[lang]).signals


@pytest.mark.parametrize(
    ("offer", "text", "accepted"),
    [
        ("Voici mon devis : 4 200,00 € TTC.", "À 4 200 € c'est d'accord.", True),
        ("Voici mon devis : 4,2 k€.", "À 4 200 € c'est d'accord.", True),
        ("Voici mon devis : 4 200 €.", "À 4 000 € c'est d'accord.", False),
        ("Voici mon devis en pièce jointe.", "À 4 200 € c'est d'accord.", True),
    ],
)
def test_a_yes_at_our_price(offer: str, text: str, accepted: bool) -> None:
    """However the sum is written; where ours is not known, their yes is a yes."""
    assert (Signal.ACCEPTANCE in said(text, awaits=Awaits.OFFER, awaits_quote=offer).signals) is accepted
