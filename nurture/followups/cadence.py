"""Working days: what a wait of "5 working days" means where the recipient lives.

A `Calendar` keeps, for each year, the sorted ordinals of its working days, built once; counting is then a bisection. The
`holidays` library is imported at the first year that is built.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

EARLIEST, LATEST = date(1970, 1, 2), date(2200, 12, 31)  # dates from mails may be absurd; counting stays inside
WEEKEND = frozenset({5, 6})
MOST = {"working days": 260, "days": 400, "weeks": 60, "months": 24}
_WAIT = re.compile(r"(\d{1,4}) (working day|day|week|month)s?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_words(day: date) -> str:
    """A day as the owner reads it, without the machine's locale: "3 March 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=1)
def supported_countries() -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes whose holidays are known. The library's own list of them would load all 250 countries."""
    from holidays.registry import COUNTRIES

    return frozenset(names[1] for names in COUNTRIES.values())


@lru_cache(maxsize=512)
def _country_year(country: str, year: int) -> tuple[frozenset[date], frozenset[int]]:
    """The public holidays of one country and year, and its weekend (Monday is 0). An unknown country has weekends only."""
    if country not in supported_countries():
        return frozenset(), WEEKEND
    import holidays

    known = holidays.country_holidays(country, years=year)
    return frozenset(day for day in known if day.year == year), frozenset(known.weekend)


class Calendar:
    """The working days of one country, with the owner's own days, bridges and August. Get one from `calendar_of`."""

    def __init__(self, country: str, own: tuple[str, ...] = (), *, bridges: bool = False, august: bool = False) -> None:
        self.country = country
        self.own = frozenset(own)  # "09-01" each year, or "2026-05-15"
        self.bridges = bridges
        self.august = august
        self._years: dict[int, list[int]] = {}

    def _working(self, year: int) -> list[int]:
        if year not in self._years:
            self._years[year] = [day.toordinal() for day in _days_of(year) if self._works_on(day)]
        return self._years[year]

    def _works_on(self, day: date) -> bool:
        free, weekend = _country_year(self.country, day.year)
        if day.weekday() in weekend or day in free or day.isoformat() in self.own or f"{day:%m-%d}" in self.own:
            return False
        return not ((self.august and day.month == 8) or (self.bridges and _is_bridge(day, free)))

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        return self.on_or_after(day) == day

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; with 0, `day` itself whatever it is. Stays between 1970 and 2200."""
        if count <= 0:
            return day
        at = min(max(day, EARLIEST), LATEST)
        for year in range(at.year, LATEST.year + 1):
            days = self._working(year)
            first = bisect_right(days, at.toordinal())
            if first + count <= len(days):
                return date.fromordinal(days[first + count - 1])
            count -= len(days) - first
        return LATEST

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the next one."""
        return self.add_working_days(min(max(day, EARLIEST), LATEST) - timedelta(days=1), 1)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; 0 when `end` is not later."""
        start, end = max(start, EARLIEST), min(end, LATEST)
        if end <= start:
            return 0
        years = range(start.year, end.year + 1)
        return sum(
            bisect_right(self._working(y), end.toordinal()) - bisect_right(self._working(y), start.toordinal()) for y in years
        )


def _days_of(year: int) -> Iterator[date]:
    return (date(year, 1, 1) + timedelta(days=n) for n in range(366 if monthrange(year, 2)[1] == 29 else 365))


def _is_bridge(day: date, free: frozenset[date]) -> bool:
    """A Friday after a free Thursday, a Monday before a free Tuesday."""
    friday = day.weekday() == 4 and day - timedelta(days=1) in free
    return friday or (day.weekday() == 0 and day + timedelta(days=1) in free)


@lru_cache(maxsize=512)
def calendar_of(country: str, own: tuple[str, ...] = (), bridges: bool = False, august: bool = False) -> Calendar:
    """The one calendar for these facts; years already counted stay counted."""
    return Calendar(country, own, bridges=bridges, august=august)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """How long a step waits: `count` of "working days", "days", "weeks" or "months"."""

    count: int
    unit: str = "working days"

    @classmethod
    def parse(cls, text: str) -> Wait:
        """Read "5 working days", "3 weeks", "2 months" or "10 days". Raises ValueError with a sentence."""
        found = _WAIT.fullmatch(text)
        if found is None:
            raise ValueError(f'{text!r} is no wait; write it like "5 working days", "10 days", "3 weeks" or "2 months"')
        wait = cls(count=int(found[1]), unit=found[2] + "s")
        if wait.count > MOST[wait.unit]:
            raise ValueError(f"{text!r} is too long; at most {MOST[wait.unit]} {wait.unit}")
        return wait

    @property
    def doubled(self) -> Wait:
        return Wait(count=2 * self.count, unit=self.unit)

    def end(self, start: date, calendar: Calendar) -> date:
        """The working day on which a wait that begins on `start` is over; what ends on a free day ends on the next working day."""
        start = min(max(start, EARLIEST), LATEST)
        if self.unit == "working days" and self.count:
            return calendar.add_working_days(start, self.count)
        return calendar.on_or_after(months_after(start, self.count) if self.unit == "months" else start + self._days)

    def before(self, day: date) -> date:
        """The day that lies so long before another one; for days, weeks and months."""
        return months_after(day, -self.count) if self.unit == "months" else day - self._days

    @property
    def _days(self) -> timedelta:
        return timedelta(days=self.count * (7 if self.unit == "weeks" else 1))

    def __str__(self) -> str:
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"


def months_after(day: date, count: int) -> date:
    """The same day of the month `count` months on, or that month's last day."""
    day = min(max(day, EARLIEST), LATEST)
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
