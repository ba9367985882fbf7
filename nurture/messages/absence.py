"""The first day back that an absence notice states.

Every day that a sentence names is found; what stands around it says what it is: the day of the return, the last day of the
absence, or nothing of the kind. The words are those of `phrases/*.toml`; the return counts more than the absence's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from typing import Any

from nurture.messages.cues import compiled
from nurture.messages.days import Frame, any_of, day_of, days, is_feast, is_month, some_weekday
from nurture.messages.words import fold, one_line, sentences, unwrapped

READ = 4_000  # characters of a notice that are read
STATEMENTS = 60
LONGEST = 600  # characters of a sentence
NEAR = 60  # characters behind a day, within which a return may be said of it
_NOT = re.compile(r"\b(?:not?|pas|n'\w+|ne|unable|won't|can't|cannot|nicht|nobody|personne)\b")
_NTH = re.compile(r"\b(\d{1,2})\. ([^\W\d_]{2,12})")  # "vom 9. bis zum 13. März": no end of a sentence
_DOTTED = re.compile(r"\b(\d{1,2}\.\d{1,2})\. (?=[a-zà-ÿ])")  # "am 03.03. wieder"
_FIRST = re.compile(r"\b(the )?(?:first of|premier)(?= [A-Za-zéû]{3})", re.IGNORECASE)
_AND = re.compile(r"\((?:s|e|es|e\)\(s|ne|nes)\)")  # « absent(e) »
_TIME = r"(?: ?(?:\(|at |around |from |a |au |le |um |,)? ?(?:the )?(?:soir|matin|midi|minuit|inclus|morning|evening|noon|midday|cob|eod|close of business|\d{1,2} ?(?:h|:|u)(?: ?\d\d)?|\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?|\d{3,4} ?h(?:ou)?rs|uhr)\)?)*"
_ARTICLE = r"(?:le |the |au |to |den |dem |el |al |on |am |next |this |coming |following |ce |cette )*"


class Role(IntEnum):
    """What a day is, the weightiest first."""

    RETURN = 0
    LAST = 1  # of the absence, itself still absent
    AHEAD = 2  # it stands before the word that says the return: "On 9 March I'll be back"
    NONE = 3


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One day that a sentence names; None where it is over."""

    day: date | None
    role: Role
    eve: bool = False  # "until Monday": in English that day is the first one back


def first_day_back(text: str, sent: date, *, american: bool = False, beside: str = "") -> tuple[date | None, str]:
    """(the first day back, the sentence that says so); (None, "") where none is stated. Never a day that has passed.

    `american`: the mail comes from where the month is counted first; `beside`: what else stands in it, such as the subject.
    """
    for sentence, mention in sorted(_told(text, sent, american=american, beside=beside), key=lambda pair: pair[1].role):
        if mention.role is Role.NONE or mention.day is None:
            break  # what the weightiest day says is over: a lesser one says nothing of it
        if mention.role is not Role.LAST or mention.eve:
            return mention.day, one_line(sentence)
        return _next_working_day(mention.day), one_line(sentence)
    return None, ""


def names_a_day(text: str, sent: date) -> bool:
    """Whether some day to come is named at all."""
    return any(mention.day is not None for _, mention in _told(text, sent))


def _told(text: str, sent: date, *, american: bool = False, beside: str = "") -> list[tuple[str, Mention]]:
    """Every day that a text names, with its sentence."""
    plain = _FIRST.sub(r"\g<1>1", _DOTTED.sub(r"\1 ", _NTH.sub(_without_dot, unwrapped(without_genders(text[:READ])))))
    frame = Frame.of(fold(plain + "\n" + beside), sent, american=american)
    return [(s, m) for s in sentences(plain)[:STATEMENTS] for m in _mentions(fold(s[:LONGEST]), frame)]


def without_genders(text: str) -> str:
    """« absent(e)s » as one word."""
    return _AND.sub("", text)


def _without_dot(found: re.Match[str]) -> str:
    word = found[2]
    return f"{found[1]} {word}" if word[0].islower() or is_month(word) else found[0]


def _next_working_day(day: date) -> date:
    after = day + timedelta(days=1)
    return after + timedelta(days=max(0, 7 - after.weekday()) if after.weekday() >= 5 else 0)


def _mentions(sentence: str, frame: Frame) -> Iterator[Mention]:
    if is_habit(sentence):
        return
    end, begun = 0, None
    found_days = list(days().finditer(sentence))
    for n, found in enumerate(found_days):
        groups = found.groupdict()
        rest = sentence[found.end() : found_days[n + 1].start() if n + 1 < len(found_days) else len(sentence)]
        if is_feast(found, rest):
            continue
        start = found.end() - len(_lead().sub("", found[0], count=1))
        ends = begun is not None and bool(_range_to().search(sentence[end:start]))
        day = day_of(groups, found[0], replace(frame, sent=begun) if begun and ends else frame)
        if day is None and not _is_a_day(groups):
            continue
        role = Role.LAST if groups["last"] else _role(sentence[:start], sentence[end:start], end, bare=_is_bare(groups))
        if groups["m6"]:
            role = Role.LAST if _last_cue(sentence[:start]) == "gone" else Role.NONE
        if role is Role.NONE and _is_of_return(sentence[:start], rest):
            role = Role.AHEAD
        yield Mention(day=day, role=_after(role, sentence[end:start]), eve=_is_eve(groups, day, sentence[end:start], rest))
        today = _is_bare(groups) and day == frame.sent + timedelta(days=7)  # "away Monday and Tuesday", said on a Monday
        end, begun = found.end(), frame.sent if today else day


def _is_a_day(groups: dict[str, str | None]) -> bool:
    """Whether what is no day to come may be one that is over; "le 32" is none."""
    return any(groups[f"d{i}"] and 0 < int(groups[f"d{i}"] or 0) <= 31 for i in (0, 1, 2, 3)) or bool(groups["part"])


def _is_bare(groups: dict[str, str | None]) -> bool:
    return bool(groups["w"]) and not groups["d4"]


def _is_eve(groups: dict[str, str | None], day: date | None, before: str, rest: str) -> bool:
    """Whether who is absent until that day is there on it."""
    if _excluded().search(rest[:20]) or _morning().search(rest[:12]):
        return True
    if _included().search(before + "|" + rest[:20]):
        return False
    if groups["part"] and day and day.day == 1:  # « jusqu'en septembre »
        return True
    return day is not None and day.weekday() == 0 and bool(_eve().search(before))


def _role(prefix: str, before: str, earlier: int, *, bare: bool) -> Role:
    """What the day after `prefix` is; `before` is what stands between it and the day named before it, at `earlier`; `bare`: only a weekday."""
    if (_not_before().search(before) and _NOT.search(prefix[-200:])) or _not_until().search(prefix[-200:]):
        return Role.RETURN
    if _until().search(before):
        return Role.LAST
    if (earlier and _range_to().search(before)) or _range().search(before):
        return Role.NONE if bare and "gone" not in _said(prefix) else Role.LAST
    return Role.RETURN if _last_cue(prefix) == "back" else Role.NONE


def _last_cue(prefix: str) -> str:
    said = _said(prefix)
    return said[-1] if said else ""


def _said(words: str) -> list[str]:
    return ["back" if found.groupdict()["back"] else "gone" for found in _cues().finditer(words)]


def _is_of_return(prefix: str, rest: str) -> bool:
    """ "On 9 March I'll be back": the return is said behind the day, and no absence around it but one that ended before."""
    clause = re.split(r"[,;:](?= ?(?:mais|but|aber|und|et|and)\b)|[;:]| - ", rest[:NEAR])[0]
    said = _said(clause)
    return bool(said) and said[0] == "back" and "gone" not in said and not _NOT.search(clause) and not _since().search(prefix)


def _after(role: Role, before: str) -> Role:
    return Role.LAST if role is Role.RETURN and _behind().search(before) else role


def is_habit(sentence: str) -> bool:
    """« fermés le lundi », "I don't work Fridays", "Monday to Wednesday": what holds every week. `sentence` is folded."""
    return bool(_habit().search(sentence))


@cache
def _habit() -> Any:
    weekday = any_of("weekdays")
    return compiled(
        rf"\b(?:ferm\w+|travaill\w+|suis (?:absente?|present\w*|disponible)|ouvert\w*) (?:pas |plus |que |uniquement |seulement )*(?:chaque |tous les |(?:le|les) )(?:{weekday})s?(?:[ .,;!]*$| et | ni | ou |,? de |,? du | apres| matin| toute)"
        r"|\b(?:work\w*|closed|off|out|in|available|office|open) (?:only |not )*(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
        rf"|\b(?:don't|do not|never|not) (?:work|working) (?:on )?(?:{weekday})"
        rf"|\b(?:part[- ]time|temps partiel|working (?:days|hours|pattern)|horaires|opening hours)\b[^.]*\b(?:{weekday})"
        r"|\b(?:at|on) (?:the )?weekends?\b[^.\d]*$"
        r"|\b(?:closed|ferm\w+) (?:on |at |le |les |tous les |every |during |and )*(?:the )?(?:(?:public|bank) holidays|jours feries|week-?ends?)\b"
        rf"|\b(?:monitored|staffed|checked|read|open|available|consult\w+|relev\w+|ouvert\w*|joignables?) (?:from |du |only |daily )*(?:{weekday})s? (?:to|through|till|until|au|a|-|–) (?:{weekday})"
    )


@cache
def _cues() -> Any:
    return compiled(rf"\b(?:(?P<back>{any_of('back')})|(?P<gone>{any_of('gone')}))\b")


@cache
def _until() -> Any:
    return compiled(
        rf"(?:^|\W)(?:{any_of('until')})(?: and including| including| et y compris| compris)?{_TIME} ?{_ARTICLE}{some_weekday()}$"
    )


@cache
def _not_before() -> Any:
    return compiled(rf"\b(?:{any_of('not_before')}) (?:le |the |dem )?{some_weekday()}$")


@cache
def _not_until() -> Any:
    return compiled(
        rf"(?:not|n't) (?:\w+ ){{0,3}}(?:return|back|available|reachable|reopen|respond|reply|answer)\w* (?:\w+ ){{0,4}}(?:until|till) {_ARTICLE}{some_weekday()}$"
    )


@cache
def _behind() -> Any:
    return compiled(rf"\b(?:apres|after|nach|despues del|dopo) (?:le |the |dem |il )?{some_weekday()}$")


@cache
def _lead() -> Any:
    """What stands before the day itself: an article, a weekday."""
    return compiled(rf"^(?:(?:le|the|au|el|il|op|am) )?{some_weekday()}(?:le |the )?")


@cache
def _eve() -> Any:
    return compiled(rf"(?:^|\W)(?:until|till|'?til) {_ARTICLE}{some_weekday()}$")


@cache
def _included() -> Any:
    return compiled(rf"\b(?:{any_of('included')}|including)\b")


@cache
def _excluded() -> Any:
    return compiled(r"^[ (]*(?:exclu\w*|non inclus|not included|exclusive)\b")


@cache
def _morning() -> Any:
    return compiled(r"^,? ?\(?(?:au |le )?(?:matin|morning)\b")


@cache
def _since() -> Any:
    return compiled(rf"\b(?:depuis|since|seit|desde|sinds) {_ARTICLE}{some_weekday()}$")


@cache
def _range() -> Any:
    """ "du 12 au", "from 12 to": the first day of the stretch without its month."""
    return compiled(
        rf"(?:^|[^a-z])(?:(?:{any_of('range')}) )?(?:the |le |les )?{some_weekday()}\d{{1,2}}(?:er|st|nd|rd|th|\.)?{_TIME} ?(?:{any_of('range_to')}) ?(?:the |le |el )?{some_weekday()}$"
    )


@cache
def _range_to() -> Any:
    return compiled(rf"^\.?{_TIME},? ?(?:{any_of('range_to')}) ?(?:the |le |el |dem |den )?{some_weekday()}$")
