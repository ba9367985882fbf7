"""Everything that the plan may know about people, loaded in a few statements; and what was decided about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from nurture.conversations import THEIR_SIDE, Entry, converse
from nurture.followups import OPEN_STATES, Action, Case, Colleagues, Happening, Item, OwnersWord
from nurture.messages import Address, Kind
from nurture.stages import Reading, Verdict
from nurture.store.ledger import ledger_rows
from nurture.store.messages import TRASH, addresses_value
from nurture.store.outside import outside_of
from nurture.store.people import by_keys, parts
from nurture.store.person_rows import PersonRow
from nurture.store.plan_rows import Decision, InForce
from nurture.store.readings import reading_value
from nurture.store.session import Session
from nurture.store.tables import Decisions, Drafts, Folders, MessagePeople, Messages, OwnersLog, People, Pins, PlanState

TALKS = (Happening.CALL.value, Happening.MEETING.value)
GIST = ("action", "rule", "why", "due", "step", "stage", "turn", "address")  # a decision is another where one of these is
LIVE = timedelta(days=45)  # how far back a colleague's mail can matter


def touch(session: Session, keys: Collection[int]) -> None:
    """Something happened to these people: the next plan looks at them."""
    for part in parts(keys):
        session.execute(update(PlanState).where(PlanState.person.in_(part)).values(touched=True))


def touched(session: Session) -> frozenset[int]:
    """Whom something has touched since the last plan."""
    return frozenset(session.scalars(select(PlanState.person).where(PlanState.touched)))


def due(session: Session, today: date) -> tuple[int, ...]:
    """Followed people whom something touched, or whose day has come."""
    wanted = select(PlanState.person).join(People, People.id == PlanState.person)
    return tuple(
        session.scalars(
            wanted.where(People.followed, or_(PlanState.touched, PlanState.look_again <= today)).order_by(PlanState.person)
        )
    )


def refused(session: Session) -> frozenset[int]:
    """Followed people who were to have a draft, by the decision in force, and whose text was refused: no other question has a template."""
    rows = (
        select(PlanState.person).join(Decisions, Decisions.id == PlanState.decision).join(People, People.id == PlanState.person)
    )
    return frozenset(
        session.scalars(rows.where(People.followed, Decisions.action == Action.SHEET.value, Decisions.template != ""))
    )


def next_day(session: Session, after: date) -> date | None:
    """The first day after one on which somebody is due if nothing happens; the very next one where something has touched somebody."""
    if due(session, after):
        return after + timedelta(days=1)
    followed = select(func.min(PlanState.look_again)).join(People, People.id == PlanState.person)
    return session.scalar(followed.where(People.followed))


def with_own_drafts(session: Session) -> frozenset[int]:
    """People for whom, when they were looked at last, a draft of the owner's own lay there: only a run can see that it is gone."""
    rows = select(PlanState.person).join(Decisions, Decisions.id == PlanState.decision)
    return frozenset(session.scalars(rows.where(Decisions.rule == "own-draft")))


def without_mail(session: Session, keys: Collection[int]) -> frozenset[int]:
    """Those of these people of whom no message was read."""
    with_mail: set[int] = set()
    for part in parts(keys):
        with_mail.update(session.scalars(select(MessagePeople.person).where(MessagePeople.person.in_(part)).distinct()))
    return frozenset(keys) - with_mail


def load(session: Session, keys: Collection[int], *, today: date) -> tuple[Case, ...]:
    """The cases of these people, without their verdicts."""
    found: list[Case] = []
    for part in parts(keys):
        rows = by_keys(session, part)
        entries, readings = _entries(session, part)
        drafts, pins = _drafts(session, part), _pins(session, part)
        outside = outside_of(session, part)
        around = _colleagues(session, rows, today)
        found += [
            Case(
                conversation=converse(row.person, entries.get(row.person.key, ())),
                readings=readings.get(row.person.key, {}),
                ledger=ledger_rows(drafts.get(row.person.key, ())),
                word=_word(row),
                outside=outside[row.person.key],
                colleagues=around.get(row.person.key, Colleagues()),
                pinned=tuple(pins.get(row.person.key, ())),
            )
            for row in rows
        ]
    return tuple(found)


def _word(row: PersonRow) -> OwnersWord:
    return OwnersWord(
        followed=row.followed, stopped=row.stopped, paused_until=row.paused_until, settled=row.settled, settled_at=row.settled_at,
        settled_upto=row.settled_upto, reopened_at=row.reopened_at, reopened_upto=row.reopened_upto,
    )  # fmt: skip


def _entries(session: Session, keys: list[int]) -> tuple[dict[int, list[Entry]], dict[int, dict[int, Reading]]]:
    entries: dict[int, list[Entry]] = defaultdict(list)
    readings: dict[int, dict[int, Reading]] = defaultdict(dict)
    read: dict[int, Reading] = {}
    rows = session.execute(
        select(Messages, MessagePeople.person, MessagePeople.by, Folders.role)
        .join(Messages, Messages.id == MessagePeople.message)
        .join(Folders, and_(Folders.account == Messages.account, Folders.name == Messages.folder), isouter=True)
        .where(MessagePeople.person.in_(keys))
        .order_by(Messages.sent, Messages.id)
    )
    for row in rows:
        m = Messages.of(row)
        entries[row.person].append(_entry(m, row.by, trashed=row.role == TRASH and not m.reader))
        if m.reading and m.reader:
            read.setdefault(m.id, reading_value(m.reading))
            readings[row.person][m.id] = read[m.id]
    return entries, readings


def _entry(m: Messages, by: str, *, trashed: bool) -> Entry:
    notice = m.notice or {}
    return Entry(
        key=m.id, by=by, message_id=m.message_id, sent=m.sent, received=m.received, trashed=trashed, sender=Address(addr=m.sender, name=m.sender_name), to=addresses_value(m.to),
        cc=addresses_value(m.cc), parents=tuple(m.parents), subject=m.subject, kind=Kind(m.kind), offset=m.offset, account=m.account,
        junk=m.junk, lang=m.lang, failed=tuple(notice.get("failed") or m.failed),
        resume_on=date.fromisoformat(notice["resume_on"]) if notice.get("resume_on") else None, notice_quote=notice.get("quote") or "",
    )  # fmt: skip


def _drafts(session: Session, keys: list[int]) -> dict[int, list[Drafts]]:
    found: dict[int, list[Drafts]] = defaultdict(list)
    for row in session.scalars(select(Drafts).where(Drafts.person.in_(keys)).order_by(Drafts.id)):
        found[row.person].append(row)
    return found


def _pins(session: Session, keys: list[int]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in session.scalars(select(Pins).where(Pins.person.in_(keys))):
        found[row.person].append((row.sequence, row.revision))
    return found


def _colleagues(session: Session, rows: tuple[PersonRow, ...], today: date) -> dict[int, Colleagues]:
    """What goes on with others of the same company: days only."""
    companies = {row.person.company for row in rows if row.person.company}
    drafts, live = _company_drafts(session, companies), _company_mail(session, companies, today)
    for company, person, day in _company_talks(session, companies, today):
        live[company][person] = max(day, live[company].get(person, day))
    return {
        row.person.key: Colleagues(
            open_draft_since=_latest(drafts.get(row.person.company or "", {}), row.person.key),
            live_since=_latest(live.get(row.person.company or "", {}), row.person.key),
        )
        for row in rows
        if row.person.company
    }


def _latest(days: Mapping[int, date], but: int) -> date | None:
    return max((day for person, day in days.items() if person != but), default=None)


def _company_drafts(session: Session, companies: set[str]) -> dict[str, dict[int, date]]:
    found: dict[str, dict[int, date]] = defaultdict(dict)
    rows = session.execute(
        select(People.company, Drafts.person, func.max(Drafts.created))
        .join(People, People.id == Drafts.person)
        .where(People.company.in_(companies), Drafts.state.in_(OPEN_STATES))
        .group_by(People.company, Drafts.person)
    )
    for company, person, moment in rows:
        found[company or ""][person] = moment.date()
    return found


def _company_mail(session: Session, companies: set[str], today: date) -> dict[str, dict[int, date]]:
    found: dict[str, dict[int, date]] = defaultdict(dict)
    since = datetime(today.year, today.month, today.day, tzinfo=UTC) - LIVE
    rows = session.execute(
        select(People.company, People.id, func.max(Messages.sent))
        .join(MessagePeople, MessagePeople.person == People.id)
        .join(Messages, Messages.id == MessagePeople.message)
        .where(
            People.company.in_(companies), People.followed, MessagePeople.by.in_(THEIR_SIDE), Messages.kind == Kind.HUMAN.value,
            Messages.sent >= since,
        )
        .group_by(People.company, People.id)
    )  # fmt: skip
    for company, person, moment in rows:
        found[company or ""][person] = moment.date()
    return found


def _company_talks(session: Session, companies: set[str], today: date) -> list[tuple[str, int, date]]:
    """A call or a meeting is a live conversation as a mail is."""
    rows = session.execute(
        select(People.company, People.id, func.max(OwnersLog.day))
        .join(OwnersLog, OwnersLog.person == People.id)
        .where(
            People.company.in_(companies), People.followed, OwnersLog.kind.in_(TALKS), OwnersLog.answered, OwnersLog.day >= today - LIVE
        )
        .group_by(People.company, People.id)
    )  # fmt: skip
    return [(company or "", person, day) for company, person, day in rows]


def keep(session: Session, items: Iterable[Item], verdicts: Mapping[int, Verdict | None], now: datetime, run: int) -> None:
    """Take down the decisions of one run; a line of history only where something changed. Whoever gets a draft stays touched."""
    wanted = {item.person: item for item in items}
    for part in parts(wanted):
        states = {s.person: s for s in session.scalars(select(PlanState).where(PlanState.person.in_(part)))}
        before = {
            d.id: d
            for d in session.scalars(
                select(Decisions).where(Decisions.id.in_([s.decision for s in states.values() if s.decision]))
            )
        }
        rows = {person: _decision(wanted[person], verdicts.get(person), now, run) for person in part}
        old = {p: before.get(states[p].decision or 0) for p in part}
        new = {p: row for p, row in rows.items() if (then := old[p]) is None or any(getattr(then, n) != row[n] for n in GIST)}
        _refer(session, states.values(), _add(session, new), wanted)


def _add(session: Session, rows: Mapping[int, Mapping[str, object]]) -> dict[int, int]:
    """person -> key of their new decision."""
    if not rows:
        return {}
    keys = session.scalars(insert(Decisions).returning(Decisions.id, sort_by_parameter_order=True), list(rows.values()))
    return dict(zip(rows, keys, strict=True))


def _refer(session: Session, states: Iterable[PlanState], new: Mapping[int, int], wanted: Mapping[int, Item]) -> None:
    """The decisions in force, and when they are looked at again; what stands is not written again."""
    changed = []
    for was in states:
        item = wanted[was.person]
        now = {
            "decision": new.get(was.person, was.decision),
            "touched": item.action == Action.DRAFT,
            "look_again": item.look_again,
        }
        if any(getattr(was, name) != value for name, value in now.items()):
            changed.append({"who": was.person, **now})
    session.each(update(PlanState).where(PlanState.person == bindparam("who")), changed)


def _decision(item: Item, verdict: Verdict | None, now: datetime, run: int) -> dict[str, object]:
    return {
        "person": item.person, "run": run, "at": now, "address": item.address, "lane": item.lane.value if item.lane else None,
        "action": item.action.value, "rule": item.rule, "why": item.why, "quote": item.evidence.quote[:200],
        "stage": verdict.stage.value if verdict else None, "turn": verdict.turn.value if verdict else None, "due": item.due,
        "sequence": item.sequence, "revision": item.revision, "step": item.step, "template": item.template, "signal": item.signal,
    }  # fmt: skip


def decisions(session: Session, person: int) -> tuple[Decision, ...]:
    """Every decision about one person, oldest first."""
    return tuple(
        decision_value(row) for row in session.scalars(select(Decisions).where(Decisions.person == person).order_by(Decisions.id))
    )


def last(session: Session) -> tuple[InForce, ...]:
    """What is in force about everybody who is followed."""
    columns = (getattr(Decisions, name) for name in InForce._fields)
    rows = select(*columns).join(PlanState, PlanState.decision == Decisions.id).join(People, People.id == PlanState.person)
    return tuple(map(InForce._make, session.execute(rows.where(People.followed).order_by(Decisions.person))))


def decision_value(row: Decisions) -> Decision:
    """A row as a value."""
    return Decision(**{name: getattr(row, name) for name in Decision.__dataclass_fields__})
