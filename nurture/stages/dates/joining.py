"""Names that are one: a feast with its own date, a month with its part, a count with the day from which it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from nurture.stages.dates.named import AFTER_A_FEAST, BEFORE_IT, Edge, Named
from nurture.stages.dates.periods import KINDS
from nurture.stages.dates.slots import Slots

DATES = frozenset({"day-month", "numeric", "iso", "range"})  # a day with its month
INSIDE = {"part-inside": "part-month", "half-inside": "half-month", "week-inside": "nth-week"}  # of the month in front of it
MONTH = frozenset({"month", "next-month"})
FROM_A_DAY = {"day-after": "following-day", "weekday-after": "following-weekday", "week-after": "following-week"}


class Joints(NamedTuple):
    """What may stand between two names that are one."""

    dated: Any  # « la fête nationale du 1er août »: the date of the feast
    itself: Any  # « après la fête du Travail, le 8 septembre »: the day that is meant
    listed: Any  # « la semaine du 4 ou du 11 mai »: of the same month
    lends: Any  # « le 25, notre conseil ayant lieu le 18 mai »: of the month of what they wait for
    inside: Any  # « en juin, deuxième quinzaine »


def joined(found: Sequence[Named], text: str, joints: Joints) -> Iterator[Named]:
    """Each name, or what it and the one behind it make together; a part of a month that nobody names is none."""
    last: Named | None = None
    for n in found:
        one = _one(last, n, text[last.end : n.at], joints) if last else None
        if one is None and last is not None:
            yield last
        last = one or (n if n.kind not in INSIDE else None)
    if last is not None:
        yield last


def _one(first: Named, n: Named, between: str, joints: Joints) -> Named | None:
    if n.kind in INSIDE:
        return _part(first, n) if first.kind in MONTH and joints.inside.match(between) else None
    if n.kind not in DATES or first.kind not in {"holiday", *AFTER_A_FEAST}:
        return None
    if joints.dated.match(between):
        return _dated(first, n)
    if joints.itself.match(between) and first.edge in (Edge.AFTER, Edge.ON) and n.edge is Edge.ON:
        return replace(n, at=first.at)
    return None


def _part(month: Named, n: Named) -> Named | None:
    """ "June, second half"."""
    if n.slots is None:
        return None
    kind, start = INSIDE[n.kind], month.period.start
    slots = replace(n.slots, month=start.month, year=start.year)
    period = KINDS[kind](slots)
    return replace(month, period=period, end=n.end, kind=kind, slots=slots) if period else None


def _dated(feast: Named, n: Named) -> Named | None:
    """A feast on the date that they give it, whatever the table says."""
    if feast.kind not in FROM_A_DAY:
        return replace(feast, period=n.period, end=n.end)
    period = KINDS[FROM_A_DAY[feast.kind]](replace(feast.slots, sent=n.period.end)) if feast.slots else None
    return replace(feast, period=period, end=n.end) if period else None


def counted(n: Named, kind: str, slots: Slots, at: int, edge: Edge) -> Named | None:
    """What is counted from a day that stands behind it: "two weeks after our fair on 15 May"."""
    period = KINDS[kind](replace(slots, sent=n.period.start if kind in BEFORE_IT else n.period.end))
    if period is None or edge is Edge.SINCE:
        return None
    meant = Edge.ON if edge in (Edge.AFTER, Edge.BEFORE, Edge.BY) else edge
    return replace(n, period=period, at=at, kind=kind, edge=meant)
