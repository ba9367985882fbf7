"""The log of runs: numbers and outcomes, no names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from nurture.store.plan_rows import Run
from nurture.store.session import Session
from nurture.store.tables import Runs


def start(session: Session, now: datetime) -> int:
    """A run begins; returns its number."""
    return session.scalars(insert(Runs).values(started=now).returning(Runs.id)).one()


def finish(session: Session, number: int, now: datetime, *, outcome: str, counts: dict[str, Any], deferred: bool) -> None:
    """A run has come to its end."""
    facts = {"ended": now, "outcome": outcome, "counts": counts, "deferred": deferred}
    session.execute(update(Runs).where(Runs.id == number).values(**facts))


def finish_last(session: Session, now: datetime, *, outcome: str, deferred: bool) -> None:
    """The newest run did not come to its end: say how it stopped."""
    newest = select(func.max(Runs.id)).scalar_subquery()
    session.execute(update(Runs).where(Runs.id == newest).values(ended=now, outcome=outcome, deferred=deferred))


def deferred_in_a_row(session: Session) -> int:
    """How many runs in a row, up to the newest, were deferred."""
    count = 0
    for deferred in session.scalars(select(Runs.deferred).order_by(Runs.id.desc()).limit(100)):
        if not deferred:
            break
        count += 1
    return count


def last(session: Session) -> Run | None:
    """The newest run."""
    row = session.scalar(select(Runs).order_by(Runs.id.desc()).limit(1))
    return (
        Run(started=row.started, ended=row.ended, outcome=row.outcome or "not finished", deferred=row.deferred) if row else None
    )
