"""Which of the days that are named is meant: the first day on which they may be written to, the day of a promise or a meeting."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nurture.stages.dates.almanac import days_later
from nurture.stages.dates.grammar import MAX, Grammar, grammar
from nurture.stages.dates.named import COUNTED, WEAK, Edge, Named

NEAR = 4  # sentences before the request that may hold its day
SHORT = 12  # words of a sentence that only adds the day
BARE = 4  # words of a request that can but point back
ADDS = 36  # characters between a span and the day in it that makes it exact
ABOUT = 7  # days by which a counted span may miss the day that it means
WITHIN = 8  # characters of a range that tell whether it is a time to write in ("between …")
LEAD = 7  # days before a day that is the latest: "before the summer" leaves time for an answer
MONTH = timedelta(days=31)
_ZONE = re.compile(r"\bzone ([abc])\b")
_STEM = 6  # letters by which a word is known again

Own = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """The sentences around a request, the days that each of them names, and where the request stands."""

    sentences: Mapping[int, str]
    named: Mapping[int, tuple[Named, ...]]
    at: int
    sent: date

    @property
    def request(self) -> str:
        return self.sentences[self.at]

    @property
    def earlier(self) -> list[int]:
        """The sentences in front of the request that name days, the nearest first."""
        return [n for n in sorted(self.named, reverse=True) if n < self.at and self.named[n]]


def day_to_resume(sentences: Sequence[str], at: int, sent: date, lang: str, own: Own = ()) -> date | None:
    """The earliest day that a request to be written to later allows; None where no time is named.

    `sentences` are folded; the request stands in the one at `at`. A day in the request counts before one around it. A sentence
    in front of it counts where the request points there ("then", "after that", "when I'm back") or where it says until when, or
    from when on, they cannot; one behind it where it says no more than the day. `own` are the owner's feasts: folded names and
    their spans.
    """
    known = grammar(lang, own)
    told = _told(known, sentences, at, sent)
    asked = _asked_behind(known, told)
    if asked is not None:
        return asked
    day = _in_request(known, told)
    added = _added(told, picked=day is not None)
    if day is not None:
        return added or day
    return _pointed_at(known, told) or added


def _asked_behind(known: Grammar, told: Told) -> date | None:
    """The day of the next sentence, where that asks, and this one does not or says no more than from when on."""
    following = told.sentences.get(told.at + 1, "")
    bound = all(n.edge is Edge.NOT_BEFORE for n in told.named[told.at])
    asks = known.request.search(following) if bound or not known.request.search(told.request) else None
    days = (
        _allowed(n, told.sent) for n in told.named.get(told.at + 1, ()) if asks and n.at >= asks.end() and n.edge is not Edge.NOT
    )
    return next((day for day in days if day > told.sent), None)


def _told(known: Grammar, sentences: Sequence[str], at: int, sent: date) -> Told:
    window = {n: sentences[n][:MAX] for n in range(max(0, at - NEAR), min(len(sentences), at + 2))}
    zone = next((found[1] for text in window.values() if (found := _ZONE.search(text))), None)
    named: dict[int, tuple[Named, ...]] = {}
    before: Named | None = None
    for n, text in window.items():
        named[n] = known.named(text, sent, before, zone)
        before = named[n][-1] if named[n] else before
    return Told(sentences=window, named=named, at=at, sent=sent)


def _in_request(known: Grammar, told: Told) -> date | None:
    """The one that is picked; else behind the words that ask, nearest first; else in front of them, nearest first."""
    text = told.request
    named = [n for n in told.named[told.at] if n.edge is not Edge.NOT]
    asks = max((m.end() for m in known.request.finditer(text) if any(n.at >= m.end() for n in named)), default=None)
    if asks is None:
        first = known.request.search(text)
        asks = first.start() if first else 0
    picked = [n for n in reversed(named) if n.picked]
    behind = [n for n in named if n.at >= asks]
    in_front = [n for n in reversed(named) if n.at < asks and n.edge is not Edge.BEFORE]
    in_front.sort(key=lambda n: n.edge is Edge.BY)
    for n in sorted((*picked, *behind, *in_front), key=lambda n: n.kind in WEAK):
        in_request = n in behind or n in picked
        after = not in_request and any(m.start() >= n.end for m in known.afterwards.finditer(text))
        within = n.kind in RANGES and (
            known.within.search(text[: n.at + WITHIN]) if n in behind else known.prefers.match(text[n.end :].lstrip(" ,"))
        )
        day = n.period.start if within else _after(n) if after else _allowed(n, told.sent) if in_request else _free(n)
        day = _exact(day, n, named)
        if day is not None and day > told.sent:
            return day
    return None


def _exact(day: date, n: Named, named: Sequence[Named]) -> date:
    """ "In September, the 15th", "in a month, about the 22nd": a day right behind a span that lies in it makes it exact."""
    first, last = day, day + MONTH if n.edge is Edge.AFTER else n.period.end
    if n.kind in COUNTED:
        first, last = days_later(day, -ABOUT), days_later(day, ABOUT)
    reach = ADDS // 2 if n.kind in COUNTED else ADDS
    near = (m for m in named if 0 <= m.at - n.end <= reach and m.one_day and m.kind not in COUNTED)
    exact = (m.period.start for m in near if m.edge in (Edge.ON, Edge.NOT_BEFORE, Edge.BACK))
    return next((found for found in exact if first <= found <= last), day)


def _added(told: Told, *, picked: bool) -> date | None:
    """The day of the next sentence where it says no more than that; with `picked`, where it takes back what was said."""
    following = told.sentences.get(told.at + 1, "")
    if len(following.split()) > SHORT:
        return None
    days = (
        _allowed(n, told.sent) for n in told.named.get(told.at + 1, ()) if n.edge is not Edge.NOT and (n.picked or not picked)
    )
    return next((day for day in days if day > told.sent), None)


def _pointed_at(known: Grammar, told: Told) -> date | None:
    """The day in front of the request to which it points, or that tells it from when on they are free."""
    text = told.request
    if known.back.search(text):
        return _first(told, _returned)
    if known.afterwards.search(text):
        return _first(told, _after)
    if known.then.search(text):
        return _first(told, _free)
    if (day := _after_what(known, told)) is not None:
        return day
    if known.event.search(text):
        return None
    bare = len(text.split()) <= BARE and not known.vague.search(text)  # "Remind me.": of what was just said
    for at in told.earlier:
        said = told.sentences[at]
        prefers = (bare and at == told.at - 1) or len(said.split()) <= SHORT // 2 or known.prefers.search(said)
        for n in reversed(told.named[at]):
            bound = n.kind in ("range", "month-range") or n.edge in (Edge.UNTIL, Edge.NOT_BEFORE, Edge.AFTER, Edge.BACK)
            if (bound or (prefers and _counts(n))) and (day := _free(n)) > told.sent:
                return day
    return None


def _after_what(known: Grammar, told: Told) -> date | None:
    """ "After the fair", where a sentence around it says when the fair is."""
    for found in known.after_what.finditer(told.request):
        stem = found[1][:_STEM]
        for at in (*told.earlier, told.at + 1):
            if told.named.get(at) and stem in told.sentences[at]:
                days = [_after(n) for n in told.named[at] if _counts(n)]
                return next((day for day in reversed(days) if day > told.sent), None)
    return None


def _first(told: Told, read: Callable[[Named], date | None]) -> date | None:
    """The first day that `read` makes of what is named around the request, the nearest sentence and its last day first."""
    for at in (*told.earlier, told.at + 1):
        days = (read(n) for n in reversed(told.named.get(at, ())) if _counts(n))
        if found := next((day for day in days if day and day > told.sent), None):
            return found
    return None


def _counts(n: Named) -> bool:
    return n.edge is not Edge.NOT


def _returned(n: Named) -> date | None:
    """The day of a return, or the one after an absence; None: neither."""
    if n.edge in (Edge.BACK, Edge.UNTIL, Edge.AFTER, Edge.NOT_BEFORE) or n.kind in ("range", "month-range"):
        return _free(n)
    return None


def _allowed(n: Named, sent: date) -> date:
    """Of a day that they ask for: the first one of the span, the first one after it, or one early enough before it."""
    if n.edge is Edge.BEFORE:
        early = days_later(n.period.start, -LEAD)
        return early if early > sent else days_later(n.period.start, -1)
    return _free(n)


def _after(n: Named) -> date:
    """The first day after it; where it says until when, that."""
    return _free(n) if n.edge in (Edge.UNTIL, Edge.AFTER) else _next(n)


def _next(n: Named) -> date:
    """The day after the last one; "after mid-March" is from the 16th on."""
    return days_later(n.period.start if n.kind.startswith("part-") else n.period.end, 1)


def _free(n: Named) -> date:
    """Until a day or the end of something: the day after it; until something longer: its beginning; after it: the next day."""
    if n.edge is Edge.UNTIL:
        return n.period.start if n.kind in FROM_ITS_START or not (n.one_day or n.kind in RANGES) else _next(n)
    if n.edge is Edge.AFTER:
        return n.period.start if n.kind in ("in", "new-year") else _next(n)
    return _next(n) if n.kind in RANGES else n.period.start


RANGES = frozenset({"range", "month-range"})
FROM_ITS_START = frozenset({"holiday", "new-year"})


def first_day(sentence: str, sent: date, lang: str, own: Own = ()) -> date | None:
    """The first single day from the present one on that a sentence names and does not refuse: a meeting's."""
    named = [n for n in grammar(lang, own).named(sentence, sent) if n.one_day and n.edge is not Edge.NOT]
    return next((n.period.start for n in sorted(named, key=lambda n: not n.picked) if n.period.start >= sent), None)


def last_day(sentence: str, sent: date, lang: str, own: Own = ()) -> date | None:
    """The day by which something is expected: the last one of the first span that a sentence names."""
    found = (n.period.end for n in grammar(lang, own).named(sentence, sent) if n.edge is not Edge.NOT)
    return next((end for end in found if end >= sent), None)
