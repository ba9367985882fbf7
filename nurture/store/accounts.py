"""Which mailboxes this database knows: it belongs to them, and to no other."""

from __future__ import annotations

from sqlalchemy import select, update

from nurture.store.session import Session
from nurture.store.tables import Drafts, Folders, Gestures, Messages, Searched, Skipped


def known(session: Session) -> frozenset[str]:
    """The keys of all accounts that were ever read into it."""
    return frozenset(session.scalars(select(Folders.account).distinct()))


def move(session: Session, old: str, new: str) -> None:
    """The same mailbox under another name: another host, another path."""
    for table in (Folders, Skipped, Messages, Drafts, Searched, Gestures):
        session.execute(update(table).where(table.account == old).values(account=new))
