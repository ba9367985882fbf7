"""What nurture asks of a mailbox. Three implementations (IMAP, Maildir, memory) pass one suite, tests/mailbox/suite.py.

Reading never changes a flag. Writing is `append` to Drafts, `append_sheet` to the folder Nurture, `withdraw` of an own untouched
draft or sheet, and `make_folder` on the owner's explicit word in `init`. There is no method that could send, delete or move human mail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    INBOX = "inbox"
    SENT = "sent"
    DRAFTS = "drafts"
    TRASH = "trash"
    JUNK = "junk"
    ARCHIVE = "archive"
    ALL = "all"  # Gmail's All Mail
    OUTBOX = "outbox"  # never read, never written
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """One folder. `name` is what the user sees, unique within its mailbox; `wire` the server's own bytes (as latin-1 str)."""

    name: str
    role: Role = Role.OTHER
    selectable: bool = True
    special_use: bool = False  # the role was stated by the server (RFC 6154), not guessed from the name
    wire: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """Where a folder stands. UIDs mean something only beside their uidvalidity."""

    uidvalidity: int
    uidnext: int  # a lower bound for the next UID
    exists: int
    modseq: int | None = None  # HIGHESTMODSEQ where the server has it
    numbered_here: bool = False  # by nurture itself, for a Maildir: a new UIDVALIDITY tells nothing of the mailbox
    told: bool = True  # False: the server names no UIDNEXT, and it was counted from what is there: it may go back


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One message's envelope facts: header fields of `nurture.messages.HEADER_FIELDS` only, as raw bytes with CRLF."""

    uid: int
    size: int
    received: datetime  # INTERNALDATE, aware
    header: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One message found by an identity. `header` carries the fields of HEADER_FIELDS."""

    folder: Folder
    uid: int
    uidvalidity: int
    size: int
    header: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Appended:
    """An APPEND that the server acknowledged. uid is None without UIDPLUS: look it up."""

    uid: int | None
    uidvalidity: int | None


class Mailbox(Protocol):
    """One account, connected. Use as a context manager; leaving it logs out.

    Errors: `Offline`, `Throttled`, `ConnectionFault`, `LoginRefused`, `FoldersFault`, `MailboxSuspicious`,
    `OutcomeUnknown` (only from `append`, `append_sheet` and `withdraw`).
    """

    account: str  # the account's key, e.g. "alex@atelier.example"

    def __enter__(self) -> Mailbox: ...

    def __exit__(self, *exc: object) -> None: ...

    def folders(self) -> tuple[Folder, ...]:
        """All folders with their roles; several SENT are normal. Roles by configured name, special use, then known names."""
        ...

    def position(self, folder: Folder) -> Position:
        """Where the folder stands now (EXAMINE). Raises FoldersFault when it is gone."""
        ...

    def rows(self, folder: Folder, first_uid: int = 1) -> Iterator[Row]:
        """Header rows of all messages with uid >= first_uid, ascending, in windows; memory stays flat. One that cannot be read is left out."""
        ...

    def rows_of(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        """The same for the given UIDs; missing ones are left out."""
        ...

    def uids(self, folder: Folder) -> tuple[int, ...]:
        """All UIDs in the folder, ascending; of messages that cannot be read too."""
        ...

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        """Whole messages, at most `cap` bytes of each; gone ones are left out. Line ends are the store's (LF in a Maildir)."""
        ...

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The flags of messages, without \\Recent: for proving that reading changes none."""
        ...

    def search_address(self, folder: Folder, address: str) -> tuple[int, ...]:
        """UIDs of messages from or to this address, ascending; a superset is possible. `address` must be a checked addr-spec."""
        ...

    def search_domain(self, folder: Folder, domain: str) -> tuple[int, ...]:
        """UIDs of messages from this domain, ascending; a superset is possible. `domain` must be the one of a checked addr-spec."""
        ...

    def search_thread(self, folder: Folder, message_id: str) -> tuple[int, ...]:
        """UIDs of messages that have this Message-ID or name it as what they answer, ascending; a superset is possible."""
        ...

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        """Messages whose Message-ID is exactly this, or whose References contain exactly this id."""
        ...

    def append(self, folder: Folder, message: bytes) -> Appended:
        r"""APPEND with (\Draft \Seen) to the folder, which must have the role DRAFTS. CRLF bytes. Never retried.

        Raises OutcomeUnknown when the answer was lost, Deferred or FoldersFault when the server refused (nothing stored),
        OutOfBounds for any other folder.
        """
        ...

    def append_sheet(self, folder: Folder, message: bytes, *, seen: bool) -> Appended:
        r"""APPEND a review sheet, with (\Seen) or no flag at all, to the folder that `sheet_folder` finds; else as `append`."""
        ...

    def withdraw(self, folder: Folder, uid: int, uidvalidity: int, digest: str, trash: Folder) -> bool:
        r"""Move an own draft or sheet to Trash if it is provably untouched: same uidvalidity, same SHA-256 hex of its raw bytes, no \Deleted.

        False when it is not (gone, changed), or when the server cannot move one message only: nothing was done.
        """
        ...

    def make_folder(self, name: str) -> Folder:
        """Create a folder; only `init --make-folders` calls it. "Nurture/Never" lies within "Nurture", whatever the server puts between.

        Raises FoldersFault where it cannot be made.
        """
        ...
