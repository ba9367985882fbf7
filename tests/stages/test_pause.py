"""A pause that sounds like a stop, and what sounds like a pause and asks for none."""

from __future__ import annotations

from datetime import date

import pytest

from nurture.stages import Signal
from tests.stages.builders import said


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Merci de ne pas nous solliciter avant juin.", "fr"),
        ("Inutile de me recontacter avant juin.", "fr"),
        ("Pas de rappel avant juin, s'il vous plaît.", "fr"),
        ("Merci de ne plus m'écrire avant juin.", "fr"),
        ("We'd prefer not to be contacted before June.", "en"),
        ("No point ringing us before June.", "en"),
        ("Please don't email us until June.", "en"),
    ],
)
def test_not_before_june_is_a_pause_and_no_stop(text: str, lang: str) -> None:
    """The contact would be lost for good."""
    reading = said(text, lang=lang)

    assert reading.signals == {Signal.DEFERRAL}
    assert reading.resume_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Merci de ne plus jamais nous solliciter.", "fr"),
        ("Merci de ne plus m'écrire.", "fr"),
        ("Please never contact us again.", "en"),
        ("Merci de ne plus nous solliciter, comme demandé avant l'été.", "fr"),
        ("Merci de ne plus nous relancer, vous allez jusqu'à deux mails par jour.", "fr"),
        ("Inutile de me recontacter, ni avant ni après, jamais.", "fr"),
        ("Please do not contact us before or after the summer: take us off your list.", "en"),
    ],
)
def test_a_stop_without_a_day_stays_one(text: str, lang: str) -> None:
    """Nothing is said of later."""
    assert Signal.OPT_OUT in said(text, lang=lang).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Pouvez-vous me rappeler vos tarifs pour juin ?", "fr"),
        ("Vous m'aviez proposé de vous recontacter en mai : me voici.", "fr"),
        ("Merci de nous avoir relancés en mars, voici les plans.", "fr"),
        ("Recontactez-nous au plus vite, le chantier démarre en avril !", "fr"),
        ("Could you remind us what you charge for June?", "en"),
        ("You told me to come back to you in March, so here I am.", "en"),
        ("Thanks for chasing me in March, here are the plans.", "en"),
        ("Call me as soon as you can, we open in April.", "en"),
        ("Can we speak on Thursday 19 March at 2pm?", "en"),
    ],
)
def test_what_speaks_of_a_day_and_asks_for_no_pause(text: str, lang: str) -> None:
    """A buyer would be left alone for a year; it is not even suspected."""
    reading = said(text, lang=lang)

    assert Signal.DEFERRAL not in reading.signals | {f.signal for f in reading.unsure}
    assert reading.resume_on is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Merci de m'avoir relancée, revenez vers moi en mai.", "fr"),
        ("Vous me proposiez mars, réécrivez-moi en mai.", "fr"),
        ("Recontactez-moi dès que possible en mai.", "fr"),
        ("Thanks for following up, could you try me again in May?", "en"),
        ("You told me to come back to you, please ask me again in May.", "en"),
        ("Remind me of this in May.", "en"),
        ("Please get back to me as soon as possible in May.", "en"),
    ],
)
def test_a_pause_beside_such_words_stays_one(text: str, lang: str) -> None:
    """They thank, they tell what was said, and then they ask."""
    reading = said(text, lang=lang)

    assert Signal.DEFERRAL in reading.signals
    assert reading.resume_on == date(2026, 5, 1)


@pytest.mark.parametrize("text", ["Leave us in peace!", "I'm blocking your address.", "I want my data erased under GDPR."])
def test_a_stop_in_so_many_words_is_said(text: str) -> None:
    """The lexicon is a witness, too."""
    assert Signal.OPT_OUT in said(text, lang="en").signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le stagiaire nous a quittés, vous pouvez retirer son adresse. Et oui, montrez-moi la suite.", "fr"),
        ("Our intern has left, so take his address off your contacts. And yes, do show me the rest.", "en"),
    ],
)
def test_somebody_else_s_address_is_no_stop(text: str, lang: str) -> None:
    """Who has left is not written to; who writes is."""
    assert Signal.OPT_OUT not in said(text, lang=lang).signals
