"""Single facts about the database."""

from __future__ import annotations

from sqlalchemy import select

from nurture.store.session import Session
from nurture.store.tables import Meta


def get(session: Session, name: str) -> str | None:
    """The value of a fact, None where it was never set."""
    return session.scalar(select(Meta.value).where(Meta.name == name))


def put(session: Session, name: str, value: str) -> None:
    """Set a fact."""
    session.put(Meta, {"name": name}, {"value": value})
