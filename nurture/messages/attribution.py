"""The line that introduces a quote: "Le …, X a écrit :", "On …, X wrote:", in whatever language and however it was wrapped.

A line is judged by what stands in it: a date, a time, an address, a verb of writing, a colon at its end.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nurture.messages.cues import FIELDS, compiled, lists
from nurture.messages.page import MAX_LINE, Page
from nurture.messages.words import fold_same

LONGEST = 320  # characters of an attribution
MOST_LINES = 6
STEPS = 8  # openers behind the first one that are looked at
_STAMP = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d? \d\d?:\d\d[^.!?]{0,60}")  # an old Gmail's "2026-03-03 17:21 GMT+01:00 Some One"
_START = re.compile(r"[\s*_\"(\[<-]*\d")
_DECORATION = re.compile(r"^[\s>*_=-]+|[\s*_=-]+$")


def attribution(page: Page, i: int) -> int:
    """How many lines from `i` on are an attribution; 0: none is."""
    first = page.cues(i)
    if not first & {"date", "email"} or not (first & {"opener", "email", "verb"} or _START.match(page.folded[i])):
        return 0
    if _STAMP.fullmatch(page.folded[i]) and _stands_alone(page, i):
        return 1
    joined = ""
    for n in range(1, MOST_LINES + 1):
        j = i + n - 1
        if j >= len(page) or (page.quoted(j) and n > 1 and not _wrapped_into_quote(page, j)):
            return 0
        if page.blank(j):
            if not _goes_on(page, j):
                return 0
            continue
        joined = _DECORATION.sub("", f"{joined} {page.folded[j].lstrip(' >')}")
        if len(joined) > LONGEST:
            return 0
        if j + 1 < len(page) and _wrapped_into_quote(page, j + 1):
            continue
        if _introduces(page.look(joined) | _ending(page.folded[j]), joined, followed=_quote_follows(page, j + 1)):
            return 0 if _begins_late(joined) else n + _goes_on_below(page, j, joined)
    return 0


def _begins_late(joined: str) -> bool:
    """Whether words that somebody wrote stand before it, with a date of their own: "On Tuesday 10 March I am free On Mon, 2 Mar, X wrote:"."""
    found, begun = _begun(f" {joined}")
    return begun > found


def _goes_on_below(page: Page, j: int, joined: str) -> bool:
    """Whether the next line holds the end of an attribution that could have ended before: ":", "volgende:"."""
    if joined.endswith(":") or j + 1 >= len(page) or page.blank(j + 1) or len(page.folded[j + 1]) > 25:
        return False
    return "colon" in page.cues(j + 1)


def _stands_alone(page: Page, i: int) -> bool:
    return (i == 0 or page.blank(i - 1)) and i + 1 < len(page) and page.blank(i + 1)


def _goes_on(page: Page, blank: int) -> bool:
    """HTML turned to text may tear an address off into a paragraph of its own."""
    after = page.after(blank, within=3)
    return after is not None and page.lines[after].lstrip().startswith("<")


def _wrapped_into_quote(page: Page, j: int) -> bool:
    """The last words of the attribution went below the mark: "> wrote:", ">:"."""
    if not page.quoted(j) or len(page.folded[j]) > 30:
        return False
    return page.folded[j].strip(" >") == ":" or {"verb", "colon"} <= page.cues(j)


def _quote_follows(page: Page, i: int) -> bool:
    after = page.after(i)
    return after is not None and (page.quoted(after) or page.lines[after].lstrip().startswith("|"))


def _ending(folded: str) -> frozenset[str]:
    """ "---- On …, X wrote ----" ends as surely as with a colon."""
    return frozenset({"colon"}) if folded.rstrip().endswith("--") else frozenset()


def _introduces(cues: frozenset[str], joined: str, *, followed: bool) -> bool:
    if "?" in joined or ("personal" in cues and "email" not in cues):
        return False
    named, dated, timed = "email" in cues, "date" in cues, "time" in cues
    if "verb" in cues and "colon" in cues:
        return named or followed or (dated and (timed or "opener" in cues))
    if "verb" in cues:
        return dated and (timed or named) and "opener" in cues
    if "colon" in cues:
        return (named and dated) or (followed and (named or (dated and timed)))
    return followed and named and dated


@cache
def _inside() -> Any:
    """History that begins in the middle of a line, since HTML was stripped to one: its first group is the text before it,
    the second one an attribution."""
    verbs, openers = "|".join(lists("line", "verb")), "|".join(lists("line", "opener"))
    fields = {role: "|".join(lists("line", role)) for role in FIELDS}
    day = r"(?:[a-z]{2,10}\.?,? ){0,2}(?:the |le )?\d{1,4}(?:st|nd|rd|th|er)?[ ./,-]"
    said = rf"(?:{openers}),? {day}.{{5,200}}?(?:{verbs})[^:.!?]{{0,80}}:"
    block = (
        rf"(?:{fields['from']}) ?: ?[^:]{{2,160}} (?:{fields['sent']}) ?: ?.{{4,120}}? (?:{fields['to']}|{fields['subject']}) ?:"
    )
    banner = rf"-{{3,}} ?(?:{'|'.join(lists('line', 'banner'))}) ?-{{3,}}"
    return compiled(rf"^(.*?[\s.!?,;:)>\"'*-])(?:({said})|{block}|{banner})")


def history_inside(page: Page, i: int) -> int:
    """Where in line `i` an attribution or a header block begins in mid-line; 0: nowhere."""
    line = page.lines[i][:MAX_LINE]
    if len(line) < 40 or (line.count(":") < 2 and "verb" not in page.cues(i) and "---" not in line):
        return 0
    _, at = _begun(fold_same(line))
    return at if line[:at].strip() else 0


def _begun(folded: str) -> tuple[int, int]:
    """(where history seems to begin in a line, behind a blank or a mark; where it does), 0: nowhere."""
    found = _inside().search(folded)
    if found is None:
        return 0, 0
    return found.end(1), _last_date(folded[: found.end()], found.end(1)) if found[2] else found.end(1)


def _last_date(folded: str, first: int) -> int:
    """Where an attribution begins whose verb ends this text: "Come back on 1 May, please. On Mon, 2 Mar at 9, X wrote:" holds several
    dates, and the second one several openers.
    """
    begun = at = first
    for _ in range(STEPS):
        found = _inside().search(folded[at:])
        if found is None:
            break
        at += found.end(1)
        hour = folded[at : at + 3] == "am " and folded[:at].rstrip()[-1:].isdigit()  # "9:14 AM", not a German "am"
        begun = at if _begins().match(folded[at:]) and not hour else begun
    return begun


@cache
def _begins() -> Any:
    """An opener that is no part of a date itself, as a weekday, a month or « à » before the hour are."""
    return compiled(r"^(?:on|le|am|el|il|op|em|den|in a message|in your message)[ ,]")
