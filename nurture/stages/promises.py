"""What somebody says that they will do, and by when: ours comes before anything that we ask, theirs before any reminder.

Read clause by clause: « je n'ai pas encore lu votre mail, je vous réponds lundi » denies nothing of the promise, « dites-moi si le format vous va » puts
no condition on it; « dès que vous aurez signé, je … » does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nurture.stages.clauses import Clause, clauses
from nurture.stages.due import Days
from nurture.stages.sentences import Letter, Sentence

UNDATED = timedelta(days=7)  # how soon a promise without a day is expected beside one that has one
AWAY = "theirs-away"
BOTH, DATED, SECOND, INFINITIVE = "promises", "promises-dated", "promises-second", "promises-infinitive"
SIDE = {True: "ours-promises", False: "theirs-promises"}
ANY = frozenset({BOTH, DATED, SECOND}).union(*((s, f"{s}-dated", f"{s}-terse") for s in SIDE.values()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A sentence that promises something, by which day, and the rest of its clauses."""

    sentence: Sentence
    by: date | None
    beside: tuple[Clause, ...] = ()  # its other clauses


def promise(letter: Letter) -> tuple[str, date | None]:
    """(the sentence, the day by which it is expected); ("", None) where nothing is promised.

    Of several of ours the one that is due first, of theirs the last: they come back to it when all of it is done.
    """
    found = [one for sentence in letter.body if (one := promised(sentence, letter)) is not None]
    if not found:
        return "", None
    if letter.context.ours:
        soonest = letter.context.sent + UNDATED if letter.context.sent else date.max
        chosen = min(reversed(found), key=lambda p: p.by or soonest)
    else:
        chosen = next((p for p in reversed(found) if p.by), found[-1])
    return chosen.sentence.quote, chosen.by


def promised(sentence: Sentence, letter: Letter) -> Promise | None:
    """What one sentence promises, if it does; a question does not."""
    if sentence.asks:
        return None
    if _may(sentence):
        told = _Told(sentence, letter)
        if found := [clause for clause, hangs in told.said() if not hangs]:
            due = [by for clause in found if (by := told.days.due(clause))]
            return Promise(sentence=sentence, by=min(due, default=None), beside=tuple(c for c in told.parts if c not in found))
    if not letter.context.ours and sentence.hit(AWAY):
        return Promise(sentence=sentence, by=_Told(sentence, letter).days.any())
    return None


def hanging(sentence: Sentence, letter: Letter) -> bool:
    """Something is announced that hangs on the other side: « si cela vous dit, je vous envoie trois images »."""
    return _may(sentence) and any(hangs for _, hangs in _Told(sentence, letter).said())


def announced(sentence: Sentence, letter: Letter) -> bool:
    """Something is promised, or hangs on the other side: in either case it is not handed over yet."""
    return _may(sentence) and any(hangs or not sentence.asks for _, hangs in _Told(sentence, letter).said())


def _may(sentence: Sentence) -> bool:
    """A rule of promises fires, whatever else the sentence says."""
    return any(hit.topic in ANY for hit in sentence.hits)


class _Told:
    """The clauses of one sentence, and its days."""

    def __init__(self, sentence: Sentence, letter: Letter) -> None:
        self.side = SIDE[letter.context.ours]
        self.parts = clauses(sentence.folded, letter.lexicon)
        self.days = Days(sentence.folded, letter, self.parts)

    def said(self) -> Iterator[tuple[Clause, bool]]:
        """The clauses that promise something, each with whether it hangs on the other side."""
        before = False
        for n, clause in enumerate(self.parts):
            before = self._says(n, before=before) and not clause.says("no-promise")
            if before:
                yield clause, self._hangs(n)

    def _says(self, n: int, *, before: bool) -> bool:
        """`before`: the clause in front of it does."""
        clause = self.parts[n]
        alone = n == 0 or clause.hard
        if clause.says(BOTH, self.side):
            return True
        terse = (alone or clause.joint.strip() == ",") and clause.says(f"{self.side}-terse") and not clause.says("not-terse")
        if (terse or clause.says(DATED, f"{self.side}-dated")) and (clause.says("soon", "in-hours") or self.days.of(clause)):
            return True
        if alone:
            return False
        goes_on = before or self.parts[n - 1].says("speaks-for-self")
        return (clause.says(SECOND) and goes_on) or (clause.says(INFINITIVE) and before)

    def _hangs(self, n: int) -> bool:
        """On a condition of its own, on one in front of it, on one behind it that belongs to nothing else; or on what is asked for in front of an
        « et »."""
        clause = self.parts[n]
        if clause.says("condition"):
            return True
        if n and not clause.hard:
            front, listed = self.parts[n - 1], "," in clause.joint
            if (front.says("condition") and not front.says(BOTH, DATED, self.side)) or (front.says("asked-first") and not listed):
                return True
            if not listed and self._hangs(n - 1):
                return True
        behind = self.parts[n + 1 : n + 3]
        last = bool(behind) and (len(behind) < 2 or behind[1].hard)
        return last and not behind[0].hard and behind[0].says("condition") and not behind[0].says("asked-first", BOTH, self.side)
