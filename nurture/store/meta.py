"""Single facts about the database."""

from __future__ import annotations

from sqlalchemy.orm import Session

from nurture.store.tables import Meta


def get(session: Session, name: str) -> str | None:
    """The value of a fact, None where it was never set."""
    row = session.get(Meta, name)
    return row.value if row else None


def put(session: Session, name: str, value: str) -> None:
    """Set a fact."""
    session.merge(Meta(name=name, value=value))
