"""What the store keeps of folders and messages, as values; never rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
class Past:
    """One earlier message of an exchange: the context of what comes next."""

    key: int
    sent: datetime
    ours: bool
    lang: str | None
    reading: Reading | None
