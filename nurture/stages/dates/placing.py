"""Days that are counted from a day that was named before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nurture.stages.dates.almanac import Period, days_later, last_such_day, weekday_after
from nurture.stages.dates.named import AFTER_A_FEAST, BEFORE_IT, FOLLOWING, LISTED, Edge, Named
from nurture.stages.dates.periods import KINDS
from nurture.stages.dates.slots import Slots

BARE = frozenset({"day-of-month", "weekday-day", "range", "week-of"})  # a day without its month: of the month named before it
WEEKS = frozenset({"next-week", "following-week", "week-of", "week-number", "nth-week", "week-after-next", "part-next-week"})
MONTHS = frozenset({"month", "part-month", "half-month", "next-month", "part-next-month", "end-of-month"})
DAYS = LISTED | frozenset(
    {"day-month", "numeric", "iso", "range", "month-range", "week-of", "week-number", "nth-week", "weekday-day", "day-of-month"}
)
FEASTS = AFTER_A_FEAST | {"holiday", "part-holiday"}
AWAITED = (Edge.AFTER, Edge.BACK, Edge.NOT_BEFORE)
YEARS = {"quarter", "next-quarter", "half-year", "next-half-year", "next-year", "year"}
SPANS = WEEKS | MONTHS | YEARS | {"this-one", "following-month"}
NEAR_WEEK = 25  # characters between a week and the weekday in it
NEAR_MONTH = 92  # days: a day without its month belongs to no month that lies further ahead, unless the sentence names it


def neighbour(n: Named, front: Sequence[Named], behind: Sequence[Named], before: Named | None, *, lent: bool) -> Named | None:
    """The name that places another: the one in front of it; of a bare day, the next that tells a month.

    One behind it counts where the day waits for it: "on the 25th, after the board of 18 May", or where the words between them
    have `lent` its month. `before` is the last name of the sentences in front.
    """
    if n.kind not in BARE:
        return front[-1] if front else before
    dated = [m for m in reversed(front) if m.kind in MONTHS | DAYS | FEASTS] or list(front[-1:])
    dated += [m for m in behind if m.kind in DAYS - BARE and not m.leaving and (m.edge in AWAITED or (lent and m is behind[0]))]
    return next(iter(dated), before)


def placed(n: Named, before: Named | None, *, same_sentence: bool) -> Named | None:
    """What is counted from another day: "the Monday after", "the week of the 12th, on Tuesday", "the 15th"; None: from none."""
    if before is None or n.slots is None:
        return n if n.kind not in BEFORE_IT | {"following-one"} else None
    gap = n.at - before.end
    if n.kind == "following-one":
        return _next_one(n, before.period) if before.kind in SPANS else None
    if n.kind in FOLLOWING:
        return _counted(n, before.period.start if n.kind in BEFORE_IT else before.period.end)
    if n.kind == "weekday" and before.kind in WEEKS and same_sentence and gap <= NEAR_WEEK:
        monday = before.period.start
        return replace(n, period=Period(start=(d := weekday_after(_eve(monday), n.slots.weekday or 0)), end=d))
    if n.kind in BARE and not _has_month(n.slots) and before.kind in MONTHS | DAYS | FEASTS:
        return _in_its_month(n, before, n.slots.sent, same_sentence=same_sentence)
    return n


def shared(n: Named, listed: Named) -> Named | None:
    """A bare day in the month of the date with which it is listed, or in the one before: "the week of the 4th or the 11th of May"."""
    if n.kind not in BARE or n.slots is None or _has_month(n.slots) or n.slots.day is None:
        return None
    if listed.kind not in DAYS or listed.slots is None or not _has_month(listed.slots):
        return None
    first = last_such_day(n.slots.day, listed.period.start)
    return _counted(n, _eve(first)) if first and first > n.slots.sent else None


def _has_month(s: Slots) -> bool:
    return bool(s.month or s.month2 or s.month_number or s.month_number2)


def _next_one(n: Named, span: Period) -> Named:
    """ "Not next month but the one after"."""
    start = days_later(span.end, 1)
    return replace(n, period=Period(start=start, end=days_later(start, (span.end - span.start).days)))


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
