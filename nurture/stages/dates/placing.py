"""Days that are counted from a day that was named before them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nurture.stages.dates.almanac import Period, weekday_after
from nurture.stages.dates.named import FOLLOWING, Named
from nurture.stages.dates.periods import KINDS

BARE = frozenset({"day-of-month", "weekday-day", "range"})  # a day without its month: of the month named before it
WEEKS = frozenset({"next-week", "following-week", "week-of", "week-number", "nth-week", "week-after-next", "part-next-week"})
MONTHS = frozenset({"month", "part-month", "half-month", "next-month", "part-next-month", "end-of-month"})
DAYS = frozenset(
    {"day-month", "numeric", "iso", "range", "month-range", "week-of", "week-number", "nth-week", "weekday-day", "day-of-month"}
)
NEAR_WEEK = 25  # characters between a week and the weekday in it
NEAR_MONTH = 92  # days: a day without its month belongs to no month that lies further ahead, unless the sentence names it


def placed(n: Named, before: Named | None, *, same_sentence: bool) -> Named:
    """What is counted from a day that was named before it: "the Monday after", "the week of the 12th, on Tuesday", "the 15th"."""
    if before is None or n.slots is None:
        return n
    gap = n.at - before.end
    if n.kind in FOLLOWING:
        return _counted(n, before.period.end)
    if n.kind == "weekday" and before.kind in WEEKS and same_sentence and gap <= NEAR_WEEK:
        monday = before.period.start
        return replace(n, period=Period(start=(d := weekday_after(_eve(monday), n.slots.weekday or 0)), end=d))
    if n.kind in BARE and not (n.slots.month or n.slots.month2 or n.slots.month_number) and before.kind in MONTHS | DAYS:
        return _in_its_month(n, before, n.slots.sent, same_sentence=same_sentence)
    return n


def _in_its_month(n: Named, before: Named, sent: date, *, same_sentence: bool) -> Named:
    """ "Back on 16 April, done by the 22nd": of that month or the next, unless the weekday or the distance says otherwise."""
    if before.period.start <= sent or not (same_sentence or (before.period.start - sent).days <= NEAR_MONTH):
        return n
    if n.kind == "weekday-day" and n.slots and n.period.start.weekday() == n.slots.weekday:
        return n
    first = before.period.start.replace(day=1) if before.kind in MONTHS else before.period.start
    counted = _counted(n, max(sent, _eve(first)))
    return counted if (counted.period.start - first).days <= NEAR_MONTH else n


def _counted(n: Named, day: date) -> Named:
    period = KINDS[n.kind](replace(n.slots, sent=day)) if n.slots else None
    return replace(n, period=period) if period else n


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
