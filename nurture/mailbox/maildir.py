"""A Maildir++ on disk: INBOX at PATH, `.Sent`, `.Drafts`, `.Trash`, `.Junk` beside (the layout that Dovecot and mutt read).

No file of a human's is written, renamed or touched, so that no flag can change; UIDs are kept elsewhere (`uids`). Other
programs rename files while these are read: one that is not found is looked for once more under its new name.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_lowercase

from nurture.config import FolderChoices
from nurture.errors import Deferred, FoldersFault, OutcomeUnknown, OutOfBounds
from nurture.mailbox.contract import Appended, Folder, Found, Position, Role, Row
from nurture.mailbox.folders import Listed, assign, check_sheet_folder, check_withdrawal, new_name
from nurture.mailbox.rows import MAX_HEADER, header_block, ids_in, matches
from nurture.mailbox.uids import Uids, sync_folder
from nurture.mailbox.utf7 import decode

FLAGS = {"D": "\\Draft", "F": "\\Flagged", "P": "$Forwarded", "R": "\\Answered", "S": "\\Seen", "T": "\\Deleted"}
NO_KEYWORDS: Mapping[str, str] = {}
HEAD = 16 * 1024  # bytes in which most headers end
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class MaildirMailbox:
    """See `nurture.mailbox.contract`."""

    def __init__(self, path: Path, account: str, choices: FolderChoices, *, uid_store: Path) -> None:
        self.path, self.account, self.choices = path, account, choices
        self.uid_store = uid_store / hashlib.sha256(account.encode()).hexdigest()[:16]
        self._indexes: dict[str, tuple[Position, dict[bytes, list[int]]]] = {}
        self._appended = 0

    def __enter__(self) -> MaildirMailbox:
        if not (self.path / "cur").is_dir():
            raise FoldersFault(f"{self.path} is no Maildir (it has no folder `cur`). Correct [[account]] mailbox in config.toml.")
        return self

    def __exit__(self, *exc: object) -> None:
        self._indexes.clear()

    def folders(self) -> tuple[Folder, ...]:
        with _on_disk(self.path):
            names = sorted(e.name for e in os.scandir(self.path) if e.name[0] == "." and (self.path / e.name / "cur").is_dir())
        listed = [Listed(name="INBOX", delimiter=".")]
        listed += [Listed(name=decode(os.fsencode(n[1:])), delimiter=".", wire=n) for n in names]
        return assign(listed, self.choices)

    def _place(self, folder: Folder) -> Path:
        if folder.role is not Role.INBOX and (
            not folder.wire.startswith(".") or "/" in folder.wire or folder.wire in (".", "..")
        ):
            raise OutOfBounds("A folder was named that is none of this Maildir.")
        place = self.path if folder.role is Role.INBOX else self.path / folder.wire
        if not (place / "cur").is_dir():
            raise FoldersFault(f"The folder {folder.name} is gone from {self.path}. Run `nurture check`.")
        return place

    def _uids(self, folder: Folder) -> Uids:
        key = hashlib.sha256((folder.wire or "INBOX").encode(errors="surrogateescape")).hexdigest()[:16]
        return Uids(self._place(folder), self.uid_store / f"{key}.uids")

    def _looked(self, folder: Folder) -> Uids:
        """The folder as it lies now."""
        uids = self._uids(folder)
        with _on_disk(uids.place):
            uids.refresh()
        return uids

    def position(self, folder: Folder) -> Position:
        uids = self._uids(folder)
        with _on_disk(uids.place):
            return uids.position()

    def uids(self, folder: Folder) -> tuple[int, ...]:
        return tuple(sorted(self._looked(folder).files))

    def rows(self, folder: Folder, first_uid: int = 1) -> Iterator[Row]:
        uids = self._looked(folder)
        return self._rows(uids, [uid for uid in uids.files if uid >= first_uid])

    def rows_of(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        return self._rows(self._looked(folder), uids)

    def _rows(self, uids: Uids, wanted: Sequence[int]) -> Iterator[Row]:
        for uid, (head, facts) in _read(uids, wanted, HEAD):
            if b"\n\n" not in head and b"\r\n\r\n" not in head and facts.st_size > len(head):
                longer = next((raw for _, (raw, _) in _read(uids, [uid], MAX_HEADER)), None)
                head = head if longer is None else longer
            yield Row(uid=uid, size=facts.st_size, received=_moment(facts.st_mtime), header=header_block(head))

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        return ((uid, raw) for uid, (raw, _) in _read(self._looked(folder), uids, cap))

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        uids_there = self._looked(folder)
        names, files = _keywords(uids_there.place), uids_there.files
        return {uid: _flags(files[uid], names) for uid in uids if uid in files}

    def search_address(self, folder: Folder, address: str) -> tuple[int, ...]:
        return tuple(self._index(folder).get(address.lower().encode(), ()))

    def search_domain(self, folder: Folder, domain: str) -> tuple[int, ...]:
        ends = (b"@" + domain.lower().encode(), b"." + domain.lower().encode())
        return tuple(sorted({uid for word, uids in self._index(folder).items() if word.endswith(ends) for uid in uids}))

    def search_thread(self, folder: Folder, message_id: str) -> tuple[int, ...]:
        key = next(iter(ids_in(message_id.encode())), None)
        return tuple(self._index(folder).get(key, ())) if key else ()

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        key = next(iter(ids_in(message_id.encode())), None)
        rows = self.rows(folder, first_uid) if key is None else self.rows_of(folder, self._index(folder).get(key, ()))
        validity = self.position(folder).uidvalidity
        return tuple(
            Found(folder=folder, uid=r.uid, uidvalidity=validity, size=r.size, header=r.header)
            for r in rows
            if r.uid >= first_uid and matches(r.header, message_id)
        )

    def _index(self, folder: Folder) -> dict[bytes, list[int]]:
        """Every address and message-id in the headers of a folder, in lower case -> UIDs; read anew when something comes or goes."""
        position = self.position(folder)
        known = self._indexes.get(folder.name)
        if known is None or known[0] != position:
            index: dict[bytes, list[int]] = {}
            for row in self.rows(folder):
                for word in ids_in(row.header):
                    index.setdefault(word, []).append(row.uid)
            known = self._indexes[folder.name] = (position, index)
        return known[1]

    def append(self, folder: Folder, message: bytes) -> Appended:
        if folder.role is not Role.DRAFTS:
            raise OutOfBounds(f"A draft was about to be written into {folder.name}, which is not the Drafts folder.")
        return self._put(folder, message, "cur", ":2,DS")

    def append_sheet(self, folder: Folder, message: bytes, *, seen: bool) -> Appended:
        check_sheet_folder(folder, self.folders())
        return self._put(folder, message, "cur", ":2,S") if seen else self._put(folder, message, "new", "")

    def _put(self, folder: Folder, message: bytes, part: str, info: str) -> Appended:
        place, name = self._place(folder), self._new_name()
        target = place / part / f"{name}{info}"
        # Maildirs hold LF: their readers show CR. Servers give CRLF out of it.
        _deliver(message.replace(b"\r\n", b"\n"), place / "tmp" / name, target)
        uids = self._looked(folder)
        found = next((uid for uid, path in uids.files.items() if path == f"{part}/{target.name}"), None)
        return Appended(uid=found, uidvalidity=uids.validity)

    def _new_name(self) -> str:
        self._appended += 1
        host = re.sub(r"[/:\s]", "_", socket.gethostname()) or "localhost"
        return f"{int(time.time())}.M{time.time_ns() // 1000 % 10**6}P{os.getpid()}Q{self._appended}.{host}"

    def withdraw(self, folder: Folder, uid: int, uidvalidity: int, digest: str, trash: Folder) -> bool:
        check_withdrawal(folder, trash, self.folders())
        target, uids = self._place(trash) / "cur", self._looked(folder)
        path = uids.files.get(uid)
        if path is None or uids.validity != uidvalidity or "\\Deleted" in _flags(path):
            return False
        source = uids.place / path
        with suppress(FileNotFoundError), _on_disk(uids.place):
            if hashlib.sha256(source.read_bytes()).hexdigest() != digest or (target / source.name).exists():
                return False
            os.rename(source, target / source.name)
            for changed in (target, source.parent):
                sync_folder(changed)
            return True
        return False

    def make_folder(self, name: str) -> Folder:
        wanted = new_name(name, ".")
        place = self.path / f".{wanted}"
        with _on_disk(self.path):
            for part in ("tmp", "new", "cur"):  # `cur` last: with it the folder is one
                (place / part).mkdir(parents=True, exist_ok=True, mode=0o700)
            (place / "maildirfolder").touch(mode=0o600)
        return next(f for f in self.folders() if f.name == wanted)


def _read(uids: Uids, wanted: Sequence[int], cap: int) -> Iterator[tuple[int, tuple[bytes, os.stat_result]]]:
    """The beginnings of messages; one that was renamed meanwhile is looked for again, one that is gone left out."""
    for uid in sorted(set(wanted)):
        for again in (False, True):
            path = uids.files.get(uid)
            try:
                if path is not None:
                    with open(uids.place / path, "rb") as file:
                        found = file.read(cap), os.fstat(file.fileno())
                    yield uid, found
                break
            except FileNotFoundError:
                if not again:
                    with _on_disk(uids.place):
                        uids.refresh()
            except OSError:
                break  # unreadable, or a folder


def _deliver(message: bytes, new: Path, target: Path) -> None:
    """Write a message as every Maildir program does: whole in `tmp`, then renamed."""
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        os.rename(new, target)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        if error.errno in FULL:
            raise Deferred(f"There is no room for a draft ({error.strerror}). Make room; the next run tries again.") from error
        raise FoldersFault(f"A draft cannot be written to {target.parent} ({error.strerror}). Mend its permissions.") from error
    try:
        sync_folder(target.parent)
    except OSError as error:
        raise OutcomeUnknown(
            f"{target.parent} could not be made safe. The next run finds out whether the draft is there."
        ) from error


@contextmanager
def _on_disk(place: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        if place.is_dir() and (place / "cur").is_dir():
            raise
        raise FoldersFault(f"The folder {place} is gone. Run `nurture check`.") from None
    except OSError as error:
        raise FoldersFault(f"{place} cannot be read ({error.strerror}). Mend its permissions.") from error


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)  # absurd: what may have come just now keeps silence


def _keywords(place: Path) -> dict[str, str]:
    """Which letter is which keyword, as Dovecot writes it down: a line is a number from 0 and a name."""
    with suppress(OSError, ValueError):
        lines = (place / "dovecot-keywords").read_text(encoding="utf-8").splitlines()
        return {chr(ord("a") + int(number)): name for number, _, name in (line.partition(" ") for line in lines[:26])}
    return {}


def _flags(path: str, keywords: Mapping[str, str] = NO_KEYWORDS) -> frozenset[str]:
    """A small letter is a keyword; one that has no name stays a letter."""
    letters = path.rpartition("/")[2].partition(":2,")[2]
    return frozenset(FLAGS.get(c) or keywords.get(c, c) for c in letters if c in FLAGS or c in ascii_lowercase)
