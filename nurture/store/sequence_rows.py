"""What the store keeps of sequences, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who makes a revision, when, and what they say about it."""

    name: str
    at: datetime
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One revision of a sequence. `people`: how many followed people began with it and keep it."""

    name: str
    number: int
    source: str
    author: str
    message: str
    made: datetime
    in_force: bool
    people: int


@dataclass(frozen=True, kw_only=True)
class SequenceRow:
    """One sequence. `people`: how many have begun it, whatever revision; `upgrade`: a shipped revision that was not taken over."""

    name: str
    in_force: Revision
    people: int
    retired: datetime | None
    upgrade: int | None
