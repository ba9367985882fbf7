"""A mailbox in memory: for speed in tests. Passes the same suite as the others, and can play the owner's hand and a server's faults."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from nurture.errors import FoldersFault, OutOfBounds
from nurture.mailbox.contract import Appended, Folder, Found, Position, Role, Row
from nurture.mailbox.folders import check_sheet_folder, check_withdrawal, new_name
from nurture.mailbox.rows import header_block, matches

FOLDERS = (
    Folder(name="INBOX", role=Role.INBOX), Folder(name="Sent", role=Role.SENT), Folder(name="Drafts", role=Role.DRAFTS),
    Folder(name="Trash", role=Role.TRASH), Folder(name="Junk", role=Role.JUNK),
)  # fmt: skip


@dataclass
class Stored:
    """One message in a folder."""

    raw: bytes
    received: datetime
    flags: frozenset[str] = frozenset()


@dataclass
class Shelf:
    """One folder's messages by UID."""

    uidvalidity: int = 1
    uidnext: int = 1
    messages: dict[int, Stored] = field(default_factory=dict)

    def put(self, stored: Stored) -> int:
        """File a message; returns its UID."""
        self.messages[self.uidnext] = stored
        self.uidnext += 1
        return self.uidnext - 1


class MemoryMailbox:
    """See `nurture.mailbox.contract`. `before` is called with the name of each write before it happens and may raise."""

    delimiter = "/"

    def __init__(self, account: str = "memory", folders: Sequence[Folder] = FOLDERS) -> None:
        self.account = account
        self._folders = list(folders)
        self.shelves = {f.name: Shelf() for f in folders}
        self.before: Callable[[str], None] = lambda _name: None
        self.after: Callable[[str], None] = lambda _name: None

    def __enter__(self) -> MemoryMailbox:
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def deliver(self, folder: str, raw: bytes, received: datetime | None = None, flags: Sequence[str] = ()) -> int:
        """What a mail server does with an incoming message."""
        return self.shelves[folder].put(Stored(_crlf(raw), received or datetime.now(UTC), frozenset(flags)))

    def carry(self, source: str, uid: int, target: str) -> int:
        """What the owner's hand does: a message goes to another folder."""
        return self.shelves[target].put(self.shelves[source].messages.pop(uid))

    def folders(self) -> tuple[Folder, ...]:
        return tuple(self._folders)

    def _shelf(self, folder: Folder) -> Shelf:
        shelf = self.shelves.get(folder.name)
        if shelf is None:
            raise FoldersFault(f"The folder {folder.name} is gone. Run `nurture check`.")
        return shelf

    def position(self, folder: Folder) -> Position:
        shelf = self._shelf(folder)
        return Position(uidvalidity=shelf.uidvalidity, uidnext=shelf.uidnext, exists=len(shelf.messages))

    def uids(self, folder: Folder) -> tuple[int, ...]:
        return tuple(sorted(self._shelf(folder).messages))

    def rows(self, folder: Folder, first_uid: int = 1) -> Iterator[Row]:
        return self.rows_of(folder, [u for u in self.uids(folder) if u >= first_uid])

    def rows_of(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        messages = self._shelf(folder).messages
        for uid in sorted(set(uids)):
            if m := messages.get(uid):
                yield Row(uid=uid, size=len(m.raw), received=m.received, header=header_block(m.raw))

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        messages = self._shelf(folder).messages
        for uid in sorted(set(uids)):
            if m := messages.get(uid):
                yield uid, m.raw[:cap]

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        messages = self._shelf(folder).messages
        return {uid: messages[uid].flags for uid in uids if uid in messages}

    def search_address(self, folder: Folder, address: str) -> tuple[int, ...]:
        wanted = address.lower().encode()
        return tuple(row.uid for row in self.rows(folder) if wanted in row.header.lower())

    def search_domain(self, folder: Folder, domain: str) -> tuple[int, ...]:
        return self.search_address(folder, domain)

    def search_thread(self, folder: Folder, message_id: str) -> tuple[int, ...]:
        return self.search_address(folder, message_id)

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        validity = self._shelf(folder).uidvalidity
        return tuple(
            Found(folder=folder, uid=r.uid, uidvalidity=validity, size=r.size, header=r.header)
            for r in self.rows(folder, first_uid)
            if matches(r.header, message_id)
        )

    def append(self, folder: Folder, message: bytes) -> Appended:
        if folder.role is not Role.DRAFTS:
            raise OutOfBounds(f"A draft was about to be written into {folder.name}, which is not the Drafts folder.")
        return self._put("append", folder, message, frozenset({"\\Draft", "\\Seen"}))

    def append_sheet(self, folder: Folder, message: bytes, *, seen: bool) -> Appended:
        check_sheet_folder(folder, self.folders())
        return self._put("append_sheet", folder, message, frozenset({"\\Seen"} if seen else ()))

    def _put(self, write: str, folder: Folder, message: bytes, flags: frozenset[str]) -> Appended:
        self.before(write)
        shelf = self._shelf(folder)
        uid = shelf.put(Stored(_crlf(message), datetime.now(UTC), flags))
        self.after(write)
        return Appended(uid=uid, uidvalidity=shelf.uidvalidity)

    def withdraw(self, folder: Folder, uid: int, uidvalidity: int, digest: str, trash: Folder) -> bool:
        check_withdrawal(folder, trash, self.folders())
        shelf, target = self._shelf(folder), self._shelf(trash)
        stored = shelf.messages.get(uid)
        if (
            stored is None
            or shelf.uidvalidity != uidvalidity
            or "\\Deleted" in stored.flags
            or hashlib.sha256(stored.raw).hexdigest() != digest
        ):
            return False
        self.before("withdraw")
        target.put(shelf.messages.pop(uid))
        self.after("withdraw")
        return True

    def make_folder(self, name: str) -> Folder:
        wanted = new_name(name, self.delimiter)
        if wanted not in self.shelves:
            self._folders.append(Folder(name=wanted, wire=wanted))
            self.shelves[wanted] = Shelf()
        return next(f for f in self.folders() if f.name == wanted)


def _crlf(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
