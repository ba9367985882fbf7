"""The arithmetic of days: months later, next weekdays, Easter, seasons and feasts as tables describe them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FIRST, LAST = date(1000, 1, 1), date(9998, 12, 31)  # no count leads farther

Feast = str | Sequence[str] | Mapping[str, Sequence[str]]  # a span, several, or those of each zone


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A span of days, both ends belonging to it."""

    start: date
    end: date


def one_day(day: date) -> Period:
    return Period(start=day, end=day)


def months_later(day: date, months: int) -> date:
    """The same day of the month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, FIRST.year), LAST.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_later(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, FIRST.toordinal()), LAST.toordinal()))


def last_such_day(day: int, end: date) -> date | None:
    """The last day of this number up to another, in its month or in the one before; None: there is none."""
    for at in (end, end.replace(day=1) - timedelta(days=1)):
        if 1 <= day <= (at.day if at is end else monthrange(at.year, at.month)[1]):
            return at.replace(day=day)
    return None


def month(year: int, number: int) -> Period:
    return Period(start=date(year, number, 1), end=date(year, number, monthrange(year, number)[1]))


def months(year: int, first: int, last: int) -> Period:
    return Period(start=date(year, first, 1), end=month(year, last).end)


def weekday_after(day: date, weekday: int) -> date:
    """The first such weekday that comes after a day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, number: int, nth: int, weekday: int) -> date:
    """The nth such weekday of a month; -1 the last."""
    if nth > 0:
        return weekday_after(date(year, number, 1) - timedelta(days=1), weekday) + timedelta(weeks=nth - 1)
    return weekday_after(month(year, number).end - timedelta(days=7), weekday)


def _moment(said: str, year: int) -> date:
    """A day of a year as tables write it.

    "09-01"; "2026-09-01", whatever the year; "easter+39"; "11 4 3" (the fourth Thursday of November), "11 4 3 +1" (the day after
    it); "07-18>6" (the first Sunday from 18 July on).
    """
    if said.startswith("easter"):
        return easter(year) + timedelta(days=int(said.removeprefix("easter") or 0))
    if ">" in said:
        first, _, weekday = said.partition(">")
        return weekday_after(_moment(first, year) - timedelta(days=1), int(weekday))
    if _has_year(said):
        return date.fromisoformat(said)
    if "-" in said[1:3]:
        return date(year, int(said[:2]), int(said[3:5]))
    number, nth, day, *more = (int(part) for part in said.split())
    return nth_weekday(year, number, nth, day) + timedelta(days=sum(more))


def _has_year(said: str) -> bool:
    return said[4:5] == "-" and said[:4].isdigit()


def feast(said: str, year: int) -> Period:
    """What a table says of a feast or season, beginning in a year; one that ends before it begins ends in the next."""
    first, _, last = said.partition("..")
    start = _moment(first, year)
    end = _moment(last, year) if last else start
    return Period(start=start, end=end if end >= start else _moment(last, year + 1))


def spans(feast: Feast, zone: str | None = None) -> tuple[str, ...]:
    """The spans of a row of a table; those of one zone, or of all of them where none is named."""
    if isinstance(feast, str):
        return (feast,)
    if isinstance(feast, Mapping):
        rows = [feast[zone]] if zone and zone in feast else list(feast.values())
        return tuple(span for row in rows for span in row)
    return tuple(feast)


def coming(said: Feast, after: date, *, running: bool = False, zone: str | None = None) -> Period | None:
    """The first such feast that begins after a day, or, `running`, that is not over. None where the table has no more."""
    written = spans(said, zone)
    stated = [feast(s, after.year) for s in written if _has_year(s)]
    yearly = [feast(s, year) for s in written if not _has_year(s) for year in range(after.year - 1, after.year + 3)]
    for found in (stated, yearly):  # what is said of one year counts before what is said of all
        ahead = [p for p in found if (p.end >= after if running else p.start > after)]
        if ahead:
            return min(ahead, key=lambda p: p.start)
    return None
