"""The clauses of a sentence: « je n'ai pas encore lu votre mail, je vous réponds lundi » are two, and only one of them denies something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nurture.stages.lexicon import Lexicon

QUOTED = re.compile(r'"[^"\n]{1,400}"')  # in folded text: the words of others
MOST = 40  # clauses of a sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """Where a clause stands in the folded sentence, the words that join it to the one in front, and the topics of the rules that fire on it."""

    text: str
    at: int
    joint: str = ""
    hard: bool = True  # nothing in front of it bears on it
    topics: frozenset[str] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()  # (topic, rule)

    @property
    def end(self) -> int:
        return self.at + len(self.text)

    def says(self, *topics: str) -> bool:
        return not self.topics.isdisjoint(topics)


def clauses(folded: str, lexicon: Lexicon) -> tuple[Clause, ...]:
    """In their order; what stands between quotation marks is blank. The whole sentence where the language knows no borders."""
    text = QUOTED.sub(lambda found: " " * len(found[0]), folded)
    hard, soft = lexicon.border("hard"), lexicon.border("soft")
    found: list[Clause] = []
    at, joint, is_hard = 0, "", True
    for start, end, border in _borders(text, hard, soft) if hard and soft else ():
        if text[at:start].strip():
            found.append(_clause(text, at, start, joint, is_hard, lexicon))
            joint, is_hard = text[start:end], border
        at = end
    if text[at:].strip():
        found.append(_clause(text, at, len(text), joint, is_hard, lexicon))
    return tuple(found)


def _borders(text: str, hard: Any, soft: Any) -> list[tuple[int, int, bool]]:
    """(start, end, whether it is hard) of the first so many borders, those that stand in others left out."""
    both = [(m.start(), m.end(), True) for m in hard.finditer(text)]
    both += [(m.start(), m.end(), False) for m in soft.finditer(text)]
    out: list[tuple[int, int, bool]] = []
    for start, end, border in sorted(both, key=lambda b: (b[0], -b[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end, border))
        elif border and not out[-1][2]:  # « , mais »
            out[-1] = (out[-1][0], max(end, out[-1][1]), True)
    return out[:MOST]


def _clause(text: str, at: int, end: int, joint: str, hard: bool, lexicon: Lexicon) -> Clause:
    piece = text[at:end]
    stripped = piece.strip()
    hits = lexicon.hits(stripped)
    return Clause(
        text=stripped, at=at + len(piece) - len(piece.lstrip()), joint=joint, hard=hard,
        topics=frozenset(hit.topic for hit in hits), names=frozenset((hit.topic, hit.name) for hit in hits),
    )  # fmt: skip
