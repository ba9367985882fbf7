"""What of a mail is history: quotes with marks, attributions with what follows them, header blocks, banners, our own words.

Everything goes line by line, in linear time. Where it is not certain that a line is somebody else's, it stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nurture.messages.attribution import attribution, history_inside
from nurture.messages.cues import FIELDS
from nurture.messages.ours import OurWords
from nurture.messages.page import Page
from nurture.messages.words import plain_words

BLOCK = 14  # lines a header block may take
OURS_SHARE = 0.8  # of a line's words that stand in our own mails make the line ours
OURS_WORDS = 8  # in a row, before anything is taken for a quote that no mark shows
_HEADS = frozenset(FIELDS) - {"other", "cc"}
_TICKET = re.compile(r"\b(?:ticket|demande|request|requete|case|dossier|incident|enquiry|inquiry)\b.{0,20}\d{3}")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """The lines that are not history, by number; whether any were; whether it is uncertain."""

    lines: tuple[int, ...]
    cut: bool = False
    unsure: bool = False


@dataclass
class _Reading:
    """How far a page has been read: what was kept, and what the last attribution says of the lines below it."""

    page: Page
    kept: list[int] = field(default_factory=list)
    cut: bool = False
    unsure: bool = False
    piped: bool = False  # lines that begin with a bar are quoted

    @property
    def said(self) -> bool:
        return any(not self.page.blank(i) for i in self.kept)


def without_history(page: Page, ours: OurWords) -> Cut:
    """The lines that the author wrote (and signed) in this mail. A line in which history begins is shortened in the page."""
    reading = _Reading(page, unsure=page.torn)
    i = _below_helpdesk_head(page)
    while 0 <= i < len(page):
        i = _read_line(reading, i)
    return Cut(lines=tuple(_without_ours(page, reading.kept, ours)), cut=reading.cut, unsure=reading.unsure)


def _read_line(reading: _Reading, i: int) -> int:
    """Keep line `i` or not; where to read on, -1: nowhere."""
    page = reading.page
    if page.quoted(i) or (reading.piped and page.lines[i].lstrip().startswith("|")):
        reading.cut = True
    elif page.blank(i):
        reading.kept.append(i)
    elif span := _history_begins(page, i):
        return _from_history(reading, i + span)
    elif span := attribution(page, i):
        follows = page.after(i + span)
        reading.piped = follows is not None and page.lines[follows].lstrip().startswith("|")
        if follows is None or reading.piped or page.quoted(follows):
            reading.cut = True
            return i + span
        return _from_history(reading, i + span)
    elif place := history_inside(page, i):
        page.shorten(i, place)
        reading.kept.append(i)
        reading.cut = True
        return -1
    elif not _is_wrapped_rest(page, i) and "above" not in page.cues(i):
        reading.kept.append(i)
    return i + 1


def _from_history(reading: _Reading, below: int) -> int:
    """All that follows is history; but where nothing stands above it, nobody can tell what is new, and it is read on."""
    reading.cut = True
    if reading.said:
        return -1
    reading.unsure = True
    return below


def _below_helpdesk_head(page: Page) -> int:
    """A help desk's mail begins with a marker, then with paragraphs of its own ("Your request #4417 …", a name with a moment)."""
    first = page.after(0)
    if first is None or "above" not in page.cues(first):
        return 0
    start = first + 1
    while (here := page.after(start)) is not None:
        end = next((j for j in range(here, min(len(page), here + 5)) if page.blank(j)), here)
        stamped = {"date", "time"} <= page.cues(end - 1) and "spoken" not in page.end_cues(end - 1)
        if end == here or not (stamped or _TICKET.search(page.folded[here][:200])):
            break
        start = end
    return start


def _history_begins(page: Page, i: int) -> int:
    """How many lines introduce what is all history below: a banner, a header block, either below a rule; 0: none."""
    if page.ruled(i):
        after = page.after(i + 1)
        span = 0 if after is None or page.ruled(after) else _history_begins(page, after)
        return after - i + span if after is not None and span else 0
    if _is_banner(page, i):
        after = page.after(i + 1)
        return (after - i + header_block(page, after)) if after is not None else 1
    return header_block(page, i)


def _is_banner(page: Page, i: int) -> bool:
    if "banner" in page.cues(i):
        return True
    line = page.lines[i].strip()
    if not (line.startswith("--") and line.endswith("--") and 6 < len(line) < 90):
        return False
    after = page.after(i + 1, within=3)
    return after is not None and bool(page.cues(after) & _HEADS)


def header_block(page: Page, i: int) -> int:
    """How many lines the head of a quoted mail takes, as Outlook and others print it: From, Sent, To, Subject in any language and order."""
    if not page.cues(i) & _HEADS:
        return 0
    roles: set[str] = set()
    proof, strange, last = False, 0, i
    for j in range(i, min(len(page), i + BLOCK)):
        if page.blank(j):
            continue
        cues = page.cues(j)
        if cues & {*_HEADS, "cc", "other"}:
            last = j
        elif (strange := strange + 1) > 2:
            break
        roles |= cues & _HEADS
        proof |= bool(cues & {"email", "date", "time"} and cues & _HEADS)
    if "from" not in roles or not proof or len(roles) < 3:
        return 0
    end = next((j for j in range(last, min(len(page), last + 4)) if page.blank(j)), last + 1)
    return end - i


def _is_wrapped_rest(page: Page, i: int) -> bool:
    """The tail of a quoted line that was wrapped after it was marked: short, in the middle of a quote, going on in lower case."""
    if not 0 < i < len(page) - 1 or not (page.quoted(i - 1) and page.quoted(i + 1)):
        return False
    above, line = page.lines[i - 1].rstrip(), page.lines[i].strip()
    return len(above) >= 60 and len(line) <= 70 and line[:1].islower() and above[-1] not in ".?!:;"


def _without_ours(page: Page, kept: list[int], ours: OurWords) -> list[int]:
    """Without runs of lines that stand in our own earlier mails."""
    if not ours.runs:
        return kept
    words = [plain_words(page.lines[i]) for i in kept]
    said = iter(ours.said([w for line in words for w in line]))
    hits = [sum(next(said) for _ in line) for line in words]
    gone: set[int] = set()
    run: list[int] = []
    for n in range(len(kept) + 1):
        if n < len(kept) and hits[n] >= OURS_SHARE * len(words[n]):
            run.append(n)
            continue
        if sum(hits[k] for k in run) >= OURS_WORDS:
            gone.update(run)
        run = []
    return [i for n, i in enumerate(kept) if n not in gone]
