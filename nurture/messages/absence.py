"""The first day back that an absence notice states.

Every day that a sentence names is found; what stands before it says what it is: the day of the return, the last day of the
absence, or nothing of the kind. The words are those of `phrases/*.toml`; the return counts more than the absence's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from typing import Any

from nurture.messages.cues import SERVED, compiled, lists, phrases
from nurture.messages.words import fold, one_line, sentences, unwrapped

READ = 4_000  # characters of a notice that are read
STATEMENTS = 60
LONGEST = 600  # characters of a sentence
_NOT = re.compile(r"\b(?:not?|pas|n'\w+|ne|unable|won't|can't|cannot|nicht|nobody|personne)\b")
_NTH = re.compile(r"\b(\d{1,2})\. ([^\W\d_]{2,12})")  # "vom 9. bis zum 13. März": no end of a sentence
_END = re.compile(r"^(?:la fin|fin|late|the end|end of|ende)\b")  # « fin juillet »
FAR = 500  # days: what lies further ahead is no absence


class Role(IntEnum):
    """What a day is, the weightiest first."""

    RETURN = 0
    LAST = 1  # of the absence, itself still absent
    NONE = 2


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One day that a sentence names."""

    day: date
    role: Role
    eve: bool = False  # "until Monday": in English that day is the first one back


def first_day_back(text: str, sent: date) -> tuple[date | None, str]:
    """(the first day back, the sentence that says so); (None, "") where none is stated. Never a day that has passed."""
    plain = _NTH.sub(_without_dot, unwrapped(text[:READ]))
    said = [(s, m) for s in sentences(plain)[:STATEMENTS] for m in _mentions(fold(s[:LONGEST]), sent)]
    for sentence, mention in sorted(said, key=lambda pair: pair[1].role):
        if mention.role is Role.RETURN or (mention.role is Role.LAST and mention.eve):
            return mention.day, one_line(sentence)
        if mention.role is Role.LAST:
            return _next_working_day(mention.day), one_line(sentence)
    return None, ""


def _without_dot(found: re.Match[str]) -> str:
    word = found[2]
    return f"{found[1]} {word}" if word[0].islower() or any(p.search(fold(word)) for p, _ in _numbers("months")) else found[0]


def _next_working_day(day: date) -> date:
    after = day + timedelta(days=1)
    return after + timedelta(days=max(0, 7 - after.weekday()) if after.weekday() >= 5 else 0)


def _mentions(sentence: str, sent: date) -> Iterator[Mention]:
    end = 0
    for found in _days().finditer(sentence):
        groups = found.groupdict()
        day = _day_of(groups, sent)
        if day is None:
            continue
        start = found.end() - len(_lead().sub("", found[0], count=1))
        before, rest = sentence[end:start], sentence[found.end() : found.end() + 20]
        role = Role.LAST if groups["last"] else _role(sentence[:start], before, end)
        end = found.end()
        eve = day.weekday() == 0 and bool(_eve().search(before)) and not _included().search(before + "|" + rest)
        yield Mention(day=day, role=role, eve=eve)


def _role(prefix: str, before: str, earlier: int) -> Role:
    """What the day after `prefix` is; `before` is what stands between it and the day named before it, at `earlier`."""
    if _not_before().search(before) and _NOT.search(prefix[-200:]):
        return Role.RETURN
    if _until().search(before) or (earlier and _range_to().search(before)) or _range().search(before):
        return Role.LAST
    cues = list(_cues().finditer(prefix))
    if not cues:
        return Role.NONE
    last = cues[-1].groupdict()
    return Role.RETURN if last["back"] else Role.NONE


@cache
def _any(name: str) -> str:
    return "|".join(lists("notice", name))


@cache
def _weekday() -> str:
    return rf"(?:(?:{_any('weekdays')}|{_any('weekdays_short')})\.?,? ?(?:the |le |den |dem |el |the )?)?"


@cache
def _days() -> Any:
    """A day as people write it."""
    month, weekday = _any("months"), _any("weekdays")
    nth = r"(?:er|st|nd|rd|th|\.|º|o)?"
    return compiled(
        rf"\b(?:(?:(?:le|the|au|el|il|op|am) )?{_weekday()}(?:"
        r"(?P<y0>20\d\d)-(?P<m0>\d\d)-(?P<d0>\d\d)"
        r"|(?P<d1>\d{1,2})[./-](?P<m1>\d{1,2})(?:[./-](?P<y1>\d{2,4}))?"
        rf"|(?P<d2>\d{{1,2}}){nth} ?(?:of |de |d')?(?P<m2>{month})\b\.?(?:,? ?(?:de |of )?(?P<y2>20\d\d))?"
        rf"|(?P<m3>{month})\b\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?: ?(?:-|–|to|thru|through|until|till) ?(?:the )?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\b)?(?:,? (?P<y3>20\d\d))?)"
        rf"|(?P<w>{weekday})(?:,? (?:the |le |den |el |dia )?(?P<d4>\d{{1,2}})(?:er|st|nd|rd|th|\.)?)?"
        rf"|(?P<tomorrow>{_any('tomorrow')})|(?P<week>{_any('next_week')})"
        rf"|(?P<part>mi|mid|debut|early|beginning of|start of|anfang|en|in|fin|la fin(?: de| du mois de)?|late|end of|the end of|ende)[ -](?:d')?(?P<m5>{month})(?: (?P<y5>20\d\d))?"
        r"|(?:le|the|au|el|il|op|am) (?P<d6>\d{1,2})(?:er|st|nd|rd|th)?"
        r")(?:\b|$)"
    )


@cache
def _cues() -> Any:
    return compiled(rf"\b(?:(?P<back>{_any('back')})|(?P<gone>{_any('gone')}))\b")


@cache
def _until() -> Any:
    return compiled(
        rf"\b(?:{_any('until')})(?: and including| including| et y compris| compris)? (?:le |the |au |to |den |dem |el |al )?{_weekday()}$"
    )


@cache
def _not_before() -> Any:
    return compiled(rf"\b(?:{_any('not_before')}) (?:le |the |dem )?{_weekday()}$")


@cache
def _lead() -> Any:
    """What stands before the day itself: an article, a weekday."""
    return compiled(rf"^(?:(?:le|the|au|el|il|op|am) )?{_weekday()}(?:le |the )?")


@cache
def _eve() -> Any:
    return compiled(rf"\b(?:until|till|til) (?:the )?{_weekday()}$")


@cache
def _included() -> Any:
    return compiled(rf"\b(?:{_any('included')}|including)\b")


@cache
def _range() -> Any:
    """ "du 12 au", "from 12 to": the first day of the stretch without its month."""
    return compiled(
        rf"(?:^|[^a-z])(?:(?:{_any('range')}) )?(?:the |le )?{_weekday()}\d{{1,2}}(?:er|st|nd|rd|th|\.)? ?(?:{_any('range_to')}) ?(?:the |le |el )?{_weekday()}$"
    )


@cache
def _range_to() -> Any:
    return compiled(rf"^\.?,? ?(?:{_any('range_to')}) ?(?:the |le |el |dem |den )?{_weekday()}$")


@cache
def _numbers(name: str) -> tuple[tuple[Any, int], ...]:
    """The patterns of the months (or weekdays) of all languages, with their number."""
    return tuple((compiled(f"^(?:{p})$"), n) for language in SERVED for n, p in enumerate(phrases(language)["notice"][name]))


def _number(name: str, word: str) -> int:
    return next(n for pattern, n in _numbers(name) if pattern.search(word))


def _day_of(g: dict[str, str | None], sent: date) -> date | None:
    """The day that was found: the first such day from the mail on, where the year is not stated."""
    if g["tomorrow"]:
        return sent + timedelta(days=1)
    if g["week"]:
        return sent + timedelta(days=7 - sent.weekday())
    if g["w"] and not g["d4"]:
        return sent + timedelta(days=(_number("weekdays", g["w"]) - sent.weekday() - 1) % 7 + 1)
    if g["part"]:
        return _part(g["part"], _month(g["m5"]), g["y5"], sent)
    if g["last"]:
        return _dated(int(g["last"]), _month(g["m3"]), g["y3"], sent)
    for i in range(4):
        if day := g[f"d{i}"]:
            return _dated(int(day), _month(g[f"m{i}"]), g[f"y{i}"], sent)
    return _this_or_next_month(int(g["d4"] or g["d6"] or 0), sent)


def _part(said: str, month: int, year: str | None, sent: date) -> date | None:
    """The 15th, the last day of a month or its first one."""
    if not _END.search(said):
        return _dated(15 if said.startswith("mi") else 1, month, year, sent)
    days = (_dated(day, month, year, sent) for day in (31, 30, 29, 28))
    return min((day for day in days if day), key=lambda day: (day.year, -day.day), default=None)


def _month(text: str | None) -> int:
    return int(text) if text and text.isdigit() else _number("months", text or "") + 1


def _dated(day: int, month: int, year: str | None, sent: date) -> date | None:
    stated = int(year) + (2000 if int(year) < 100 else 0) if year else None
    for candidate in (stated,) if stated else (sent.year, sent.year + 1):
        if (found := _valid(candidate, month, day)) and found >= sent and (found - sent).days < FAR:
            return found
    return None


def _this_or_next_month(day: int, sent: date) -> date | None:
    after = (sent.replace(day=1) + timedelta(days=32)).replace(day=1)
    candidates = (_valid(sent.year, sent.month, day), _valid(after.year, after.month, day))
    return next((found for found in candidates if found and found >= sent), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
