"""Finds the days that a folded sentence names: the forms of a language, tried in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from nurture.stages.dates.almanac import Period
from nurture.stages.dates.periods import KINDS
from nurture.stages.dates.slots import Slots
from nurture.stages.lexicon import tables

MAX = 1_000  # characters of a sentence in which days are looked for
YEARS = range(1990, 2200)  # in which a message may have been written
_SLOT = re.compile(r"\{([a-z]+(?:_[a-z]+)?)(2?)\}")
BEHIND = 20  # characters behind a date that may take it back
_BEFORE = 80  # characters in front of a date that say how it is meant
_PLAIN = {"day": r"\d{1,2}", "month_number": r"\d{1,2}", "year": r"20\d{2}", "quarter": "[1-4]", "half": "[12]"}
_TABLES = {
    "month": "months",
    "weekday": "weekdays",
    "ordinal": "ordinals",
    "unit": "units",
    "part": "parts",
    "season": "seasons",
    "holiday": "holidays",
    "days_ahead": "days-ahead",
}
FOLLOWING = frozenset(
    {"following-weekday", "following-week", "following-day"}
)  # counted from a day named before, if there is one
NUMBERED = frozenset({"weekday-day", "day-of-month", "numeric", "range"})  # a form that ends in a bare number
COUNTED = frozenset({"in"})  # « d'ici 15 jours » is in fifteen days


class Edge(StrEnum):
    """How the words before a date mean it."""

    ON = "on"
    AFTER = "after"
    UNTIL = "until"
    NOT_BEFORE = "not-before"
    BEFORE = "before"
    SINCE = "since"


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A span of days that a sentence names, where it stands, and how it is meant."""

    period: Period
    at: int
    end: int
    edge: Edge = Edge.ON
    kind: str = ""
    slots: Slots | None = None


def _counted_on(n: Named, before: Named) -> Named:
    """ "from 3 to 14 August; the Monday after": counted from the day that was named before it."""
    slots = replace(n.slots, sent=before.period.end) if n.slots else None
    period = KINDS[n.kind](slots) if slots else None
    return replace(n, period=period) if period else n


class Grammar:
    """The forms of one language. Bounded input, linear patterns."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        import re2

        self._tables: dict[str, Mapping[str, Any]] = {slot: data[name] for slot, name in _TABLES.items()}
        self._numbers: Mapping[str, int] = data["numbers"]
        self._kinds: list[str] = [row["kind"] for row in data["forms"]]
        self._filter = re2.Filter()
        added = [self._filter.Add(self._filled(row["match"])) for row in data["forms"]]
        self._filter.Compile()
        self._forms = [self._filter.re(index) for index in added]
        self._edges = {name: re2.compile(pattern) for name, pattern in data["edges"].items()}
        self.request = re2.compile(data["request"]["match"])
        self.then = re2.compile(data["request"]["then"])
        self.event = re2.compile(data["request"]["event"])

    def _filled(self, match: str) -> str:
        return _SLOT.sub(lambda found: f"(?P<{found[1]}{found[2]}>{self._words(found[1])})", match)

    def _words(self, slot: str) -> str:
        if slot in _PLAIN:
            return _PLAIN[slot]
        names: Iterable[str] = self._numbers if slot == "n" else self._tables[slot]
        words = "|".join(re.escape(w).replace("\\-", "-").replace("\\ ", "[ -]") for w in sorted(names, key=len, reverse=True))
        return rf"\d{{1,2}}|{words}" if slot == "n" else words

    def named(self, folded: str, sent: date) -> tuple[Named, ...]:
        """The days that a sentence names, in their order; one that the words put into the past is none."""
        if sent.year not in YEARS:
            return ()
        text, taken = folded[:MAX], bytearray(MAX + 1)
        forms = [(self._kinds[i], self._forms[i]) for i in sorted(self._filter.Match(text) or ())]
        found = sorted((n for kind, form in forms for n in self._of(kind, form, text, taken, sent)), key=lambda n: n.at)
        return tuple(_counted_on(n, found[i - 1]) if i and n.kind in FOLLOWING else n for i, n in enumerate(found))

    def _of(self, kind: str, form: Any, text: str, taken: bytearray, sent: date) -> Iterator[Named]:
        for match in form.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or start == end:
                continue
            slots = self._slots(match.groupdict(), sent)
            period = KINDS[kind](slots)
            edge, behind = self._edge(text, match, form.groupindex), text[end : end + BEHIND]
            if kind in NUMBERED and self._edges["hour"].search(behind):
                continue  # « jeudi 15 h » names the hour: a later form finds the day
            taken[start:end] = b"\1" * (end - start)  # whatever comes of it: « le 31 février » is no « le 31 » either
            if period is None or edge is Edge.SINCE or self._edges["past"].search(behind):
                continue
            edge = Edge.ON if kind in COUNTED and edge is Edge.BEFORE else edge
            yield Named(period=period, at=start, end=end, edge=edge, kind=kind, slots=slots)

    def _edge(self, text: str, match: Any, groups: Mapping[str, int]) -> Edge:
        """Read off the words up to the date's first slot, so that "after" counts inside and outside the form."""
        first = min((match.start(n) for n in groups.values() if match.group(n)), default=match.start())
        before = text[max(0, first - _BEFORE) : first]
        outside = text[max(0, match.start() - _BEFORE) : match.start()]
        for edge in (Edge.NOT_BEFORE, Edge.AFTER, Edge.UNTIL, Edge.BEFORE, Edge.SINCE):
            pattern = self._edges[edge.value]
            if pattern.search(before) or pattern.search(outside):
                return edge
        return Edge.ON

    def _slots(self, groups: Mapping[str, str | None], sent: date) -> Slots:
        values: dict[str, Any] = {name: self._value(name, said) for name, said in groups.items() if said}
        return Slots(sent=sent, **values)

    def _value(self, name: str, said: str) -> Any:
        slot = name.rstrip("2")
        if slot == "n":
            return int(said) if said.isdigit() else self._numbers[said]
        if slot in _PLAIN:
            return int(said)
        table = self._tables[slot]
        return table.get(said, table.get(said.replace("-", " ")))


@lru_cache(maxsize=8)
def grammar(lang: str) -> Grammar:
    """The grammar of a language that has a lexicon."""
    return Grammar(tables(lang, "dates"))


def named(folded: str, sent: date, lang: str) -> tuple[Named, ...]:
    """The days that a folded sentence names."""
    return grammar(lang).named(folded, sent)
