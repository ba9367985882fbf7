"""Stops and holds, row by row, in the design's order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nurture.followups import LAST, RULES, Action, Case, Colleagues, DraftState, Lane, OwnersWord
from nurture.messages import Kind
from nurture.stages import Awaits, Finding, Signal, Stage, Turn, Verdict
from tests.followups.builders import (
    ANNA,
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

A, F = frozenset({Lane.ANSWERS}), frozenset({Lane.FOLLOWUPS})
AF = A | F
ORDER = [
    ("not-followed", AF), ("excluded", AF), ("opted-out", AF), ("unreachable", AF), ("left", AF), ("paused", AF), ("open-draft", AF), ("unread", AF), ("nothing-judged", AF),
    ("unsure", AF), ("somebody-said-stop", AF), ("declined", AF), ("colleague-answered", A), ("refused", F), ("no-go", F), ("deferred", F), ("absent", F),
    ("they-promised", AF), ("meeting", F),
    ("promise", F), ("incomplete", F), ("not-silent", F), ("awaits-nothing", F), ("ceiling", F), ("deleted-twice", AF), ("company", F),
]  # fmt: skip


def silent(**changes: Any) -> Case:
    """Six working days of silence after a first letter: a draft is due."""
    return a_case(ours("2026-03-03"), **changes)


def asked(*signals: Signal, **changes: Any) -> Case:
    """A question two days old: an answer is due."""
    return a_case(ours("2026-03-03"), theirs("2026-03-09", *(signals or (Signal.PRICE_QUESTION,))), **changes)


def doubt(signal: Signal) -> Finding:
    return Finding(signal=signal, quote="hm", confidence=0.4, rule="test")


def test_the_order_and_the_lanes_are_the_designs() -> None:
    """First hit wins, so the order is part of the meaning; what is added stands beside what it belongs to."""
    assert [(r.name, r.lanes) for r in RULES] == ORDER
    assert [(r.name, r.lanes) for r in LAST] == [
        ("several-recipients", AF),
        ("in-copy", F),
        ("go-or-no-go", AF),
        ("language", AF),
    ]
    assert all(r.sentence.endswith(".") for r in (*RULES, *LAST))


def test_without_a_hold_both_lanes_draft() -> None:
    """The ground on which every row below is tested."""
    assert planned(silent()).action is Action.DRAFT
    assert planned(asked()).action is Action.DRAFT


UNREACHED = {"stage": Stage.UNREACHABLE, "turn": Turn.NOBODY}
OUT = {"stage": Stage.OPTED_OUT, "turn": Turn.NOBODY}
BOTH = [  # (what is so, rule, action, until): it holds answers and follow-ups alike
    ({"word": OwnersWord(followed=False)}, "not-followed", Action.STOP, None),
    ({"word": OwnersWord(stopped=True)}, "opted-out", Action.STOP, None),
    (OUT, "opted-out", Action.STOP, None),
    (UNREACHED, "unreachable", Action.STOP, None),
    ({"word": OwnersWord(paused_until=date(2026, 3, 12))}, "paused", Action.HOLD, "2026-03-12"),
    ({"ledger": (a_row("2026-03-10", state=DraftState.INTENDED),)}, "open-draft", Action.HOLD, None),
    ({"ledger": (a_row("2026-03-10", state=DraftState.OPEN),)}, "open-draft", Action.HOLD, "2026-03-25"),
    ({"ledger": (a_row("2026-02-10", state=DraftState.OPEN),)}, "untouched-draft", Action.SHEET, None),
    ({"ledger": (a_row("2025-02-10", state=DraftState.EDITED),)}, "open-draft", Action.HOLD, None),
    ({"ledger": (a_row("2025-02-10", state=DraftState.MISSING),)}, "open-draft", Action.HOLD, None),
    ({"owners_draft": True}, "own-draft", Action.HOLD, "2026-03-12"),
    ({"verdict": None}, "nothing-judged", Action.HOLD, None),
    ({"unsure": (doubt(Signal.OPT_OUT),)}, "unsure", Action.SHEET, None),
    ({"unsure": (doubt(Signal.DECLINE),)}, "unsure", Action.SHEET, None),
    ({"unsure": (doubt(Signal.DEFERRAL),)}, "unsure", Action.SHEET, None),
    (
        {"ledger": (a_row("2026-01-05", state=DraftState.DELETED), a_row("2026-01-20", state=DraftState.DELETED))},
        "deleted-twice", Action.SHEET, None,
    ),
    ({"to_set": frozenset({ANNA, "bob@client.example"})}, "several-recipients", Action.SHEET, None),
    ({"person": a_person(lang="de")}, "language", Action.HOLD, None),
    ({"person": a_person(lang=None)}, "language", Action.HOLD, None),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "rule", "action", "until"), BOTH, ids=[f"{n}-{b[1]}" for n, b in enumerate(BOTH)])
@pytest.mark.parametrize("lane", [silent, asked], ids=["followups", "answers"])
def test_what_holds_both_lanes(lane: object, facts: dict[str, object], rule: str, action: Action, until: str | None) -> None:
    """Each with its action, and the day on which time alone could lift it."""
    assert callable(lane)
    item = planned(lane(**facts))

    assert (item.rule, item.action) == (rule, action)
    assert item.look_again == (date.fromisoformat(until) if until else None)
    assert item.why.endswith(".")
    assert item.occasion is None


ONLY_FOLLOWUPS = [
    (a_case(ours("2026-03-03", Awaits.REFUSAL)), "refused", Action.REST, None),
    (a_deferral(a_case(ours("2026-03-02"), theirs("2026-03-03", Signal.DEFERRAL)), "2026-05-01"), "deferred", Action.HOLD, "2026-05-01"),
    (a_deferral(a_case(ours("2026-01-02"), theirs("2026-01-05", Signal.DEFERRAL))), "deferred", Action.HOLD, "2026-04-05"),
    (a_deferral(a_case(ours("2025-11-02"), theirs("2025-11-05", Signal.DEFERRAL))), "deferred-without-date", Action.SHEET, None),
    (
        a_case(ours("2026-03-02"), automatic("2026-03-02", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 16))),
        "absent", Action.HOLD, "2026-03-17",
    ),
    (a_case(ours("2026-03-02"), absent_until=date(2026, 3, 16)), "absent", Action.HOLD, "2026-03-17"),
    (a_case(ours("2026-03-02", meeting_on=date(2026, 3, 19))), "meeting", Action.HOLD, "2026-04-02"),
    (a_case(ours("2026-02-20", meeting_on=date(2026, 3, 2))), "meeting", Action.HOLD, "2026-03-16"),
    (a_case(ours("2026-03-02", promise="I send it on Friday", promise_on=date(2026, 3, 13))), "promise", Action.HOLD, "2026-03-14"),
    (a_case(ours("2026-03-02", promise="I send it", promise_on=date(2026, 3, 5))), "promise-unkept", Action.SHEET, None),
    (a_case(ours("2026-03-02", promise="I will send it")), "promise-unkept", Action.SHEET, None),
    (silent(proven_complete=False), "incomplete", Action.HOLD, "2026-03-12"),
    (a_case(ours("2026-03-02"), theirs("2026-03-09", by="company")), "company-wrote", Action.SHEET, "2026-03-30"),
    (a_case(ours("2026-03-02"), theirs("2026-03-09", by="other")), "somebody-wrote", Action.SHEET, "2026-03-30"),
    (a_case(ours("2026-03-02"), theirs("2026-03-09", junk=True)), "junk", Action.SHEET, "2026-03-30"),
    (a_case(ours("2026-03-02"), automatic("2026-03-02", Kind.CHALLENGE)), "challenge", Action.SHEET, None),
    (a_case(ours("2026-03-02"), automatic("2026-03-09", Kind.BOUNCE_SOFT)), "soft-bounce", Action.HOLD, "2026-03-12"),
    (a_case(ours("2026-03-02"), automatic("2026-03-09", Kind.CALENDAR)), "calendar", Action.HOLD, None),
    (a_case(ours("2026-03-02"), theirs("2026-03-09", Signal.NEED), turn=Turn.THEIRS), "answered", Action.HOLD, None),
    (a_case(ours("2026-03-02"), theirs("2026-03-09", by="thread"), turn=Turn.NOBODY), "colleague-answered", Action.SHEET, None),
    (a_case(ours("2026-03-02", Awaits.NOTHING), theirs("2026-03-03", Signal.THANKS)), "thanked", Action.REST, None),
    (a_case(ours("2026-03-03", Awaits.NOTHING)), "awaits-nothing", Action.REST, None),
    (a_case(ours("2026-03-03", None)), "awaits-unknown", Action.REST, None),
    (a_case(automatic("2026-03-03", Kind.BULK)), "nothing-sent", Action.REST, None),
    (a_case(ours("2026-02-03"), ours("2026-02-10"), ours("2026-02-20")), "ceiling", Action.REST, None),
    (silent(colleagues=Colleagues(open_draft_since=date(2026, 3, 6))), "company-draft", Action.HOLD, "2026-03-20"),
    (silent(colleagues=Colleagues(live_since=date(2026, 3, 6))), "company-live", Action.HOLD, "2026-03-27"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "rule", "action", "until"), ONLY_FOLLOWUPS, ids=[f"{n}-{r[1]}" for n, r in enumerate(ONLY_FOLLOWUPS)]
)
def test_what_holds_a_follow_up(case: Case, rule: str, action: Action, until: str | None) -> None:
    """Each with its action and its day."""
    item = planned(case)

    assert (item.rule, item.action, item.lane) == (rule, action, Lane.FOLLOWUPS)
    assert item.look_again == (date.fromisoformat(until) if until else None)


ANSWERED_ALL_THE_SAME = [
    {"proven_complete": False},
    {"colleagues": Colleagues(open_draft_since=date(2026, 3, 10), live_since=date(2026, 3, 10))},
]


@pytest.mark.parametrize("facts", ANSWERED_ALL_THE_SAME, ids=["incomplete", "company"])
def test_what_holds_a_follow_up_holds_no_answer(facts: dict[str, object]) -> None:
    """They wrote: they are owed an answer, also where a meeting, a promise or an earlier absence would hold a reminder."""
    assert planned(asked(**facts)).action is Action.DRAFT

    away = automatic("2026-03-03", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 30), hour=12)
    before = ours("2026-03-03", Awaits.NOTHING, promise="I send it", meeting_on=date(2026, 3, 30))
    assert planned(a_case(before, away, theirs("2026-03-09", Signal.PRICE_QUESTION))).action is Action.DRAFT


def test_an_absence_told_after_their_question_holds_the_answer_until_they_are_back() -> None:
    """Away makes the turn nobody's; when they are back it is ours again."""
    away = automatic("2026-03-10", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 12))
    case = a_case(ours("2026-03-03"), theirs("2026-03-09", Signal.PRICE_QUESTION), away, turn=Turn.NOBODY)

    assert planned(case).rule == "absent"
    assert (planned(case, "2026-03-13").rule, planned(case, "2026-03-13").lane) == ("answer-due", Lane.ANSWERS)


def test_an_opt_out_counts_wherever_it_was_read_until_the_owner_reopens() -> None:
    """Whatever the judge made of what came after; with the sentence."""
    mails = (ours("2026-01-05"), theirs("2026-01-06", Signal.OPT_OUT, quote="no more"), theirs("2026-03-09", Signal.INTEREST))
    word = OwnersWord(reopened_at=at("2026-02-01"))

    item = planned(a_case(*mails, stage=Stage.PROSPECT, turn=Turn.OURS))

    assert (item.action, item.evidence.quote) == (Action.STOP, "no more")
    assert planned(a_case(*mails, stage=Stage.PROSPECT, turn=Turn.OURS, word=word)).action is Action.DRAFT
    again = theirs("2026-02-03", Signal.OPT_OUT)
    assert planned(a_case(*mails, again, stage=Stage.PROSPECT, turn=Turn.OURS, word=word)).action is Action.STOP


def test_a_dead_address_stops_unless_they_have_written_or_another_one_failed() -> None:
    """The judge's word is not waited for."""
    dead = automatic("2026-03-04", Kind.BOUNCE_HARD, by="other", failed=(ANNA,))

    assert planned(a_case(ours("2026-03-03"), dead)).rule == "unreachable"
    assert planned(a_case(ours("2026-03-03"), automatic("2026-03-04", Kind.BOUNCE_HARD, by="other"))).rule == "unreachable"
    assert planned(a_case(ours("2026-03-03"), dead, theirs("2026-03-09", Signal.PRICE_QUESTION))).action is Action.DRAFT
    other = automatic("2026-03-04", Kind.BOUNCE_HARD, by="other", failed=("copy@client.example",))
    assert planned(a_case(ours("2026-03-03"), other)).action is Action.DRAFT


def test_who_has_left_is_stopped_unless_they_write() -> None:
    """With the notice as evidence."""
    gone = automatic("2026-03-04", Kind.LEFT)

    item = planned(a_case(ours("2026-03-03"), gone))

    assert (item.rule, item.action, item.evidence.quote) == ("left", Action.STOP, "their notice: left")
    assert planned(a_case(ours("2026-03-03"), gone, theirs("2026-03-09", Signal.PRICE_QUESTION))).action is Action.DRAFT


def test_a_no_gets_one_goodbye_and_then_nothing_until_they_write() -> None:
    """A second no is not answered a second time; new interest is."""
    no = theirs("2026-03-09", Signal.DECLINE)
    first = planned(a_case(ours("2026-03-03"), no))
    assert (first.action, first.signal, first.template) == (Action.DRAFT, "decline", "answer-decline")

    after = a_case(
        ours("2026-02-03"), theirs("2026-02-09", Signal.DECLINE), ours("2026-02-10", Awaits.NOTHING), stage=Stage.DECLINED
    )
    assert (planned(after).rule, planned(after).action) == ("declined", Action.REST)
    twice = a_case(
        ours("2026-02-03"), theirs("2026-02-09", Signal.DECLINE), ours("2026-02-10", Awaits.NOTHING), no, stage=Stage.DECLINED
    )  # fmt: skip
    assert planned(twice).action is Action.REST
    anew = a_case(
        ours("2026-02-03"), theirs("2026-02-09", Signal.DECLINE), ours("2026-02-10", Awaits.NOTHING),
        theirs("2026-03-09", Signal.INTEREST), stage=Stage.PROSPECT,
    )  # fmt: skip
    assert planned(anew).signal == "interest"


def test_a_no_is_not_said_goodbye_to_weeks_later() -> None:
    """The moment for grace has passed."""
    assert planned(a_case(ours("2026-02-03"), theirs("2026-02-09", Signal.DECLINE))).action is Action.REST


def test_a_doubt_is_settled_by_the_owner() -> None:
    """Until then it holds, with the sentence."""
    mails = (ours("2026-03-03"), theirs("2026-03-09", Signal.PRICE_QUESTION, unsure=(doubt(Signal.DEFERRAL),)))
    unsure = a_case(*mails, unsure=(doubt(Signal.DEFERRAL),))

    assert (planned(unsure).rule, planned(unsure).evidence.quote) == ("unsure", "hm")
    settled = replace(unsure, word=OwnersWord(settled="answered", settled_at=at("2026-03-10")))
    assert planned(settled).rule != "unsure"


def test_a_colleagues_answer_goes_to_the_sheet() -> None:
    """A new person is never a recipient; when the person writes besides, the person is answered."""
    answered = a_case(ours("2026-03-03"), theirs("2026-03-09", Signal.NEED, by="thread"))
    assert (planned(answered).rule, planned(answered).action) == ("colleague-answered", Action.SHEET)

    both = a_case(ours("2026-03-03"), theirs("2026-03-06", Signal.NEED, by="thread"), theirs("2026-03-09", Signal.PRICE_QUESTION))
    assert planned(both).signal == "price_question"


def test_settled_as_silent_a_colleagues_answer_lets_the_follow_up_go_on() -> None:
    """The owner knows better."""
    word = OwnersWord(settled="silent", settled_at=at("2026-03-10"))
    case = a_case(ours("2026-02-24"), theirs("2026-02-26", Signal.NEED, by="thread"), word=word)

    assert (planned(case).action, planned(case).lane) == (Action.DRAFT, Lane.FOLLOWUPS)


def test_a_pause_that_is_over_makes_its_promise_and_its_goodbye_no_hindrance() -> None:
    """ "I come back to you in March, good luck": that is kept by coming back."""
    mails = (
        ours("2026-01-02"), theirs("2026-01-05", Signal.DEFERRAL, resume_on=date(2026, 3, 2)),
        ours("2026-01-06", Awaits.NOTHING, promise="I come back to you in March", promise_on=date(2026, 3, 2)),
    )  # fmt: skip
    case = a_case(*mails)
    asked_on = case.conversation.entries[1]
    case = replace(case, verdict=replace(_verdict(case), deferred_until=date(2026, 3, 2)))

    assert asked_on.by == "them"
    assert planned(case, "2026-02-20").rule == "deferred"
    assert (planned(case).rule, planned(case).template) == ("deferral-due", "deferral-due")


def _verdict(case: Case) -> Verdict:
    assert case.verdict is not None
    return case.verdict


def test_writing_after_a_meeting_takes_it_up() -> None:
    """The owner knows what was said there."""
    case = a_case(ours("2026-02-20", meeting_on=date(2026, 3, 2)), ours("2026-03-03"))

    assert planned(case).rule != "meeting"


def test_the_newest_word_about_a_meeting_counts() -> None:
    """Not the latest day: it was brought forward."""
    case = a_case(ours("2026-03-02", meeting_on=date(2026, 3, 30)), ours("2026-03-04", meeting_on=date(2026, 3, 19)))

    assert (planned(case).rule, str(planned(case).look_again)) == ("meeting", "2026-04-02")


@pytest.mark.parametrize(
    ("day", "held"),
    [(None, False), (date(2026, 3, 19), False), (date(2026, 3, 25), True)],
)
def test_a_meeting_that_is_called_off_holds_nothing(day: date | None, held: bool) -> None:
    """That of another day stays."""
    off = ours("2026-03-04", Awaits.QUESTION, meeting_off=True, meeting_off_on=day)
    case = a_case(ours("2026-03-02", meeting_on=date(2026, 3, 19)), off)

    assert (planned(case).rule == "meeting") is held


@pytest.mark.parametrize(
    ("awaits", "by", "held"),
    [
        (Awaits.NOTHING, date(2026, 3, 13), True),
        (Awaits.QUESTION, date(2026, 3, 13), True),
        (Awaits.DOCUMENT, date(2026, 3, 13), False),
        (Awaits.OFFER, date(2026, 3, 13), False),
        (Awaits.QUESTION, date(2026, 3, 9), False),
        (Awaits.QUESTION, None, False),
    ],
)
def test_a_promise_outlives_a_mail_that_does_not_keep_it(awaits: Awaits, by: date | None, held: bool) -> None:
    """Until its day is over, or something was handed over. One without a day is taken for kept, and so is one that is past: nobody knows."""
    case = a_case(ours("2026-03-02", promise="I send it on Friday", promise_on=by), ours("2026-03-04", awaits))

    assert (planned(case).rule == "promise") is held


@pytest.mark.parametrize(
    ("states", "held"),
    [
        ((DraftState.DELETED, DraftState.DELETED), True),
        ((DraftState.DELETED, DraftState.FAILED, DraftState.DELETED, DraftState.WITHDRAWN), True),
        ((DraftState.DELETED, DraftState.SENT, DraftState.DELETED), False),
        ((DraftState.DELETED, DraftState.DELETED, DraftState.CLOSED), False),
        ((DraftState.DELETED,), False),
    ],
)
def test_two_deleted_drafts_in_a_row_hold_until_told(states: tuple[DraftState, ...], held: bool) -> None:
    """What never reached the owner does not break the row."""
    rows = tuple(
        a_row(f"2026-01-{n + 5:02}", step=f"old-{n}", state=s, closed=f"2026-01-{n + 6:02}") for n, s in enumerate(states)
    )

    assert (planned(asked(ledger=rows)).rule == "deleted-twice") is held
    told = OwnersWord(settled="silent", settled_at=at("2026-03-01"))
    assert planned(asked(ledger=rows, word=told)).rule != "deleted-twice"


def test_several_addresses_of_one_person_are_one_recipient() -> None:
    """Nothing to ask the owner."""
    both = frozenset({ANNA, "anna@home.example"})

    assert planned(silent(person=a_person(addresses=(ANNA, "anna@home.example")), to_set=both)).action is Action.DRAFT


def test_a_person_of_unknown_language_is_written_to_in_that_of_our_own_mail() -> None:
    """As the owner chose it."""
    mail = ours("2026-03-03")
    french = replace(mail, entry=replace(mail.entry, lang="fr"))

    assert planned(a_case(french, person=a_person(lang=None))).action is Action.DRAFT
    assert planned(a_case(ours("2026-03-03", lang="de"), person=a_person(lang=None))).rule == "language"
