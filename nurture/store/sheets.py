"""The ledger of review sheets. An index keeps it honest: one of each account lies there, or is about to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, update

from nurture.errors import OutOfBounds
from nurture.store.plan_rows import Baseline, SheetRow
from nurture.store.session import Session
from nurture.store.tables import Sheets

INTENDED, OPEN = "intended", "open"  # committed before the APPEND; there, and untouched as far as is known
REPLACED, KEPT, GONE, FAILED = "replaced", "kept", "gone", "failed"  # by us to Trash; the owner's now; by the owner; never there
ENDS = frozenset({REPLACED, KEPT, GONE, FAILED})


def newest(session: Session, account: str) -> SheetRow | None:
    """The last sheet that came into being, whatever became of it."""
    rows = select(Sheets).where(Sheets.account == account, Sheets.state != FAILED)
    row = session.scalar(rows.order_by(Sheets.id.desc()).limit(1))
    return _value(row) if row else None


def made_on(session: Session, account: str, day: date) -> int:
    """How many came into being on a day: the number of the next one."""
    wanted = select(func.count()).where(Sheets.account == account, Sheets.day == day, Sheets.state != FAILED)
    return session.scalar(wanted) or 0


def intend(session: Session, row: SheetRow) -> SheetRow:
    """Commit what is about to be written; `id` is given here. Earlier ones that never came into being are forgotten: a mailbox that
    refuses is asked by every run."""
    session.execute(delete(Sheets).where(Sheets.account == row.account, Sheets.state == FAILED))
    facts = {name: getattr(row, name) for name in SheetRow.__dataclass_fields__ if name != "id"}
    return replace(row, id=session.scalars(insert(Sheets).values(**facts).returning(Sheets.id)).one())


def confirm(session: Session, key: int, baseline: Baseline) -> None:
    """The mailbox holds it, as it was written."""
    _leave(session, key, INTENDED)
    there = {"uid": baseline.uid, "uidvalidity": baseline.uidvalidity, "digest": baseline.digest}
    session.execute(update(Sheets).where(Sheets.id == key).values(state=OPEN, **there))


def end(session: Session, key: int, state: str, now: datetime) -> None:
    """It is replaced, kept, gone, or never was."""
    _leave(session, key, INTENDED, OPEN)
    if state not in ENDS:
        raise OutOfBounds(f"A review sheet cannot end as {state}. Please report this.")
    session.execute(update(Sheets).where(Sheets.id == key).values(state=state, closed=now))


def _leave(session: Session, key: int, *states: str) -> None:
    state = session.scalars(select(Sheets.state).where(Sheets.id == key)).one()
    if state not in states:
        raise OutOfBounds(f"A review sheet that is {state} was about to be changed. Please report this.")


def _value(row: Sheets) -> SheetRow:
    return SheetRow(**{name: getattr(row, name) for name in SheetRow.__dataclass_fields__})
