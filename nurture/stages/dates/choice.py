"""Which of the days that are named is meant: the first day on which they may be written to, the day of a promise or a meeting."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nurture.stages.dates import allowed
from nurture.stages.dates.almanac import days_later
from nurture.stages.dates.grammar import MAX, Grammar, grammar
from nurture.stages.dates.named import COUNTED, RANGES, WEAK, Edge, Named

NEAR = 4  # sentences before the request that may hold its day
SHORT = 12  # words of a sentence that only adds the day
BESIDE = 2  # words of such a sentence beside the day, where nothing tells that it is theirs
BARE = 4  # words of a request that can but point back
ADDS = 36  # characters between a span and the day in it that makes it exact
ABOUT = 7  # days by which a counted span may miss the day that it means
PARTING = 60  # characters in front of a day that may be a goodbye
FAR = timedelta(days=180)  # what is told as over and lies this far ahead was last year's
MONTH = timedelta(days=31)
_ZONE = re.compile(r"\bzone ([abc])\b")
_CLAUSE = re.compile(r"[,.;:!?()]| (?:et|mais|car|donc|and|but|so|because) ")
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
    added = _added(known, told, picked=day is not None)
    if day is not None:
        return added or day
    return _pointed_at(known, told) or added


def _asked_behind(known: Grammar, told: Told) -> date | None:
    """The day of the next sentence, where that asks, and this one does not or says no more than from when on."""
    following = told.sentences.get(told.at + 1, "")
    bound = all(n.edge is Edge.NOT_BEFORE for n in told.named[told.at])
    asks = known.request.search(following) if bound or not known.request.search(told.request) else None
    named = (n for n in told.named.get(told.at + 1, ()) if asks and n.at >= asks.end() and n.counts and not _over(n, told.sent))
    days = (allowed.on_request(n, told.sent) for n in named)
    return next((day for day in days if day > told.sent), None)


def _told(known: Grammar, sentences: Sequence[str], at: int, sent: date) -> Told:
    window = {n: sentences[n][:MAX] for n in range(max(0, at - NEAR), min(len(sentences), at + 2))}
    zone = next((found[1] for text in window.values() if (found := _ZONE.search(text))), None)
    named: dict[int, tuple[Named, ...]] = {}
    before: Named | None = None
    for n, text in window.items():
        days = (m for m in known.named(text, sent, before, zone) if not _said_in_parting(known, text, m, asked=n == at))
        named[n] = tuple(_told_so(known, text, m) for m in days)
        before = named[n][-1] if named[n] else before
    return Told(sentences=window, named=named, at=at, sent=sent)


def _said_in_parting(known: Grammar, text: str, n: Named, *, asked: bool) -> bool:
    """ "Happy Easter!", "see you Tuesday": a wish or a goodbye, unless it is all that the request says."""
    if n.kind in COUNTED:
        return False
    parting = known.parting.search(text[max(0, n.at - PARTING) : n.end])
    return bool(parting and not (asked and known.request.search(text) is None))


def _told_so(known: Grammar, text: str, n: Named) -> Named:
    """Whether its clause tells of what is over: not of what was fixed for a day ahead, nor until when something holds."""
    if n.fixed:
        return n
    clause = _CLAUSE.split(text[: n.at])[-1] + text[n.at : n.end] + _CLAUSE.split(text[n.end :], maxsplit=1)[0]
    past = known.past.search(clause) and not known.request.search(known.past.sub(" ", clause))
    holds = n.edge is Edge.UNTIL and not known.was_away.search(clause)
    return replace(n, past=True) if past and not holds else n


def _over(n: Named, sent: date) -> bool:
    """Told of the past, and no bound that still holds."""
    return n.past and (n.edge is Edge.ON or n.period.start - sent > FAR)


def _in_request(known: Grammar, told: Told) -> date | None:
    """The one that is picked; else behind the words that ask, nearest first; else in front of them, nearest first."""
    text = told.request
    then = max((m.start() for m in known.afterwards.finditer(text)), default=-1)
    named = [n for n in told.named[told.at] if (n.counts or n.end <= then) and not _over(n, told.sent)]
    asks = max((m.end() for m in known.request.finditer(text) if any(n.at >= m.end() for n in named)), default=None)
    if asks is None:
        first = known.request.search(text)
        asks = first.start() if first else 0
    picked = [n for n in reversed(named) if n.picked]
    behind = [n for n in named if n.at >= asks and n.counts]
    in_front = [n for n in reversed(named) if n.at < asks and n.edge is not Edge.BEFORE]
    in_front.sort(key=lambda n: n.edge is Edge.BY)
    for n in sorted((*picked, *behind, *in_front), key=lambda n: n.kind in WEAK):
        in_request = n in behind or n in picked
        after = not in_request and n.end <= then
        within = n.kind in RANGES and (
            known.within.search(text[: n.at]) if n in behind else known.prefers.match(text[n.end :].lstrip(" ,"))
        )
        if within:
            day = n.period.start
        elif after:
            day = allowed.behind(n)
        else:
            day = allowed.on_request(n, told.sent) if in_request else allowed.from_then(n)
        day = _exact(known, text, day, n, named)
        if day is not None and day > told.sent:
            return day
    return None


def _exact(known: Grammar, text: str, day: date, n: Named, named: Sequence[Named]) -> date:
    """ "In September, the 15th", "in a month, about the 22nd": a day right behind a span that lies in it makes it exact."""
    first, last = day, day + MONTH if n.edge is Edge.AFTER or n.kind == "holiday" else n.period.end
    if n.kind in COUNTED:
        first, last = days_later(day, -ABOUT), days_later(day, ABOUT)
    reach = ADDS // 2 if n.kind in COUNTED else ADDS
    near = [m for m in named if 0 <= m.at - n.end <= reach and _is_narrow(m, n)]
    sure = (m for m in near if _makes_exact(m, n) or (m.edge in (*EXACT, Edge.AFTER) and known.soft.match(text[n.end : m.at])))
    exact = (m.period.start if m.kind in RANGES else allowed.from_then(m) for m in sure)
    return next((found for found in exact if first <= found <= last), day)


def _makes_exact(m: Named, n: Named) -> bool:
    """Whatever stands between them: a day in a longer span; what else lies in it may be one of absence, or another feast."""
    return m.edge in EXACT and m.kind not in RANGES and (n.kind != "holiday" or n.edge is Edge.AFTER)


def _is_narrow(m: Named, n: Named) -> bool:
    """A day, or a span that is shorter than the one in front of it."""
    shorter = m.period.end - m.period.start < n.period.end - n.period.start
    return m.kind not in COUNTED and (m.one_day or m.kind in RANGES or (shorter and (m.kind in NARROW or m.edge is Edge.AFTER)))


def _added(known: Grammar, told: Told, *, picked: bool) -> date | None:
    """The day of the next sentence where it says no more than that; with `picked`, where it takes back what was said."""
    following = told.sentences.get(told.at + 1, "")
    if len(following.split()) > SHORT:
        return None
    theirs = known.ahead.search(following) or known.prefers.search(following)
    named = (n for n in told.named.get(told.at + 1, ()) if n.counts and not _over(n, told.sent))
    meant = (n for n in named if n.picked or not (picked or (n.edge is Edge.ON and not theirs and not _is_all(following, n))))
    days = (allowed.on_request(n, told.sent) for n in meant)
    return next((day for day in days if day > told.sent), None)


def _is_all(text: str, n: Named) -> bool:
    """A sentence says little but a day."""
    return len(f"{text[: n.at]} {text[n.end :]}".split()) <= BESIDE


def _pointed_at(known: Grammar, told: Told) -> date | None:
    """The day in front of the request to which it points, or that tells it from when on they are free."""
    text = told.request
    if known.back.search(text):
        return _first(told, allowed.on_return)
    if known.afterwards.search(text):
        return _first(told, allowed.behind)
    if known.then.search(text):
        return _first(told, allowed.from_then)
    if (day := _after_what(known, told)) is not None:
        return day
    if known.event.search(text):
        return None
    bare = len(text.split()) <= BARE and not known.vague.search(text)  # "Remind me.": of what was just said
    for at in told.earlier:
        said = told.sentences[at]
        prefers = (bare and at == told.at - 1) or len(said.split()) <= SHORT // 2 or known.prefers.search(said)
        for n in reversed(told.named[at]):
            bound = n.kind in RANGES or n.edge in (Edge.UNTIL, Edge.NOT_BEFORE, Edge.AFTER, Edge.BACK)
            if not _over(n, told.sent) and (bound or (prefers and n.counts)) and (day := allowed.from_then(n)) > told.sent:
                return day
    return None


def _after_what(known: Grammar, told: Told) -> date | None:
    """ "After the fair", where a sentence around it says when the fair is."""
    for found in known.after_what.finditer(told.request):
        stem = found[1][:_STEM]
        for at in (*told.earlier, told.at + 1):
            if told.named.get(at) and stem in told.sentences[at]:
                days = [allowed.behind(n) for n in told.named[at] if n.counts]
                return next((day for day in reversed(days) if day > told.sent), None)
    return None


def _first(told: Told, read: Callable[[Named], date | None]) -> date | None:
    """The first day that `read` makes of what is named around the request, the nearest sentence and its last day first."""
    for at in (*told.earlier, told.at + 1):
        named = (n for n in reversed(told.named.get(at, ())) if not n.past or n.period.start - told.sent <= FAR)
        days = (read(n) for n in named if n.counts or (read is allowed.behind and at < told.at))
        if found := next((day for day in days if day and day > told.sent), None):
            return found
    return None


NARROW = frozenset({"month", "week-of", "week-number", "nth-week", "part-month", "half-month"})
EXACT = (Edge.ON, Edge.NOT_BEFORE, Edge.BACK)


def first_day(sentence: str, sent: date, lang: str, own: Own = ()) -> date | None:
    """The first single day from the present one on that a sentence names and does not refuse: a meeting's."""
    named = [n for n in grammar(lang, own).named(sentence, sent) if n.one_day and n.edge is not Edge.NOT]
    return next((n.period.start for n in sorted(named, key=lambda n: not n.picked) if n.period.start >= sent), None)


def days_ahead(sentence: str, sent: date, lang: str, own: Own = ()) -> tuple[Named, ...]:
    """What a sentence names from the present day on and does not refuse."""
    named = grammar(lang, own).named(sentence, sent)
    return tuple(n for n in named if n.edge is not Edge.NOT and n.period.end >= sent)
