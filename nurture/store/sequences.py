"""Sequences and their revisions: immutable source texts, one in force for each name, people pinned to the one they began with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from nurture.store.tables import Pins, Revisions, Sequences


def seed(session: Session, sources: Iterable[tuple[str, str]], now: datetime) -> None:
    """The shipped sequences: revision 1 where the name is new; a changed one arrives as a revision that is not in force."""
    theirs = select(Revisions.name, Revisions.source).where(Revisions.author == "shipped").order_by(Revisions.revision)
    shipped = {row.name: row.source for row in session.execute(theirs)}
    for name, source in sources:
        if name not in shipped:
            session.add(Sequences(name=name, revision=1))
            session.flush()
            session.add(Revisions(name=name, revision=1, source=source, author="shipped", made=now))
        elif shipped[name] != source:
            newest = session.scalar(select(func.max(Revisions.revision)).where(Revisions.name == name)) or 0
            session.add(
                Revisions(
                    name=name, revision=newest + 1, source=source, author="shipped", message="an upgrade, not in force", made=now
                )
            )
    session.flush()


def everything(session: Session) -> tuple[tuple[str, int, str, bool], ...]:
    """(name, revision, source, in force) of every revision there is."""
    rows = session.execute(
        select(Revisions.name, Revisions.revision, Revisions.source, Sequences.revision == Revisions.revision)
        .join(Sequences, Sequences.name == Revisions.name)
        .order_by(Revisions.name, Revisions.revision)
    )
    return tuple((name, revision, source, bool(in_force)) for name, revision, source, in_force in rows)


def pin(session: Session, person: int, sequence: str, revision: int) -> None:
    """Remember with which revision a conversation began a sequence; a later call changes nothing."""
    if session.get(Pins, (person, sequence)) is None:
        session.add(Pins(person=person, sequence=sequence, revision=revision))
