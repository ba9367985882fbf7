"""What lay in the folders of gestures, a row a copy: each is a word that was heeded once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from nurture.store.mail_rows import GestureRow
from nurture.store.session import Session
from nurture.store.tables import Gestures

UNREADABLE = "gesture-unreadable"  # nobody knows yet what the copy says: it is looked at again
KNOWN = "gesture-known"  # its word has been said before
TAKEN_OUT = "gesture-taken-out"  # before it was read: it says nothing
SET_ASIDE = 0  # no numbering of any server


def newest(session: Session, account: str, folder: str, uidvalidity: int) -> int:
    """The highest UID seen in a folder as it is numbered now; 0: nothing was."""
    return session.scalar(select(func.max(Gestures.uid)).where(_numbered(account, folder, uidvalidity))) or 0


def unreadable(session: Session, account: str, folder: str, uidvalidity: int) -> tuple[int, ...]:
    """The UIDs of copies that could not be read so far, ascending."""
    rows = select(Gestures.uid).where(_numbered(account, folder, uidvalidity), Gestures.rule == UNREADABLE)
    return tuple(session.scalars(rows.order_by(Gestures.uid)))


def drop(session: Session, account: str, folder: str, uidvalidity: int, uids: Collection[int]) -> None:
    """These copies were not readable, and are now, or are gone."""
    for uid in uids:
        session.execute(delete(Gestures).where(_numbered(account, folder, uidvalidity), Gestures.uid == uid))


def set_aside(session: Session, account: str, folder: str, uidvalidity: int) -> None:
    """The folder's numbers mean nothing any more; what was said by its copies stays known."""
    session.execute(delete(Gestures).where(_numbered(account, folder, SET_ASIDE)))
    session.execute(update(Gestures).where(_numbered(account, folder, uidvalidity)).values(uidvalidity=SET_ASIDE))


def numberings(session: Session, account: str, gesture: str, mid: str) -> frozenset[tuple[str, int]]:
    """(folder, UIDVALIDITY) under which copies of this message have said this before."""
    same = and_(Gestures.account == account, Gestures.gesture == gesture, Gestures.mid == mid, Gestures.rule != TAKEN_OUT)
    return frozenset(
        (folder, validity) for folder, validity in session.execute(select(Gestures.folder, Gestures.uidvalidity).where(same))
    )


def keep(session: Session, row: GestureRow) -> None:
    """Take down what one copy was taken for, in place of what was known of it."""
    facts = {name: getattr(row, name) for name in GestureRow.__dataclass_fields__}
    drop(session, row.account, row.folder, row.uidvalidity, [row.uid])
    short = {"why": row.why[:300], "name": row.name[:200], "subject": row.subject[:200]}
    session.execute(insert(Gestures).values(**facts | short | {"addresses": list(row.addresses)}))


def not_looked_for(session: Session, account: str, most: int) -> tuple[GestureRow, ...]:
    """The newest of which nobody knows yet whether they lie elsewhere too."""
    rows = select(Gestures).where(Gestures.account == account, Gestures.moved.is_(None)).order_by(Gestures.id.desc())
    return tuple(_value(row) for row in session.scalars(rows.limit(most)))


def since(session: Session, moment: datetime, rules: Iterable[str]) -> tuple[GestureRow, ...]:
    """What was heeded since a moment and is to be told, oldest first."""
    rows = select(Gestures).where(Gestures.at >= moment, Gestures.rule.in_(list(rules))).order_by(Gestures.id)
    return tuple(_value(row) for row in session.scalars(rows))


def forget_who(session: Session, before: datetime) -> None:
    """What was told long enough: who it was about goes, that it was heeded stays."""
    told = and_(Gestures.at < before, Gestures.rule != UNREADABLE, Gestures.why != "")
    session.execute(update(Gestures).where(told).values(addresses=[], name="", subject="", why="", moved=False))


def _numbered(account: str, folder: str, uidvalidity: int) -> ColumnElement[bool]:
    return and_(Gestures.account == account, Gestures.folder == folder, Gestures.uidvalidity == uidvalidity)


def _value(row: Gestures) -> GestureRow:
    facts = {name: getattr(row, name) for name in GestureRow.__dataclass_fields__}
    return GestureRow(**facts | {"addresses": tuple(row.addresses)})
