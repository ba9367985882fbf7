"""What the database remembers of the list of those who said no: how it stood. A list that was lost is noticed, never drafted past."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from nurture.conversations import THEIR_SIDE
from nurture.errors import NoesLost
from nurture.stages import Signal
from nurture.store import meta
from nurture.store.session import Session
from nurture.store.suppression import Mark, Suppression
from nurture.store.tables import Addresses, MessagePeople, Messages, People, Signals

NAME = "suppression"


def check(session: Session, suppression: Suppression) -> None:
    """Raises NoesLost where the list is not the one that this database has seen, as it stood or grown since."""
    mark = _known(session)
    if mark and not suppression.follows(mark):
        raise NoesLost(
            f"{suppression.path} is not the list that the database knows (lost, emptied, or another key): some who said no would be "
            "written to. Put it and nurture.key back from a backup; if there is none, `nurture db noes` begins a new list."
        )


def remember(session: Session, suppression: Suppression) -> None:
    """Take down how the list stands now."""
    mark = suppression.mark()
    if mark != _known(session):
        meta.put(session, NAME, f"{mark.key} {mark.size} {mark.digest}")


def renew(session: Session, suppression: Suppression, now: datetime) -> int:
    """Begin anew from what the database itself knows: everybody whom the owner stopped or who asked not to be written to.

    Returns how many addresses. Domain stops, and people who were forgotten, cannot be known from it.
    """
    said_no = (
        select(MessagePeople.person)
        .join(Signals, Signals.message == MessagePeople.message)
        .join(Messages, Messages.id == MessagePeople.message)
        .join(People, People.id == MessagePeople.person)
        .where(Signals.signal == Signal.OPT_OUT.value, MessagePeople.by.in_(THEIR_SIDE))
        .where(or_(People.reopened_at.is_(None), Messages.sent > People.reopened_at))
    )
    wanted = select(Addresses.address).join(People, People.id == Addresses.person)
    closed = session.scalars(wanted.where(or_(People.stopped, People.id.in_(said_no)))).all()
    for address in closed:
        if not suppression.contains(address):
            suppression.add(address, "known from the database", now)
    remember(session, suppression)
    return len(closed)


def _known(session: Session) -> Mark | None:
    value = meta.get(session, NAME)
    if not value:
        return None
    key, size, digest = value.split(" ")
    return Mark(key=key, size=int(size), digest=digest)
