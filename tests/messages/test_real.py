"""The reader against real mail that nobody here wrote (tests/data/real): the measured ratios, with a small margin."""

from __future__ import annotations

from nurture.messages import Kind
from nurture.training.real import BOUNCES, NO_FAILURE, bounce_rates, passes_loosely, reports, rows, share

REPORTS = reports()
RATES = bounce_rates(REPORTS)


def test_new_words_of_real_replies() -> None:
    """At least 94 in a hundred replies in 17 languages keep their words and lose the quoted ones."""
    assert share([passes_loosely(case) for case in rows("replies.jsonl")]) >= 0.94


def test_failures_are_recognised() -> None:
    """At least 98 in a hundred delivery failures are read as bounces."""
    assert RATES["recall"] >= 0.98


def test_dead_addresses_are_called_dead() -> None:
    """At least 95 in a hundred reports on dead addresses are hard."""
    assert RATES["dead called dead"] >= 0.95


def test_living_addresses_are_not_called_dead() -> None:
    """At most 5 in a hundred reports on full, slow or picky mailboxes are taken for a death."""
    assert RATES["living called dead"] <= 0.05


def test_what_is_no_failure_is_none() -> None:
    """An absence, an abuse report and a report of success are what they are."""
    wanted = {"vacation": {Kind.OUT_OF_OFFICE}, "feedback": {Kind.BULK}, "delivered": {Kind.ACKNOWLEDGEMENT, Kind.BULK}}
    single = [r for r in REPORTS if len(r.reasons) == 1 and r.reasons <= NO_FAILURE]
    wrong = [(r.reasons, r.message.kind) for r in single if r.message.kind not in wanted[min(r.reasons)]]

    assert wrong == []


def test_a_failure_names_who_failed() -> None:
    """Nearly every failure names an address, and only checked ones."""
    failures = [r.message for r in REPORTS if not r.reasons & NO_FAILURE and r.message.kind in BOUNCES]
    failed = [message.notice.failed for message in failures]

    assert sum(bool(f) for f in failed) / len(failed) >= 0.9
    assert all("@" in address and address == address.lower() for f in failed for address in f)
