"""A mailbox as it was: what another one holds, each message there from its arrival on. Headers in memory, words fetched when asked for.

What is written goes into memory. The other mailbox is read, once a message, and never written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from nurture.mailbox.contract import Folder, Found, Mailbox, Role, Row
from nurture.mailbox.folders import life_folders
from nurture.mailbox.gestures import gesture_folders
from nurture.mailbox.memory import MemoryMailbox, Shelf, Stored
from nurture.mailbox.rows import ids_in, matches
from nurture.mailbox.steady import SteadyMailbox
from nurture.messages import parse_headers

FILED_LATER = timedelta(
    days=3
)  # that an arrival may lie behind its Date; more than that, and the mail was copied there afterwards
NEEDED = ((Role.DRAFTS, "Drafts"), (Role.TRASH, "Trash"))
Progress = Callable[[str, int, int], None]
Leave = Callable[[Folder, Row], bool]


@dataclass
class Recalled(Stored):
    """A message of the other mailbox. Its words stay there."""

    row: Row | None = None
    folder: Folder | None = None
    uid: int = 0  # its number there


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message that has not arrived yet."""

    at: datetime
    folder: Folder
    row: Row
    filed_later: bool = False
    message_id: str | None = None


def _arrival(folder: Folder, row: Row) -> Waiting:
    """When a message was there. A server's clock is right, but a mailbox that was moved bears the day of the move."""
    headers = parse_headers(row.header, row.received)
    sent = headers.sent or row.received
    later = row.received - sent > FILED_LATER
    return Waiting(at=sent if later else row.received, folder=folder, row=row, filed_later=later, message_id=headers.message_id)


@dataclass
class Index:
    """Where addresses and message-ids stand, by lower-case word; and domains, with those above them."""

    words: dict[bytes, list[int]] = field(default_factory=dict)
    domains: dict[bytes, list[int]] = field(default_factory=dict)

    def add(self, uid: int, header: bytes) -> None:
        """Take the words of one header."""
        words = ids_in(header)
        for word in words:
            self.words.setdefault(word, []).append(uid)
        for domain in {d for word in words for d in _domains(word)}:
            self.domains.setdefault(domain, []).append(uid)


def _domains(word: bytes) -> Iterator[bytes]:
    labels = word.rpartition(b"@")[2].split(b".")
    return (b".".join(labels[n:]) for n in range(max(len(labels) - 1, 1)))


class RecalledMailbox(MemoryMailbox):
    """See `nurture.mailbox.contract`. It stands before everything; `come_to` a moment and the messages up to it are there."""

    def __init__(
        self,
        real: Mailbox | SteadyMailbox,
        progress: Progress = lambda _what, _done, _total: None,
        leave: Leave = lambda _folder, _row: False,
    ) -> None:
        """Reads every header row. What `leave` says of is left out."""
        folders = life_folders(real.folders())
        super().__init__(real.account, [*_said_already(folders), *_missing(folders, real.folders())])
        self._real = real
        self._indexes = {folder.name: Index() for folder in self.folders()}
        waiting: list[Waiting] = []
        for folder in folders:
            total = real.position(folder).exists
            for number, row in enumerate(real.rows(folder), 1):
                if not leave(folder, row):
                    waiting.append(_arrival(folder, row))
                progress(f"Reading {folder.name}", number, max(total, number))
        self._waiting = sorted(waiting, key=lambda w: (w.at, w.folder.name, w.row.uid), reverse=True)
        self.filed_later = sum(w.filed_later for w in waiting)
        self.message_ids = frozenset(w.message_id for w in waiting if w.message_id)

    @property
    def next_arrival(self) -> datetime | None:
        """When the next message comes; None: all are there."""
        return self._waiting[-1].at if self._waiting else None

    def arrived(self, *roles: Role) -> int:
        """How many messages have come so far, into folders of these roles (none named: all)."""
        shelves = [self.shelves[f.name] for f in self.folders() if not roles or f.role in roles]
        return sum(isinstance(stored, Recalled) for shelf in shelves for stored in shelf.messages.values())

    def come_to(self, moment: datetime) -> int:
        """Time goes on; returns how many messages have arrived."""
        count = 0
        while self._waiting and self._waiting[-1].at <= moment:
            self._arrive(self._waiting.pop())
            count += 1
        return count

    def _arrive(self, one: Waiting) -> None:
        row = one.row
        stored = Recalled(raw=b"", received=one.at, flags=frozenset({"\\Seen"}), row=row, folder=one.folder, uid=row.uid)
        self._indexes[one.folder.name].add(self.shelves[one.folder.name].put(stored), row.header)

    def rows_of(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        shelf = self._shelf(folder)
        for uid in sorted(set(uids)):
            stored = shelf.messages.get(uid)
            if isinstance(stored, Recalled) and stored.row:
                yield Row(uid=uid, size=stored.row.size, received=stored.received, header=stored.row.header)
            elif stored:
                yield from super().rows_of(folder, [uid])

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        there = self._recalled(folder, uids)
        if there:
            for number, raw in self._real.bodies(_original(self._shelf(folder)), sorted(there), cap):
                yield there[number], raw
        yield from super().bodies(folder, [uid for uid in uids if uid not in there.values()], cap)

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        there = self._recalled(folder, uids)
        found = super().flags(folder, [uid for uid in uids if uid not in there.values()])
        real = self._real.flags(_original(self._shelf(folder)), sorted(there)) if there else {}
        return found | {there[number]: flags for number, flags in real.items()}

    def _recalled(self, folder: Folder, uids: Sequence[int]) -> dict[int, int]:
        """Numbers in the other mailbox -> numbers here, of what came from there."""
        messages = self._shelf(folder).messages
        return {s.uid: uid for uid in sorted(set(uids)) if isinstance(s := messages.get(uid), Recalled)}

    def search_address(self, folder: Folder, address: str) -> tuple[int, ...]:
        return self._there(folder, self._indexes[folder.name].words.get(address.lower().encode(), ()))

    def search_domain(self, folder: Folder, domain: str) -> tuple[int, ...]:
        return self._there(folder, self._indexes[folder.name].domains.get(domain.lower().encode(), ()))

    def search_thread(self, folder: Folder, message_id: str) -> tuple[int, ...]:
        words = ids_in(message_id.encode())
        index = self._indexes[folder.name].words
        return self._there(folder, {uid for word in words for uid in index.get(word, ())})

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        shelf = self._shelf(folder)
        written = {uid for uid, stored in shelf.messages.items() if not isinstance(stored, Recalled)}
        wanted = sorted(u for u in {*self.search_thread(folder, message_id), *written} if u >= first_uid)
        return tuple(
            Found(folder=folder, uid=r.uid, uidvalidity=shelf.uidvalidity, size=r.size, header=r.header)
            for r in self.rows_of(folder, wanted)
            if matches(r.header, message_id)
        )

    def _there(self, folder: Folder, uids: Sequence[int] | set[int]) -> tuple[int, ...]:
        messages = self._shelf(folder).messages
        return tuple(sorted(uid for uid in uids if uid in messages))


def _original(shelf: Shelf) -> Folder:
    return next(s.folder for s in shelf.messages.values() if isinstance(s, Recalled) and s.folder)


def _said_already(folders: Sequence[Folder]) -> Iterator[Folder]:
    """The same, those of gestures as archives: nothing tells when a copy was made, and what it said is said again with the owner's words."""
    gestures = {folder.name for _, folder in gesture_folders(folders)}
    return (replace(folder, role=Role.ARCHIVE) if folder.name in gestures else folder for folder in folders)


def _missing(read: Sequence[Folder], listed: Sequence[Folder]) -> Iterator[Folder]:
    """Where drafts are put and taken back to: what lies in Drafts today is nothing of the past."""
    for role, name in NEEDED:
        if not any(folder.role is role for folder in read):
            yield next((f for f in listed if f.role is role), Folder(name=name, role=role))
