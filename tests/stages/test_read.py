"""The front door: what one message says."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from nurture.messages import Kind, Notice
from nurture.stages import READER, Signal, read
from tests.stages.builders import NOBODY_KNOWN, message, said


def test_importing_the_room_compiles_nothing() -> None:
    """Lexicons are compiled at first use, so commands start quickly."""
    code = "import nurture.stages; from nurture.stages.lexicon import lexicon; print(lexicon.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "0"


def test_every_reading_names_its_reader() -> None:
    """A newer reader finds what an older one read."""
    assert said("Bonjour").reader == READER


@pytest.mark.parametrize(
    ("text", "lang", "signal"),
    [
        ("Bonjour,\nmerci de me retirer de votre liste.\nCordialement", "fr", Signal.OPT_OUT),
        ("Please remove me from your mailing list.", "en", Signal.OPT_OUT),
        ("Non merci.", "fr", Signal.DECLINE),
        ("Pourquoi pas.", "fr", Signal.INTEREST),
        ("How much is it?", "en", Signal.PRICE_QUESTION),
        ("Relancez-moi en septembre.", "fr", Signal.DEFERRAL),
        ("Merci beaucoup !", "fr", Signal.THANKS),
        ("Unsubscribe", None, Signal.OPT_OUT),
    ],
)
def test_plain_words_are_understood(text: str, lang: str | None, signal: Signal) -> None:
    """The plainest wording of a signal is found, with the sentence that says it."""
    reading = said(text, lang=lang)

    assert signal in reading.signals
    assert all(f.quote in text and 0 < f.confidence <= 1 and f.rule for f in reading.findings)


def test_an_absence_notice_says_when_they_are_back() -> None:
    """What a program wrote has no signals; the day of the return is the notice's."""
    away = message("Je suis absent. Ne m'écrivez plus.", kind=Kind.OUT_OF_OFFICE, notice=Notice(resume_on=date(2026, 3, 9)))

    reading = read(away, NOBODY_KNOWN)

    assert reading.findings == ()
    assert reading.resume_on == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("Paul Marchand a refusé cette invitation.\n\nQuand : jeudi 12 mars\n\nMerci de ne plus m'écrire.", {Signal.OPT_OUT}),
        ("Sorry, we are not interested.\n\nWhen: Thursday 12 March", {Signal.DECLINE}),
        ("Paul a refusé et proposé un nouvel horaire.\nQuand : jeudi", set()),
        ("Paul Marchand has declined this invitation.\nWhen: Thursday", set()),
        ("Combien coûte un film ?", set()),
    ],
)
def test_a_last_word_is_typed_beside_a_calendars_answer(text: str, signals: set[Signal]) -> None:
    """That much of it is read; a calendar's own words are nobody's."""
    typed = message(text, kind=Kind.CALENDAR, lang="en" if text.isascii() and "When" in text else "fr")

    assert read(typed, NOBODY_KNOWN).signals == signals


@pytest.mark.parametrize(
    ("notice", "day"),
    [
        (Notice(method="REQUEST", starts=datetime(2026, 3, 10, 9, tzinfo=UTC)), date(2026, 3, 10)),
        (Notice(method="REPLY", partstat="ACCEPTED", starts=datetime(2026, 3, 10, 9, tzinfo=UTC)), date(2026, 3, 10)),
        (Notice(method="REPLY", partstat="DECLINED", starts=datetime(2026, 3, 10, 9, tzinfo=UTC)), None),
        (Notice(method="CANCEL", starts=datetime(2026, 3, 10, 9, tzinfo=UTC)), None),
        (Notice(method="REQUEST"), None),
    ],
)
def test_an_invitation_names_the_meeting(notice: Notice, day: date | None) -> None:
    """The day of an invitation or its acceptance is the meeting's, that of a refusal is not."""
    assert read(message("", kind=Kind.CALENDAR, notice=notice), NOBODY_KNOWN).meeting_on == day
