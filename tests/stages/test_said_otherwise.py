"""Promises, meetings and what our mails leave open, in words that the rules were not written from."""

from __future__ import annotations

from datetime import date

import pytest

from nurture.stages import Awaits
from tests.stages.builders import said, wrote

SENT = date(2026, 5, 5)  # a Tuesday
A = Awaits
UNREAD = pytest.mark.xfail(reason="not read yet", strict=True)
LATER = {"awaits": A.FIRST_LETTER, "sent": SENT}


@pytest.mark.parametrize(
    ("text", "lang", "by"),
    [
        ("Merci du rappel, je vous prépare le récapitulatif pour jeudi.", "fr", "2026-05-07"),
        ("Je n'ai pas oublié votre brochure : vous la recevrez vendredi.", "fr", "2026-05-08"),
        ("Les épreuves partent chez vous demain matin.", "fr", "2026-05-06"),
        ("Je consulte mon relieur et je vous donne un chiffre lundi.", "fr", "2026-05-11"),
        ("Nous vous adresserons la convention sous quinze jours.", "fr", "2026-05-20"),
        ("Il fait trop chaud aujourd'hui, mais je vous écris demain.", "fr", "2026-05-06"),
        ("Je vous transmets le scénario ce soir, bonne fin de journée.", "fr", "2026-05-05"),
        ("Je termine la retouche et vous la dépose jeudi.", "fr", "2026-05-07"),
        pytest.param("Je t'appelle mercredi, sauf si tu préfères un mail.", "fr", "2026-05-06", marks=UNREAD),
        ("Je vous recontacte après l'Ascension.", "fr", "any"),
        ("Je confirme le format avec l'imprimeur et je vous adresse l'épreuve jeudi.", "fr", "2026-05-07"),  # no order to them
        ("Suite à votre accord, je vous envoie la convention lundi.", "fr", "2026-05-11"),  # nor a condition
        ("Je vous envoie l'ensemble des photos demain.", "fr", "2026-05-06"),
        ("I'll put the estimate together on Friday.", "en", "2026-05-08"),
        ("You'll have my notes before Thursday.", "en", "any"),
        ("I haven't costed the frames yet, but I'll get you a number by Friday.", "en", "2026-05-08"),
        ("Leave it with me, I'll chase the framer tomorrow.", "en", "2026-05-06"),
        ("The revised layout will be with you on Monday.", "en", "2026-05-11"),
        ("We'll deliver the shelves within 24 hours.", "en", "2026-05-06"),
        ("I'll measure up on Thursday and send you a sketch the day after.", "en", "any"),
        ("I'll mail the samples this afternoon, tell me if they don't arrive.", "en", "2026-05-05"),
        ("I'll be in contact next week with a date.", "en", "2026-05-17"),
        ("Sorry about the wait; the invoice is coming on Friday.", "en", "2026-05-08"),
        ("Let me think it over and I'll come back to you on Friday.", "en", "2026-05-08"),
    ],
)
def test_ours_promise(text: str, lang: str, by: str) -> None:
    """Whatever else the sentence denies or asks."""
    reading = wrote(text, lang=lang, **LATER)

    assert reading.promise
    assert by == "any" or str(reading.promise_on) == by


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Dès réception de l'acompte, je commande le papier.", "fr"),
        ("Si le budget vous convient, je réserve le studio pour jeudi.", "fr"),
        ("Donnez-moi votre accord et je lance l'impression lundi.", "fr"),
        ("Je vous rappelle que les délais sont de trois semaines.", "fr"),
        ("En général je rends les fichiers le vendredi.", "fr"),
        ("Vous m'aviez dit : « je vous envoie le logo mardi ».", "fr"),
        ("Je prépare ce genre de vitrine depuis 2015.", "fr"),
        ("Once the deposit has arrived, I'll order the oak.", "en"),
        ("I'll start on Monday if the board agrees.", "en"),
        ("Sign the form and I'll book the hall.", "en"),
        ("I generally finish a chapter within two weeks.", "en"),
        ("You said you'd send the keys on Friday.", "en"),
        ("I won't trouble you again before the summer.", "en"),
    ],
)
def test_ours_promise_nothing(text: str, lang: str) -> None:
    """Conditions, habits, reminders and the words of others."""
    assert wrote(text, lang=lang, **LATER).promise == ""


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("On en discute jeudi en comité et je reviens vers vous.", "fr"),
        ("Ma collègue vous répondra demain.", "fr"),
        ("Pas encore eu le temps de regarder, je m'y mets ce week-end.", "fr"),
        ("Laissez-nous une semaine pour en parler.", "fr"),
        ("Vous aurez notre décision mardi prochain.", "fr"),
        ("My wife will call you tomorrow about the garden.", "en"),
        ("I'll run it past the trustees and let you know.", "en"),
        ("Not had a minute so far, will reply properly on Thursday.", "en"),
        ("We need another week to decide, then I'll write.", "en"),
        ("You'll hear from us by Friday.", "en"),
    ],
)
def test_theirs_promise(text: str, lang: str) -> None:
    """They come back to it."""
    assert said(text, lang=lang, awaits=A.OFFER, sent=SENT).promise


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Envoyez les plans et je vous dirai ce que j'en pense.", "fr"),
        ("Je ne vous répondrai pas deux fois.", "fr"),
        ("We'll shout if we ever need you.", "en"),
        ("I never answer cold mails.", "en"),
    ],
)
def test_theirs_promise_nothing(text: str, lang: str) -> None:
    """Conditions and refusals."""
    assert said(text, lang=lang, awaits=A.OFFER, sent=SENT).promise == ""


@pytest.mark.parametrize(
    ("text", "lang", "on"),
    [
        ("Parfait, on se retrouve jeudi à 9 h devant la mairie.", "fr", "2026-05-07"),
        ("C'est calé : visite lundi 11 mai.", "fr", "2026-05-11"),
        ("Jeudi je ne suis plus libre, vendredi en revanche c'est d'accord.", "fr", "2026-05-08"),
        ("Notre rendez-vous est repoussé au 12 mai.", "fr", "2026-05-12"),
        ("Je vous recevrai volontiers mercredi à l'atelier.", "fr", "2026-05-06"),
        ("L'inscription ferme vendredi, alors faites vite.", "fr", "None"),
        ("Bon courage pour votre déménagement de samedi !", "fr", "None"),
        ("Nous pourrions nous voir jeudi, si cela vous va.", "fr", "None"),
        ("Agreed, Thursday at nine outside the town hall.", "en", "2026-05-07"),
        pytest.param("I look forward to our chat on Friday.", "en", "2026-05-08", marks=UNREAD),
        ("Our visit has been moved to Monday.", "en", "2026-05-11"),
        ("Wednesday is out for me, Thursday is fine.", "en", "2026-05-07"),
        ("See you at the workshop on the 12th.", "en", "2026-05-12"),
        ("The grant scheme closes on Friday, so do hurry.", "en", "None"),
        ("Enjoy your staff outing on Thursday!", "en", "None"),
        ("I could come round on Friday if you like.", "en", "None"),
    ],
)
def test_ours_meeting(text: str, lang: str, on: str) -> None:
    """What is agreed or moved, and nothing else."""
    assert str(wrote(text, lang=lang, **LATER).meeting_on) == on


@pytest.mark.parametrize(
    ("text", "lang", "awaits"),
    [
        ("Il me faudrait encore la taille de l'enseigne.", "fr", A.QUESTION),
        ("Faites-moi signe quand la salle sera choisie.", "fr", A.QUESTION),
        ("Appelez-moi si la moindre chose vous gêne.", "fr", A.NOTHING),
        ("Je vous suggère jeudi après-midi, chez vous.", "fr", A.MEETING),
        ("À mon grand regret, je dois refuser ce chantier.", "fr", A.REFUSAL),
        ("Vos conditions me paraissent tout à fait normales.", "fr", A.NOTHING),
        ("Je vous renvoie le devis corrigé jeudi.", "fr", A.NOTHING),
        ("Voici comme promis le relevé des surfaces.", "fr", A.DOCUMENT),
        ("I still need the measurements of the door.", "en", A.QUESTION),
        ("Do tell me which colour you settled on.", "en", A.QUESTION),
        ("Just ring if anything is unclear.", "en", A.NOTHING),
        ("I suggest we meet on Thursday at the mill.", "en", A.MEETING),
        ("Sadly I have to turn this one down.", "en", A.REFUSAL),
        ("Your terms look perfectly reasonable.", "en", A.NOTHING),
        ("You'll receive the revised offer on Friday.", "en", A.NOTHING),
        ("As promised, here is the list of plants.", "en", A.DOCUMENT),
    ],
)
def test_what_ours_leaves_open(text: str, lang: str, awaits: Awaits) -> None:
    """A question without its mark, a proposal as a statement, a refusal; and what leaves nothing open."""
    assert wrote(text, lang=lang, **LATER).awaits is awaits
