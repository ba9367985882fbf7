"""What the store keeps of decisions, drafts, sheets and runs, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from nurture.conversations import Person
from nurture.drafts import Identity
from nurture.followups import DraftState, LedgerRow


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision of the past."""

    person: int
    address: str
    at: datetime
    lane: str | None
    action: str
    rule: str
    why: str
    quote: str
    stage: str | None
    turn: str | None
    due: date | None
    sequence: str
    revision: int
    step: str
    template: str
    signal: str


class InForce(NamedTuple):
    """A decision in short. A tuple, since there is one of everybody who is followed."""

    address: str
    action: str
    rule: str
    why: str
    stage: str | None
    turn: str | None
    due: date | None
    sequence: str
    step: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Insistent:
    """Somebody who keeps asking how the work is done, or says how to do it: how often, when last, and in which words."""

    person: int
    count: int
    last: datetime
    quote: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One sentence in which somebody required something; `stage` is where they stand now, "" where nothing was decided yet."""

    person: Person
    at: datetime
    lang: str | None
    quote: str
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """What the mailbox holds of a draft, right after it was written."""

    uid: int
    uidvalidity: int
    digest: str
    text_hash: str
    size: int


@dataclass(frozen=True, kw_only=True)
class OpenDraft:
    """One row of the ledger, whole."""

    id: int
    person: int
    account: str
    ledger: LedgerRow
    identity: Identity
    to: str
    folder: str
    uidvalidity: int
    uidnext: int
    uid: int | None
    size: int | None
    digest: str
    text_hash: str
    text: str
    withdrawing: str
    why: str
    template_digest: str
    resource: int | None = None  # what it shares
    asks: str = ""
    gives: str = ""
    warnings: tuple[str, ...] = ()  # of lint, while its text is kept

    @property
    def state(self) -> DraftState:
        return self.ledger.state

    @property
    def created(self) -> datetime:
        return self.ledger.created


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the past."""

    started: datetime
    ended: datetime | None
    outcome: str
    deferred: bool


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One review sheet that was intended. `uid`, `uidvalidity` and `digest` say what the mailbox held right after it was written."""

    id: int
    account: str
    folder: str
    day: date
    number: int
    state: str
    message_id: str
    waits: bool
    gist: str
    words: str
    uid: int | None
    uidvalidity: int | None
    digest: str
    created: datetime
