"""The values that the store takes and gives; never rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import NamedTuple

from nurture.conversations import Person
from nurture.drafts import Identity
from nurture.followups import DraftState, LedgerRow
from nurture.messages import Headers, Kind, Notice
from nurture.stages import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Watermark:
    """How far a folder has been read."""

    uidvalidity: int
    next_uid: int
    exists: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderRow:
    """A folder that was read: its name, its role, and how far."""

    name: str
    role: str
    mark: Watermark


@dataclass(frozen=True, kw_only=True, slots=True)
class SkippedRow:
    """A message that could not be read when its folder was. `there`: the folder held it all the same."""

    folder: str
    uid: int
    uidvalidity: int
    since: datetime
    there: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A message to be kept: header facts, and whom it concerns (`relations`: person key -> by, see Entry)."""

    account: str
    folder: str
    uid: int
    uidvalidity: int
    id: str  # Message-ID, or "sha256:…" of the headers
    headers: Headers
    received: datetime
    size: int
    ours: bool
    kind: Kind
    notice: Notice
    lang: str | None
    junk: bool
    relations: Mapping[int, str]
    trashed: bool = False
    copied: bool = False  # it lies in a folder of gestures: a copy, unless it turns out to lie nowhere else


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Where a message lies, as far as is known, and whose it is."""

    folder: str
    uid: int
    ours: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GestureRow:
    """One copy in a folder of gestures, and what it was taken for. `rule` says what became of it, `why` in a sentence."""

    account: str
    folder: str
    uidvalidity: int
    uid: int
    gesture: str
    mid: str
    at: datetime
    rule: str
    why: str = ""
    person: int | None = None
    addresses: tuple[str, ...] = ()
    name: str = ""
    subject: str = ""
    moved: bool | None = None  # it lies nowhere else; None: not looked for yet


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A kept message whose words the current reader has not read."""

    key: int
    folder: str
    uid: int
    uidvalidity: int
    mid: str
    headers_message_id: str | None
    sent: datetime
    received: datetime
    offset: int
    ours: bool
    lang: str | None
    relations: Mapping[int, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """What one message says, ready to be kept. Where it is ours: `said` keyed hashes of its sentences, `runs` of its word runs."""

    key: int
    reading: Reading
    kind: Kind
    notice: Notice
    lang: str | None
    said: frozenset[str] = frozenset()
    runs: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Learnt:
    """What messages tell about a person; None: nothing new."""

    name: str | None = None
    first_name: str | None = None
    lang: str | None = None
    register: str | None = None
    register_ours: str | None = None
    role_address: bool | None = None

    def then(self, newer: Learnt) -> Learnt:
        """Both together; the newer word wins."""
        told = {f.name: getattr(newer, f.name) for f in fields(newer)}
        return replace(self, **{name: value for name, value in told.items() if value is not None})


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """One earlier message of an exchange: the context of what comes next."""

    key: int
    sent: datetime
    ours: bool
    lang: str | None
    reading: Reading | None


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One person with the owner's words on them."""

    person: Person
    source: str
    added: datetime
    followed: bool
    stopped: bool
    paused_until: date | None
    settled: str | None
    settled_at: datetime | None
    reopened_at: datetime | None
    settled_upto: int | None = None
    reopened_upto: int | None = None
    in_force: frozenset[str] = frozenset()  # facts in which the owner's word counts before what mail tells


@dataclass(frozen=True, kw_only=True)
class FactSaid:
    """One fact in the owner's word, and what was detected when it was said."""

    field: str
    value: str
    at: datetime
    quoted: bool
    detected: str | None
    via: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the owner's log."""

    kind: str
    day: date
    at: datetime
    answered: bool
    text: str


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
class Asked:
    """One sentence in which somebody required something; `stage` is where they stand now, "" where nothing was decided yet."""

    person: Person
    at: datetime
    lang: str | None
    quote: str
    stage: str


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who makes a revision, when, and what they say about it."""

    name: str
    at: datetime
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One revision of a sequence. `people`: how many followed people began with it and keep it."""

    name: str
    number: int
    source: str
    author: str
    message: str
    made: datetime
    in_force: bool
    people: int


@dataclass(frozen=True, kw_only=True)
class SequenceRow:
    """One sequence. `people`: how many have begun it, whatever revision; `upgrade`: a shipped revision that was not taken over."""

    name: str
    in_force: Revision
    people: int
    retired: datetime | None
    upgrade: int | None


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


@dataclass(frozen=True, kw_only=True)
class Insistent:
    """Somebody who keeps asking how the work is done, or says how to do it: how often, when last, and in which words."""

    person: int
    count: int
    last: datetime
    quote: str
