"""The day of a meeting that somebody's words name, or that they call off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nurture.stages.clauses import Clause, clauses
from nurture.stages.dates import Edge, Named, days_ahead
from nurture.stages.due import FAR
from nurture.stages.promises import promised
from nurture.stages.sentences import Letter, Role, Sentence

PROPOSED = "meeting"  # theirs: a day that they propose counts as well
AGREES = "ours-agrees-meeting"
AGREED = (AGREES, "ours-names-meeting")
OFF, MOVES, MEETING = "meeting-off", "meeting-moves", "meeting-noun"  # « jeudi ne marche plus », « décaler à vendredi »
NO_MEETING, NOT_YET = "not-a-meeting", "not-agreed"
EDGES = frozenset({Edge.ON, Edge.BY, Edge.NOT_BEFORE})
SPANS = frozenset({"holiday", "season"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """A day on which they meet; or that a meeting is off, with the day on which it would have been where that is told."""

    on: date | None = None
    off: bool = False
    off_on: date | None = None


def meeting(letter: Letter) -> Met:
    """A day that they propose or accept; a day that we agree to, no mere question of ours. A day that is called off is none."""
    if letter.context.sent is None:
        return Met()
    told = [_Told(s, letter) for s in letter.sentences if s.role is not Role.GREETING]
    on = next((day for one in told for day in one.days()), None)
    off = [found for one in told if not (letter.context.ours and one.sentence.asks) for found in one.off()]
    return Met(on=on, off=bool(off), off_on=next((day for day in off if day), None))


class _Told:
    """The clauses of a sentence and the single days that they name."""

    def __init__(self, sentence: Sentence, letter: Letter) -> None:
        self.sentence, self.letter = sentence, letter
        self.parts: tuple[Clause, ...] = ()
        self.named: list[Named] = []
        agreed = AGREED if letter.context.ours else (AGREES,)
        self.agreed = any(sentence.hit(topic) for topic in agreed) and not (letter.context.ours and sentence.asks)
        if self.agreed or any(sentence.hit(topic) for topic in (PROPOSED, OFF, MOVES)):
            self.parts = clauses(sentence.folded, letter.lexicon)
            sent = letter.context.sent
            found = days_ahead(sentence.folded, sent, letter.lexicon.lang, letter.context.feasts) if sent else ()
            self.named = sorted(
                (n for n in found if sent and n.kind not in SPANS and n.period.start - sent <= FAR), key=lambda n: not n.picked
            )

    def days(self) -> Iterator[date]:
        """Those that count, in the clauses that agree before the others."""
        counting = [c for c in self.parts if self._counts(c)]
        for clause in sorted(counting, key=lambda c: not c.says(*AGREED, MOVES)):
            for n in self._within(clause):
                if clause.says(MOVES):
                    if (day := self._moved_to(clause)) is not None:
                        yield day
                elif n.one_day and _is_ahead(n, clause) and (sent := self.letter.context.sent) and n.period.start >= sent:
                    yield n.period.start

    def off(self) -> Iterator[date | None]:
        """Each meeting that is off or moves away, with its day where the clause tells it."""
        for clause in self.parts:
            named = self._within(clause)
            gone = clause.says(OFF) or (clause.says(MOVES) and self._moved_to(clause) is None)
            if gone and (named or clause.says(MEETING)):
                yield next((n.period.start for n in named if n.one_day), None)

    def _counts(self, clause: Clause) -> bool:
        if clause.says(OFF, NO_MEETING):
            return False
        if not self.letter.context.ours:
            return self.agreed or self.sentence.hit(PROPOSED) is not None or (clause.says(MOVES) and clause.says(MEETING))
        if self.sentence.asks or any(c.says(NOT_YET) for c in self.parts):
            return False
        if clause.says(*AGREED, MOVES):
            return True
        kept = promised(self.sentence, self.letter)
        return self.agreed and (kept is None or clause in kept.beside)

    def _within(self, clause: Clause) -> list[Named]:
        return [n for n in self.named if clause.at <= n.at < clause.end]

    def _moved_to(self, clause: Clause) -> date | None:
        """« de jeudi à vendredi »: the day behind « à », else the last of several."""
        named, to = sorted(self._within(clause), key=lambda n: n.at), self.letter.lexicon.border("moved-to")
        there = [n for n in named if to is not None and to.search(self.sentence.folded[: n.at])]
        chosen = there or (named[1:] if len(named) > 1 else [n for n in named if n.kind == "range"])
        return chosen[-1].period.end if chosen else None


def _is_ahead(n: Named, clause: Clause) -> bool:
    """« la visite du 12 » is one on that day, « le mail du 12 » is of that day."""
    return n.edge in EDGES or (n.edge in (Edge.SINCE, Edge.BACK) and clause.says(MEETING))
