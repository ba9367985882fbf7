"""What each kind of form names: the table that the `kind` of a language's forms points into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from nurture.stages.dates import days, spans
from nurture.stages.dates.almanac import Period, days_later, months, one_day
from nurture.stages.dates.slots import Kind, Slots
from nurture.stages.dates.spans import HALF_YEAR, QUARTER


def nothing(_: Slots) -> None:
    """A form that looks like a date and is none: it keeps its words from the forms behind it."""


def placeholder(s: Slots) -> Period:
    """What only another name beside it can place."""
    return one_day(s.sent)


KINDS: Mapping[str, Kind] = {
    "none": nothing,
    "iso": days.day_month,
    "day-month": days.day_month,
    "numeric": days.numeric,
    "day-of-month": days.day_of_month,
    "day-next-month": days.day_next_month,
    "weekday-day": days.weekday_day,
    "range": days.span,
    "either": days.either,
    "both": days.span,
    "month-range": days.month_span,
    "weekday": days.weekday,
    "weekday-weeks": days.weekday_weeks,
    "weekday-next-week": days.weekday_of_next_week,
    "weekday-of-month": days.weekday_of_month,
    "weekday-of-next-month": days.weekday_of_next_month,
    "weekday-after": days.weekday_after_feast,
    "day-after": days.day_after_feast,
    "week-after": spans.week_after_feast,
    "following-weekday": days.weekday,
    "following-week": spans.next_week,
    "following-month": spans.next_month,
    "following-day": lambda s: one_day(days_later(s.sent, 1)),
    "following-one": placeholder,
    "later": days.later,
    "earlier": days.earlier,
    "eve": lambda s: one_day(days_later(s.sent, -1)),
    "preceding-week": spans.preceding_week,
    "this-one": spans.this_one,
    "part-inside": placeholder,
    "half-inside": placeholder,
    "week-inside": placeholder,
    "today": lambda s: one_day(s.sent),
    "tomorrow": lambda s: one_day(days_later(s.sent, 1)),
    "day-after-tomorrow": lambda s: one_day(days_later(s.sent, 2)),
    "week-of": spans.week_of,
    "week-number": spans.week_number,
    "next-week": spans.next_week,
    "week-after-next": lambda s: spans.next_week(s, 1),
    "weekend": days.weekend,
    "next-weekend": lambda s: days.weekend(s, 1),
    "end-of-week": days.end_of_week,
    "part-week": spans.part_week,
    "part-next-week": lambda s: spans.part_week(s, 1),
    "nth-week": spans.nth_week,
    "in": days.later,
    "in-from-tomorrow": days.tomorrow_later,
    "month": spans.a_month,
    "part-month": spans.part_month,
    "half-month": spans.half_month,
    "next-month": spans.next_month,
    "part-next-month": lambda s: spans.part_of(spans.next_month(s), s.part),
    "end-of-month": spans.end_of_month,
    "quarter": lambda s: spans.block(s, s.quarter or s.ordinal, QUARTER),
    "part-quarter": lambda s: spans.part_block(s, s.quarter or s.ordinal, QUARTER),
    "next-quarter": lambda s: spans.blocks(s, QUARTER)[1],
    "end-of-quarter": lambda s: one_day(spans.still_ahead(s, [b.end for b in spans.blocks(s, QUARTER)])),
    "half-year": lambda s: spans.block(s, s.half or s.ordinal, HALF_YEAR),
    "part-half-year": lambda s: spans.part_block(s, s.half or s.ordinal, HALF_YEAR),
    "next-half-year": lambda s: spans.blocks(s, HALF_YEAR)[1],
    "half-next-year": lambda s: spans.block(replace(s, year=s.sent.year + 1), s.ordinal, HALF_YEAR),
    "end-of-half-year": lambda s: one_day(spans.still_ahead(s, [b.end for b in spans.blocks(s, HALF_YEAR)])),
    "new-year": lambda s: one_day(date(s.sent.year + 1, 1, 2)),
    "next-year": lambda s: months(s.sent.year + 1, 1, 12),
    "next-budget": lambda s: months(s.sent.year + 1, 1, 12),
    "fiscal-year": spans.holiday,
    "part-next-year": spans.part_next_year,
    "end-of-year": spans.end_of_year,
    "year": spans.a_year,
    "part-year": spans.part_year,
    "season": spans.season,
    "part-season": spans.part_feast,
    "holiday": spans.holiday,
    "part-holiday": spans.part_feast,
    "holidays-to-come": spans.holidays_to_come,
}
