"""The days that a notice names, as people write them, and which day each is, seen from the day of the mail.

A day without a year that passed some months ago at most is over: a notice often outlives its day. Where a mail counts the month
first, something in it proves so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from nurture.messages.cues import SERVED, compiled, lists, phrases
from nurture.messages.words import fold

FAR = 500  # days: what lies further ahead is no absence
OVER = 120  # days since a day of this year, within which it is over
OVER_LAST_YEAR = 45  # … since one of last year
NEXT_YEAR = 200  # days ahead that a day of next year may be, where no year is stated
FRIDAY = 4
_END = re.compile(r"^(?:la fin|fin|late|the end|end of|ende)\b")  # « fin juillet »
_FEAST = re.compile(r"^ (?:de (?:paques|pentecote)|saint\b)")  # « lundi de Pâques »
_PAIR = re.compile(r"(?:^|[^\d./-])(\d{1,2})[/.](\d{1,2})(?=$|\D)")
_DAY_FIRST = re.compile(r"\b(?:le|du|au|am|vom|zum|dem|el|del|al|il|dal|op|van) \d{1,2}[/.]\d")  # no English
_NO_PAIRS = frozenset({(24, 7), (7, 7), (7, 24)})


@dataclass(frozen=True, kw_only=True)
class Frame:
    """From where days are seen: the day of the mail, and whether it counts the month first."""

    sent: date
    month_first: bool = False

    @classmethod
    def of(cls, folded: str, sent: date, *, american: bool = False) -> Frame:
        """What the whole mail proves: a second number above 12, a weekday that fits only so, the mail's own day; else where it comes from."""
        pairs = [(int(a), int(b)) for a, b in _PAIR.findall(folded)[:40]]
        pairs = [p for p in pairs if p not in _NO_PAIRS and max(p) <= 31]
        if any(a > 12 for a, _ in pairs) or _DAY_FIRST.search(folded):
            return cls(sent=sent)
        proven = any(b > 12 or _is_near(sent, a, b) > _is_near(sent, b, a) for a, b in pairs)
        return cls(sent=sent, month_first=american or proven or _weekdays_prove(folded, sent))


def _is_near(sent: date, month: int, day: int) -> bool:
    found = valid(sent.year, month, day)
    return found is not None and abs((found - sent).days) <= 1


def _weekdays_prove(folded: str, sent: date) -> bool:
    """ "Friday 3/6": a Friday only where 3 is the month."""
    fits = [0, 0]
    for found in days().finditer(folded):
        groups = found.groupdict()
        if groups["d1"] and groups["m1"] and (weekday := named_weekday(found[0])) is not None:
            for n, (day, month) in enumerate(((groups["d1"], groups["m1"]), (groups["m1"], groups["d1"]))):
                fits[n] += any(
                    (d := valid(sent.year + y, int(month), int(day))) is not None and d.weekday() == weekday for y in (0, 1)
                )
    return fits[1] > fits[0]


@cache
def any_of(name: str) -> str:
    """All entries of a list of the notices, as one pattern."""
    return "|".join(lists("notice", name))


@cache
def some_weekday() -> str:
    """Perhaps a weekday, with an article behind it."""
    return rf"(?:(?:{any_of('weekdays')}|{any_of('weekdays_short')})\.?,? ?(?:the |le |den |dem |el |la |dia )?)?"


@cache
def days() -> Any:
    """A day as people write it."""
    month, weekday, part = any_of("months"), any_of("weekdays"), any_of("part")
    nth = r"(?:er|st|nd|rd|th|\.|º|o)?"
    year = r"(?:20\d\d|2[4-9]\b|3\d\b)"
    return compiled(
        rf"\b(?:(?:(?:le|the|au|el|il|op|am) )?{some_weekday()}(?:"
        r"(?P<y0>20\d\d)-(?P<m0>\d\d)-(?P<d0>\d\d)"
        r"|(?P<d1>\d{1,2})(?:[./](?P<m1>\d{1,2})(?:[./-](?P<y1>\d{2,4}))?|-(?P<m7>\d{1,2})-(?P<y7>\d{2,4}))"
        rf"|(?P<d2>\d{{1,2}}){nth}[ -]?(?:of |de |d')?(?P<m2>{month})\b\.?(?:(?:,? ?(?:de |of )?|-)(?P<y2>{year}))?"
        rf"|(?P<m3>{month})\b\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?: ?(?:-|–|to|thru|through|until|till) ?(?:the )?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\b)?(?:,? (?P<y3>20\d\d))?)"
        rf"|(?P<w>{weekday})(?:,? (?:the |le |den |el |dia )?(?P<d4>\d{{1,2}})(?:er|st|nd|rd|th|\.)?)?"
        rf"|(?P<tomorrow>{any_of('tomorrow')})|(?P<week>{any_of('next_week')})(?: (?P<w8>{weekday}))?"
        rf"|(?P<month_end>{any_of('month_end')})|(?P<week_end>{any_of('week_end')})"
        rf"|(?:{any_of('whole')}) ?(?P<m6>{month})"
        rf"|(?P<part>{part})[ -](?:d')?(?P<m5>{month})(?: (?P<y5>20\d\d))?"
        r"|(?:le|the|au|el|il|op|am) (?P<d6>\d{1,2})(?:er|st|nd|rd|th)?"
        r")(?:\b|$)"
    )


@cache
def _numbers(name: str) -> tuple[tuple[Any, int], ...]:
    """The patterns of the months (or weekdays) of all languages, with their number."""
    return tuple((compiled(f"^(?:{p})$"), n) for language in SERVED for n, p in enumerate(phrases(language)["notice"][name]))


def is_month(word: str) -> bool:
    """Whether a word names a month."""
    return any(p.search(fold(word)) for p, _ in _numbers("months"))


def _number(name: str, word: str) -> int:
    return next(n for pattern, n in _numbers(name) if pattern.search(word))


def named_weekday(found: str) -> int | None:
    """The weekday that stands in front of a day, Monday is 0; a short form that some language has for a month is none."""
    for word in re.findall(r"[a-z]+(?:-feira)?", found)[:3]:
        for pattern, number in _numbers("weekdays"):
            if pattern.search(word):
                return number
    return None


def is_feast(found: re.Match[str], rest: str) -> bool:
    """« lundi de Pâques » is no Monday to come."""
    return bool(found["w"]) and bool(_FEAST.search(rest))


def day_of(g: Mapping[str, str | None], words: str, frame: Frame) -> date | None:
    """The day that was found, in `words`; None where it is over, or none."""
    sent = frame.sent
    if g["tomorrow"]:
        return sent + timedelta(days=1)
    if g["week"]:
        return sent + timedelta(days=7 - sent.weekday() + (_number("weekdays", g["w8"]) if g["w8"] else 0))
    if g["w"] and not g["d4"]:
        return sent + timedelta(days=(_number("weekdays", g["w"]) - sent.weekday() - 1) % 7 + 1)
    if g["month_end"]:
        return _next_month(sent) - timedelta(days=1)
    if g["week_end"]:
        return sent + timedelta(days=max(0, FRIDAY - sent.weekday()))
    if g["m6"] or g["part"]:
        return _part(g["part"] or "fin", _month(g["m6"] or g["m5"]), g["y5"], sent)
    if g["last"]:
        return _dated(int(g["last"]), _month(g["m3"]), g["y3"], sent)
    return _of_numbers(g, words, frame)


def _of_numbers(g: Mapping[str, str | None], words: str, frame: Frame) -> date | None:
    weekday = named_weekday(words)
    if g["d1"]:
        day, month = int(g["d1"]), int(g["m1"] or g["m7"] or 0)
        if frame.month_first:
            day, month = month, day
        return _dated(day, month, g["y1"] or g["y7"], frame.sent, weekday)
    for i in (0, 2, 3):
        if day_words := g[f"d{i}"]:
            return _dated(int(day_words), _month(g[f"m{i}"]), g[f"y{i}"], frame.sent, weekday)
    return _this_or_next_month(int(g["d4"] or g["d6"] or 0), frame.sent, weekday)


def _part(said: str, month: int, year: str | None, sent: date) -> date | None:
    """The 15th, the last day of a month or its first one."""
    if not _END.search(said):
        return _dated(15 if said.startswith("mi") else 1, month, year, sent)
    found = (_dated(day, month, year, sent) for day in (31, 30, 29, 28))
    return min((day for day in found if day), key=lambda day: (day.year, -day.day), default=None)


def _month(text: str | None) -> int:
    return int(text) if text and text.isdigit() else _number("months", text or "") + 1


def _dated(day: int, month: int, year: str | None, sent: date, weekday: int | None = None) -> date | None:
    if year:
        found = valid(int(year) + (2000 if int(year) < 100 else 0), month, day)
        return found if found and 0 <= (found - sent).days < FAR else None
    last, this, coming = (valid(sent.year + n, month, day) for n in (-1, 0, 1))
    fitting = [d for d in (this, last, coming) if d and d.weekday() == weekday and (sent - d).days <= OVER]
    if weekday is not None and fitting:
        return fitting[0] if 0 <= (fitting[0] - sent).days < FAR else None
    if last and (sent - last).days <= OVER_LAST_YEAR:
        return None
    if this and this >= sent:
        return this
    if this and (sent - this).days <= OVER:
        return None
    return coming if coming and (coming - sent).days <= NEXT_YEAR else None


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _this_or_next_month(day: int, sent: date, weekday: int | None) -> date | None:
    """The next such day of a month; where its weekday fits only a day of this month, which is over, none."""
    after, before = _next_month(sent), sent.replace(day=1) - timedelta(days=1)
    past, this, coming = (valid(m.year, m.month, day) for m in (before, sent, after))
    fitting = [d for d in (this, coming, past) if d and d.weekday() == weekday]
    if fitting:
        return fitting[0] if fitting[0] >= sent else None
    return next((found for found in (this, coming) if found and found >= sent), None)


def valid(year: int, month: int, day: int) -> date | None:
    """That day of the calendar, None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
