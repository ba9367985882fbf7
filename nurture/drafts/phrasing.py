"""Phrases that break a rule, as data: `phrases/<lang>.toml`, RE2 patterns on folded text, in linear time.

A row names its `rule`; `unless` lists what excuses the sentence that holds the phrase; `capitals`: only where it is written so. Some rows matter in their circumstances
only, which the rule knows: `until` ("revealed", "prospect"), `asks` (how much it asks), `asks_for` ("result", "measure"), `offers`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import re2

from nurture.drafts.draft import Remark, Severity
from nurture.drafts.page import Page

MOST = 20  # places of one row that are looked at: a text with more of them is refused by the first
FIELDS = ("until", "asks", "asks_for")


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One kind of phrase: when it counts, and what is said of it."""

    rule: str
    severity: Severity
    says: str
    pattern: re2._Regexp
    unless: re2._Regexp | None = None
    question: bool = False  # only in a sentence that asks
    capitals: bool = False  # only where it is written in capitals
    until: str = ""
    asks: str = ""
    asks_for: str = ""
    offers: bool = False


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A phrase in a text."""

    phrase: Phrase
    span: tuple[int, int]
    words: str

    def remark(self) -> Remark:
        """What the owner is told: the reason, and the words themselves."""
        return Remark(
            rule=self.phrase.rule, severity=self.phrase.severity, says=f"{self.phrase.says}: {self.words!r}", span=self.span
        )


def hits(page: Page, rule: str) -> Iterator[Hit]:
    """Where our own words hold a phrase of this rule, the first place of each row."""
    for phrase in known_phrases(page.capsule.lang):
        if phrase.rule == rule and (found := _first(page, phrase)):
            yield Hit(phrase=phrase, span=found, words=page.text.said[slice(*found)])


def _first(page: Page, phrase: Phrase) -> tuple[int, int] | None:
    for found in islice(phrase.pattern.finditer(page.folded), MOST):
        sentence = page.sentence(*found.span()) if phrase.unless or phrase.question else ""
        start, end = found.span()
        excused = phrase.unless is not None and phrase.unless.search(sentence)
        lower = phrase.capitals and not page.words_only[start:end].isupper()
        if not (excused or lower) and (not phrase.question or sentence.endswith("?")):
            return start, end
    return None


@lru_cache(maxsize=8)
def known_phrases(lang: str) -> tuple[Phrase, ...]:
    """The phrases of a language; a language without a file has none."""
    path = Path(__file__).parent / "phrases" / f"{lang}.toml"
    if not path.exists():
        return ()
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_phrase(row, source.get("parts", {})) for row in source["phrase"])


def _phrase(row: dict[str, Any], parts: dict[str, str]) -> Phrase:
    return Phrase(
        rule=row["rule"], severity=Severity(row.get("severity", "error")), says=row["says"], pattern=_compiled(row["patterns"], parts),
        unless=_compiled(row["unless"], parts) if "unless" in row else None, question=row.get("question", False),
        capitals=row.get("capitals", False), offers=row.get("offers", False), **{name: row.get(name, "") for name in FIELDS},
    )  # fmt: skip


def _compiled(patterns: list[str], parts: dict[str, str]) -> re2._Regexp:
    """One pattern of many; `{name}` stands for a part that several of them share."""
    joined = "|".join(f"(?:{p})" for p in patterns)
    for name, part in parts.items():
        joined = joined.replace(f"{{{name}}}", f"(?:{part})")
    return re2.compile(joined)
