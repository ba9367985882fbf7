"""The design's table of the clock, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nurture.config import CadenceConfig
from nurture.followups import Action, Case, DraftState, Lane, OwnersWord, Policy, Sequences, plan_one, untouched_too_long
from nurture.messages import Kind
from nurture.stages import Awaits, Signal, Stage, Turn
from tests.followups.builders import (
    NOW,
    PARIS,
    SHIPPED,
    a_case,
    a_deferral,
    a_person,
    a_row,
    at,
    automatic,
    ours,
    planned,
    theirs,
)  # fmt: skip

# from what day, and in what days


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-03-02", "2026-03-09"),
        ("2026-03-06", "2026-03-13"),
        ("2026-03-08", "2026-03-13"),  # a Sunday
        ("2026-04-30", "2026-05-11"),  # 1 and 8 May
    ],
)
def test_a_wait_counts_from_our_last_mail_in_working_days(day: str, due: str) -> None:
    """It waits until the day before, and drafts on the day."""
    case = a_case(ours(day))
    before = (date.fromisoformat(due) - timedelta(days=1)).isoformat()

    waiting, today = planned(case, before), planned(case, due)

    assert (waiting.action, waiting.rule, waiting.due, waiting.look_again) == (
        Action.WAIT,
        "step-not-due",
        *[date.fromisoformat(due)] * 2,
    )
    assert (today.action, today.rule, today.due, today.step) == (Action.DRAFT, "step-due", date.fromisoformat(due), "useful-news")


def test_a_mail_by_hand_restarts_the_wait() -> None:
    """By whatever hand."""
    assert planned(a_case(ours("2026-02-20"), ours("2026-03-09"))).due == date(2026, 3, 25)


def test_working_days_are_those_of_the_recipients_country() -> None:
    """Domain before clock before the owner's country; own days too."""
    mail = ours("2026-04-30")

    assert planned(a_case(mail, person=a_person(addresses=("anna@client.co.uk",))), "2026-05-01").due == date(2026, 5, 8)
    assert planned(a_case(mail), "2026-05-01", policy=Policy(country="US")).due == date(2026, 5, 7)
    assert planned(a_case(mail), "2026-05-01", policy=Policy(free_days=("05-04",))).due == date(2026, 5, 12)
    august = Policy(cadence=CadenceConfig(august_off=True))
    assert planned(a_case(ours("2026-07-30")), "2026-07-31", policy=august).due == date(2026, 9, 4)


def test_a_draft_appears_on_the_owners_day_not_the_servers() -> None:
    """Half past eleven in the evening of 9 March in Paris is still the 9th, whatever the hour in Tokyo."""
    moment = datetime(2026, 3, 8, 23, 30, tzinfo=PARIS)
    case = a_case(ours("2026-03-02"))

    assert plan_one(case, SHIPPED, Policy(), moment, PARIS).action is Action.WAIT
    assert plan_one(case, SHIPPED, Policy(), moment, ZoneInfo("Asia/Tokyo")).action is Action.DRAFT


# what stops the clock


def test_after_an_absence_the_wait_starts_anew_from_its_end() -> None:
    """Back on the 2nd: five working days from there."""
    away = automatic("2026-02-19", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 2))

    assert planned(a_case(ours("2026-02-19"), away)).due == date(2026, 3, 9)


def test_after_a_meeting_the_wait_starts_anew_from_it() -> None:
    """And nothing is written for ten working days."""
    case = a_case(ours("2026-02-10"), theirs("2026-02-12", Signal.NEED), ours("2026-02-16", meeting_on=date(2026, 2, 25)))

    assert planned(case, "2026-03-10").rule == "meeting"
    assert planned(case, "2026-03-11").due == date(2026, 3, 6)


def test_a_deferral_that_is_due_is_written_on_its_day() -> None:
    """On the first working day from the day that they named, to them who asked, as an answer to their words."""
    case = a_deferral(a_case(ours("2026-01-02"), theirs("2026-01-05", Signal.DEFERRAL)), "2026-03-07")

    assert planned(case, "2026-03-06").action is Action.HOLD
    waiting = planned(case, "2026-03-08")
    assert (waiting.action, waiting.due) == (Action.WAIT, date(2026, 3, 9))
    item = planned(case)
    assert (item.action, item.rule, item.sequence, item.step) == (Action.DRAFT, "deferral-due", "every-stage", "deferral-due")
    assert item.evidence.quote == "write to me later"
    assert item.anchor == 2
    assert "7 March 2026" in item.why


def test_a_deferral_is_over_once_we_have_written_on_it() -> None:
    """Then the stage's sequence goes on; a mail before its day changes nothing."""
    mails = (ours("2026-01-02"), theirs("2026-01-05", Signal.DEFERRAL, resume_on=date(2026, 2, 27)))
    early = _still_deferred(a_case(*mails, ours("2026-01-06")))
    written = _still_deferred(a_case(*mails, ours("2026-02-27")))

    assert planned(early, "2026-02-26").rule == "deferred"
    assert planned(early).rule == "deferral-due"
    assert planned(early).anchor == 3
    assert planned(written).step == "open-door"  # what was written on that day was the first of two


def _still_deferred(case: Case) -> Case:
    assert case.verdict is not None
    asked = case.conversation.entries[1]
    deferred = a_deferral(replace(case, conversation=replace(case.conversation, entries=case.conversation.entries[:2]))).verdict
    assert deferred is not None
    assert deferred.deferred is not None
    assert deferred.deferred.entry == asked.key
    return replace(case, verdict=replace(case.verdict, deferred=deferred.deferred, deferred_until=date(2026, 2, 27)))


def test_a_deleted_deferral_draft_lets_the_sequence_go_on_from_that_day() -> None:
    """A lasting no to that step only."""
    row = a_row("2026-03-02", "deferral-due", DraftState.DELETED, sequence="every-stage", closed="2026-03-03")
    case = a_deferral(a_case(ours("2026-01-02"), theirs("2026-01-05", Signal.DEFERRAL)), "2026-03-02")

    item = planned(replace(case, ledger=(row,)))

    assert (item.step, item.action, item.due) == ("question-about-their-world", Action.WAIT, date(2026, 3, 12))


@pytest.mark.parametrize(
    ("awaits", "stage"), [(Awaits.OFFER, Stage.PROPOSAL), (Awaits.DOCUMENT, Stage.PROSPECT), (Awaits.QUESTION, Stage.CONTACT)]
)
def test_thanks_restart_the_wait_doubled(awaits: Awaits, stage: Stage) -> None:
    """Seven working days become fourteen from the thank-you."""
    mails = (theirs("2026-02-27", Signal.INFO_REQUEST), ours("2026-03-05", awaits), theirs("2026-03-06", Signal.THANKS))

    item = planned(a_case(*mails, stage=stage))

    assert (item.action, item.due) == (Action.WAIT, date(2026, 3, 26))
    assert planned(a_case(*mails, stage=stage), "2026-03-26").action is Action.DRAFT
    assert planned(a_case(*mails, stage=stage), "2026-03-26").anchor == 2


# answers


@pytest.mark.parametrize(
    ("today", "action", "rule", "template"),
    [
        ("2026-03-06", Action.WAIT, "answer-not-due", "answer-price-question"),
        ("2026-03-08", Action.WAIT, "answer-not-due", "answer-price-question"),
        ("2026-03-09", Action.DRAFT, "answer-due", "answer-price-question"),
        ("2026-03-20", Action.DRAFT, "answer-due", "answer-price-question"),
        ("2026-03-23", Action.DRAFT, "answer-late", "late-answer"),
        ("2026-05-05", Action.DRAFT, "answer-late", "late-answer"),
        ("2026-05-06", Action.SHEET, "answer-too-late", ""),
        ("2027-03-06", Action.SHEET, "answer-too-late", ""),
    ],
)
def test_an_answer_is_due_a_working_day_later_then_late_then_the_owners(
    today: str, action: Action, rule: str, template: str
) -> None:
    """A question of Friday 6 March: due on Monday, late after ten working days, on the sheet after sixty days."""
    item = planned(a_case(ours("2026-03-04"), theirs("2026-03-06", Signal.PRICE_QUESTION)), today)

    assert (item.action, item.rule, item.template) == (action, rule, template)
    if action is Action.WAIT:
        assert item.look_again == date(2026, 3, 9)


# too late, too often


@pytest.mark.parametrize(
    ("today", "action"),
    [("2026-03-09", Action.DRAFT), ("2026-04-14", Action.DRAFT), ("2026-04-15", Action.REST), ("2027-04-15", Action.REST)],
)
def test_a_step_overdue_by_more_than_its_wait_and_twenty_working_days_rests(today: str, action: Action) -> None:
    """Due on 9 March, its own wait five days, then twenty: 14 April (Easter Monday is free)."""
    item = planned(a_case(ours("2026-03-02")), today)

    assert item.action is action
    assert item.rule == ("overdue" if action is Action.REST else "step-due")
    assert item.look_again is None or action is Action.DRAFT


def test_a_pause_of_the_owners_makes_nothing_overdue() -> None:
    """Nothing could be written meanwhile."""
    word = OwnersWord(paused_until=date(2026, 6, 1))

    assert planned(a_case(ours("2026-03-02"), word=word), "2026-06-02").action is Action.DRAFT


def test_the_ceiling_is_two_of_ours_in_one_silence_by_whatever_hand() -> None:
    """The letter that opened it is not one of them; after one by hand the last one allowed is the open door."""
    one = a_case(ours("2026-01-26"), ours("2026-02-20"))
    two = a_case(ours("2026-01-26"), ours("2026-02-02"), ours("2026-02-20"))

    assert (planned(one).step, planned(one).action) == ("open-door", Action.DRAFT)
    assert (planned(two).rule, planned(two).action) == ("ceiling", Action.REST)


def test_a_word_of_theirs_opens_a_new_silence_but_a_thank_you_does_not() -> None:
    """They wrote: we begin again at the stage's first step."""
    before = (ours("2026-01-05"), ours("2026-01-15"), ours("2026-01-26"))

    answered = a_case(*before, theirs("2026-02-02", Signal.NEED), ours("2026-03-02"))
    thanked = a_case(*before, theirs("2026-02-02", Signal.THANKS), ours("2026-03-02"), turn=Turn.THEIRS)

    assert planned(answered).step == "ask-result"
    assert planned(thanked).rule == "ceiling"


def test_a_sequence_may_ask_for_less_than_the_ceiling() -> None:
    """Never for more: that is refused when it is read."""
    source = 'name = "stranger"\ntitle = "t"\nstage = "stranger"\nceiling = 0\n[[steps]]\nname = "s"\nafter = "3 days"\ntemplate = "x"\n'

    assert planned(a_case(ours("2026-03-02")), sequences=Sequences.of([("stranger", 1, source, True)])).rule == "ceiling"


def test_a_mail_that_brings_something_new_starts_the_sequence_at_its_beginning() -> None:
    """An offer after a word of thanks is no reminder to be followed by a farewell."""
    mails = (theirs("2026-02-09", Signal.PROPOSAL_REQUEST), ours("2026-02-10", Awaits.NOTHING), ours("2026-02-25", Awaits.OFFER))

    assert planned(a_case(*mails, stage=Stage.PROPOSAL, offer_out=True)).step == "decision-question"


# after a rest


def resting(*, ledger: tuple[object, ...] = (), answered: bool = True) -> Case:
    first = (theirs("2025-07-01", Signal.NEED),) if answered else ()
    mails = (*first, ours("2025-07-02"), ours("2025-07-15"), ours("2025-09-08"))
    return a_case(*mails, ledger=ledger, stage=Stage.PROSPECT if answered else Stage.STRANGER)


def test_after_a_rest_of_six_months_one_letter_follows() -> None:
    """Six months from our last mail, on a working day."""
    before, after = planned(resting(), "2026-03-06"), planned(resting(), "2026-03-09")

    assert (before.rule, before.look_again) == ("ceiling", date(2026, 3, 9))
    assert (after.action, after.rule, after.template) == (Action.DRAFT, "after-rest", "after-rest")
    assert planned(resting(), "2027-03-09").rule == "overdue"


@pytest.mark.parametrize("state", [DraftState.SENT, DraftState.DELETED, DraftState.CLOSED, DraftState.WITHDRAWN])
def test_it_is_one_letter_in_a_lifetime(state: DraftState) -> None:
    """Whatever became of it, in whatever silence."""
    row = a_row("2024-01-05", "after-rest", state, sequence="every-stage")
    item = planned(resting(ledger=(row,)))

    assert (item.rule, item.look_again) == ("ceiling", None)
    failed = a_row("2024-01-05", "after-rest", DraftState.FAILED, sequence="every-stage")
    assert planned(resting(ledger=(failed,))).rule == "after-rest"


def test_who_has_never_answered_gets_no_letter_after_a_rest() -> None:
    """They are left in peace for good."""
    assert (planned(resting(answered=False)).rule, planned(resting(answered=False)).look_again) == ("ceiling", None)


# what became of our drafts


def test_a_sent_draft_counts_as_done_even_before_its_mail_is_read() -> None:
    """Its day is then when it was found."""
    row = a_row("2026-02-16", closed="2026-02-17")
    unread = a_case(ours("2026-02-09"), ledger=(row,))

    assert (planned(unread, "2026-02-18").step, planned(unread, "2026-02-18").due) == ("open-door", date(2026, 3, 5))
    read = a_case(ours("2026-02-09"), ours("2026-02-17"), ledger=(row,))
    assert planned(read).step == "open-door"


def test_a_deleted_draft_closes_its_step_and_starts_the_wait_for_the_next() -> None:
    """On the day it was deleted."""
    case = a_case(ours("2026-02-02"), ledger=(a_row("2026-02-09", state=DraftState.DELETED, closed="2026-02-20"),))

    assert planned(case, "2026-03-09").action is Action.WAIT
    assert (planned(case, "2026-03-10").step, planned(case, "2026-03-10").action) == ("open-door", Action.DRAFT)


def test_a_failed_draft_leaves_its_step_free() -> None:
    """It never reached the mailbox."""
    case = a_case(
        ours("2026-03-02"), ledger=(a_row("2026-03-09", state=DraftState.FAILED, anchor="<us-2026-03-02@atelier.example>"),)
    )

    assert planned(case).step == "useful-news"


def test_a_draft_that_was_taken_back_is_asked_of_the_owner() -> None:
    """Until they write themselves."""
    row = a_row("2026-02-16", state=DraftState.WITHDRAWN, closed="2026-03-03")
    case = a_case(ours("2026-02-09"), ledger=(row,))

    item = planned(case)

    assert (item.rule, item.action) == ("withdrawn", Action.SHEET)
    assert planned(a_case(ours("2026-02-09"), ours("2026-02-20"), ledger=(row,))).step == "open-door"


def test_drafts_of_an_earlier_silence_are_history() -> None:
    """A new silence has all its steps."""
    rows = (a_row("2026-01-09", "ask-result", sequence="prospect"), a_row("2026-01-20", "open-door", sequence="prospect"))
    case = a_case(ours("2026-01-02"), theirs("2026-02-20", Signal.NEED, Signal.RESULT), ours("2026-02-25"), ledger=rows)

    assert planned(case).step == "ask-measure"


def test_an_untouched_draft_is_too_old_after_ten_working_days() -> None:
    """Of the owner's country; then the shell takes it back, and the step is asked of the owner."""
    row = a_row("2026-02-25", state=DraftState.OPEN)
    case = a_case(ours("2026-02-16"), ledger=(row,))

    assert planned(case).rule == "open-draft"
    assert untouched_too_long(case, row, Policy(), NOW, PARIS) is None
    assert planned(case, "2026-03-12").rule == "untouched-draft"
    assert "25 February 2026" in (untouched_too_long(case, row, Policy(), at("2026-03-12"), PARIS) or "")
    edited = replace(row, state=DraftState.EDITED)
    assert untouched_too_long(case, edited, Policy(), at("2026-06-12"), PARIS) is None


@pytest.mark.parametrize("state", [DraftState.DELETED, DraftState.SENT, DraftState.CLOSED, DraftState.WITHDRAWN])
def test_a_message_that_had_its_answer_drafted_gets_no_other(state: DraftState) -> None:
    """Whatever else it says; a new message of theirs is a new occasion."""
    mail = theirs("2026-03-06", Signal.PRICE_QUESTION, Signal.INTEREST)
    row = a_row(
        "2026-03-09", "answer:interest", state, sequence="every-stage", lane=Lane.ANSWERS, anchor=mail.entry.message_id or "", closed="2026-03-10"
    )  # fmt: skip

    item = planned(a_case(ours("2026-03-04"), mail, ledger=(row,)))

    assert item.rule == ("withdrawn" if state is DraftState.WITHDRAWN else "occasion-closed")
    assert planned(a_case(ours("2026-03-04"), mail, theirs("2026-03-09", Signal.NEED), ledger=(row,))).action is Action.DRAFT
    assert planned(a_case(ours("2026-03-04"), mail, ledger=(replace(row, state=DraftState.FAILED),))).action is Action.DRAFT
