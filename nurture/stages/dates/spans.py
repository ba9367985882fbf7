"""Forms that name a longer span: weeks, months and their parts, quarters, years, seasons."""

from __future__ import annotations

from datetime import date

from nurture.stages.dates.almanac import Period, coming, days_later, month, months, months_later, one_day, weekday_after
from nurture.stages.dates.days import day_month, day_of_month
from nurture.stages.dates.slots import Slots, ahead

MIDDLE, SECOND_HALF = 15, 16
QUARTER, HALF_YEAR = 3, 6


def week_after_feast(s: Slots) -> Period | None:
    after = coming(s.holiday, s.sent, running=True, zone=s.zone) if s.holiday else None
    return _week(weekday_after(after.end, 0)) if after else None


def _week(monday: date) -> Period:
    return Period(start=monday, end=days_later(monday, 6))


def week_of(s: Slots) -> Period | None:
    found = day_month(s) if s.month else day_of_month(s)
    return Period(start=found.start, end=days_later(found.start, 6)) if found else None


def preceding_week(s: Slots) -> Period:
    return _week(days_later(weekday_after(s.sent, 0), -14))


def week_number(s: Slots) -> Period | None:
    """ISO week numbers."""
    n = s.n
    if n is None or not 1 <= n <= 53:
        return None
    return ahead(s, lambda year: _week(date.fromisocalendar(year, n, 1)))


def next_week(s: Slots, weeks: int = 0) -> Period:
    return _week(days_later(weekday_after(s.sent, 0), 7 * weeks))


def nth_week(s: Slots) -> Period | None:
    """The first week of a month begins with its first day."""
    number, nth = s.month, s.ordinal
    if number is None or nth is None:
        return None

    def week(year: int) -> Period:
        whole = month(year, number)
        start = days_later(whole.start, 7 * (nth - 1)) if nth > 0 else days_later(whole.end, -6)
        return Period(start=start, end=min(days_later(start, 6), whole.end))

    return ahead(s, week)


def a_month(s: Slots) -> Period | None:
    number = s.month
    return ahead(s, lambda year: month(year, number)) if number else None


def part_month(s: Slots) -> Period | None:
    number, part = s.month, s.part
    return ahead(s, lambda year: part_of(month(year, number), part)) if number else None


def part_of(of: Period, part: str | None) -> Period:
    """The beginning of a span, its middle, or its last day: written to too early is worse than too late."""
    days = (of.end - of.start).days
    if part == "end":
        return one_day(of.end)
    if part == "middle":
        middle = days_later(of.start, days // 2)
        if of.start.day == 1 and days > 25:  # of a month, a quarter, a year: the 15th
            middle = middle.replace(day=MIDDLE)
        return Period(start=middle, end=min(of.end, days_later(middle, 5)))
    return Period(start=of.start, end=min(of.end, days_later(of.start, 9)))


def part_week(s: Slots, weeks: int = 0) -> Period:
    """Monday to Wednesday, Wednesday and Thursday, or Friday: the coming ones, or those of a later week (1: the next)."""
    first, last = {"middle": (2, 3), "end": (4, 4)}.get(s.part or "", (0, 2))
    monday = days_later(weekday_after(s.sent, 0), 7 * (weeks - 1))
    start = days_later(monday, first) if weeks else weekday_after(s.sent, first)
    return Period(start=start, end=days_later(start, last - first))


def half_month(s: Slots) -> Period | None:
    """The second half begins on the 16th."""
    number, second = s.month, s.ordinal in (2, -1)
    if number is None:
        return None

    def half(year: int) -> Period:
        whole = month(year, number)
        return Period(start=date(year, number, SECOND_HALF), end=whole.end) if second else whole

    return ahead(s, half)


def next_month(s: Slots) -> Period:
    at = months_later(s.sent.replace(day=1), 1)
    return month(at.year, at.month)


def end_of_month(s: Slots) -> Period:
    return one_day(still_ahead(s, [month(at.year, at.month).end for at in (s.sent, months_later(s.sent, 1))]))


def blocks(s: Slots, length: int) -> list[Period]:
    """The quarters or half-years from the present one on."""
    first = (s.sent.month - 1) // length * length + 1
    starts = [months_later(date(s.sent.year, first, 1), length * n) for n in range(3)]
    return [months(at.year, at.month, at.month + length - 1) for at in starts]


def block(s: Slots, nth: int | None, length: int) -> Period | None:
    """Q3, the second half of the year; the last one of the year for -1."""
    count = 12 // length
    nth = count if nth == -1 else nth
    if nth is None or not 1 <= nth <= count:
        return None
    return ahead(s, lambda year: months(year, (nth - 1) * length + 1, nth * length))


def part_block(s: Slots, nth: int | None, length: int) -> Period | None:
    """ "the beginning of Q2", "the end of the first half"."""
    count = 12 // length
    nth = count if nth == -1 else nth
    if nth is None or not 1 <= nth <= count:
        return None
    return ahead(s, lambda year: part_of(months(year, (nth - 1) * length + 1, nth * length), s.part))


def end_of_year(s: Slots) -> Period:
    return one_day(still_ahead(s, [date(s.sent.year, 12, 31), date(s.sent.year + 1, 12, 31)]))


def a_year(s: Slots) -> Period | None:
    return months(s.year, 1, 12) if s.year else None


def part_year(s: Slots) -> Period | None:
    return part_of(months(s.year, 1, 12), s.part) if s.year else None


def part_next_year(s: Slots) -> Period:
    return part_of(months(s.sent.year + 1, 1, 12), s.part)


def season(s: Slots) -> Period | None:
    return coming(s.season, s.sent, running=s.running) if s.season else None


def part_feast(s: Slots) -> Period | None:
    """The beginning, the middle or the end of a season or of holidays: of those that are not over."""
    of = s.season or s.holiday
    whole = coming(of, s.sent, running=True, zone=s.zone) if of else None
    found = part_of(whole, s.part) if whole else None
    if found and whole and found.start <= s.sent and of:
        whole = coming(of, whole.start, zone=s.zone)
        found = part_of(whole, s.part) if whole else None
    return found


def holiday(s: Slots) -> Period | None:
    return coming(s.holiday, s.sent, running=s.running, zone=s.zone) if s.holiday else None


def holidays_to_come(s: Slots) -> Period | None:
    """ "The holidays" without a name are those of the turn of the year, in its last quarter."""
    return coming("12-24..01-01", s.sent, running=s.running) if s.sent.month >= 10 else None


def this_one(s: Slots) -> Period | None:
    """ "this week", "this month", "this quarter": the one that is running."""
    if s.unit == "w":
        return next_week(s, -1)
    return {"m": month(s.sent.year, s.sent.month), "3m": blocks(s, QUARTER)[0], "6m": blocks(s, HALF_YEAR)[0]}.get(
        s.unit or "", months(s.sent.year, 1, 12)
    )


def still_ahead(s: Slots, days: list[date]) -> date:
    return next(day for day in days if day > s.sent)
