"""What a run would do and why: the values between judging and writing. Printable, countable, refusable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from nurture.conversations import Conversation, Entry
from nurture.followups.outside import NOTHING_OUTSIDE, Outside
from nurture.stages import Evidence, Reading, Verdict


class Lane(StrEnum):
    """`ANSWERS`: their message calls for one. `FOLLOWUPS`: silence."""

    ANSWERS = "answers"
    FOLLOWUPS = "followups"


class Action(StrEnum):
    """What the plan says about one person."""

    DRAFT = "draft"
    WAIT = "wait"  # due on a later day
    HOLD = "hold"  # something stands in the way for now
    STOP = "stop"  # nothing more until the owner says so or they write
    REST = "rest"  # the course has run; left in peace
    SHEET = "sheet"  # the owner must look


class DraftState(StrEnum):
    """What became of a draft of ours. The ledger's states, in the order of a draft's life."""

    INTENDED = "intended"  # committed before APPEND; whether it exists is unknown until looked up
    OPEN = "open"  # in Drafts, untouched as far as we know
    EDITED = "edited"  # a human changed it: theirs for ever
    MISSING = "missing"  # gone, and nothing proves why: its person is left alone
    SENT = "sent"  # found in Sent by its identity (Message-ID or token)
    DELETED = "deleted"  # found in Trash, or told by the owner: a lasting no to that step
    WITHDRAWN = "withdrawn"  # we moved it to Trash, proven untouched
    CLOSED = "closed"  # the owner wrote by hand instead
    FAILED = "failed"  # never reached the mailbox, proven by look-up; the occasion is free again


OPEN_STATES = frozenset({DraftState.INTENDED, DraftState.OPEN, DraftState.EDITED, DraftState.MISSING})


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """What a draft is for. `text` is stable across databases: it holds addresses and Message-IDs, never row ids."""

    person: str  # the person's first address
    lane: Lane
    anchor: str  # Message-ID (or header digest) of the message answered or followed up
    step: str  # "sequence/step", or "sequence/answer:signal"

    @property
    def text(self) -> str:
        return "|".join((self.person, self.lane, self.anchor, self.step))


def anchor_id(entry: Entry) -> str:
    """How an occasion names a message."""
    return entry.message_id or f"key:{entry.key}"


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """One draft of ours, past or present, as the planner sees it."""

    occasion: Occasion
    state: DraftState
    created: datetime  # intended at
    closed: datetime | None = None  # when it left OPEN_STATES
    sequence: str = ""
    revision: int = 0
    step: str = ""  # the step's or answer's own name
    template: str = ""
    variant: str = ""
    challenged: bool = False  # it contradicted a belief of theirs


@dataclass(frozen=True, kw_only=True)
class OwnersWord:
    """What the owner said about one person; counts more than anything detected."""

    followed: bool = True
    stopped: bool = False  # `nurture stop`, or a suppression entry for the address or its domain
    excluded: str = ""  # the entry of `exclude` in the configuration that covers one of their addresses
    paused_until: date | None = None
    settled: str | None = None  # "silent" or "answered" …
    settled_at: datetime | None = None  # … said at this moment about everything that was known then:
    settled_upto: int | None = None  # the largest Entry.key of then; None: everything dated before that moment
    reopened_at: datetime | None = None  # opt-outs and refusals that were known at this moment no longer count
    reopened_upto: int | None = None  # the largest Entry.key of then

    def settles(self, entry: Entry) -> bool:
        """Whether the owner had it before them when they said "silent" or "answered". Dates do not tell: mail comes late."""
        return self.settled is not None and _was_known(entry, self.settled_at, self.settled_upto)

    def reopens(self, entry: Entry) -> bool:
        """Whether it was known when the owner reopened the conversation."""
        return _was_known(entry, self.reopened_at, self.reopened_upto)


def _was_known(entry: Entry, at: datetime | None, upto: int | None) -> bool:
    if at is None:
        return False
    return entry.key <= upto if upto is not None else entry.sent <= at


@dataclass(frozen=True, kw_only=True)
class Colleagues:
    """What goes on with other people of the same company (P7: counts and days only, no names)."""

    open_draft_since: date | None = None
    live_since: date | None = None  # the last human message from a colleague in another followed conversation


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything the plan may know about one person. Built by the store, or by hand in tests."""

    conversation: Conversation
    readings: dict[int, Reading] = field(default_factory=dict)  # Entry.key -> Reading; absent: never read (old mail)
    verdict: Verdict | None = None  # after the last entry; None: nothing to judge
    ledger: tuple[LedgerRow, ...] = ()  # oldest first
    word: OwnersWord = OwnersWord()
    outside: Outside = NOTHING_OUTSIDE  # what the owner told that no mail says
    detected: Verdict | None = None  # what the mail alone says, where the owner's word has moved the verdict
    colleagues: Colleagues = Colleagues()
    owners_draft: bool = False  # a draft that is not ours lies in Drafts for this person
    pinned: tuple[tuple[str, int], ...] = ()  # (sequence, revision) that this conversation started with
    proven_complete: bool = True  # every account was read in this run


@dataclass(frozen=True, kw_only=True)
class Item:
    """One decision: what happens with one person, and why.

    `why` is one sentence for the owner, in English, with absolute dates; `rule` its stable name.
    `look_again` is the day on which this decision could change by time alone (None: only by an event).
    """

    person: int  # Person.key
    address: str  # to whom a draft would go, else the person's first address
    action: Action
    rule: str
    why: str
    lane: Lane | None = None
    evidence: Evidence = Evidence()
    due: date | None = None
    look_again: date | None = None
    sequence: str = ""
    revision: int = 0
    step: str = ""
    template: str = ""
    anchor: int | None = None  # Entry.key of the message answered or followed up
    occasion: Occasion | None = None  # set when action is DRAFT
    signal: str = ""  # the signal answered
    scope: str = ""  # of a feature request: "outside", "near", "inside", "agreed" (their yes to a supposition), or "": not known
    question: str = ""  # what the owner is asked beside it: a sentence with the command that answers


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run would do, person by person, caps applied. Ordered: drafts first (answers, then follow-ups, oldest due first)."""

    items: tuple[Item, ...] = ()

    @property
    def drafts(self) -> tuple[Item, ...]:
        return tuple(i for i in self.items if i.action is Action.DRAFT)
