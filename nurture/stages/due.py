"""The days ahead that a sentence names, by the clause in which they stand: by when something that it promises is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from nurture.stages.clauses import Clause
from nurture.stages.dates import PASSING, Named, days_ahead
from nurture.stages.sentences import Letter

FAR = timedelta(days=270)  # a day of theirs behind that is a year gone by (« je reviens sur votre mail de février »)
SHORT = 200  # characters of a sentence in which a day is looked for again
SOME_DAY = date(2024, 1, 1)  # from which days are counted in a mail that does not tell its own: whether one is named
HOURS, SOON = "in-hours", ("soon", "undated")


class Days:
    """Of one folded sentence and its clauses; looked for when they are asked for."""

    def __init__(self, text: str, letter: Letter, parts: Sequence[Clause]) -> None:
        self._text, self._letter, self._parts = text, letter, parts
        self._sent = letter.context.sent

    def of(self, clause: Clause) -> list[Named]:
        """Those in a clause; where it has none, those of a clause beside it that says nothing else (« et les croquis vendredi »)."""
        if found := self._within(clause):
            return found
        at = self._parts.index(clause)
        beside = [p for p in (*self._parts[at + 1 : at + 2], *self._parts[max(0, at - 1) : at]) if _only_adds(p)]
        return next((days for p in beside if (days := self._within(p))), [])

    def due(self, clause: Clause) -> date | None:
        """By when a clause is to be kept: its own day, its hours, else a day of the rest of the sentence."""
        if found := self.of(clause):
            return self._last(found)
        return self._hours([clause]) or (None if SOON in clause.names else self.any())

    def any(self) -> date | None:
        """A day of the sentence, but not of what it hangs on."""
        rest = [n for n in self._named if not any(p.says("condition") and p.at <= n.at < p.end for p in self._parts)]
        return self._last(rest) if rest else self._hours(self._parts)

    def _within(self, clause: Clause) -> list[Named]:
        return [n for n in self._named if clause.at <= n.at < clause.end]

    def _last(self, named: Sequence[Named]) -> date | None:
        return named[0].period.end if self._sent else None

    def _hours(self, parts: Sequence[Clause]) -> date | None:
        """« sous 48 h », "tonight": the rules are named for the days that it takes."""
        hours = [int(name) for part in parts for topic, name in part.names if topic == HOURS]
        return self._sent + timedelta(days=min(hours)) if hours and self._sent else None

    @cached_property
    def _named(self) -> list[Named]:
        """In their order, those last that belong to a thing (« la synthèse du 12 ») or only pass (« cette semaine »)."""
        found, lexicon = self._ahead(self._text), self._letter.lexicon
        belongs, again, at = lexicon.border("belongs"), lexicon.border("again-on"), lexicon.border("day-at")
        if not found and at is not None and len(self._text) <= SHORT:  # « ma proposition mardi 10 mars » is not one of that day
            return self._behind([m.start() for m in at.finditer(self._text)])

        def later(n: Named) -> tuple[bool, bool]:
            again_on = again is not None and any(m.at > n.at and again.fullmatch(self._text[n.end : m.at]) for m in found)
            return again_on or (belongs is not None and bool(belongs.search(self._text[: n.at]))), n.kind in PASSING

        return sorted(found, key=later)

    def _behind(self, places: Sequence[int]) -> list[Named]:
        """The days behind the first of these places behind which there are any."""
        for at in places:
            if named := self._ahead(self._text[at:]):
                return [replace(n, at=n.at + at, end=n.end + at) for n in named]
        return []

    def _ahead(self, text: str) -> list[Named]:
        sent, lexicon, ours = self._sent or SOME_DAY, self._letter.lexicon, self._letter.context.ours
        named = days_ahead(text, sent, lexicon.lang, self._letter.context.feasts)
        near = (n for n in named if ours or n.period.end - sent <= FAR)
        return [n for n in near if "soon" not in lexicon.topics(text[n.at : n.end])]  # « dans la foulée »


def _only_adds(clause: Clause) -> bool:
    return not clause.says("speaks-for-self", "condition", "no-promise", "promises-second")
