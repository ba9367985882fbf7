"""What the grammar finds: a span of days that a sentence names, and how the words around it mean it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nurture.stages.dates.almanac import Period
from nurture.stages.dates.slots import Slots

BEFORE_IT = frozenset({"earlier", "eve", "preceding-week"})  # counted from the first day of what they stand beside
FOLLOWING = BEFORE_IT | {"following-weekday", "following-week", "following-month", "following-day", "following-one", "later"}
ALONE = FOLLOWING | {"part-inside"}  # with nothing behind them that they are of
AFTER_A_FEAST = frozenset({"day-after", "weekday-after", "week-after"})  # the "after" in front of the feast is their own
NUMBERED = frozenset({"weekday-day", "day-of-month", "numeric", "range", "either", "both"})  # a form that ends in a bare number
COUNTED = frozenset({"in"})  # « d'ici 15 jours » is in fifteen days
PASSING = frozenset({"this-one"})  # "this week": only what is counted from it lies ahead
RANGES = frozenset({"range", "month-range", "both"})  # from one day to another
LISTED = frozenset({"either", "both"})  # "the 20th or 21st of May"
MAY_RUN = frozenset({"month", "season", "quarter", "half-year"})  # "March" in March
WEAK = frozenset({"next-budget", "fiscal-year"})  # what another date beside it tells better


class Edge(StrEnum):
    """How the words around a date mean it."""

    ON = "on"
    AFTER = "after"
    UNTIL = "until"
    NOT_BEFORE = "not-before"
    BEFORE = "before"
    BY = "by"
    BACK = "back"  # the day of a return or a beginning
    NOT = "not"  # "not next week but …"
    SINCE = "since"


# The first that fits: "not before" holds a "before", and a wish (ON) makes no past of "if you wrote in May".
EDGES = (Edge.NOT_BEFORE, Edge.AFTER, Edge.UNTIL, Edge.BEFORE, Edge.BY, Edge.ON, Edge.SINCE, Edge.NOT, Edge.BACK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A span of days that a sentence names, where it stands, and how it is meant."""

    period: Period
    at: int
    end: int
    edge: Edge = Edge.ON
    kind: str = ""
    slots: Slots | None = None
    leaving: bool = False  # "I'm off on 4 May": what stands beside it comes before that day
    past: bool = False  # told of what is over: "we moved in November"
    fixed: bool = False  # "the board was moved to 15 May": told of in the past, and still ahead
    open: bool = False  # "I'm free on the 4th and 5th of May": days to write in, not of absence
    picked: bool = False  # "say the 12th": named as the choice among what stands around it

    @property
    def counts(self) -> bool:
        """Not named only to be refused."""
        return self.edge is not Edge.NOT

    @property
    def one_day(self) -> bool:
        return self.period.start == self.period.end or self.kind in LISTED
