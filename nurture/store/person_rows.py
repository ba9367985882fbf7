"""What the store keeps of people, and what their owner says of them, as values."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from nurture.conversations import NOBODY, Person, still_called


@dataclass(frozen=True, kw_only=True, slots=True)
class Learnt:
    """What messages tell about a person; None: nothing new. A first name that is `NOBODY`: by none that can be relied on any more."""

    name: str | None = None
    first_name: str | None = None
    lang: str | None = None
    register: str | None = None
    register_ours: str | None = None
    role_address: bool | None = None

    def then(self, newer: Learnt) -> Learnt:
        """Both together; the newer word wins. A first name that does not go with the newer display name is no longer theirs."""
        told = {f.name: getattr(newer, f.name) for f in fields(newer)}
        if newer.first_name is None and newer.name and self.first_name and not still_called(self.first_name, newer.name):
            told["first_name"] = NOBODY
        return replace(self, **{name: value for name, value in told.items() if value is not None})


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One person with the owner's words on them."""

    person: Person
    source: str
    added: datetime
    followed: bool
    stopped: bool
    paused_until: date | None
    settled: str | None
    settled_at: datetime | None
    reopened_at: datetime | None
    settled_upto: int | None = None
    reopened_upto: int | None = None
    in_force: frozenset[str] = frozenset()  # facts in which the owner's word counts before what mail tells


@dataclass(frozen=True, kw_only=True)
class FactSaid:
    """One fact in the owner's word, and what was detected when it was said."""

    field: str
    value: str
    at: datetime
    quoted: bool
    detected: str | None
    via: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the owner's log."""

    kind: str
    day: date
    at: datetime
    answered: bool
    text: str
