"""A text as lines, each beside its folded form; what a line could be is looked up when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nurture.messages.cues import end_cues, line_cues
from nurture.messages.words import fold

MAX_LINE = 2_000  # characters of a line that are looked at
MAX_CUES = 45_000  # characters of a text for which lines are looked up; beyond, a line is just a line
HEAD, TAIL = 6_000, 1_500  # lines of a very long text that are read
EACH = 25  # characters that a look costs beside the line's own
NOTHING: frozenset[str] = frozenset()
_QUOTED = re.compile(r"\s{0,3}(?:>|[A-Z]{1,3}>(?:\s|$))")  # "> ", and "AB> " with the initials of who is quoted
_GAPS = re.compile(r"\n[ \t]*\n\s*\n")
_RULE = re.compile(r"[\s\W_]*")


class Page:
    """The lines of a text, numbered from 0; `torn` if it has too many, and those in the middle are left out."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.torn = len(self.lines) > HEAD + TAIL
        if self.torn:
            self.lines = self.lines[:HEAD] + self.lines[-TAIL:]
            text = "\n".join(self.lines)
        self.folded = fold(text).split("\n")
        self._cues: dict[int, frozenset[str]] = {}
        self._ends: dict[int, frozenset[str]] = {}
        self._budget = MAX_CUES

    def __len__(self) -> int:
        return len(self.lines)

    def shorten(self, i: int, end: int) -> None:
        """Let line `i` end at a place."""
        self.lines[i] = self.lines[i][:end].rstrip()
        self.folded[i] = fold(self.lines[i])
        self._cues.pop(i, None)
        self._ends.pop(i, None)

    def text(self, lines: Iterable[int]) -> str:
        """Some of its lines, joined, without white space at the ends and more than one blank line at a time."""
        return _GAPS.sub("\n\n", "\n".join([self.lines[i] for i in lines])).strip()

    def cues(self, i: int) -> frozenset[str]:
        """What line `i` could be (`cues.line_cues`); nothing, once the budget is spent."""
        if (known := self._cues.get(i)) is None:
            known = self._cues[i] = self.look(self.folded[i])
        return known

    def end_cues(self, i: int) -> frozenset[str]:
        """What line `i` could be in a signature, beside what `cues` tells (`cues.end_cues`)."""
        if (known := self._ends.get(i)) is None:
            folded = self.folded[i][:MAX_LINE]
            known = self._ends[i] = self.cues(i) | (end_cues(folded) if folded and self._budget > 0 else NOTHING)
        return known

    def look(self, folded: str) -> frozenset[str]:
        """What a text of one line could be, as long as the budget lasts."""
        if self._budget <= 0 or not folded:
            return NOTHING
        self._budget -= min(len(folded), MAX_LINE) + EACH
        return line_cues(folded[:MAX_LINE])

    def blank(self, i: int) -> bool:
        """Whether nothing stands in the line."""
        return not self.lines[i].strip()

    def quoted(self, i: int) -> bool:
        """Whether the line carries the mark of a quote."""
        return _QUOTED.match(self.lines[i]) is not None

    def ruled(self, i: int) -> bool:
        """Whether the line holds nothing but dashes, stars and the like."""
        line = self.lines[i]
        return bool(line.strip()) and _RULE.fullmatch(line[:MAX_LINE]) is not None and line.isascii()

    def after(self, i: int, within: int = 6) -> int | None:
        """The first line from `i` on in which something stands, if it is near."""
        return next((j for j in range(i, min(len(self), i + within)) if not self.blank(j)), None)
