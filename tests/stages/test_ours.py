"""Our own mails: what they hand over, leave open, promise and agree to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nurture.stages import Awaits, Signal
from tests.stages.builders import said, wrote

FRIDAY = date(2026, 1, 9)
A = Awaits


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Voici le devis : trois journées, 4 200 € HT.", "fr"),
        ("Vous trouverez ma proposition en pièce jointe.", "fr"),
        ("Ci-joint notre offre, valable trente jours.", "fr"),
        ("Offre ferme : 950 € tout compris.", "fr"),
        ("Si l'on retire une journée, je descends à 3 100 €.", "fr"),
        ("Please find my quote attached.", "en"),
        ("Here's my offer: £3,900, fixed.", "en"),
        ("My proposal is attached, $4,800 in all.", "en"),
        ("Huit ateliers d'une heure, 3 600 € HT, le premier le 12 mars.", "fr"),
        ("Pour les trois vitraux, ce sera deux mille huit cents euros, pose comprise.", "fr"),
        ("Four Saturdays in October, £640, prints included. Shall I keep the dates for you?", "en"),
        ("Three days a month until June, £700 a day, starting on the 9th.", "en"),
        ("I'd look after both gardens for $310 a month, with a month's notice on either side.", "en"),
        ("How about £420 for the two evenings, sheets included?", "en"),
        ("Shall we say 450 and leave it at that?", "en"),
        ("The contract is attached and only needs your signature.", "en"),
        ("A £200 deposit holds the day, the remaining £500 is due in June.", "en"),
        ("I suggest a monthly plan at $180: two visits and the plants.", "en"),
        ("Following up on my proposal, here's the revised quote: £3,900.", "en"),
        ("Another firm would charge £5,000; I can do it for £3,500.", "en"),
        ("Suite à mon devis, voici la version révisée : 3 900 €.", "fr"),
        ("Mes honoraires sont de 3 500 € pour l'ensemble de la mission.", "fr"),
        ("On dit 480 € pour les deux soirées ?", "fr"),
        ("Vous trouverez en PJ l'estimation détaillée de la véranda.", "fr"),
        ("Un acompte de 250 € réserve la date, le solde de 600 € se règle le jour même.", "fr"),
    ],
)
def test_an_offer_is_handed_over(text: str, lang: str) -> None:
    """A quote, an offer, a firm price: they have it in their hands, and its answer is awaited."""
    reading = wrote(text, lang=lang)

    assert reading.signals == {Signal.PROPOSAL_SENT}
    assert reading.awaits is A.OFFER
    assert reading.awaits_quote in text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Entre 1 900 et 2 600 € selon la durée.", "fr"),
        ("À partir de 890 € HT.", "fr"),
        ("Ma journée est à 650 €.", "fr"),
        ("Voulez-vous un devis ?", "fr"),
        ("Je vous envoie le devis lundi.", "fr"),
        ("La proposition de janvier tient toujours.", "fr"),
        ("Usually between £1,200 and £2,000, which is a range and not a quote.", "en"),
        ("My day rate is £640.", "en"),
        ("Ma journée est à 650 €, déplacement en plus, et pour un devis il me faut la liste des pièces.", "fr"),
        ("Chez vos voisins, ces retards ont coûté 4 000 € l'an passé.", "fr"),
        ("Plumbers round here charge £70 an hour, and you would be surprised what they do with it.", "en"),
        ("Walk round the site Thu 5 Mar 2026 10:00 – 11:00, gate 2, boots please.", "en"),
        ("Shall I send you a quote?", "en"),
        ("I can't make you an offer before the summer, my books are full.", "en"),
        ("Our three plans: Small £15, Middle £40, Large £90 a month.", "en"),
        ("Just following up on my quote of £1,800 for the kitchen.", "en"),
        ("If every guest spends £9, thirty more a day makes £270.", "en"),
        ("Nos trois formules : Découverte 15 €, Confort 40 €, Complète 90 € par mois.", "fr"),
        ("Je reviens vers vous au sujet de mon devis de 1 800 € pour la cuisine.", "fr"),
        ("Une agence vous prendrait 7 000 € pour le même travail.", "fr"),
        ("I'll send you the proposal on Monday.", "en"),
    ],
)
def test_a_range_a_rate_or_a_promise_is_no_offer(text: str, lang: str) -> None:
    """A range, a rate card, a past price, a question, a promise hand nothing over."""
    assert wrote(text, lang=lang).findings == ()


FIRST: dict[str, Any] = {"first": True}
LATER: dict[str, Any] = {"awaits": A.FIRST_LETTER}


@pytest.mark.parametrize(
    ("text", "known", "awaits", "quote"),
    [
        ("Bonjour,\nJe filme des ateliers. Un café la semaine prochaine ?\nBien à vous", FIRST, A.FIRST_LETTER, "Un café la semaine prochaine ?"),
        ("Je filme des ateliers. Je reste à votre disposition.", FIRST, A.FIRST_LETTER, "Je filme des ateliers."),
        ("Combien de clients recevez-vous ?", LATER, A.QUESTION, "Combien de clients recevez-vous ?"),
        ("Franchement ? Six journées suffisent. Qu'en dites-vous ?", LATER, A.QUESTION, "Qu'en dites-vous ?"),
        ("Dites-moi ce que vous en pensez.", LATER, A.QUESTION, "Dites-moi ce que vous en pensez."),
        ("Auriez-vous un quart d'heure mardi ?", LATER, A.MEETING, "Auriez-vous un quart d'heure mardi ?"),
        ("Voici le lien vers le film : https://films.example/atelier", LATER, A.DOCUMENT, "Voici le lien vers le film : https://films.example/atelier"),
        ("Mardi 10 h, parfait.", LATER, A.NOTHING, "Mardi 10 h, parfait."),
        ("Je comprends. Bonne continuation !", LATER, A.NOTHING, "Je comprends."),
        ("Je me permets de revenir vers vous.", LATER, A.FIRST_LETTER, "Je me permets de revenir vers vous."),
        ("Je me permets de revenir vers vous.", {"awaits": A.NOTHING}, A.NOTHING, "Je me permets de revenir vers vous."),
        ("Je préfère décliner, ce n'est pas mon métier.", LATER, A.REFUSAL, "Je préfère décliner, ce n'est pas mon métier."),
        ("Je préfère décliner. Et si nous le faisions autrement ?", LATER, A.QUESTION, "Et si nous le faisions autrement ?"),
        ("", LATER, A.NOTHING, ""),
    ],
)  # fmt: skip
def test_what_a_french_mail_leaves_open(text: str, known: dict[str, Any], awaits: Awaits, quote: str) -> None:
    """What is awaited, and the sentence that says so."""
    reading = wrote(text, **known)

    assert (reading.awaits, reading.awaits_quote) == (awaits, quote)


@pytest.mark.parametrize(
    ("text", "known", "awaits"),
    [
        ("I make films. Would it be useful if I sent you one?", FIRST, A.FIRST_LETTER),
        ("What would you want to have changed by next year?", LATER, A.QUESTION),
        ("Let me know what you think.", LATER, A.QUESTION),
        ("Would you have 20 minutes for a call next week?", LATER, A.MEETING),
        ("Attached is the case study you asked for.", LATER, A.DOCUMENT),
        ("Tuesday at ten it is. See you then.", LATER, A.NOTHING),
        ("Thanks for telling me. Good luck with the move.", LATER, A.NOTHING),
        ("Just following up on my last email.", LATER, A.FIRST_LETTER),
        ("I'd rather not: that's not something we do.", LATER, A.REFUSAL),
        ("How are you?", LATER, A.NOTHING),
    ],
)
def test_what_an_english_mail_leaves_open(text: str, known: dict[str, Any], awaits: Awaits) -> None:
    """The same in English; a courtesy asks nothing."""
    assert wrote(text, lang="en", **known).awaits is awaits


@pytest.mark.parametrize(
    ("text", "lang", "due"),
    [
        ("Je vous envoie le devis lundi.", "fr", "2026-01-12"),
        ("Vous aurez ma réponse d'ici la fin de la semaine.", "fr", "2026-01-16"),
        ("Je vous réécrirai en mars, comme convenu.", "fr", "2026-03-31"),
        ("Je m'en charge dans la journée.", "fr", "2026-01-09"),
        ("Je vous enverrai la plaquette.", "fr", None),
        ("I'll send you the quote on Monday.", "en", "2026-01-12"),
        ("You'll have it by Friday.", "en", "2026-01-16"),
        ("I'll get back to you next week.", "en", "2026-01-18"),
        ("We'll send the details.", "en", None),
    ],
)
def test_a_promise_has_its_sentence_and_its_day(text: str, lang: str, due: str | None) -> None:
    """What we say that we will do, and the last day on which it is still in time."""
    reading = wrote(text, lang=lang, sent=FRIDAY)

    assert reading.promise == text
    assert (str(reading.promise_on) if reading.promise_on else None) == due


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Si vous voulez, je vous envoie un exemple.", "fr"),
        ("Voulez-vous que je vous envoie un exemple lundi ?", "fr"),
        ("Je ne vous relancerai pas.", "fr"),
        ("If you say yes, I'll send the invoice.", "en"),
        ("Shall I send you one?", "en"),
        ("I won't write again.", "en"),
    ],
)
def test_what_hangs_on_them_is_no_promise(text: str, lang: str) -> None:
    """Conditions, questions and what we will not do are no promise."""
    assert wrote(text, lang=lang, sent=FRIDAY).promise == ""


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Mardi 10 h, parfait.", "fr", "2026-01-13"),
        ("Parfait, à jeudi !", "fr", "2026-01-15"),
        ("C'est noté pour le 22 janvier.", "fr", "2026-01-22"),
        ("Notre visio est mardi 20 janvier.", "fr", "2026-01-20"),
        ("Demain 14 h, je vous appelle.", "fr", "2026-01-10"),
        ("Mardi à 10 h vous irait ?", "fr", None),
        ("Je vous envoie le devis mardi.", "fr", None),
        ("Désolé, mardi n'est plus possible, parfait pour vous sinon.", "fr", None),
        ("Thursday at ten it is.", "en", "2026-01-15"),
        ("See you on Tuesday!", "en", "2026-01-13"),
        ("Would Tuesday suit you?", "en", None),
    ],
)
def test_the_day_of_a_meeting_that_we_agree_to(text: str, lang: str, expected: str | None) -> None:
    """A day that we confirm is a meeting's; one that we only ask about is not."""
    found = wrote(text, lang=lang, sent=FRIDAY).meeting_on

    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Êtes-vous libre jeudi à 14 h ?", "fr", "2026-01-15"),
        ("Ok pour mardi 10 h.", "fr", "2026-01-13"),
        ("Mercredi ne marche plus, je suis pris.", "fr", None),
        ("On peut se voir la semaine prochaine ?", "fr", None),
        ("Tuesday at ten works for me.", "en", "2026-01-13"),
        ("Sorry, I can't make Tuesday.", "en", None),
    ],
)
def test_the_day_of_a_meeting_that_they_name(text: str, lang: str, expected: str | None) -> None:
    """A day that they propose or accept counts, one that they call off does not."""
    found = said(text, lang=lang, sent=FRIDAY).meeting_on

    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("text", "lang", "off", "day"),
    [
        ("Je dois annuler notre rendez-vous de jeudi.", "fr", True, "2026-01-15"),
        ("Notre visio est annulée, désolée.", "fr", True, None),
        ("Je reporte notre appel, je vous redonne une date.", "fr", True, None),
        ("Impossible de vous dire pourquoi.", "fr", False, None),
        ("I have to cancel our meeting.", "en", True, None),
        ("Sorry, I can't make Tuesday.", "en", True, "2026-01-13"),
        ("I can't make sense of it.", "en", False, None),
    ],
)
def test_a_meeting_that_is_called_off(text: str, lang: str, off: bool, day: str | None) -> None:
    """With its day, where the words tell it."""
    reading = wrote(text, lang=lang, sent=FRIDAY)

    assert (reading.meeting_off, str(reading.meeting_off_on) if reading.meeting_off_on else None) == (off, day)
    assert reading.meeting_on is None


def test_without_its_own_day_a_mail_names_none() -> None:
    """Where the day of the mail is not known, days cannot be counted."""
    reading = wrote("Mardi 10 h, parfait. Je vous envoie le plan lundi.", sent=None)

    assert (reading.meeting_on, reading.promise_on) == (None, None)
    assert reading.promise
