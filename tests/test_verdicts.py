"""What the owner says about a conversation covers what was known then: nothing that comes later, and for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nurture.followups import Case, OwnersWord
from nurture.stages import Finding, Signal, Stage
from nurture.verdicts import judge_case
from tests.followups.builders import a_case, at, ours, planned, theirs

LONG_AGO = at("2025-03-11")
SETTLED = OwnersWord(settled="silent", settled_at=at("2026-03-09", 12), settled_upto=2)
REOPENED = OwnersWord(reopened_at=at("2026-03-09", 12), reopened_upto=2)


def doubt() -> Finding:
    return Finding(signal=Signal.DECLINE, quote="Merci, mais bon.", confidence=0.3, rule="test")


def judged(case: Case, word: OwnersWord) -> Case:
    return judge_case(replace(case, word=word), LONG_AGO)


def stage(case: Case) -> Stage | None:
    return case.verdict.stage if case.verdict else None


def test_a_doubt_that_was_settled_does_not_come_back_with_the_next_message() -> None:
    """The new message is looked at anew, the old one is not."""
    first = theirs("2026-03-05", unsure=(doubt(),))
    again = theirs("2026-03-10", Signal.PRICE_QUESTION)

    assert planned(judged(a_case(ours("2026-03-03"), first, again), OwnersWord())).rule == "unsure"
    assert planned(judged(a_case(ours("2026-03-03"), first, again), SETTLED)).rule == "answer-due"


def test_a_new_doubt_counts_anew() -> None:
    """What was settled before says nothing of it."""
    case = a_case(ours("2026-03-03"), theirs("2026-03-05", unsure=(doubt(),)), theirs("2026-03-10", unsure=(doubt(),)))

    assert planned(judged(case, SETTLED)).rule == "unsure"


@pytest.mark.parametrize("day", ["2026-03-05", "2026-03-10"])
def test_a_message_that_came_to_be_known_later_counts_whatever_its_date(day: str) -> None:
    """A late delivery with an early date was not before the owner's eyes."""
    case = a_case(ours("2026-03-03"), ours("2026-03-04"), theirs(day, Signal.PRICE_QUESTION))

    assert planned(judged(case, SETTLED)).action == "draft"
    assert judged(case, SETTLED).verdict is not None
    assert planned(judged(case, SETTLED)).signal == Signal.PRICE_QUESTION


@pytest.mark.parametrize("day", ["2026-03-05", "2026-03-10"])
def test_what_was_known_stays_settled_whatever_its_date(day: str) -> None:
    """A clock that runs ahead brings nothing back."""
    case = a_case(ours("2026-03-03"), theirs(day, unsure=(doubt(),)))

    assert planned(judged(case, SETTLED)).rule not in ("unsure", "answered", "no-answer-known")


def test_reopened_is_what_was_known_then() -> None:
    """An opt-out of before closes nothing more, one that comes to be known later does."""
    before = a_case(ours("2026-03-03"), theirs("2026-03-10", Signal.OPT_OUT))
    later = a_case(ours("2026-03-03"), ours("2026-03-04"), theirs("2026-03-05", Signal.OPT_OUT))

    assert stage(judged(before, REOPENED)) is not Stage.OPTED_OUT
    assert stage(judged(later, REOPENED)) is Stage.OPTED_OUT
    assert planned(judged(before, REOPENED)).rule != "opted-out"
    assert planned(judged(later, REOPENED)).rule == "opted-out"
