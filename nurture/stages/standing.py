"""Where a conversation stands while it is read: what its messages have proven so far, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from nurture.conversations import THEIR_SIDE, Entry
from nurture.messages import Kind
from nurture.stages.verdict import Evidence, Finding, Reading, Signal, Turn

OWN_AUTOMATIC = frozenset(
    {Kind.OUT_OF_OFFICE, Kind.ACKNOWLEDGEMENT, Kind.BULK, Kind.LEFT, Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.CHALLENGE}
)
NOTHING_SAID = Reading(reader=0)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Everything that stage and turn are read off. None: not proven."""

    met: Evidence | None = None  # a human of theirs wrote
    known: Mapping[Signal, Evidence] = field(default_factory=lambda: MappingProxyType({}))  # what they said, where first
    revealed: Evidence | None = None
    offer: Evidence | None = None  # ours, in their hands
    accepted: Evidence | None = None
    declined: Evidence | None = None
    opted_out: Evidence | None = None
    dead: Evidence | None = None
    dead_addresses: frozenset[str] = frozenset()
    written_to: frozenset[str] = frozenset()  # by us, so far
    last_to: frozenset[str] = frozenset()
    turn: Turn = Turn.OURS
    turn_rule: str = "nothing-written"
    turn_evidence: Evidence = Evidence()
    deferred_until: date | None = None
    deferred: Evidence | None = None
    absent_until: date | None = None
    absent: Evidence | None = None
    unsure: tuple[Finding, ...] = ()


def is_our_mail(entry: Entry) -> bool:
    """A letter or invitation of ours; what the owner's mailbox says by itself is none."""
    return entry.ours and entry.kind not in OWN_AUTOMATIC


def is_their_word(entry: Entry) -> bool:
    """Somebody on their side wrote it by hand."""
    return entry.by in THEIR_SIDE and entry.kind is Kind.HUMAN


def evidence(entry: Entry, finding: Finding | None = None) -> Evidence:
    """Where a message stands, with what it says."""
    return Evidence(quote=finding.quote if finding else entry.notice_quote, entry=entry.key, message_id=entry.message_id)


def strongest(reading: Reading, *signals: Signal) -> Finding | None:
    """The surest finding of these signals; of any, where none is named."""
    found = [f for f in reading.findings if not signals or f.signal in signals]
    return max(found, key=lambda f: f.confidence, default=None)
