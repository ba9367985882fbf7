"""The reader against real mail that nobody here wrote (tests/data/real): the measured ratios, with a small margin."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from nurture.messages import Kind, Message, new_words, parse

REAL = Path(__file__).parents[1] / "data" / "real"
BOUNCES = frozenset({Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT})
NO_FAILURE = frozenset({"vacation", "feedback", "delivered"})


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (REAL / name).read_text(encoding="utf-8").splitlines()]


def passes_loosely(case: dict[str, Any]) -> bool:
    """At most 2 % of the expected words lost and at most 5 % foreign words left; or every `must` and no `must_not`."""
    got = new_words(case["text"])[0]
    if case["reply"] is None:
        flat = " ".join(got.split())
        there = [" ".join(s.split()) in flat for s in case["must"] or ()]
        return all(there) and not any(" ".join(s.split()) in flat for s in case["must_not"] or ())
    want, have = Counter(case["reply"].split()), Counter(got.split())
    lost, left = (want - have).total() / max(1, want.total()), (have - want).total() / max(1, have.total())
    return lost <= 0.02 and left <= 0.05


def test_new_words_of_real_replies() -> None:
    """At least 94 in a hundred replies in 17 languages keep their words and lose the quoted ones."""
    cases = rows("replies.jsonl")
    passed = sum(passes_loosely(case) for case in cases)

    assert passed / len(cases) >= 0.94, f"{passed} of {len(cases)}"


def reports() -> list[tuple[set[str], set[bool], Message]]:
    """Of every report whose truth is stated: the reasons, whether addresses are dead, what was read."""
    found = []
    for row in rows("bounces.jsonl"):
        if row["truth"]:
            truth = row["truth"]
            message = parse((REAL / row["file"]).read_bytes())
            found.append(({t["reason"] for t in truth}, {t["hard"] for t in truth}, message))
    return found


REPORTS = reports()


def test_failures_are_recognised() -> None:
    """At least 98 in a hundred delivery failures are read as bounces."""
    kinds = [message.kind for reasons, _, message in REPORTS if not reasons & NO_FAILURE]

    assert sum(kind in BOUNCES for kind in kinds) / len(kinds) >= 0.98


def test_dead_addresses_are_called_dead() -> None:
    """At least 95 in a hundred reports on dead addresses are hard."""
    kinds = [message.kind for reasons, dead, message in REPORTS if not reasons & NO_FAILURE and dead == {True}]

    assert sum(kind is Kind.BOUNCE_HARD for kind in kinds) / len(kinds) >= 0.95


def test_living_addresses_are_not_called_dead() -> None:
    """At most 5 in a hundred reports on full, slow or picky mailboxes are taken for a death."""
    kinds = [message.kind for reasons, dead, message in REPORTS if not reasons & NO_FAILURE and dead == {False}]

    assert sum(kind is Kind.BOUNCE_HARD for kind in kinds) / len(kinds) <= 0.05


def test_what_is_no_failure_is_none() -> None:
    """An absence, an abuse report and a report of success are what they are."""
    wanted = {"vacation": {Kind.OUT_OF_OFFICE}, "feedback": {Kind.BULK}, "delivered": {Kind.ACKNOWLEDGEMENT, Kind.BULK}}
    wrong = [(r, m.kind) for r, _, m in REPORTS if len(r) == 1 and r <= NO_FAILURE and m.kind not in wanted[min(r)]]

    assert wrong == []


def test_a_failure_names_who_failed() -> None:
    """Nearly every failure names an address, and only checked ones."""
    failed = [message.notice.failed for reasons, _, message in REPORTS if not reasons & NO_FAILURE and message.kind in BOUNCES]

    assert sum(bool(f) for f in failed) / len(failed) >= 0.9
    assert all("@" in address and address == address.lower() for f in failed for address in f)
