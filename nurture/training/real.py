"""Measures on real mail that nobody here wrote (tests/data/real, with its licences): new words of replies, bounces and what they mean."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nurture.messages import Kind, Message, new_words, parse

REAL = Path(__file__).parents[2] / "tests" / "data" / "real"
BOUNCES = frozenset({Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT})
NO_FAILURE = frozenset({"vacation", "feedback", "delivered"})
LOST, FOREIGN = 0.02, 0.05  # of the words, in a loose pass


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report of a mail system: the reasons that are true of it, whether its addresses are dead, and what was read."""

    reasons: frozenset[str]
    dead: frozenset[bool]
    message: Message


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of one of the files."""
    return [json.loads(line) for line in (REAL / name).read_text(encoding="utf-8").splitlines()]


def passes_loosely(case: Mapping[str, Any]) -> bool:
    """At most 2 % of the expected words lost and at most 5 % foreign words left; or every `must` and no `must_not`."""
    got = new_words(case["text"])[0]
    if case["reply"] is None:
        flat = " ".join(got.split())
        there = [" ".join(s.split()) in flat for s in case["must"] or ()]
        return all(there) and not any(" ".join(s.split()) in flat for s in case["must_not"] or ())
    want, have = Counter(case["reply"].split()), Counter(got.split())
    lost, left = (want - have).total() / max(1, want.total()), (have - want).total() / max(1, have.total())
    return lost <= LOST and left <= FOREIGN


def reports() -> list[Report]:
    """Every report whose truth is stated."""
    return [
        Report(
            reasons=frozenset(t["reason"] for t in row["truth"]),
            dead=frozenset(t["hard"] for t in row["truth"]),
            message=parse((REAL / row["file"]).read_bytes()),
        )
        for row in rows("bounces.jsonl")
        if row["truth"]
    ]


def share(found: Sequence[bool]) -> float:
    """How many of them hold, 0..1."""
    return sum(found) / len(found)


def bounce_rates(found: Sequence[Report]) -> dict[str, float]:
    """Failures recognised; dead addresses called dead; living ones called dead."""
    failures = [r for r in found if not r.reasons & NO_FAILURE]
    return {
        "recall": share([r.message.kind in BOUNCES for r in failures]),
        "dead called dead": share([r.message.kind is Kind.BOUNCE_HARD for r in failures if r.dead == {True}]),
        "living called dead": share([r.message.kind is Kind.BOUNCE_HARD for r in failures if r.dead == {False}]),
    }
