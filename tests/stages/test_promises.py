"""What they say of their own time: a day on which they come back to it, no request to be written to later."""

from __future__ import annotations

from datetime import date

import pytest

from nurture.stages import Signal
from tests.stages.builders import said

FRIDAY, FIFTEENTH = date(2026, 3, 6), date(2026, 3, 15)  # the mails are of Monday 2 March 2026


@pytest.mark.parametrize(
    ("text", "lang", "by"),
    [
        ("Je vous réponds vendredi.", "fr", FRIDAY),
        ("Merci pour votre devis, je reviens vers vous vendredi.", "fr", FRIDAY),
        ("Nous vous ferons un retour d'ici vendredi.", "fr", FRIDAY),
        ("Vous aurez notre réponse vendredi.", "fr", FRIDAY),
        ("Je suis en congé jusqu'au 15.", "fr", FIFTEENTH),
        ("De retour le 15 mars.", "fr", FIFTEENTH),
        ("Je vais vous répondre vendredi matin.", "fr", FRIDAY),
        ("Je te redis ça vendredi", "fr", FRIDAY),
        ("Je regarde ça vendredi.", "fr", FRIDAY),
        ("Je reviens vers vous rapidement.", "fr", None),
        ("Ok merci, je regarde et je vous dis.", "fr", None),
        ("Ok thanks, will get back to you on Friday.", "en", FRIDAY),
        ("I'll get back to you on Friday.", "en", FRIDAY),
        ("You'll have our answer by Friday.", "en", FRIDAY),
        ("Let me come back to you on Friday.", "en", FRIDAY),
        ("I'm on leave until 15 March.", "en", FIFTEENTH),
        ("We'll be in touch.", "en", None),
        ("I'm away until Friday.", "en", FRIDAY),
    ],
)
def test_what_they_promise_is_read_with_its_day(text: str, lang: str, by: date | None) -> None:
    """An answer of theirs or a return, told by hand."""
    reading = said(text, lang=lang)

    assert reading.promise
    assert reading.promise_on == by
    assert not reading.signals & {Signal.DEFERRAL, Signal.THANKS}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Je vous réponds si le sujet m'intéresse un jour.", "fr"),
        ("J'étais en congé jusqu'au 15.", "fr"),
        ("Je ne reviendrai pas vers vous.", "fr"),
        ("Pouvez-vous me répondre vendredi ?", "fr"),
        ("I was on leave until Friday.", "en"),
        ("I won't get back to you.", "en"),
        ("Could you get back to me on Friday?", "en"),
    ],
)
def test_what_is_no_promise(text: str, lang: str) -> None:
    """Conditions, refusals, the past, and what they ask of us."""
    assert said(text, lang=lang).promise == ""
