"""What each kind of form names: from its slots and the day it was written to a span of days. The year is the first that lies ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nurture.stages.dates.almanac import (
    Period,
    coming,
    days_later,
    month,
    months,
    months_later,
    one_day,
    weekday_after,
)

FARTHEST = 60  # units; more is no wish but a figure of speech
MIDDLE, SECOND_HALF = 15, 16
QUARTER, HALF_YEAR = 3, 6
REACH = timedelta(days=7)  # a part of a month that began so lately may still be meant


@dataclass(frozen=True, kw_only=True, slots=True)
class Slots:
    """What a form's slots hold, each already looked up in the language's tables; None: the slot is not there."""

    sent: date
    day: int | None = None
    day2: int | None = None
    month: int | None = None
    month2: int | None = None
    month_number: int | None = None
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
    holiday: str | None = None
    days_ahead: int | None = None


Kind = Callable[[Slots], Period | None]


def _ahead(sent: date, year: int | None, make: Callable[[int], Period]) -> Period | None:
    """The period of the stated year, else of the first year in which it begins after the message's day."""
    for candidate in (year,) if year else range(sent.year, sent.year + 9):
        try:
            found = make(candidate)
        except ValueError:
            continue
        if year or found.start > sent:
            return found
    return None


def day_month(s: Slots) -> Period | None:
    number, day = s.month or s.month_number, s.day
    if number is None or day is None:
        return None
    return _ahead(s.sent, s.year, lambda year: one_day(date(year, number, day)))


def numeric(s: Slots) -> Period | None:
    """15/03; where only 03/15 makes a day, that."""
    if s.month_number and s.day and s.month_number > 12:
        s = replace(s, day=s.month_number, month_number=s.day)
    return day_month(s)


def day_of_month(s: Slots) -> Period | None:
    """ "the 15th": the next one."""
    day, first = s.day, s.sent.replace(day=1)
    if day is None:
        return None
    for ahead in range(13):
        at = months_later(first, ahead)
        if day <= month(at.year, at.month).end.day and at.replace(day=day) > s.sent:
            return one_day(at.replace(day=day))
    return None


def weekday_day(s: Slots) -> Period | None:
    """ "Monday 22nd": the next 22nd that is a Monday; the next 22nd where none is near."""
    first = s.sent.replace(day=1)
    for ahead in range(12):
        at = months_later(first, ahead)
        if s.day and s.day <= month(at.year, at.month).end.day:
            found = at.replace(day=s.day)
            if found > s.sent and found.weekday() == s.weekday:
                return one_day(found)
    return day_of_month(s)


def span(s: Slots) -> Period | None:
    """ "from 9 to 20 September"."""
    last_month = s.month2 or s.month
    end = day_month(replace(s, day=s.day2, month=last_month)) if last_month else day_of_month(replace(s, day=s.day2))
    if end is None or s.day is None:
        return None
    first_month = s.month or end.start.month
    try:
        start = date(end.start.year, first_month, s.day)
    except ValueError:
        return None
    if start > end.start:
        start = months_later(start, -12) if s.month else months_later(start, -1)
    return Period(start=start, end=end.start)


def weekday(s: Slots) -> Period | None:
    return one_day(weekday_after(s.sent, s.weekday)) if s.weekday is not None else None


def weekday_weeks(s: Slots) -> Period | None:
    """ « lundi en huit », "a week on Monday"."""
    if s.weekday is None or s.days_ahead is None:
        return None
    return one_day(days_later(weekday_after(s.sent, s.weekday), s.days_ahead))


def weekday_after_feast(s: Slots) -> Period | None:
    if s.weekday is None or s.holiday is None:
        return None
    return one_day(weekday_after(coming(s.holiday, s.sent).end, s.weekday))


def week_after_feast(s: Slots) -> Period | None:
    return _week(weekday_after(coming(s.holiday, s.sent).end, 0)) if s.holiday else None


def _week(monday: date) -> Period:
    return Period(start=monday, end=days_later(monday, 6))


def week_of(s: Slots) -> Period | None:
    found = day_month(s) if s.month else day_of_month(s)
    return Period(start=found.start, end=days_later(found.start, 6)) if found else None


def week_number(s: Slots) -> Period | None:
    """ISO week numbers."""
    n = s.n
    if n is None or not 1 <= n <= 53:
        return None
    return _ahead(s.sent, None, lambda year: _week(date.fromisocalendar(year, n, 1)))


def next_week(s: Slots, weeks: int = 0) -> Period:
    return _week(days_later(weekday_after(s.sent, 0), 7 * weeks))


def end_of_week(s: Slots, weeks: int = 0) -> Period:
    """Friday; on a Friday or later, that of the week to come."""
    friday = days_later(s.sent, 4 - s.sent.weekday() + 7 * weeks)
    return one_day(friday if friday > s.sent else days_later(friday, 7))


def later(s: Slots) -> Period | None:
    """ "in two months": the same day of the month; weeks and days are counted."""
    if s.unit is None or (n := s.n or 1) > FARTHEST:
        return None
    times, unit = int(s.unit[:-1] or 1), s.unit[-1]
    if unit == "m":
        return one_day(months_later(s.sent, n * times))
    return one_day(days_later(s.sent, n * times * (7 if unit == "w" else 1)))


def a_month(s: Slots) -> Period | None:
    number = s.month
    return _ahead(s.sent, s.year, lambda year: month(year, number)) if number else None


def part_month(s: Slots) -> Period | None:
    number, part = s.month, s.part
    return _ahead(s.sent, s.year, lambda year: _part(month(year, number), part)) if number else None


def _part(of: Period, part: str | None) -> Period:
    """The beginning of a span, its middle, or its last day: written to too early is worse than too late."""
    if part == "end":
        return one_day(of.end)
    if part == "middle":
        days = (of.end - of.start).days
        middle = of.start.replace(day=MIDDLE) if days <= 31 and of.start.day == 1 else days_later(of.start, days // 2)
        return Period(start=middle, end=days_later(middle, 5))
    return Period(start=of.start, end=days_later(of.start, 9))


def nth_week(s: Slots) -> Period | None:
    """The first week of a month begins with its first day."""
    number, nth = s.month, s.ordinal
    if number is None or nth is None:
        return None

    def week(year: int) -> Period:
        whole = month(year, number)
        start = days_later(whole.start, 7 * (nth - 1)) if nth > 0 else days_later(whole.end, -6)
        return Period(start=start, end=min(days_later(start, 6), whole.end))

    return _ahead(s.sent, s.year, week)


def half_month(s: Slots) -> Period | None:
    number, second = s.month, s.ordinal in (2, -1)
    if number is None:
        return None
    return _ahead(
        s.sent, s.year, lambda y: Period(start=date(y, number, SECOND_HALF), end=month(y, number).end) if second else month(y, number)
    )  # fmt: skip


def next_month(s: Slots) -> Period:
    at = months_later(s.sent.replace(day=1), 1)
    return month(at.year, at.month)


def end_of_month(s: Slots) -> Period:
    return one_day(_still_ahead(s, [month(at.year, at.month).end for at in (s.sent, months_later(s.sent, 1))]))


def _still_ahead(s: Slots, days: list[date]) -> date:
    return next(day for day in days if day > s.sent)


def _blocks(s: Slots, length: int) -> list[Period]:
    """The quarters or half-years from the present one on."""
    first = (s.sent.month - 1) // length * length + 1
    starts = [months_later(date(s.sent.year, first, 1), length * n) for n in range(3)]
    return [months(at.year, at.month, at.month + length - 1) for at in starts]


def _block(s: Slots, nth: int | None, length: int) -> Period | None:
    """Q3, the second half of the year; the last one of the year for -1."""
    count = 12 // length
    nth = count if nth == -1 else nth
    if nth is None or not 1 <= nth <= count:
        return None
    return _ahead(s.sent, s.year, lambda year: months(year, (nth - 1) * length + 1, nth * length))


def _end_of_year(s: Slots) -> Period:
    return one_day(_still_ahead(s, [date(s.sent.year, 12, 31), date(s.sent.year + 1, 12, 31)]))


def _year(s: Slots) -> Period | None:
    return months(s.year, 1, 12) if s.year else None


def _part_year(s: Slots) -> Period | None:
    return _part(months(s.year, 1, 12), s.part) if s.year else None


def _season(s: Slots) -> Period | None:
    return coming(s.season, s.sent) if s.season else None


def _holidays_to_come(s: Slots) -> Period | None:
    """ "The holidays" without a name are those of the turn of the year, in its last quarter."""
    return coming("12-24..01-01", s.sent) if s.sent.month >= 10 else None


KINDS: Mapping[str, Kind] = {
    "iso": day_month,
    "day-month": day_month,
    "numeric": numeric,
    "day-of-month": day_of_month,
    "weekday-day": weekday_day,
    "range": span,
    "weekday": weekday,
    "weekday-weeks": weekday_weeks,
    "weekday-after": weekday_after_feast,
    "week-after": week_after_feast,
    "following-weekday": weekday,
    "following-week": next_week,
    "following-day": lambda s: one_day(days_later(s.sent, 1)),
    "today": lambda s: one_day(s.sent),
    "tomorrow": lambda s: one_day(days_later(s.sent, 1)),
    "day-after-tomorrow": lambda s: one_day(days_later(s.sent, 2)),
    "week-of": week_of,
    "week-number": week_number,
    "next-week": next_week,
    "week-after-next": lambda s: next_week(s, 1),
    "end-of-week": end_of_week,
    "end-of-next-week": lambda s: one_day(days_later(weekday_after(s.sent, 0), 4)),
    "nth-week": nth_week,
    "in": later,
    "month": a_month,
    "part-month": part_month,
    "half-month": half_month,
    "next-month": next_month,
    "part-next-month": lambda s: _part(next_month(s), s.part),
    "end-of-month": end_of_month,
    "end-of-next-month": lambda s: one_day(next_month(s).end),
    "quarter": lambda s: _block(s, s.quarter or s.ordinal, QUARTER),
    "next-quarter": lambda s: _blocks(s, QUARTER)[1],
    "end-of-quarter": lambda s: one_day(_still_ahead(s, [b.end for b in _blocks(s, QUARTER)])),
    "half-year": lambda s: _block(s, s.half or s.ordinal, HALF_YEAR),
    "next-half-year": lambda s: _blocks(s, HALF_YEAR)[1],
    "half-next-year": lambda s: _block(replace(s, year=s.sent.year + 1), s.ordinal, HALF_YEAR),
    "end-of-half-year": lambda s: one_day(_still_ahead(s, [b.end for b in _blocks(s, HALF_YEAR)])),
    "new-year": lambda s: one_day(date(s.sent.year + 1, 1, 2)),
    "next-year": lambda s: months(s.sent.year + 1, 1, 12),
    "end-of-year": _end_of_year,
    "year": _year,
    "part-year": _part_year,
    "season": _season,
    "part-season": lambda s: _part(coming(s.season, s.sent), s.part) if s.season else None,
    "holiday": lambda s: coming(s.holiday, s.sent) if s.holiday else None,
    "holidays-to-come": _holidays_to_come,
}
