"""What one named day or span allows: the first day after it, within it, or early enough before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nurture.stages.dates.almanac import days_later
from nurture.stages.dates.named import MAY_RUN, RANGES, Edge, Named
from nurture.stages.dates.periods import KINDS

LEAD = 7  # days before a day that is the latest: "before the summer" leaves time for an answer
FROM_ITS_START = frozenset({"holiday", "new-year"})


def on_return(n: Named) -> date | None:
    """The day of a return, or the one after an absence; None: neither."""
    if n.edge in (Edge.BACK, Edge.UNTIL, Edge.AFTER, Edge.NOT_BEFORE) or n.kind in RANGES:
        return from_then(n)
    return None


def on_request(n: Named, sent: date) -> date:
    """Of a day that they ask for: the first one of the span, the first one after it, or one early enough before it."""
    if n.edge is Edge.BEFORE:
        early = days_later(n.period.start, -LEAD)
        return early if early > sent else days_later(n.period.start, -1)
    return from_then(n)


def behind(n: Named) -> date:
    """The first day after it, be it the month that is running; where it says until when, that."""
    if n.kind in MAY_RUN and n.slots and n.slots.year is None and (period := KINDS[n.kind](replace(n.slots, running=True))):
        n = replace(n, period=period)
    return from_then(n) if n.edge in (Edge.UNTIL, Edge.AFTER) else _next(n)


def _next(n: Named) -> date:
    """The day after the last one; "after mid-March" is from the 16th on."""
    return days_later(n.period.start if n.kind.startswith("part-") else n.period.end, 1)


def from_then(n: Named) -> date:
    """Until a day or the end of something: the day after it; until something longer: its beginning; after it: the next day."""
    if n.edge is Edge.UNTIL:
        return n.period.start if n.kind in FROM_ITS_START or not (n.one_day or n.kind in RANGES) else _next(n)
    if n.edge is Edge.AFTER:
        return n.period.start if n.kind in ("in", "new-year") else _next(n)
    return _next(n) if n.kind in RANGES and not n.open else n.period.start
