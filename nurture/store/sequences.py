"""Sequences and their revisions: immutable source texts, one in force for each name, people pinned to the one they began with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update

from nurture.errors import RevisedMeanwhile
from nurture.store.sequence_rows import Author, Revision, SequenceRow
from nurture.store.session import Session
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
        told = "" if _begin(session, name) else UPGRADE
        _add(session, name, newest(session, name) + 1, source, Author(name=SHIPPED, message=told, at=now))


def _begin(session: Session, name: str) -> bool:
    """A sequence of this name. False: there is one."""
    if session.scalar(select(Sequences.name).where(Sequences.name == name)) is not None:
        return False
    session.execute(insert(Sequences).values(name=name, revision=1))
    return True


def _add(session: Session, name: str, number: int, source: str, by: Author) -> None:
    facts = {"source": source, "author": by.name, "message": by.message, "made": by.at}
    session.execute(insert(Revisions).values(name=name, revision=number, **facts))


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
    retired = {row.name: row.retired for row in session.execute(select(Sequences.name, Sequences.retired))}
    rows = session.scalars(select(Revisions).join(Sequences, IN_FORCE)).all()
    return tuple(
        SequenceRow(
            name=r.name, retired=retired[r.name], upgrade=upgrade(session, r.name), in_force=_value(r, r.revision, people),
            people=sum(n for (name, _), n in people.items() if name == r.name),
        )
        for r in sorted(rows, key=lambda row: row.name)
    )  # fmt: skip


def get(session: Session, name: str) -> SequenceRow | None:
    """One sequence."""
    return next((row for row in all(session) if row.name == name), None)


def history(session: Session, name: str) -> tuple[Revision, ...]:
    """Every revision of a sequence, oldest first; () where there is none of this name."""
    current = session.scalar(select(Sequences.revision).where(Sequences.name == name)) or 0
    people = _people(session)
    rows = session.scalars(select(Revisions).where(Revisions.name == name).order_by(Revisions.revision))
    return tuple(_value(row, current, people) for row in rows)


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
    _begin(session, name)
    _add(session, name, last + 1, source, by)
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
    row = session.scalars(select(Sequences).where(Sequences.name == old)).one()
    session.execute(insert(Sequences).values(name=new, revision=row.revision, retired=row.retired))
    session.execute(update(Revisions).where(Revisions.name == old).values(name=new))
    session.execute(update(Pins).where(Pins.sequence == old).values(sequence=new))
    session.execute(update(Decisions).where(Decisions.sequence == old).values(sequence=new))
    drafts = session.execute(select(Drafts.id, Drafts.occasion, Drafts.step).where(Drafts.sequence == old)).all()
    renamed = [
        {"draft": key, "sequence": new, "occasion": f"{occasion.removesuffix(f'|{old}/{step}')}|{new}/{step}"}
        for key, occasion, step in drafts
    ]
    session.each(update(Drafts).where(Drafts.id == bindparam("draft")), renamed)
    session.execute(delete(Sequences).where(Sequences.name == old))


def pin(session: Session, person: int, sequence: str, revision: int) -> None:
    """Remember with which revision a conversation began a sequence; a later call changes nothing."""
    if session.scalar(select(Pins.person).where(Pins.person == person, Pins.sequence == sequence)) is None:
        session.execute(insert(Pins).values(person=person, sequence=sequence, revision=revision))


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
