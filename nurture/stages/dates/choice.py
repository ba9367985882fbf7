"""Which of the days that are named is meant: the first day on which they may be written to, the day of a promise or a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from nurture.stages.dates.grammar import Edge, Grammar, Named, grammar

NEAR = 2  # sentences before the request that may hold its day
SHORT = 12  # words of a sentence that only adds the day
WHOLE = frozenset(
    {"month", "season", "quarter", "half-year", "next-year", "year", "next-month", "next-quarter", "holiday", "part-season"}
)


def day_to_resume(sentences: Sequence[str], at: int, sent: date, lang: str) -> date | None:
    """The earliest day that a request to be written to later allows; None where no time is named.

    `sentences` are folded; the request stands in the one at `at`. A day behind the request counts before one in front
    of it; a neighbouring sentence counts where the request points to it or says no more than "later".
    """
    known = grammar(lang)
    if (day := _in_request(known, sentences[at], sent)) is not None:
        return day
    points = bool(known.then.search(sentences[at]))
    if known.event.search(sentences[at]) and not points:
        return None
    for sentence in reversed(sentences[max(0, at - NEAR) : at]):
        found = [n for n in known.named(sentence, sent) if points or n.edge in (Edge.UNTIL, Edge.NOT_BEFORE) or n.kind == "range"]
        if found and (day := _ahead(_busy_until(found[-1]), sent)) is not None:
            return day
    following = sentences[at + 1] if at + 1 < len(sentences) else ""
    return _in_request(known, following, sent) if len(following.split()) <= SHORT else None


def _in_request(known: Grammar, sentence: str, sent: date) -> date | None:
    """Behind the words that ask, nearest first; else in front of them, nearest first."""
    named = [n for n in known.named(sentence, sent) if n.edge is not Edge.BEFORE]
    asks = max((m.end() for m in known.request.finditer(sentence) if any(n.at >= m.end() for n in named)), default=None)
    if asks is None:
        first = known.request.search(sentence)
        asks = first.start() if first else 0
    behind = [n for n in named if n.at >= asks]
    in_front = [n for n in reversed(named) if n.at < asks]
    for n in (*behind, *in_front):
        day = _ahead(_allowed(n) if n in behind else _busy_until(n), sent)
        if day is not None:
            return day
    return None


def _allowed(n: Named) -> date:
    """The first day of the span, or the first one after it."""
    if n.edge is Edge.AFTER and n.kind != "in":
        return n.period.end + timedelta(days=1)
    return _busy_until(n) if n.edge is Edge.UNTIL or n.kind == "range" else n.period.start


def _busy_until(n: Named) -> date:
    """Until a day or the end of something: the day after it; until a month or feast: its beginning."""
    if n.edge is Edge.UNTIL and n.kind in WHOLE:
        return n.period.start
    if n.edge in (Edge.UNTIL, Edge.AFTER) or n.kind == "range":
        return n.period.end + timedelta(days=1)
    return n.period.start


def _ahead(day: date, sent: date) -> date | None:
    return day if day > sent else None


def first_day(sentence: str, sent: date, lang: str) -> date | None:
    """The first single day from the present one on that a sentence names: a meeting's."""
    days = (n.period.start for n in grammar(lang).named(sentence, sent) if n.period.start == n.period.end)
    return next((day for day in days if day >= sent), None)


def last_day(sentence: str, sent: date, lang: str) -> date | None:
    """The day by which something is expected: the last one of the first span that a sentence names."""
    return next((n.period.end for n in grammar(lang).named(sentence, sent) if n.period.end >= sent), None)
