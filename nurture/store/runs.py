"""The log of runs: numbers and outcomes, no names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nurture.store.records import Run
from nurture.store.tables import Runs


def start(session: Session, now: datetime) -> int:
    """A run begins; returns its number."""
    row = Runs(started=now)
    session.add(row)
    session.flush()
    return row.id


def finish(session: Session, number: int, now: datetime, *, outcome: str, counts: dict[str, Any], deferred: bool) -> None:
    """A run has come to its end."""
    row = session.get_one(Runs, number)
    row.ended, row.outcome, row.counts, row.deferred = now, outcome, counts, deferred


def finish_last(session: Session, now: datetime, *, outcome: str, deferred: bool) -> None:
    """The newest run did not come to its end: say how it stopped."""
    row = session.scalar(select(Runs).order_by(Runs.id.desc()).limit(1))
    if row is not None:
        row.ended, row.outcome, row.deferred = now, outcome, deferred


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
