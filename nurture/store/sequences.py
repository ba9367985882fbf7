"""Sequences and their revisions: immutable source texts, one in force for each name, people pinned to the one they began with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from nurture.errors import RevisedMeanwhile
from nurture.store.records import Author, Revision, SequenceRow
from nurture.store.tables import Decisions, Drafts, People, Pins, PlanState, Revisions, Sequences

SHIPPED = "shipped"  # the author of what comes with the package; nobody else is called so
UPGRADE = "an upgrade of nurture"
IN_FORCE = and_(Revisions.name == Sequences.name, Revisions.revision == Sequences.revision)


def seed(session: Session, sources: Iterable[tuple[str, str]], now: datetime) -> None:
    """The shipped sequences: revision 1 where the name is new; a changed one, or one whose name the owner has used, arrives as a
    revision that is not in force."""
    theirs = select(Revisions.name, Revisions.source).where(Revisions.author == SHIPPED).order_by(Revisions.revision)
    shipped = {row.name: row.source for row in session.execute(theirs)}
    new = [(name, source) for name, source in sources if shipped.get(name) != source]
    for name, source in new:
        upgrade = session.get(Sequences, name) is not None
        if not upgrade:
            session.add(Sequences(name=name, revision=1))
            session.flush()
        number = newest(session, name) + 1
        told = UPGRADE if upgrade else ""
        session.add(Revisions(name=name, revision=number, source=source, author=SHIPPED, message=told, made=now))
    if new:
        session.flush()


def everything(session: Session) -> tuple[tuple[str, int, str, bool], ...]:
    """(name, revision, source, in force) of every revision there is; of a sequence that is retired none is in force."""
    rows = session.execute(
        select(
            Revisions.name, Revisions.revision, Revisions.source, Sequences.revision == Revisions.revision, Sequences.retired
        ).join(Sequences, Sequences.name == Revisions.name)
    )
    return tuple(
        (name, revision, source, bool(current) and retired is None)
        for name, revision, source, current, retired in sorted(rows, key=lambda row: (row.name, row.revision))
    )


def all(session: Session) -> tuple[SequenceRow, ...]:
    """Every sequence by name, the retired ones among them."""
    people = _people(session)
    rows = sorted(session.execute(select(Sequences, Revisions).join(Revisions, IN_FORCE)), key=lambda row: row[0].name)
    upgrades = {name: upgrade(session, name) for name in session.scalars(select(Sequences.name))}
    return tuple(
        SequenceRow(
            name=s.name, retired=s.retired, upgrade=upgrades[s.name], in_force=_value(r, s.revision, people),
            people=sum(n for (name, _), n in people.items() if name == s.name),
        )
        for s, r in rows
    )  # fmt: skip


def get(session: Session, name: str) -> SequenceRow | None:
    """One sequence."""
    return next((row for row in all(session) if row.name == name), None)


def history(session: Session, name: str) -> tuple[Revision, ...]:
    """Every revision of a sequence, oldest first; () where there is none of this name."""
    current = session.get(Sequences, name)
    people = _people(session)
    rows = session.scalars(select(Revisions).where(Revisions.name == name).order_by(Revisions.revision))
    return tuple(_value(row, current.revision if current else 0, people) for row in rows)


def _people(session: Session) -> dict[tuple[str, int], int]:
    """How many followed people keep each revision."""
    rows = session.execute(
        select(Pins.sequence, Pins.revision, func.count()).join(People, People.id == Pins.person).where(People.followed)
        .group_by(Pins.sequence, Pins.revision)
    )  # fmt: skip
    return {(name, revision): count for name, revision, count in rows}


def _value(row: Revisions, current: int, people: dict[tuple[str, int], int]) -> Revision:
    return Revision(
        name=row.name, number=row.revision, source=row.source, author=row.author, message=row.message, made=row.made,
        in_force=row.revision == current, people=people.get((row.name, row.revision), 0),
    )  # fmt: skip


def newest(session: Session, name: str) -> int:
    """The number of the newest revision, 0 where there is none."""
    return session.scalar(select(func.max(Revisions.revision)).where(Revisions.name == name)) or 0


def upgrade(session: Session, name: str) -> int | None:
    """The shipped revision that came after the one in force, and was never taken over."""
    current = session.scalar(select(Sequences.revision).where(Sequences.name == name)) or 0
    shipped = session.scalar(select(func.max(Revisions.revision)).where(Revisions.name == name, Revisions.author == SHIPPED)) or 0
    return shipped if shipped > current else None


def save(session: Session, name: str, source: str, by: Author, *, seen: int) -> int:
    """A new revision in force, or a new sequence; its number. `seen` is the newest one that its author had before them.

    Raises RevisedMeanwhile where another one has come since.
    """
    session.execute(select(Sequences.revision).where(Sequences.name == name).with_for_update())
    last = newest(session, name)
    if last != seen:
        raise RevisedMeanwhile(name, seen, last)
    if session.get(Sequences, name) is None:
        session.add(Sequences(name=name, revision=1))
        session.flush()
    session.add(Revisions(name=name, revision=last + 1, source=source, author=by.name, message=by.message, made=by.at))
    session.flush()
    put_in_force(session, name, last + 1)
    return last + 1


def put_in_force(session: Session, name: str, revision: int) -> None:
    """From now on who begins the sequence begins this revision."""
    session.execute(update(Sequences).where(Sequences.name == name).values(revision=revision))


def retire(session: Session, name: str, at: datetime | None) -> None:
    """Nobody begins it any more; None takes that back."""
    session.execute(update(Sequences).where(Sequences.name == name).values(retired=at))


def rename(session: Session, old: str, new: str) -> None:
    """Everything that speaks of it, the occasions of drafts among it: what was done under the old name is done under the new one."""
    row = session.get_one(Sequences, old)
    session.add(Sequences(name=new, revision=row.revision, retired=row.retired))
    session.flush()
    session.execute(update(Revisions).where(Revisions.name == old).values(name=new))
    session.execute(update(Pins).where(Pins.sequence == old).values(sequence=new))
    session.execute(update(Decisions).where(Decisions.sequence == old).values(sequence=new))
    for draft in session.scalars(select(Drafts).where(Drafts.sequence == old)):
        draft.occasion = f"{draft.occasion.removesuffix(f'|{old}/{draft.step}')}|{new}/{draft.step}"
        draft.sequence = new
    session.flush()
    session.delete(row)
    session.flush()


def pin(session: Session, person: int, sequence: str, revision: int) -> None:
    """Remember with which revision a conversation began a sequence; a later call changes nothing."""
    if session.get(Pins, (person, sequence)) is None:
        session.add(Pins(person=person, sequence=sequence, revision=revision))


def pins(session: Session, name: str) -> dict[int, int]:
    """Who has begun a sequence, and with which revision."""
    rows = session.execute(select(Pins.person, Pins.revision).where(Pins.sequence == name).order_by(Pins.person))
    return {row.person: row.revision for row in rows}


def move(session: Session, name: str, revision: int) -> None:
    """Everybody who has begun the sequence goes on with this revision."""
    session.execute(update(Pins).where(Pins.sequence == name).values(revision=revision))


def looked_at(session: Session, names: Iterable[str], stages: Iterable[str]) -> tuple[int, ...]:
    """Followed people whose last decision came out of one of these sequences, or who stand at one of these stages."""
    last = select(PlanState.person).join(Decisions, Decisions.id == PlanState.decision)
    wanted = or_(Decisions.sequence.in_(tuple(names)), Decisions.stage.in_(tuple(stages)))
    return tuple(
        session.scalars(
            last.join(People, People.id == PlanState.person).where(People.followed, wanted).order_by(PlanState.person)
        )
    )
