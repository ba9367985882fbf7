"""What was said beside the matter holds: a day that they named, a stop that somebody else said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nurture.followups import Action, OwnersWord
from nurture.stages import Awaits, Finding, Signal
from tests.followups.builders import Mail, a_case, at, ours, planned, theirs

FRIDAY = date(2026, 3, 6)


def promised(day: str, by: date | None = FRIDAY, *signals: Signal, **more: Any) -> Mail:
    """A mail of theirs that says when they come back to it."""
    mail = theirs(day, *signals, **more)
    assert mail.reading is not None
    return replace(mail, reading=replace(mail.reading, promise="Je vous réponds vendredi.", promise_on=by))


def test_nobody_is_chased_before_the_day_that_they_named() -> None:
    """Our mail after theirs awaits an answer; the day they named, and a decent wait behind it, come first."""
    case = a_case(ours("2026-03-02"), promised("2026-03-03"), ours("2026-03-04", Awaits.QUESTION))
    item = planned(case, "2026-03-10")

    assert (item.rule, item.action, item.look_again) == ("they-promised", Action.HOLD, date(2026, 3, 11))
    assert item.evidence.quote == "Je vous réponds vendredi."
    assert "6 March 2026" in item.why
    assert item.lane == "followups"


def test_the_wait_starts_anew_from_that_day() -> None:
    """Seven working days behind Friday 6 March is Tuesday the 17th."""
    case = a_case(ours("2026-03-02"), promised("2026-03-03", FRIDAY), ours("2026-03-04"))

    assert planned(case, "2026-03-16").action is Action.WAIT
    assert planned(case, "2026-03-17").action is Action.DRAFT


def test_a_promise_without_a_day_holds_for_ten_working_days() -> None:
    """« Je reviens vers vous » gives no day."""
    case = a_case(ours("2026-03-02"), promised("2026-03-03", None), ours("2026-03-04"))

    assert planned(case, "2026-03-16").rule == "they-promised"
    assert planned(case, "2026-03-17").rule != "they-promised"


def test_a_mail_that_only_promises_calls_for_no_answer() -> None:
    """It is their turn by their own word."""
    assert planned(a_case(ours("2026-03-02"), promised("2026-03-03")), "2026-03-05").rule == "they-promised"


def test_what_else_they_said_is_answered() -> None:
    """A question is not left lying because they promise something besides."""
    item = planned(a_case(ours("2026-03-02"), promised("2026-03-03", FRIDAY, Signal.PRICE_QUESTION)), "2026-03-05")

    assert (item.rule, item.signal) == ("answer-due", Signal.PRICE_QUESTION)


def test_a_later_word_of_theirs_takes_its_place() -> None:
    """They have come back to it."""
    case = a_case(ours("2026-03-02"), promised("2026-03-03"), theirs("2026-03-04", Signal.PRICE_QUESTION))

    assert planned(case, "2026-03-06").rule == "answer-due"


def stop(*, by: str, sure: bool, day: str = "2026-03-04") -> Mail:
    """Somebody beside the person asks for no more mail."""
    finding = Finding(signal=Signal.OPT_OUT, quote="Please stop writing to us.", confidence=0.9 if sure else 0.3, rule="test")
    mail = theirs(day, by=by, sender="bob@client.example")
    assert mail.reading is not None
    reading = replace(mail.reading, findings=(finding,) if sure else (), unsure=() if sure else (finding,))
    return replace(mail, reading=reading)


@pytest.mark.parametrize("by", ["thread", "other", "company"])
@pytest.mark.parametrize("sure", [True, False])
def test_a_stop_of_somebody_else_does_not_end_by_itself(by: str, sure: bool) -> None:
    """Neither time nor a mail of ours lifts it."""
    case = a_case(ours("2026-03-02"), stop(by=by, sure=sure), ours("2026-03-05"))

    for day in ("2026-03-06", "2026-03-16", "2026-05-04"):
        item = planned(case, day)
        assert item.rule in ("somebody-said-stop", "opted-out")
        assert item.look_again is None
        assert item.evidence.quote == "Please stop writing to us."


@pytest.mark.parametrize("by", ["other", "company"])
def test_the_owner_settles_it(by: str) -> None:
    """After their word it counts no more; one that comes later does."""
    word = OwnersWord(settled="silent", settled_at=at("2026-03-06"), settled_upto=2)

    assert planned(a_case(ours("2026-03-02"), stop(by=by, sure=True), word=word)).action is Action.DRAFT
    later = a_case(ours("2026-03-02"), stop(by=by, sure=True), stop(by=by, sure=True, day="2026-03-05"), word=word)
    assert planned(later).rule == "somebody-said-stop"
