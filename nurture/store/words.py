"""The owner's word on people, and the log of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from nurture.store import people
from nurture.store.session import Session
from nurture.store.tables import OwnersWords, People


def stop(session: Session, key: int, now: datetime, via: str = "") -> None:
    """Nothing more to this person. `via`: where it was said, if not by command."""
    _say(session, key, now, _by("stop", via), stopped=True)


def follow(session: Session, key: int, now: datetime, via: str) -> None:
    """Follow them, said elsewhere than by command."""
    _say(session, key, now, _by("follow", via), followed=True)


def reopen(session: Session, key: int, now: datetime) -> None:
    """Take a stop, an opt-out or a refusal back: what is known by now closes nothing more."""
    _say(session, key, now, "reopen", stopped=False, reopened_at=now, reopened_upto=people.newest_message(session, key))


def pause(session: Session, key: int, until: date, now: datetime, via: str = "") -> None:
    """Leave them alone until a day."""
    _say(session, key, now, _by(f"pause until {until}", via), paused_until=until)


def settle(session: Session, key: int, how: str, now: datetime) -> None:
    """ "silent" or "answered" about what is known by now: what nurture could not tell."""
    _say(session, key, now, f"settle {how}", settled=how, settled_at=now, settled_upto=people.newest_message(session, key))


def move(session: Session, key: int, name: str, revisions: tuple[int, int], now: datetime) -> None:
    """They go on with another revision of a sequence."""
    _note(session, key, now, f"sequence {name}: from revision {revisions[0]} to {revisions[1]}"[-100:])


def said(session: Session, key: int) -> tuple[tuple[datetime, str], ...]:
    """Everything the owner said about one person, oldest first."""
    rows = session.execute(select(OwnersWords.at, OwnersWords.word).where(OwnersWords.person == key).order_by(OwnersWords.id))
    return tuple((at, word) for at, word in rows)


def _by(word: str, via: str) -> str:
    return f"{word} ({via})"[:100] if via else word


def _say(session: Session, key: int, now: datetime, word: str, **values: Any) -> None:
    session.execute(update(People).where(People.id == key).values(**values))
    _note(session, key, now, word)


def _note(session: Session, key: int, now: datetime, word: str) -> None:
    session.execute(insert(OwnersWords).values(person=key, at=now, word=word))
