"""A mailbox on an IMAP server. Reads with EXAMINE and BODY.PEEK only; everything is said through the gateway."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from nurture.config import AccountConfig
from nurture.errors import FoldersFault, MailboxSuspicious, OutOfBounds
from nurture.mailbox.contract import Appended, Folder, Found, Position, Role, Row
from nurture.mailbox.folders import Listed, assign
from nurture.mailbox.gateway import Gateway
from nurture.mailbox.rows import matches

WINDOW = 500  # UIDs a FETCH
BODY_WINDOW = 50
FEW = 500  # messages that are looked through one by one where the server's search fails or finds nothing
APPENDUID = re.compile(rb"\[APPENDUID (\d{1,10}) (\d{1,10})\]", re.IGNORECASE)
RAW_CAP = 4 * 1024 * 1024


class ImapMailbox:
    """See `nurture.mailbox.contract`."""

    def __init__(self, account: AccountConfig, secret: str) -> None:
        self.account = account.key
        self._config, self._secret = account, secret
        self._gateway = Gateway(account)
        self._folders: tuple[Folder, ...] | None = None
        self._positions: dict[str, Position] = {}

    def __enter__(self) -> ImapMailbox:
        self._gateway.connect(self._secret)
        return self

    def __exit__(self, *exc: object) -> None:
        self._gateway.log_out()

    def folders(self) -> tuple[Folder, ...]:
        if self._folders is None:
            listed = [
                Listed(name=name, delimiter=(delimiter or b"").decode("ascii", "replace"), attributes=tuple(a.decode("ascii", "replace") for a in attributes), wire=name)
                for attributes, delimiter, name in self._gateway.list_folders()
            ]
            self._folders = assign(listed, self._config.folders, host=self._config.mailbox.host)
        return self._folders

    def position(self, folder: Folder) -> Position:
        try:
            found = self._gateway.examine(folder.wire)
        except FoldersFault as gone:
            raise FoldersFault(f"The folder {folder.name} cannot be opened ({gone}).") from gone
        validity, uidnext = found.get(b"UIDVALIDITY"), found.get(b"UIDNEXT")
        if not isinstance(validity, int):
            raise MailboxSuspicious(f"{self._config.mailbox.host} gives no UIDVALIDITY for {folder.name}. Nothing was read; ask its provider.")
        if not isinstance(uidnext, int):
            uidnext = (self._gateway.search_uids(folder.wire, 1) or [0])[-1] + 1
        modseq = found.get(b"HIGHESTMODSEQ")
        exists = found.get(b"EXISTS", 0)
        position = Position(uidvalidity=validity, uidnext=uidnext, exists=int(exists or 0), modseq=modseq if isinstance(modseq, int) else None)
        self._positions[folder.name] = position
        return position

    def uids(self, folder: Folder) -> tuple[int, ...]:
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
            answers = self._gateway.fetch_rows(folder.wire, list(uids[start : start + WINDOW]))
            for uid in sorted(answers):
                if (row := _row(uid, answers[uid])) is not None:
                    yield row

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        wanted = sorted(set(uids))
        for start in range(0, len(wanted), BODY_WINDOW):
            answers = self._gateway.fetch_bodies(folder.wire, wanted[start : start + BODY_WINDOW], cap)
            for uid in sorted(answers):
                if (raw := _literal(answers[uid], b"BODY[")) is not None:
                    yield uid, raw

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        answers = self._gateway.fetch_flags(folder.wire, list(uids))
        # \Recent is the server's, not the message's: it goes away by itself.
        return {uid: frozenset(f.decode("ascii", "replace") for f in a.get(b"FLAGS") or ()) - {"\\Recent"} for uid, a in answers.items()}

    def search_address(self, folder: Folder, address: str) -> tuple[int, ...]:
        return tuple(self._gateway.search_address(folder.wire, address))

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        position = self.position(folder)
        if not position.exists:
            return ()
        candidates = self._candidates(message_id, folder, first_uid, position)
        return tuple(
            Found(folder=folder, uid=row.uid, uidvalidity=position.uidvalidity, size=row.size, header=row.header)
            for row in self._windows(folder, candidates)
            if matches(row.header, message_id)
        )

    def _candidates(self, message_id: str, folder: Folder, first_uid: int, position: Position) -> list[int]:
        """The server's search; where it is refused, or finds nothing in a small folder, everything there is looked through."""
        try:
            found = self._gateway.search_id(folder.wire, message_id, first_uid)
        except FoldersFault:
            found = []
        if found:
            return found
        recent = max(first_uid, position.uidnext - FEW)
        return self._gateway.search_uids(folder.wire, recent)

    def append(self, folder: Folder, message: bytes) -> Appended:
        if folder.role is not Role.DRAFTS:
            raise OutOfBounds(f"A draft was about to be written into {folder.name}, which is not the Drafts folder.")
        found = APPENDUID.search(self._gateway.append(folder.wire, message))
        return Appended(uid=int(found[2]) if found else None, uidvalidity=int(found[1]) if found else None)

    def withdraw(self, folder: Folder, uid: int, uidvalidity: int, digest: str, trash: Folder) -> bool:
        if self.position(folder).uidvalidity != uidvalidity:
            return False
        raw = next((raw for _, raw in self.bodies(folder, [uid], RAW_CAP)), None)
        if raw is None or hashlib.sha256(raw).hexdigest() != digest:
            return False
        if "\\Deleted" in self.flags(folder, [uid]).get(uid, frozenset({"\\Deleted"})):
            return False
        return self._gateway.move(folder.wire, uid, trash.wire)

    def make_folder(self, name: str) -> Folder:
        if not any(f.name == name for f in self.folders()):
            self._gateway.create(name)
            self._folders = None
        found = next((f for f in self.folders() if f.name == name), None)
        if found is None:
            raise FoldersFault(f"The server made the folder {name} and does not list it. Make it with your mail client.")
        return found


def _row(uid: int, answer: dict[bytes, Any]) -> Row | None:
    header = _literal(answer, b"BODY[HEADER")
    received = answer.get(b"INTERNALDATE")
    if header is None:
        return None
    moment = received if isinstance(received, datetime) else datetime.now(UTC)
    size = answer.get(b"RFC822.SIZE")
    # IMAPClient gives INTERNALDATE as naive local time.
    return Row(uid=uid, size=size if isinstance(size, int) else len(header), received=moment.astimezone(UTC), header=header)


def _literal(answer: dict[bytes, Any], name: bytes) -> bytes | None:
    return next((value for key, value in answer.items() if key.startswith(name) and isinstance(value, bytes)), None)


