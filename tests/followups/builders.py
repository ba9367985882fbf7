"""Cases by hand: `a_case(ours("2026-03-02"), theirs("2026-03-04", Signal.PRICE_QUESTION))` and what else a plan looks at.

Days are written as ISO strings; mails are of ten in the morning in Paris, keys are counted in the order of the arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from nurture.conversations import Conversation, Entry, Person
from nurture.followups import (
    Case,
    Colleagues,
    DraftState,
    Item,
    Lane,
    LedgerRow,
    Occasion,
    OwnersWord,
    Policy,
    Sequences,
    plan_one,
)
from nurture.messages import Address, Kind
from nurture.stages import Awaits, Evidence, Finding, Reading, Signal, Stage, Turn, Verdict

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 11, 8, 0, tzinfo=PARIS)  # a Wednesday; no public holiday near it in France
SHIPPED = Sequences.shipped()
OWNER = "camille@atelier.example"
ANNA = "anna@client.example"
REVEALING = frozenset(
    {
        Signal.INTEREST,
        Signal.NEED,
        Signal.RESULT,
        Signal.MEASURE,
        Signal.PRICE_QUESTION,
        Signal.FEATURE_REQUEST,
        Signal.INFO_REQUEST,
        Signal.MEETING,
        Signal.PROPOSAL_REQUEST,
    }
)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail of a case before it has its key."""

    entry: Entry
    reading: Reading | None = None


def at(day: str, hour: int = 10) -> datetime:
    """A moment of a day in Paris."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=PARIS)


def ours(day: str, awaits: Awaits | None = Awaits.QUESTION, *, to: str = ANNA, **reading: Any) -> Mail:
    """A mail of the owner's, by whatever hand."""
    sent = at(day)
    entry = Entry(
        key=0, by="us", message_id=f"<us-{day}@atelier.example>", sent=sent, sender=Address(addr=OWNER), to=(Address(addr=to),), offset=60
    )  # fmt: skip
    return Mail(entry=entry, reading=Reading(reader=1, awaits=awaits, **reading))


def theirs(
    day: str, *signals: Signal, by: str = "them", sender: str = ANNA, hour: int = 11, quote: str = "", **more: Any
) -> Mail:
    """A mail of somebody on the other side; `more` goes to the entry, or to the reading where that has such a field."""
    readings = {k: more.pop(k) for k in ("resume_on", "meeting_on", "unsure", "greeting", "lang") if k in more}
    found = tuple(Finding(signal=s, quote=quote or f"their words: {s}", confidence=0.9, rule="test") for s in signals)
    entry = Entry(
        key=0, by=by, message_id=f"<{by}-{day}-{hour}@client.example>", sent=at(day, hour), sender=Address(addr=sender), offset=60,
        to=(Address(addr=OWNER),),
    )  # fmt: skip
    return Mail(entry=replace(entry, **more), reading=Reading(reader=1, findings=found, **readings))


def automatic(day: str, kind: Kind, *, by: str = "them", hour: int = 11, **more: Any) -> Mail:
    """A mail that no human wrote."""
    mail = theirs(day, by=by, hour=hour, kind=kind, notice_quote=f"their notice: {kind}")
    return Mail(entry=replace(mail.entry, **more))


def a_person(**changes: Any) -> Person:
    """Anna, who reads French."""
    facts: dict[str, Any] = {"key": 7, "addresses": (ANNA,), "name": "Anna Roux", "lang": "fr", "company": "client.example"}
    return Person(**(facts | changes))


def a_case(*mails: Mail, person: Person | None = None, to_set: frozenset[str] = frozenset({ANNA}), **changes: Any) -> Case:
    """A case with the verdict that its mails suggest; `changes` are fields of the verdict or of the case."""
    numbered = [(replace(m.entry, key=n), m.reading) for n, m in enumerate(mails, 1)]
    entries = tuple(sorted((e for e, _ in numbered), key=lambda e: (e.sent, e.key)))
    readings = {e.key: r for e, r in numbered if r is not None}
    of_case = {k: changes.pop(k) for k in tuple(changes) if k in Case.__dataclass_fields__}
    verdict = a_verdict(entries, readings, **changes)
    conversation = Conversation(person=person or a_person(), entries=entries, to_set=to_set)
    facts: dict[str, Any] = {"conversation": conversation, "readings": readings, "verdict": verdict}
    return Case(**(facts | of_case))


def a_verdict(entries: tuple[Entry, ...], readings: dict[int, Reading], **changes: Any) -> Verdict:
    """Stage and turn by the simplest reading of the labels; enough for tests that do not state them."""
    words = [e for e in entries if e.by in ("them", "thread") and e.kind is Kind.HUMAN and not e.junk]
    known = frozenset(s for e in words if e.key in readings for s in readings[e.key].signals)
    last = next((e for e in reversed(entries) if e.by == "us" or e in words), None)
    signals = readings[last.key].signals if last and last.key in readings else frozenset()
    turn = Turn.THEIRS if last is None or last.ours else Turn.OURS
    if turn is Turn.OURS and (signals == {Signal.THANKS} or signals & {Signal.DEFERRAL, Signal.OPT_OUT}):
        turn = Turn.NOBODY
    facts: dict[str, Any] = {
        "stage": _stage(known, bool(words), signals), "turn": turn, "rule": "test", "revealed": bool(known & REVEALING), "known": known,
    }  # fmt: skip
    return Verdict(**(facts | changes))


def _stage(known: frozenset[Signal], answered: bool, last: frozenset[Signal]) -> Stage:
    if Signal.DECLINE in last:
        return Stage.DECLINED
    if Signal.ACCEPTANCE in known:
        return Stage.CLIENT
    if {Signal.RESULT, Signal.MEASURE} <= known:
        return Stage.QUALIFIED
    if known & REVEALING:
        return Stage.PROSPECT
    return Stage.CONTACT if answered else Stage.STRANGER


def a_deferral(case: Case, until: str | None = None) -> Case:
    """The same case with the deferral of its last word in force."""
    assert case.verdict is not None
    entry = next(e for e in reversed(case.conversation.entries) if e.by == "them")
    said = Evidence(quote="write to me later", entry=entry.key, message_id=entry.message_id)
    until_day = date.fromisoformat(until) if until else None
    return replace(case, verdict=replace(case.verdict, turn=Turn.NOBODY, deferred=said, deferred_until=until_day))


def a_row(
    day: str,
    step: str = "useful-news",
    state: DraftState = DraftState.SENT,
    *,
    sequence: str = "stranger",
    closed: str | None = None,
    lane: Lane = Lane.FOLLOWUPS,
    anchor: str = "<anchor@atelier.example>",
    template: str = "",
) -> LedgerRow:
    """One draft of ours, made on a day."""
    return LedgerRow(
        occasion=Occasion(person=ANNA, lane=lane, anchor=anchor, step=f"{sequence}/{step}"), state=state, created=at(day, 7),
        closed=at(closed, 7) if closed else None, sequence=sequence, revision=1, step=step, template=template or step, variant="a",
    )  # fmt: skip


def planned(case: Case, now: datetime | str = NOW, policy: Policy | None = None, sequences: Sequences = SHIPPED) -> Item:
    """What is planned for a case."""
    return plan_one(case, sequences, policy or Policy(), at(now, 8) if isinstance(now, str) else now, PARIS)


__all__ = [
    "ANNA", "NOW", "OWNER", "PARIS", "SHIPPED", "Colleagues", "Mail", "OwnersWord", "a_case", "a_deferral", "a_person", "a_row", "a_verdict",
    "at", "automatic", "ours", "planned", "theirs",
]  # fmt: skip
