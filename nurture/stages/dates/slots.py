"""What a form's slots hold, and the rule of the year: the first one that lies ahead of the message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nurture.stages.dates.almanac import Feast, Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Slots:
    """What a form's slots hold, each already looked up in the language's tables; None: the slot is not there."""

    sent: date
    day: int | None = None
    day2: int | None = None
    month: int | None = None
    month2: int | None = None
    month_number: int | None = None
    month_number2: int | None = None
    year: int | None = None
    weekday: int | None = None
    weekday2: int | None = None
    n: int | None = None
    unit: str | None = None
    ordinal: int | None = None
    quarter: int | None = None
    half: int | None = None
    part: str | None = None
    season: str | None = None
    holiday: Feast | None = None
    zone: str | None = None
    days_ahead: int | None = None
    running: bool = False  # "after March" may mean the one that has begun


Kind = Callable[[Slots], Period | None]


def ahead(s: Slots, make: Callable[[int], Period]) -> Period | None:
    """The period of the stated year, else of the first year in which it begins (`running`: ends) after the message's day."""
    for candidate in (s.year,) if s.year else range(s.sent.year - s.running, s.sent.year + 9):
        try:
            found = make(candidate)
        except ValueError:
            continue
        if s.year or (found.end >= s.sent if s.running else found.start > s.sent):
            return found
    return None
