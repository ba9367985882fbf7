"""From which day on they may be written to again."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stages.builders import said

FRIDAY = date(2026, 1, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relancez-moi le 27 octobre, pas avant.", "2026-10-27"),
        ("Recontactez-moi en septembre.", "2026-09-01"),
        ("Réécrivez-moi à la mi-février.", "2026-02-15"),
        ("Écrivez-moi à la rentrée.", "2026-09-01"),
        ("Recontactez-nous au trimestre prochain.", "2026-04-01"),
        ("Recontactez-nous la semaine prochaine.", "2026-01-12"),
        ("Revenez vers moi dans deux mois.", "2026-03-09"),
        ("Tu peux me réécrire au T3 ?", "2026-07-01"),
        ("Relancez-moi après Pâques.", "2026-04-07"),
        ("Pas avant la Toussaint, relancez-moi à ce moment-là.", "2026-11-01"),
        ("Je suis en déplacement du 9 au 20 mars. Recontactez-moi ensuite.", "2026-03-21"),
        ("Nous sommes en travaux jusqu'à fin mars. Reprenez contact à ce moment-là.", "2026-04-01"),
        ("On déménage jusqu'à fin mars, relancez-moi mi-mai.", "2026-05-15"),
        ("Le contrat court jusqu'au 31 décembre ; revenez vers nous en juin.", "2026-06-01"),
        ("Le nouveau budget ouvre le 1er avril. Écrivez-moi à ce moment-là.", "2026-04-01"),
        ("Recontactez-moi plus tard. Mi-mars serait parfait.", "2026-03-15"),
        ("Refais-moi signe lundi en huit.", "2026-01-19"),
        ("Revenez vers moi quand la nouvelle directrice aura pris ses fonctions.", None),
        ("Notre directeur est parti en mars. Recontactez-nous quand son successeur sera là.", None),
        ("Recontactez-moi plus tard.", None),
        ("Écrivez-moi le lendemain de l'Ascension.", "2026-05-15"),
        ("Recontactez-moi après la réunion du 4.", "2026-02-05"),
        ("Réécrivez-moi entre le 6 et le 10 avril.", "2026-04-06"),
        ("Absente entre le 6 et le 10 avril, réécrivez-moi ensuite.", "2026-04-11"),
        ("Relancez-moi, je suis absente entre le 6 et le 10 avril.", "2026-04-11"),
        ("Merci de ne pas me relancer entre le 6 et le 10 avril, je serai en congé.", "2026-04-11"),
        ("Relancez-moi après mes congés entre le 6 et le 24 avril.", "2026-04-25"),
        ("Merci de me relancer entre le 6 et le 10 avril.", "2026-04-06"),
        ("Entre le 6 et le 10 avril serait idéal pour nous relancer.", "2026-04-06"),
        ("L'été est chargé, prenez de nos nouvelles après la Toussaint.", "2026-11-02"),
        ("On inaugure samedi. Donnez-moi de vos nouvelles dans trois semaines.", "2026-01-30"),
        ("Le four est en panne, repassez-moi un mot le 2 février.", "2026-02-02"),
        ("Manifestez-vous en septembre, le chantier sera fini.", "2026-09-01"),
    ],
)
def test_french_requests(text: str, expected: str | None) -> None:
    """The earliest day that the words allow, seen from Friday 9 January 2026; a vague event names none."""
    reading = said(text, sent=FRIDAY)

    assert (str(reading.resume_on) if reading.resume_on else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please come back to me on 1 July.", "2026-07-01"),
        ("Could you get back in touch in Q3?", "2026-07-01"),
        ("Drop me a line in mid-June.", "2026-06-15"),
        ("Write to me again in the new year.", "2027-01-02"),
        ("Try me again in two months.", "2026-03-09"),
        ("Give us a shout monday week.", "2026-01-19"),
        ("Give me a fortnight, then chase me up.", "2026-01-23"),
        ("Please get back to me after Easter.", "2026-04-07"),
        ("We're under contract until the end of November. Come back to me then.", "2026-12-01"),
        ("The new budget opens on 1 April. Send me a line then.", "2026-04-01"),
        ("I'm away from 2 to 13 March, so email me the Monday after.", "2026-03-16"),
        ("Drop me a note once the new manager has settled in.", None),
        ("Ask me again some other time.", None),
        ("Please knock again the day after Easter Monday.", "2026-04-07"),
        ("Write to me after the board meeting on 4 February.", "2026-02-05"),
        ("Get in touch between the 6th and the 10th of April.", "2026-04-06"),
        ("Please don't write to me between the 6th and the 24th of April.", "2026-04-25"),
        ("Any time between 6 and 10 April would be best to give us a shout.", "2026-04-06"),
        ("Between 6 and 10 April we are at the fair, give us a shout afterwards.", "2026-04-11"),
        ("Do try again on or after the second of June.", "2026-06-02"),
        ("Please write again after my leave between 6 and 24 April.", "2026-04-25"),
        ("Lambing is on us. Send us another nudge in mid-June.", "2026-06-15"),
    ],
)
def test_english_requests(text: str, expected: str | None) -> None:
    """The same in English."""
    reading = said(text, lang="en", sent=FRIDAY)

    assert (str(reading.resume_on) if reading.resume_on else None) == expected


@pytest.mark.parametrize(
    "text", ["Appelons-nous le 15 mars à 10 h.", "Notre salon a lieu le 15 mars.", "Je reviens vers vous le 15 mars."]
)
def test_a_day_without_a_request_defers_nothing(text: str) -> None:
    """Meetings, events and their own promises are no deferral."""
    assert said(text, sent=FRIDAY).resume_on is None


def test_without_its_own_day_a_mail_resumes_on_none() -> None:
    """Where the day of the mail is not known, days cannot be counted."""
    assert said("Recontactez-moi en septembre.", sent=None).resume_on is None
