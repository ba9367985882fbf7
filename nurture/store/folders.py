"""How far each folder has been read, and what of it could not be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, exists, select

from nurture.store.mail_rows import FolderRow, SkippedRow, Watermark
from nurture.store.session import Session
from nurture.store.tables import Folders, Skipped


def watermarks(session: Session, account: str) -> dict[str, Watermark]:
    """How far every folder of an account has been read, by name; those that were never read are not in it."""
    return {row.name: row.mark for row in rows(session, account)}


def rows(session: Session, account: str) -> tuple[FolderRow, ...]:
    """Every folder of an account that was read, with its role."""
    found = session.scalars(select(Folders).where(Folders.account == account))
    return tuple(FolderRow(name=row.name, role=row.role, mark=_mark(row)) for row in sorted(found, key=lambda row: row.name))


def watermark(session: Session, account: str, name: str) -> Watermark | None:
    """How far the folder has been read; None: never."""
    row = session.scalar(select(Folders).where(Folders.account == account, Folders.name == name))
    return _mark(row) if row else None


def _mark(row: Folders) -> Watermark:
    return Watermark(uidvalidity=row.uidvalidity, next_uid=row.next_uid, exists=row.exists)


def keep(session: Session, account: str, name: str, role: str, mark: Watermark) -> None:
    """Take down how far the folder has been read."""
    facts = {"uidvalidity": mark.uidvalidity, "next_uid": mark.next_uid, "exists": mark.exists}
    session.put(Folders, {"account": account, "name": name}, {"role": str(role), **facts})


def drop(session: Session, account: str, names: Iterable[str]) -> None:
    """Folders that are gone."""
    session.execute(delete(Folders).where(Folders.account == account, Folders.name.in_(list(names))))


def next_uids(session: Session, account: str) -> dict[str, int]:
    """The next UID of every folder of an account."""
    found = session.execute(select(Folders.name, Folders.next_uid).where(Folders.account == account))
    return {row.name: row.next_uid for row in found}


def skip(session: Session, account: str, found: Iterable[SkippedRow]) -> None:
    """Messages that could not be read now. The first moment at which that was seen stays."""
    for row in found:
        same = (Skipped.account == account, Skipped.folder == row.folder, Skipped.uid == row.uid)
        since = session.scalar(select(Skipped.since).where(*same, Skipped.uidvalidity == row.uidvalidity)) or row.since
        key = {"account": account, "folder": row.folder, "uid": row.uid}
        session.put(Skipped, key, {"uidvalidity": row.uidvalidity, "since": since, "there": row.there})


def skipped(session: Session, account: str) -> tuple[SkippedRow, ...]:
    """What could not be read so far."""
    found = session.scalars(select(Skipped).where(Skipped.account == account))
    return tuple(
        SkippedRow(folder=row.folder, uid=row.uid, uidvalidity=row.uidvalidity, since=row.since, there=row.there)
        for row in sorted(found, key=lambda row: (row.folder, row.uid))
    )


def no_longer_skipped(session: Session, account: str, folder: str, uids: Collection[int]) -> None:
    """They were read after all, or are gone."""
    wanted = sorted(uids)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        session.execute(delete(Skipped).where(Skipped.account == account, Skipped.folder == folder, Skipped.uid.in_(part)))


def any_unread(session: Session, after: datetime) -> bool:
    """Whether some message lies in a folder and could not be read, first seen so after a moment."""
    return bool(session.scalar(select(exists().where(Skipped.there, Skipped.since > after))))
