"""Joining two people into one, and parting one into two. Nothing is lost: no message, no reading, no draft, no no."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, update

from nurture.conversations import EXCHANGE, THEIR_SIDE, company_of, first_name, is_role_address, mailbox_of
from nurture.followups import OPEN_STATES, DraftState
from nurture.stages import Signal
from nurture.store import known, library
from nurture.store.messages import CLOSER
from nurture.store.people import search_again
from nurture.store.session import Session
from nurture.store.tables import (
    Addresses,
    Base,
    Decisions,
    Drafts,
    MessagePeople,
    Messages,
    OwnersFacts,
    OwnersLog,
    People,
    Pins,
    PlanState,
    Signals,
)

NOES = (Signal.OPT_OUT.value, Signal.DECLINE.value)
COPIED: tuple[type[Base], ...] = (Pins,)  # parting gives both what was known of the one; what must not happen twice belongs here


def both_have_drafts(session: Session, one: int, other: int) -> bool:
    """Two open drafts cannot belong to one person."""
    wanted = select(func.count()).where(Drafts.person.in_((one, other)), Drafts.state.in_(OPEN_STATES))
    return (session.scalar(wanted) or 0) > 1


# joining


def merge(session: Session, into: int, other: int) -> None:
    """Everything of `other` becomes `into`'s, and `other` is no more. Where the owner said two things, the stricter one counts."""
    facts = _strictest(session, _person(session, into), _person(session, other))
    session.execute(update(People).where(People.id == into).values(**facts))
    _merge_messages(session, into, other)
    place = session.scalar(select(func.count()).where(Addresses.person == into)) or 0
    _place(session, into, _addresses(session, other), place)
    known.join(session, into, other)
    for table in _tables_of_people():
        _move(session, table, into, other)
    session.execute(delete(People).where(People.id == other))
    settle_relations(session, into)
    search_again(session, into)
    session.execute(update(PlanState).where(PlanState.person == into).values(touched=True))


def _person(session: Session, key: int) -> People:
    return session.scalars(select(People).where(People.id == key)).one()


def _place(session: Session, person: int, addresses: Iterable[str], first: int = 0) -> None:
    """They are this person's, in this order."""
    rows = ({"of": address, "person": person, "place": n} for n, address in enumerate(addresses, first))
    session.each(update(Addresses).where(Addresses.address == bindparam("of")), rows)


def _strictest(session: Session, one: People, other: People) -> dict[str, object]:
    """A stop, a pause, not being followed win over their contraries; what was settled or reopened of one of them says nothing of both."""
    facts = ("name", "first_name", "company", "lang", "register", "register_ours")
    reopened_at, reopened_upto = _reopened(session, one, other)
    return {
        **{fact: getattr(one, fact) or getattr(other, fact) for fact in facts},
        "role_address": one.role_address and other.role_address, "stopped": one.stopped or other.stopped,
        "followed": one.followed and other.followed,
        "paused_until": max((day for day in (one.paused_until, other.paused_until) if day), default=None),
        "reopened_at": reopened_at, "reopened_upto": reopened_upto,
    } | _settled(one, other)  # fmt: skip


def _reopened(session: Session, one: People, other: People) -> tuple[datetime | None, int | None]:
    """What was reopened of one stays so, unless the other has said no in a way that nobody reopened."""
    if (one.reopened_at is None and _said_no(session, one.id)) or (other.reopened_at is None and _said_no(session, other.id)):
        return None, None
    if one.reopened_at and other.reopened_at:
        return min(one.reopened_at, other.reopened_at), min(one.reopened_upto or 0, other.reopened_upto or 0)
    upto = one.reopened_upto if one.reopened_upto is not None else other.reopened_upto
    return one.reopened_at or other.reopened_at, upto


def _said_no(session: Session, key: int) -> bool:
    rows = select(func.count()).select_from(Signals).join(MessagePeople, MessagePeople.message == Signals.message)
    return bool(
        session.scalar(rows.where(MessagePeople.person == key, MessagePeople.by.in_(THEIR_SIDE), Signals.signal.in_(NOES)))
    )


def _settled(one: People, other: People) -> dict[str, object]:
    """ "answered" holds, "silent" does not: of both it was not said."""
    answered = [p for p in (one, other) if p.settled == "answered" and p.settled_at]
    newest = max(answered, key=lambda p: p.settled_at or datetime.min, default=None)
    return {name: getattr(newest, name, None) for name in ("settled", "settled_at", "settled_upto")}


def _merge_messages(session: Session, into: int, other: int) -> None:
    """Who wrote a message, seen from both: what is closer to either counts."""
    rows = session.execute(select(MessagePeople.message, MessagePeople.by).where(MessagePeople.person == into))
    mine = {row.message: row.by for row in rows}
    theirs = session.scalars(select(MessagePeople).where(MessagePeople.person == other)).all()
    both = [row for row in theirs if row.message in mine]
    _relate(session, into, {row.message: row.by for row in both if CLOSER.index(row.by) > CLOSER.index(mine[row.message])})
    _move(session, MessagePeople.__table__, into, other)


def _relate(session: Session, person: int, wanted: Mapping[int, str]) -> None:
    """Who wrote these messages, seen from this person: message -> by."""
    chosen = (MessagePeople.person == person, MessagePeople.message == bindparam("of"))
    session.each(update(MessagePeople).where(*chosen), ({"of": message, "by": by} for message, by in wanted.items()))


def settle_relations(session: Session, key: int) -> None:
    """What came from an address of theirs is theirs, whatever it was before the address was known for it."""
    mailboxes = {mailbox_of(a) for a in session.scalars(select(Addresses.address).where(Addresses.person == key))}
    rows = select(MessagePeople.message, Messages.sender).join(Messages, Messages.id == MessagePeople.message)
    found = session.execute(rows.where(MessagePeople.person == key, MessagePeople.by.not_in(("us", "them"))))
    _relate(session, key, {message: "them" for message, sender in found if mailbox_of(sender) in mailboxes})


def _tables_of_people() -> Iterator[Table]:
    """Every table with rows about a person; messages and addresses have rules of their own."""
    for table in Base.metadata.sorted_tables:
        column = table.columns.get("person")
        apart = table.name in (MessagePeople.__tablename__, Addresses.__tablename__)
        if column is not None and column.foreign_keys and not apart:
            yield table


def _move(session: Session, table: Table, into: int, other: int) -> None:
    """The rows of `other`, but for those that `into` has already: these go with the person."""
    rest = [c for c in table.primary_key.columns if c.name != "person"]
    moving = update(table).where(table.c.person == other).values(person=into)
    if "person" not in table.primary_key.columns:
        session.execute(moving)
    elif rest:
        there = table.alias()
        taken = select(there.c.person).where(there.c.person == into, *(there.c[c.name] == c for c in rest))
        session.execute(moving.where(~taken.correlate(table).exists()))


# parting


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two after they were parted."""

    key: int
    mailboxes: frozenset[str]
    company: str | None
    first: str  # their first address


def part(session: Session, key: int, leaving: Collection[str], now: datetime) -> int:
    """These addresses of a person become somebody of their own; returns the new key. The owner's holds stay with both."""
    staying = [a for a in _addresses(session, key) if a not in leaving]
    gone = [a for a in _addresses(session, key) if a in leaving]
    old, had = _person(session, key), library.had(session, key)
    name, lang, register = _speaks(session, key, {mailbox_of(a) for a in gone})
    company = company_of(gone[0])
    wanted = insert(People).values(
        name=name, first_name=first_name(name, gone[0]), company=company, role_address=is_role_address(gone[0]), lang=lang or old.lang,
        register=register, source="split", added=now, followed=old.followed, stopped=old.stopped,
        paused_until=old.paused_until, settled=old.settled, settled_at=old.settled_at, settled_upto=old.settled_upto,
        reopened_at=old.reopened_at, reopened_upto=old.reopened_upto,
    )  # fmt: skip
    new = session.scalars(wanted.returning(People.id)).one()
    session.execute(insert(PlanState).values(person=new, touched=True))
    for person, addresses in ((key, staying), (new, gone)):
        _place(session, person, addresses)
    stays = Side(key=key, mailboxes=frozenset(map(mailbox_of, staying)), company=old.company, first=staying[0])
    leaves = Side(key=new, mailboxes=frozenset(map(mailbox_of, gone)), company=company, first=gone[0])
    _part_messages(session, stays, leaves)
    _part_drafts(session, stays, leaves)
    for table in (OwnersFacts, OwnersLog, Decisions):
        session.execute(update(table).where(table.person == key, table.address.in_(gone)).values(person=new))
    known.split(session, {key: (staying, old.name), new: (gone, name)})
    for copied in COPIED:
        _copy(session, copied, key, new)
    for person in (key, new):
        library.remember(session, person, had)
        search_again(session, person)
    session.execute(update(PlanState).where(PlanState.person == key).values(touched=True))
    return new


def _addresses(session: Session, key: int) -> list[str]:
    return list(session.scalars(select(Addresses.address).where(Addresses.person == key).order_by(Addresses.place)))


def _speaks(session: Session, key: int, mailboxes: set[str]) -> tuple[str, str | None, str | None]:
    """(name, language, register) as the newest mails that came from these addresses show them; the language of ours to them will do."""
    rows = select(Messages).join(MessagePeople, MessagePeople.message == Messages.id)
    found = session.scalars(
        rows.where(MessagePeople.person == key, MessagePeople.by.in_(("us", "them"))).order_by(Messages.sent.desc())
    ).all()
    theirs = [m for m in found if mailbox_of(m.sender) in mailboxes]
    ours = [m for m in found if m.ours and _named(m) & mailboxes]
    return (
        next((m.sender_name for m in theirs if m.sender_name), ""),
        next((m.lang for m in (*theirs, *ours) if m.lang), None),
        next((said for m in theirs if (said := (m.reading or {}).get("register"))), None),
    )


def _part_messages(session: Session, stays: Side, leaves: Side) -> None:
    rows = session.execute(
        select(Messages, MessagePeople.by)
        .join(Messages, Messages.id == MessagePeople.message)
        .where(MessagePeople.person == stays.key)
        .order_by(Messages.sent, Messages.id)
    )
    seen = [(row.by, Messages.of(row)) for row in rows]
    threads = {side.key: {m.message_id for by, m in seen if m.message_id and _is_with(m, by, side)} for side in (stays, leaves)}
    wanted: dict[tuple[int, int], str] = {}
    for by, m in seen:
        found = {side.key: _by(m, by, side, other, threads[side.key]) for side, other in ((stays, leaves), (leaves, stays))}
        if not any(found.values()):
            found[stays.key] = by
        wanted |= {(m.id, key): how for key, how in found.items() if how}
    session.execute(delete(MessagePeople).where(MessagePeople.person == stays.key))
    session.each(insert(MessagePeople), ({"message": m, "person": p, "by": by} for (m, p), by in wanted.items()))


def _named(m: Messages) -> set[str]:
    return {mailbox_of(addr) for addr, _ in (*m.to, *m.cc)}


def _is_with(m: Messages, by: str, side: Side) -> bool:
    """A mail of ours to them, or one of theirs."""
    return bool(_named(m) & side.mailboxes) if by == "us" else mailbox_of(m.sender) in side.mailboxes


def _by(m: Messages, by: str, side: Side, other: Side, thread: set[str]) -> str | None:
    """Who wrote a message, seen from one of the two; None: it does not concern them."""
    sender = mailbox_of(m.sender)
    if by == "us":
        return "us" if _named(m) & side.mailboxes else None
    if sender in side.mailboxes:
        return "them"
    threaded = bool(thread.intersection(m.parents)) or bool(_named(m) & side.mailboxes)
    if sender in other.mailboxes:
        same = side.company is not None and side.company == other.company
        return ("thread" if same else "other") if threaded else "company" if same else None
    if failed := {mailbox_of(a) for a in ((m.notice or {}).get("failed") or m.failed)}:
        return by if failed & side.mailboxes else None
    company = by == "company" and side.company is not None and side.company == company_of(m.sender)
    return by if threaded or company else None


def _part_drafts(session: Session, stays: Side, leaves: Side) -> None:
    """A draft belongs to whom it was written to. One that answered a message to both is known of both, so that none comes twice."""
    rows = session.scalars(select(Drafts).where(Drafts.person == stays.key).order_by(Drafts.id)).all()
    sides = [(leaves, stays) if mailbox_of(row.to) in leaves.mailboxes else (stays, leaves) for row in rows]
    for row, (side, _) in zip(rows, sides, strict=True):
        facts = {"person": side.key, "occasion": _occasion(session, row, side.first, but=row.id)}
        session.execute(update(Drafts).where(Drafts.id == row.id).values(**facts))
    for row, (_, other) in zip(rows, sides, strict=True):
        if row.state not in (*OPEN_STATES, DraftState.FAILED) and row.anchor in _anchors(session, other.key):
            same = {c.name: getattr(row, c.name) for c in Drafts.__table__.columns if c.name != "id"}
            changed = {"person": other.key, "occasion": _occasion(session, row, other.first)}
            session.execute(insert(Drafts).values(**same | changed))


def _occasion(session: Session, row: Drafts, first: str, but: int = 0) -> str:
    """The occasion under the first address of whose it is now; a name that is taken already, by any draft `but` one, is told apart."""
    tail = f"|{row.lane}|{row.anchor}|{row.occasion.rpartition('|')[2]}"
    taken = set(session.scalars(select(Drafts.occasion).where(Drafts.occasion.endswith(tail, autoescape=True), Drafts.id != but)))
    name, number = f"{first}{tail}", 1
    while name in taken:
        number += 1
        name = f"{first}#{number}{tail}"
    return name


def _anchors(session: Session, key: int) -> set[str]:
    """How drafts name the messages of one person's exchange."""
    rows = select(Messages.id, Messages.message_id).join(MessagePeople, MessagePeople.message == Messages.id)
    chosen = session.execute(rows.where(MessagePeople.person == key, MessagePeople.by.in_(EXCHANGE)))
    return {message_id or f"key:{number}" for number, message_id in chosen}


def _copy(session: Session, table: type[Base], source: int, to: int) -> None:
    found = table.__table__
    rows: Iterable[Any] = session.execute(select(found).where(found.c.person == source)).mappings().all()
    for row in rows:
        session.execute(insert(table).values(**{**row, "person": to}))
