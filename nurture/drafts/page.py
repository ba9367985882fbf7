"""What lint reads: a rendered text and its reader; and how a rule says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from nurture.drafts.confidential import NOBODY, Others
from nurture.drafts.draft import Capsule, Remark, Severity, Text
from nurture.messages import fold_same
from nurture.stages import Stage, Verdict

QUOTE = re.compile(r"«[^«»]{0,400}»|“[^“”]{0,400}”")
_THEIRS_OR_SLOT = re.compile(rf"{QUOTE.pattern}|⟦[^⟦⟧]{{0,300}}⟧")
_EARLY = frozenset({Stage.STRANGER, Stage.CONTACT})
_STOPS = ".!?\n"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom a text is: what the rules need to know about them, and of `others`. `key` is that of the sentence hashes."""

    capsule: Capsule
    verdict: Verdict
    to: str  # addr-spec
    own: frozenset[str] = frozenset()  # the owner's addresses
    key: bytes = b""
    challenged: bool = False  # this conversation has had its one contradiction
    others: Others = NOBODY

    @property
    def early(self) -> bool:
        """They have revealed nothing yet: the beginning is fragile."""
        return not self.verdict.revealed and self.verdict.stage is not Stage.CLIENT

    @property
    def before_prospect(self) -> bool:
        """Too early for a word against what they believe."""
        return self.early or self.verdict.stage in _EARLY


@dataclass(frozen=True, kw_only=True)
class Page:
    """A text and its reader."""

    text: Text
    reader: Reader

    @property
    def capsule(self) -> Capsule:
        return self.reader.capsule

    @cached_property
    def words_only(self) -> str:
        """The text without what it quotes of them and without slots: our own words."""
        return _THEIRS_OR_SLOT.sub(lambda m: " " * len(m[0]), self.text.said)

    @cached_property
    def folded(self) -> str:
        """Our own words as phrases are written, letter for letter, so that places in it are places in the text."""
        return fold_same(self.words_only)

    def sentence(self, start: int, end: int) -> str:
        """The folded sentence around a place, with the mark that ends it."""
        first = max(self.folded.rfind(stop, 0, start) for stop in _STOPS) + 1
        ends = [at for stop in _STOPS if (at := self.folded.find(stop, end)) >= 0]
        return self.folded[first : min(ends, default=len(self.folded)) + 1].strip()


Rule = Callable[[Page], Iterator[Remark]]


def error(rule: str, says: str, span: tuple[int, int] = (0, 0)) -> Remark:
    """No draft."""
    return Remark(rule=rule, severity=Severity.ERROR, says=says, span=span)


def warning(rule: str, says: str, span: tuple[int, int] = (0, 0)) -> Remark:
    """For the owner to look at."""
    return Remark(rule=rule, severity=Severity.WARNING, says=says, span=span)
