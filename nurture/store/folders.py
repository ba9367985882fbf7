"""How far each folder has been read."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from nurture.store.records import Watermark
from nurture.store.tables import Folders


def watermark(session: Session, account: str, name: str) -> Watermark | None:
    """How far the folder has been read; None: never."""
    row = session.get(Folders, (account, name))
    return Watermark(uidvalidity=row.uidvalidity, next_uid=row.next_uid, exists=row.exists) if row else None


def keep(session: Session, account: str, name: str, role: str, mark: Watermark) -> None:
    """Take down how far the folder has been read."""
    facts = {"uidvalidity": mark.uidvalidity, "next_uid": mark.next_uid, "exists": mark.exists}
    session.merge(Folders(account=account, name=name, role=str(role), **facts))


def next_uids(session: Session, account: str) -> dict[str, int]:
    """The next UID of every folder of an account."""
    rows = session.execute(select(Folders.name, Folders.next_uid).where(Folders.account == account))
    return {row.name: row.next_uid for row in rows}
