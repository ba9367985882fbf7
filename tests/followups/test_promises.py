"""Whatever a mailbox holds, the plan keeps its promises: properties over made-up conversations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nurture.config import Caps
from nurture.followups import (
    OPEN_STATES,
    SAYABLE,
    Action,
    Case,
    Colleagues,
    DraftState,
    Fit,
    Happening,
    Heard,
    Item,
    Lane,
    Logged,
    Outside,
    OwnersWord,
    Policy,
    StageSaid,
    plan,
)  # fmt: skip
from nurture.messages import Kind
from nurture.stages import Awaits, Evidence, Finding, Reading, Signal, Stage, Turn, Verdict
from tests.followups.builders import (
    ANNA,
    NOW,
    PARIS,
    SHIPPED,
    Mail,
    a_case,
    a_person,
    a_row,
    automatic,
    ours,
    planned,
    theirs,
)  # fmt: skip

DAY0 = date(2025, 9, 1)
TODAY = NOW.date()
iso_days = st.integers(0, (TODAY - DAY0).days).map(lambda n: (DAY0 + timedelta(days=n)).isoformat())
any_days = st.none() | st.dates(date(2025, 9, 1), date(2026, 12, 31)) | st.sampled_from([date.min, date.max])
signals = st.lists(st.sampled_from(Signal), max_size=3, unique=True)
moments = st.datetimes(datetime(2025, 9, 1), datetime(2026, 3, 11)).map(lambda d: d.replace(tzinfo=PARIS))
OURS = st.builds(
    lambda day, awaits, meeting, promise, on: ours(day, awaits, meeting_on=meeting, promise=promise, promise_on=on),
    iso_days, st.none() | st.sampled_from(Awaits), any_days, st.sampled_from(["", "", "", "I send it"]), any_days,
)  # fmt: skip
THEIRS = st.builds(
    lambda day, found, by, junk, resume, meeting: theirs(day, *found, by=by, junk=junk, resume_on=resume, meeting_on=meeting),
    iso_days, signals, st.sampled_from(["them", "them", "thread", "company", "other"]), st.booleans(), any_days, any_days,
)  # fmt: skip
AUTOMATIC = st.builds(
    lambda day, kind, by, resume, failed: automatic(day, kind, by=by, resume_on=resume, failed=failed),
    iso_days, st.sampled_from([k for k in Kind if k is not Kind.HUMAN]), st.sampled_from(["them", "thread", "company", "other", "us"]),
    any_days, st.sampled_from([(), (ANNA,), ("else@client.example",)]),
)  # fmt: skip
ROWS = st.builds(
    lambda day, step, state, lane: a_row(day, step, state, lane=lane, closed=day if state not in OPEN_STATES else None),
    iso_days, st.sampled_from(["useful-news", "open-door", "after-rest", "deferral-due", "ask-result"]), st.sampled_from(DraftState),
    st.sampled_from(Lane),
)  # fmt: skip
WORDS = st.builds(
    OwnersWord, followed=st.just(True), stopped=st.booleans(), paused_until=any_days, settled=st.sampled_from([None, "silent", "answered"]),
    settled_at=st.none() | moments, reopened_at=st.none() | moments,
)  # fmt: skip
LOGGED = st.builds(
    lambda when, kind, answered, upto: Logged(
        kind=kind, day=when.date(), happened=when, at=when, upto=upto, answered=answered
    ), moments, st.sampled_from(Happening), st.booleans(), st.integers(0, 9),
)  # fmt: skip
OUTSIDE = st.builds(
    Outside, logged=st.lists(LOGGED, max_size=3).map(lambda found: tuple(sorted(found, key=lambda one: one.happened))),
    fit=st.none() | st.builds(Fit, yes=st.booleans(), at=moments, upto=st.integers(0, 9)), revived_at=st.none() | moments,
    measure_day=any_days, country=st.sampled_from(["", "", "GB", "XX"]),
    stage=st.none() | st.builds(StageSaid, stage=st.sampled_from(SAYABLE), at=moments, upto=st.integers(0, 9)),
    heard=st.lists(st.builds(Heard, name=st.sampled_from(["result", "measure"]), words=st.sampled_from(["", "d'ici fin juin"]), at=moments), max_size=2).map(tuple),
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, key: int = 7) -> Case:
    """Any case at all: its verdict need not even agree with its mails."""
    mails: list[Mail] = draw(st.lists(st.one_of(OURS, OURS, THEIRS, THEIRS, AUTOMATIC), max_size=6))
    facts: dict[str, Any] = {
        "ledger": tuple(draw(st.lists(ROWS, max_size=3))) if draw(st.booleans()) else (),
        "owners_draft": draw(st.sampled_from([False, False, False, True])),
        "proven_complete": draw(st.sampled_from([True, True, True, False])),
        "colleagues": draw(st.builds(Colleagues, open_draft_since=any_days, live_since=any_days))
        if draw(st.booleans())
        else Colleagues(),
        "word": draw(WORDS) if draw(st.booleans()) else OwnersWord(),
        "outside": draw(OUTSIDE) if draw(st.booleans()) else Outside(),
        "to_set": draw(st.sampled_from([frozenset({ANNA}), frozenset({ANNA}), frozenset({ANNA, "b@client.example"})])),
    }
    person = a_person(key=key, lang=draw(st.sampled_from(["fr", "fr", "en", None, "de"])))
    case = a_case(*mails, person=person, **facts)
    verdict = draw(st.sampled_from(["suggested", "suggested", "any", "none"]))
    if verdict == "none":
        return replace(case, verdict=None)
    detected = draw(st.none() | _verdicts(case))
    return (
        replace(case, detected=detected)
        if verdict == "suggested"
        else replace(case, verdict=draw(_verdicts(case)), detected=detected)
    )


@st.composite
def _verdicts(draw: st.DrawFn, case: Case) -> Verdict:
    keys = [e.key for e in case.conversation.entries]
    evidence = st.builds(Evidence, quote=st.just("q"), entry=st.sampled_from([*keys, None, 99]))
    deferred_until, absent_until = draw(any_days), draw(any_days)
    return Verdict(
        stage=draw(st.sampled_from(Stage)), turn=draw(st.sampled_from(Turn)), rule="any", revealed=draw(st.booleans()),
        known=frozenset(draw(signals)), offer_out=draw(st.booleans()), deferred_until=deferred_until,
        deferred=draw(evidence) if deferred_until or draw(st.booleans()) else None, absent_until=absent_until,
        absent=draw(evidence) if absent_until else None,
        unsure=tuple(Finding(signal=s, quote="q", confidence=0.3, rule="any") for s in draw(st.lists(st.sampled_from(Signal), max_size=1))),
    )  # fmt: skip


def is_explained(item: Item) -> bool:
    """Rule and sentence; for a draft also what it is for, from what, and to a proven address."""
    told = bool(item.rule and item.why.endswith(".") and item.why[:1].isupper())
    if item.action is not Action.DRAFT:
        return told and item.occasion is None
    return told and bool(
        item.template and item.sequence and item.revision and item.occasion and item.anchor and item.due and item.lane
    )


@settings(max_examples=300, deadline=None)
@given(cases())
def test_every_case_has_one_decision_with_its_reason(case: Case) -> None:
    """It never raises; what is due is never in the future, what waits always is; it looks again only at a later day."""
    item = planned(case)

    assert is_explained(item)
    assert item.person == case.conversation.person.key
    assert item.address in case.conversation.person.addresses
    assert item.look_again is None or item.look_again > TODAY
    if item.due:
        assert (item.due > TODAY) is (item.action is Action.WAIT)
    assert planned(case) == item


@settings(max_examples=300, deadline=None)
@given(cases())
def test_no_draft_for_who_said_no_is_gone_or_is_being_written_to(case: Case) -> None:
    """Opted out, stopped, unreachable, paused, an open draft, an owner's draft, not judged: never, in either lane."""
    item = planned(case)
    word, verdict = case.word, case.verdict
    reopened = word.reopened_at
    said_no = any(
        Signal.OPT_OUT in case.readings[e.key].signals
        for e in case.conversation.entries
        if e.key in case.readings and e.by in ("them", "thread") and (reopened is None or e.sent > reopened)
    )

    forbidden = (
        verdict is None
        or verdict.stage in (Stage.OPTED_OUT, Stage.UNREACHABLE)
        or said_no
        or word.stopped
        or (word.paused_until is not None and word.paused_until > TODAY)
        or case.owners_draft
        or any(r.state in OPEN_STATES for r in case.ledger)
        or case.conversation.person.lang == "de"
        or len(case.conversation.to_set) > 1
    )
    assert not (forbidden and item.action is Action.DRAFT)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_no_draft_before_the_day_of_a_deferral_or_an_absence(case: Case) -> None:
    """As the judge sees them, whatever the turn; an absence counts until they write by hand."""
    item, verdict = planned(case), case.verdict
    if item.action is not Action.DRAFT or verdict is None:
        return
    wrote = max(
        (e.sent for e in case.conversation.entries if e.by in ("them", "thread") and e.kind is Kind.HUMAN and not e.junk),
        default=None,
    )
    for entry in case.conversation.entries:
        told_since = entry.by == "them" and entry.kind is Kind.OUT_OF_OFFICE and (wrote is None or entry.sent > wrote)
        assert not (told_since and entry.resume_on and entry.resume_on > max(entry.day, TODAY))
    assert verdict.deferred_until is None or verdict.deferred_until <= TODAY


@settings(max_examples=300, deadline=None)
@given(cases())
def test_a_follow_up_needs_silence_and_an_answer_needs_their_last_word(case: Case) -> None:
    """Nothing newer than our mail in the one, but what was talked over; nothing newer than theirs from us in the other."""
    item = planned(case)
    if item.action is not Action.DRAFT:
        return
    entries = case.conversation.entries
    letters = [e for e in entries if e.ours and e.kind not in (Kind.OUT_OF_OFFICE, Kind.ACKNOWLEDGEMENT)]
    anchor = next(e for e in entries if e.key == item.anchor)
    if item.lane is Lane.ANSWERS:
        assert anchor.by == "them"
        assert all(e.sent < anchor.sent or e.key < anchor.key for e in letters)
    else:
        assert case.proven_complete
        if case.word.settled != "silent" and case.verdict and not case.verdict.deferred and not case.verdict.deferred_until:
            newer = [
                e
                for e in entries
                if e.by in ("them", "thread")
                and e.kind is Kind.HUMAN
                and not e.junk
                and (not letters or e.sent > letters[-1].sent)
                and not any(talk.covers(e) for talk in case.outside.talks)
            ]
            assert all(case.readings.get(e.key, Reading(reader=1)).signals == {Signal.THANKS} for e in newer)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 5), max_size=25),
    st.integers(0, 15),
    st.integers(0, 15),
    st.integers(0, 12),
    st.integers(0, 14),
    st.data(),
)
def test_no_plan_exceeds_a_cap(
    shapes: list[int], open_now: int, created_today: int, most_open: int, per_day: int, data: st.DataObject
) -> None:
    """Whatever is due; everybody keeps their one item."""
    some = []
    for key, shape in enumerate(shapes):
        person = a_person(key=key, addresses=(f"p{key}@client.example",), company=f"c{key % 4}.example")
        mails = (ours("2026-03-03"), theirs("2026-03-09", Signal.NEED)) if shape % 2 else (ours("2026-03-03"),)
        some.append(data.draw(cases(key=key)) if shape > 3 else a_case(*mails, person=person, to_set=frozenset(person.addresses)))
    policy = Policy(caps=Caps(open_drafts=most_open, drafts_per_day=per_day))

    made = plan(some, SHIPPED, policy, NOW, PARIS, open_now=open_now, created_today=created_today)

    assert len(made.drafts) <= max(0, most_open - open_now)
    assert len(made.drafts) <= max(0, per_day - created_today)
    assert sorted(i.person for i in made.items) == list(range(len(shapes)))
    assert all(is_explained(i) for i in made.items)
    urgency = [(i.lane is Lane.FOLLOWUPS, i.due) for i in made.drafts]
    assert urgency == sorted(urgency, key=lambda u: (u[0], u[1] or date.max))
    companies = [some[i.person].conversation.person.company for i in made.drafts if i.lane is Lane.FOLLOWUPS]
    assert len(companies) == len(set(companies))
