"""What the owner tells that no mail says: calls and meetings, what was heard there, a stage, go or no-go, a rest taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from nurture.conversations import Entry
from nurture.stages import Stage


class Happening(StrEnum):
    """What was logged."""

    CALL = "call"
    MEETING = "meeting"
    NOTE = "note"  # for `why` and the sheet; moves nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Logged:
    """One thing that happened outside of mail. `happened` is the moment from which it counts, `at` the one at which it was told."""

    kind: Happening
    day: date
    happened: datetime
    at: datetime
    upto: int = 0  # the largest Entry.key of then
    text: str = ""
    answered: bool = True  # False: a call that nobody took, a meeting to which nobody came

    @property
    def is_talk(self) -> bool:
        """They spoke with the owner: that counts as a word of theirs."""
        return self.answered and self.kind is not Happening.NOTE

    def covers(self, entry: Entry) -> bool:
        """Whether a message lay before the owner when they spoke: what came later, or came to be known later, counts anew."""
        return entry.key <= self.upto and entry.sent <= self.happened


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What the owner heard of "result" or "measure". `quoted`: in quotation marks, so these are the person's very words.

    Empty words take an earlier saying back.
    """

    name: str
    words: str
    at: datetime
    upto: int = 0
    quoted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StageSaid:
    """A stage in the owner's word, and how far the mail was known when it was said."""

    stage: Stage
    at: datetime
    upto: int = 0
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """Go or no-go: whether what they expect can be satisfied."""

    yes: bool
    at: datetime
    upto: int = 0


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Everything of this kind about one person; the newest word of each kind counts."""

    logged: tuple[Logged, ...] = ()  # oldest first
    heard: tuple[Heard, ...] = ()  # oldest first
    stage: StageSaid | None = None
    fit: Fit | None = None
    revived_at: datetime | None = None
    measure_day: date | None = None
    country: str = ""  # ISO 3166-1 alpha-2
    tags: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()

    def heard_of(self, name: str) -> Heard | None:
        """The owner's last word on "result" or "measure"."""
        return next((h for h in reversed(self.heard) if h.name == name), None)

    @property
    def talks(self) -> tuple[Logged, ...]:
        return tuple(one for one in self.logged if one.is_talk)


NOTHING_OUTSIDE = Outside()
