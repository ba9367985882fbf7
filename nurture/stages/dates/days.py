"""Forms that name one day, or the days from one to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nurture.stages.dates.almanac import (
    Period,
    coming,
    days_later,
    last_such_day,
    month,
    months_later,
    nth_weekday,
    one_day,
    weekday_after,
)
from nurture.stages.dates.slots import Slots, ahead

FARTHEST = {"d": 400, "w": 60, "m": 60}  # units; more is no wish but a figure of speech


def day_month(s: Slots) -> Period | None:
    number, day = s.month or s.month_number, s.day
    if number is None or day is None:
        return None
    return ahead(s, lambda year: one_day(date(year, number, day)))


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
    for months in range(13):
        at = months_later(first, months)
        if 1 <= day <= month(at.year, at.month).end.day and at.replace(day=day) > s.sent:
            return one_day(at.replace(day=day))
    return None


def day_next_month(s: Slots) -> Period | None:
    """ "the 15th of next month"."""
    at = months_later(s.sent.replace(day=1), 1)
    return one_day(at.replace(day=s.day)) if s.day and 1 <= s.day <= month(at.year, at.month).end.day else None


def weekday_day(s: Slots) -> Period | None:
    """ "Monday 22nd": the next 22nd that is a Monday; the next 22nd where none is near."""
    first = s.sent.replace(day=1)
    for months in range(12):
        at = months_later(first, months)
        if s.day and s.day <= month(at.year, at.month).end.day:
            found = at.replace(day=s.day)
            if found > s.sent and found.weekday() == s.weekday:
                return one_day(found)
    return day_of_month(s)


def span(s: Slots) -> Period | None:
    """ "from 9 to 20 September", "du 27/07 au 28/08"; the one that is not over yet."""
    first_month, last_month = s.month or s.month_number, s.month2 or s.month_number2 or s.month or s.month_number
    last = replace(s, day=s.day2, month=last_month, month_number=None, sent=days_later(s.sent, -1))
    end = day_month(last) if last_month else day_of_month(last)
    if end is None or s.day is None:
        return None
    if not first_month:  # « les 31 et 1er avril »; of « le 31 ou le 2 mai » only the last can be
        return Period(start=last_such_day(s.day, end.start) or end.start, end=end.start)
    try:
        start = date(end.start.year, first_month, s.day)
    except ValueError:
        return None
    return Period(start=months_later(start, -12) if start > end.start else start, end=end.start)


def either(s: Slots) -> Period | None:
    """ "the 20th or 21st of May"; on the 20th, the 21st."""
    found = span(s)
    return one_day(found.end) if found and found.start <= s.sent else found


def month_span(s: Slots) -> Period | None:
    """ "from April to June"; the one that is not over yet."""
    first, last = s.month, s.month2
    if first is None or last is None:
        return None
    end = ahead(replace(s, running=True), lambda year: month(year, last))
    return Period(start=date(end.end.year - (first > last), first, 1), end=end.end) if end else None


def weekday(s: Slots) -> Period | None:
    return one_day(weekday_after(s.sent, s.weekday)) if s.weekday is not None else None


def weekday_weeks(s: Slots) -> Period | None:
    """« lundi en huit », "a week on Monday"."""
    if s.weekday is None or s.days_ahead is None:
        return None
    return one_day(days_later(weekday_after(s.sent, s.weekday), s.days_ahead))


def weekday_of_next_week(s: Slots) -> Period | None:
    """ "Tuesday of next week"."""
    return one_day(days_later(weekday_after(s.sent, 0), s.weekday)) if s.weekday is not None else None


def weekday_of_month(s: Slots) -> Period | None:
    """ "the first Monday of May"."""
    number, nth, weekday = s.month, s.ordinal, s.weekday
    if number is None or nth is None or weekday is None:
        return None
    return ahead(s, lambda year: one_day(nth_weekday(year, number, nth, weekday)))


def weekday_of_next_month(s: Slots) -> Period | None:
    """ "the last Friday of next month"."""
    at = months_later(s.sent, 1)
    return weekday_of_month(replace(s, month=at.month, year=at.year))


def weekday_after_feast(s: Slots) -> Period | None:
    after = coming(s.holiday, s.sent, running=True, zone=s.zone) if s.holiday else None
    return one_day(weekday_after(after.end, s.weekday)) if after and s.weekday is not None else None


def day_after_feast(s: Slots) -> Period | None:
    after = coming(s.holiday, s.sent, running=True, zone=s.zone) if s.holiday else None
    return one_day(days_later(after.end, 1)) if after else None


def weekend(s: Slots, weeks: int = 0) -> Period:
    """Saturday and Sunday; `running`: those of this week even on one of them."""
    saturday = weekday_after(days_later(s.sent, -2 if s.running else 0), 5)
    return Period(start=days_later(saturday, 7 * weeks), end=days_later(saturday, 7 * weeks + 1))


def end_of_week(s: Slots, weeks: int = 0) -> Period:
    """Friday; on a Friday or later, that of the week to come."""
    friday = days_later(s.sent, 4 - s.sent.weekday() + 7 * weeks)
    return one_day(friday if friday > s.sent else days_later(friday, 7))


def later(s: Slots) -> Period | None:
    """ "in two months": the same day of the month; weeks and days are counted."""
    if s.unit is None or abs(n := s.n or 1) > FARTHEST[s.unit[-1]]:
        return None
    times, unit = int(s.unit[:-1] or 1), s.unit[-1]
    if unit == "m":
        return one_day(months_later(s.sent, n * times))
    return one_day(days_later(s.sent, n * times * (7 if unit == "w" else 1)))


def earlier(s: Slots) -> Period | None:
    """ "two weeks before"."""
    return later(replace(s, n=-(s.n or 1)))


def tomorrow_later(s: Slots) -> Period | None:
    """ "a week tomorrow"."""
    return later(replace(s, sent=days_later(s.sent, 1)))
