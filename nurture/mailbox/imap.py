"""A mailbox on an IMAP server. Reads with EXAMINE and BODY.PEEK only; everything is said through the gateway."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from nurture.config import AccountConfig
from nurture.errors import FoldersFault, MailboxSuspicious, OutOfBounds
from nurture.mailbox.answers import Answer, moment
from nurture.mailbox.contract import Appended, Folder, Found, Position, Role, Row
from nurture.mailbox.folders import assign, check_sheet_folder, check_withdrawal, new_name, prefix_of
from nurture.mailbox.gateway import Gateway
from nurture.mailbox.rows import matches

WINDOW = 500  # UIDs a FETCH: a line of 5,500 bytes at most, and servers take 8,000
BODY_WINDOW = 50
BODY_BYTES = 16 * 1024 * 1024  # in one answer, roughly
FEW = 500  # messages that are looked through one by one where the server's search finds nothing
APPENDUID = re.compile(rb"\[APPENDUID (\d{1,10}) (\d{1,10})\]", re.IGNORECASE)
RAW_CAP = 4 * 1024 * 1024  # a draft of ours is never so long


class ImapMailbox:
    """See `nurture.mailbox.contract`."""

    def __init__(self, account: AccountConfig, secret: str) -> None:
        self.account = account.key
        self._config, self._secret = account, secret
        self._gateway = Gateway(account)
        self._folders: tuple[Folder, ...] | None = None
        self._newest: dict[str, tuple[Position, tuple[Row, ...]]] = {}

    def __enter__(self) -> ImapMailbox:
        self._gateway.connect(self._secret)
        return self

    def __exit__(self, *exc: object) -> None:
        self._gateway.log_out()

    def folders(self) -> tuple[Folder, ...]:
        if self._folders is None:
            listed = self._gateway.list_folders()
            if not any(row.name.upper() == "INBOX" for row in listed):
                raise MailboxSuspicious(f"{self._config.mailbox.host} lists no INBOX. Nothing was concluded; try again later.")
            self._folders = assign(listed, self._config.folders, host=self._config.mailbox.host)
        return self._folders

    def position(self, folder: Folder) -> Position:
        try:
            found = self._gateway.examine(folder.wire)
        except FoldersFault as gone:
            raise FoldersFault(f"The folder {folder.name} cannot be opened. {gone}") from gone
        validity, uidnext = found.get(b"UIDVALIDITY"), found.get(b"UIDNEXT")
        told = isinstance(uidnext, int)
        if not isinstance(validity, int):
            raise MailboxSuspicious(
                f"{self._config.mailbox.host} gives no UIDVALIDITY for {folder.name}. Nothing was read; ask its provider."
            )
        if not isinstance(uidnext, int):
            uidnext = (self._gateway.search_uids(folder.wire, 1) or [0])[-1] + 1
        exists, modseq = found.get(b"EXISTS"), found.get(b"HIGHESTMODSEQ")
        return Position(
            uidvalidity=validity,
            uidnext=uidnext,
            exists=exists if isinstance(exists, int) else 0,
            modseq=modseq if isinstance(modseq, int) else None,
            told=told,
        )

    def uids(self, folder: Folder) -> tuple[int, ...]:
        self.position(folder)  # EXAMINE anew: a server need not tell an old one what has come since
        return tuple(self._gateway.search_uids(folder.wire, 1))

    def rows(self, folder: Folder, first_uid: int = 1) -> Iterator[Row]:
        position = self.position(folder)
        if not position.exists or first_uid >= position.uidnext:
            return
        span = position.uidnext - first_uid
        if span <= 4 * position.exists + WINDOW:  # few gaps: windows of numbers need no search first
            wanted: Sequence[int] = range(first_uid, position.uidnext)
        else:
            wanted = self._gateway.search_uids(folder.wire, first_uid)
        yield from self._windows(folder, wanted)

    def rows_of(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        return self._windows(folder, sorted(set(uids)))

    def _windows(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        for start in range(0, len(uids), WINDOW):
            answers = self._gateway.fetch_rows(folder.wire, uids[start : start + WINDOW])
            for uid, answer in answers.items():
                if (row := _row(uid, answer)) is not None:
                    yield row

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        wanted = sorted(set(uids))
        window = max(1, min(BODY_WINDOW, BODY_BYTES // max(1, cap)))
        for start in range(0, len(wanted), window):
            answers = self._gateway.fetch_bodies(folder.wire, wanted[start : start + window], cap)
            for uid, answer in answers.items():
                if (raw := _body(answer)) is not None:
                    yield uid, raw[:cap]

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        self.position(folder)
        answers = self._gateway.fetch_flags(folder.wire, sorted(set(uids)))
        return {uid: _flags(answer) for uid, answer in answers.items() if answer.get(b"FLAGS") is not None}

    def search_address(self, folder: Folder, address: str) -> tuple[int, ...]:
        self.position(folder)
        return tuple(self._gateway.search_address(folder.wire, address))

    def search_domain(self, folder: Folder, domain: str) -> tuple[int, ...]:
        self.position(folder)
        return tuple(self._gateway.search_domain(folder.wire, domain))

    def search_thread(self, folder: Folder, message_id: str) -> tuple[int, ...]:
        if not self.position(folder).exists:
            return ()
        try:
            return tuple(self._gateway.search_id(folder.wire, message_id, 1))
        except FoldersFault:  # there are servers that cannot search headers: everything is a superset
            return tuple(self._gateway.search_uids(folder.wire, 1))

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        position = self.position(folder)
        if not position.exists:
            return ()
        try:
            candidates = self._gateway.search_id(folder.wire, message_id, first_uid)
        except FoldersFault:  # there are servers that cannot search headers
            candidates = []
        rows = [r for r in self._windows(folder, candidates) if matches(r.header, message_id)]
        # Others search an index that lags behind: nothing found is no proof, so the newest are looked through here.
        rows = rows or [r for r in self._recent(folder, position) if r.uid >= first_uid and matches(r.header, message_id)]
        return tuple(
            Found(folder=folder, uid=r.uid, uidvalidity=position.uidvalidity, size=r.size, header=r.header) for r in rows
        )

    def _recent(self, folder: Folder, position: Position) -> tuple[Row, ...]:
        """The newest rows of a folder, kept as long as nothing comes or goes."""
        known = self._newest.get(folder.wire)
        if known is None or known[0] != position:
            first = 1 if position.exists <= FEW else max(1, position.uidnext - 4 * FEW)
            newest = self._gateway.search_uids(folder.wire, first)[-FEW:]
            known = self._newest[folder.wire] = (position, tuple(self._windows(folder, newest)))
        return known[1]

    def append(self, folder: Folder, message: bytes) -> Appended:
        if folder.role is not Role.DRAFTS:
            raise OutOfBounds(f"A draft was about to be written into {folder.name}, which is not the Drafts folder.")
        return _appended(self._gateway.append(folder.wire, message))

    def append_sheet(self, folder: Folder, message: bytes, *, seen: bool) -> Appended:
        check_sheet_folder(folder, self.folders())
        return _appended(self._gateway.append_sheet(folder.wire, message, seen=seen))

    def withdraw(self, folder: Folder, uid: int, uidvalidity: int, digest: str, trash: Folder) -> bool:
        check_withdrawal(folder, trash, self.folders())
        if self.position(folder).uidvalidity != uidvalidity:
            return False
        answer = self._gateway.fetch_bodies(folder.wire, [uid], RAW_CAP).get(uid, {})
        raw = _body(answer)
        if raw is None or hashlib.sha256(raw).hexdigest() != digest:
            return False
        if answer.get(b"FLAGS") is None or "\\Deleted" in _flags(answer):
            return False
        return self._gateway.move(folder.wire, uid, trash.wire)

    def make_folder(self, name: str) -> Folder:
        wanted = prefix_of(self.folders()) + new_name(name, self._gateway.delimiter)
        if not any(f.name == wanted for f in self.folders()):
            self._gateway.create(wanted)
            self._folders = None
        found = next((f for f in self.folders() if f.name == wanted), None)
        if found is None:
            raise FoldersFault(f"The server made the folder {name} and does not list it. Make it with your mail client.")
        return found


def _appended(answer: bytes) -> Appended:
    found = APPENDUID.search(answer)
    return Appended(uid=int(found[2]) if found else None, uidvalidity=int(found[1]) if found else None)


def _row(uid: int, answer: Answer) -> Row | None:
    header, size = _body(answer), answer.get(b"RFC822.SIZE")
    if header is None or not isinstance(size, int):
        return None
    # Without a date of the server's, "now" keeps silence: what may have come just now is a sign of life.
    received = moment(answer.get(b"INTERNALDATE")) or datetime.now(UTC)
    return Row(uid=uid, size=size, received=received, header=header)


def _body(answer: Answer) -> bytes | None:
    """None: the message is gone (a server answers NIL), which is not the same as empty."""
    value = answer.get(b"BODY")
    return value if isinstance(value, bytes) else None


def _flags(answer: Answer) -> frozenset[str]:
    # \Recent is the server's, not the message's: it goes away by itself.
    return frozenset(f.decode("latin-1") for f in answer[b"FLAGS"] if isinstance(f, bytes)) - {"\\Recent"}
