"""The owner's words in the order in which they were said, so that they can be said again, each at its time, to another database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from nurture.store import cases, outside, people, words
from nurture.store.session import Session
from nurture.store.tables import Addresses, Drafts, Messages, OwnersFacts, OwnersLog, OwnersWords

JOINING = frozenset({outside.MERGE, outside.SPLIT})


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One word of the owner's: about whom, when, and what. `kind` is "word", "fact" or "line", or that of a joining."""

    at: datetime
    address: str
    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


def everything(session: Session) -> tuple[Spoken, ...]:
    """Every word about anybody, oldest first."""
    first = {row.person: row.address for row in session.scalars(select(Addresses).where(Addresses.place == 0))}
    found = [
        Spoken(at=w.at, address=first.get(w.person, ""), kind="word", facts={"word": w.word})
        for w in session.scalars(select(OwnersWords).order_by(OwnersWords.id))
    ]
    found += [_fact(f) for f in session.scalars(select(OwnersFacts).order_by(OwnersFacts.id))]
    found += [_line(row) for row in session.scalars(select(OwnersLog).order_by(OwnersLog.id))]
    return tuple(sorted(found, key=lambda one: one.at))


def _fact(f: OwnersFacts) -> Spoken:
    facts = {"field": f.field, "value": f.value, "quoted": f.quoted, "detected_as": f.detected if f.field == "stage" else None}
    return Spoken(at=f.at, address=f.address, kind="fact", facts={**facts, "via": f.via})


def _line(row: OwnersLog) -> Spoken:
    if row.kind in JOINING:
        return Spoken(at=row.at, address=row.address, kind=row.kind, facts={"other": row.text})
    facts = {"kind": row.kind, "happened": row.happened, "day": row.day, "text": row.text, "answered": row.answered}
    return Spoken(at=row.at, address=row.address, kind="line", facts=facts)


def say_again(session: Session, one: Spoken) -> bool:
    """Say it to this database, as of its moment; a joining is the shell's matter. False: nobody is known there under that address."""
    row = people.by_address(session, one.address)
    if row is None:
        return False
    key, facts = row.person.key, dict(one.facts)
    saying = outside.Saying(person=key, address=one.address, at=one.at, via=facts.pop("via", ""))
    if one.kind == "word":
        _word(session, key, facts["word"], one.at)
    elif one.kind == "fact":
        outside.tell(session, saying, facts.pop("field"), facts.pop("value"), **facts)
    else:
        outside.log(session, saying, facts.pop("kind"), **facts)
    cases.touch(session, {key})
    return True


def _word(session: Session, key: int, word: str, at: datetime) -> None:
    said, _, where = word.partition(" (")
    verb, _, rest = said.partition(" ")
    via = where.removesuffix(")")
    if verb == "stop":
        words.stop(session, key, at, via)
    elif verb == "follow":
        words.follow(session, key, at, via)
    elif verb == "reopen":
        words.reopen(session, key, at)
    elif verb == "pause":
        words.pause(session, key, date.fromisoformat(rest.removeprefix("until ")), at, via)
    elif verb == "settle":
        words.settle(session, key, rest, at)


def drafts_by_id(session: Session) -> dict[str, str]:
    """What became of every draft that was really written, by its Message-ID."""
    return {row.message_id: row.state for row in session.execute(select(Drafts.message_id, Drafts.state))}


def message_ids(session: Session, since: datetime) -> frozenset[str]:
    """The Message-IDs of everything kept that was sent since a moment."""
    return frozenset(m for m in session.scalars(select(Messages.message_id).where(Messages.sent >= since)) if m)
