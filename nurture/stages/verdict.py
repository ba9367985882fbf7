"""What messages say and where a conversation stands: the values that this room hands on.

`Reading` is one message's (kept in the store without its text); `Verdict` one conversation's at one moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Signal(StrEnum):
    """What a human message says (docs/labels.md is the law)."""

    INTEREST = "interest"
    NEED = "need"
    RESULT = "result"
    MEASURE = "measure"
    HOW_QUESTION = "how_question"
    HOW_DICTATED = "how_dictated"
    PRICE_QUESTION = "price_question"
    PRICE_CHALLENGE = "price_challenge"
    FEATURE_REQUEST = "feature_request"
    OBJECTION_BUDGET = "objection_budget"
    OBJECTION_TIMING = "objection_timing"
    OBJECTION_AUTHORITY = "objection_authority"
    OBJECTION_INCUMBENT = "objection_incumbent"
    OBJECTION_TRUST = "objection_trust"
    DEFERRAL = "deferral"
    MEETING = "meeting"
    INFO_REQUEST = "info_request"
    PROPOSAL_REQUEST = "proposal_request"
    ACCEPTANCE = "acceptance"
    DECLINE = "decline"
    OPT_OUT = "opt_out"
    REFERRAL = "referral"
    THANKS = "thanks"
    PROPOSAL_SENT = "proposal_sent"  # our own messages only


class Stage(StrEnum):
    """How far the relationship has come."""

    STRANGER = "stranger"
    CONTACT = "contact"
    PROSPECT = "prospect"
    QUALIFIED = "qualified"
    PROPOSAL = "proposal"
    CLIENT = "client"
    DECLINED = "declined"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"


class Turn(StrEnum):
    """Whose move it is."""

    THEIRS = "theirs"
    OURS = "ours"
    NOBODY = "nobody"


class Awaits(StrEnum):
    """What our mail left open."""

    QUESTION = "question"
    OFFER = "offer"
    DOCUMENT = "document"
    MEETING = "meeting"
    FIRST_LETTER = "first_letter"
    NOTHING = "nothing"  # agreed, said goodbye, thanked
    REFUSAL = "refusal"  # we refused: rests like NOTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One signal with its evidence. `confidence` in 0..1; `rule` names what fired; `quote` at most 200 characters of their words."""

    signal: Signal
    quote: str
    confidence: float
    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What is known when a message is read: all of it earlier than the message."""

    ours: bool
    lang: str | None = None  # of the thread so far: the prior
    awaits: Awaits | None = None  # what our last mail before this one left open
    awaits_quote: str = ""
    first: bool = False  # ours: no earlier mail of ours to them, and none of theirs
    offer_out: bool = False  # an offer of ours is in their hands
    sent: date | None = None  # the message's own day on its sender's clock; dates are counted from it
    feasts: tuple[tuple[str, str], ...] = ()  # the owner's named days: folded names and their spans


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that is kept of what one message says."""

    reader: int  # version of the reader; a newer one reads again
    findings: tuple[Finding, ...] = ()
    unsure: tuple[Finding, ...] = ()  # opt_out, decline or deferral suspected, below the threshold: the plan holds
    resume_on: date | None = None  # of a deferral (human) or absence
    register: str | None = None  # "tu", "vous" or None, from the newly written words
    register_wanted: str | None = None  # the same, asked for in so many words: « tutoyons-nous »
    lang: str | None = None
    awaits: Awaits | None = None  # ours only
    awaits_quote: str = ""
    promise: str = (
        ""  # a promise with its sentence: ours (« je vous envoie le devis lundi ») or theirs (« je vous réponds vendredi »)
    )
    promise_on: date | None = None
    meeting_on: date | None = None  # a meeting day named in the words of either side
    meeting_off: bool = False  # a meeting that was agreed is called off or moved, …
    meeting_off_on: date | None = None  # … that of this day, where it is told
    greeting: str = ""  # the line that greets
    would: str = ""  # theirs: the sentence that says what they would decide if …, and that it would be a yes

    @property
    def signals(self) -> frozenset[Signal]:
        return frozenset(f.signal for f in self.findings)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The sentence that proves something, and where it stands."""

    quote: str = ""
    entry: int | None = None  # Entry.key
    message_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Where a conversation stands after one of its messages, and why."""

    stage: Stage
    turn: Turn
    rule: str  # which rule set the stage, e.g. "they-accepted"
    evidence: Evidence = Evidence()
    turn_rule: str = ""
    turn_evidence: Evidence = Evidence()
    revealed: bool = False  # they have revealed something: any signal that makes a prospect
    known: frozenset[Signal] = frozenset()  # everything they have said so far, RESULT and MEASURE among them
    offer_out: bool = False
    deferred_until: date | None = None  # the deferral in force after this message
    deferred: Evidence | None = None  # set while a deferral is in force, dated or not
    absent_until: date | None = None
    absent: Evidence | None = None
    unsure: tuple[Finding, ...] = ()  # of the messages since our last mail
