"""A Maildir++ on disk: INBOX at PATH, `.Sent`, `.Drafts`, `.Trash`, `.Junk` beside (the layout that Dovecot and mutt read).

UIDs are nurture's own and kept in its state folder: nothing is written into a human's mail folder, no file is renamed there,
so that no flag can change. New messages get ascending UIDs in the order of their file names' time stamps.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from nurture.config import FolderChoices
from nurture.errors import FoldersFault, OutOfBounds
from nurture.mailbox.contract import Appended, Folder, Found, Position, Role, Row
from nurture.mailbox.folders import Listed, assign
from nurture.mailbox.rows import MAX_HEADER, header_block, matches

FLAGS = {"D": "\\Draft", "F": "\\Flagged", "P": "$Forwarded", "R": "\\Answered", "S": "\\Seen", "T": "\\Deleted"}
_SHIFTED = re.compile("&([A-Za-z0-9+,]*)-")
HEAD = 16 * 1024  # bytes in which most headers end


class MaildirMailbox:
    """See `nurture.mailbox.contract`."""

    def __init__(self, path: Path, account: str, choices: FolderChoices, *, uid_store: Path) -> None:
        self.path, self.account, self.choices = path, account, choices
        self.uid_store = uid_store / hashlib.sha256(account.encode()).hexdigest()[:16]
        self._maps: dict[str, _Uids] = {}
        self._appended = 0

    def __enter__(self) -> MaildirMailbox:
        if not (self.path / "cur").is_dir():
            raise FoldersFault(f"{self.path} is no Maildir (it has no folder `cur`). Correct [[account]] mailbox in config.toml.")
        self.uid_store.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self

    def __exit__(self, *exc: object) -> None:
        self._maps.clear()

    def folders(self) -> tuple[Folder, ...]:
        names = sorted(p.name for p in self.path.iterdir() if p.name.startswith(".") and (p / "cur").is_dir() and p.name not in (".", ".."))
        listed = [Listed(name="INBOX", delimiter=".")] + [Listed(name=_decode(n[1:]), delimiter=".", wire=n) for n in names]
        return assign(listed, self.choices)

    def _place(self, folder: Folder) -> Path:
        place = self.path if folder.role is Role.INBOX else self.path / folder.wire
        if not (place / "cur").is_dir():
            raise FoldersFault(f"The folder {folder.name} is gone from {self.path}. Run `nurture check`.")
        return place

    def _uids(self, folder: Folder, *, fresh: bool = False) -> _Uids:
        if fresh or folder.name not in self._maps:
            self._maps[folder.name] = _Uids(self._place(folder), self.uid_store / (hashlib.sha256(folder.name.encode()).hexdigest()[:16] + ".json"))
        return self._maps[folder.name]

    def position(self, folder: Folder) -> Position:
        uids = self._uids(folder, fresh=True)
        return Position(uidvalidity=uids.validity, uidnext=uids.next, exists=len(uids.files))

    def uids(self, folder: Folder) -> tuple[int, ...]:
        return tuple(sorted(self._uids(folder).files))

    def rows(self, folder: Folder, first_uid: int = 1) -> Iterator[Row]:
        return self.rows_of(folder, [uid for uid in self._uids(folder, fresh=True).files if uid >= first_uid])

    def rows_of(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        files = self._uids(folder).files
        for uid in sorted(set(uids)):
            path = files.get(uid)
            try:
                if path is not None:
                    yield _row(uid, path)
            except OSError:
                continue  # moved away between listing and reading: the next run sees it where it is

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        files = self._uids(folder).files
        for uid in sorted(set(uids)):
            try:
                if (path := files.get(uid)) is not None:
                    with open(path, "rb") as file:
                        yield uid, file.read(cap)
            except OSError:
                continue

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        files = self._uids(folder, fresh=True).files
        return {uid: _flags(files[uid]) for uid in uids if uid in files}

    def search_address(self, folder: Folder, address: str) -> tuple[int, ...]:
        wanted = address.lower().encode()
        return tuple(row.uid for row in self.rows(folder) if wanted in row.header.lower())

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        validity = self._uids(folder).validity
        return tuple(
            Found(folder=folder, uid=r.uid, uidvalidity=validity, size=r.size, header=r.header) for r in self.rows(folder, first_uid) if matches(r.header, message_id)
        )

    def append(self, folder: Folder, message: bytes) -> Appended:
        if folder.role is not Role.DRAFTS:
            raise OutOfBounds(f"A draft was about to be written into {folder.name}, which is not the Drafts folder.")
        place = self._place(folder)
        self._appended += 1
        name = f"{int(time.time())}.M{time.time_ns() % 10**9}P{os.getpid()}Q{self._appended}.{socket.gethostname().replace('/', '_').replace(':', '_')}"
        _write(place / "tmp" / name, message)
        target = place / "cur" / f"{name}:2,DS"
        os.rename(place / "tmp" / name, target)
        _sync(place / "cur")
        uids = self._uids(folder, fresh=True)
        return Appended(uid=next((uid for uid, path in uids.files.items() if path == str(target)), None), uidvalidity=uids.validity)

    def withdraw(self, folder: Folder, uid: int, uidvalidity: int, digest: str, trash: Folder) -> bool:
        uids = self._uids(folder, fresh=True)
        path = uids.files.get(uid)
        if path is None or uids.validity != uidvalidity or "\\Deleted" in _flags(path):
            return False
        try:
            if hashlib.sha256(Path(path).read_bytes()).hexdigest() != digest:
                return False
            os.rename(path, self._place(trash) / "cur" / os.path.basename(path))
        except FileNotFoundError:
            return False
        _sync(self._place(trash) / "cur")
        return True

    def make_folder(self, name: str) -> Folder:
        place = self.path / ("." + name)
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True, mode=0o700)
        return next(f for f in self.folders() if f.name == name)


class _Uids:
    """One folder's UIDs: a file of nurture's own maps the unique part of each file name to its UID."""

    def __init__(self, place: Path, store: Path) -> None:
        self.store = store
        known = self._load()
        self.validity: int = known["validity"]
        self.next: int = known["next"]
        self.files: dict[int, str] = {}
        self._take(place, known["uids"])

    def _load(self) -> dict[str, object] | dict[str, int]:  # type: ignore[override]
        try:
            data = json.loads(self.store.read_text(encoding="utf-8"))
            if isinstance(data, dict) and isinstance(data.get("uids"), dict):
                return data
        except (OSError, ValueError):
            pass
        return {"validity": max(1, int(time.time())), "next": 1, "uids": {}}

    def _take(self, place: Path, uids: dict[str, int]) -> None:
        found: dict[str, str] = {}
        for part in ("cur", "new"):
            with os.scandir(place / part) as entries:
                for entry in entries:
                    if not entry.name.startswith("."):
                        found[entry.name.partition(":")[0]] = entry.path
        fresh = sorted((name for name in found if name not in uids), key=_age)
        for name in fresh:
            uids[name] = self.next
            self.next += 1
        gone = len(uids) - len(found)
        if fresh or gone > len(uids) // 2 > 100 or not self.store.exists():
            self._keep({n: u for n, u in uids.items() if n in found})
        self.files = {uids[name]: path for name, path in found.items()}

    def _keep(self, uids: dict[str, int]) -> None:
        new = self.store.with_suffix(".new")
        _write(new, json.dumps({"validity": self.validity, "next": self.next, "uids": uids}).encode())
        os.replace(new, self.store)


def _age(name: str) -> tuple[int, str]:
    head = name.partition(".")[0]
    return (int(head) if head.isdigit() and len(head) < 15 else 0, name)


def _row(uid: int, path: str) -> Row:
    with open(path, "rb") as file:
        facts = os.fstat(file.fileno())
        head = file.read(HEAD)
        if b"\n\n" not in head and b"\r\n\r\n" not in head:
            head += file.read(MAX_HEADER)
    return Row(uid=uid, size=facts.st_size, received=datetime.fromtimestamp(facts.st_mtime, UTC), header=header_block(head))


def _flags(path: str) -> frozenset[str]:
    return frozenset(FLAGS[c] for c in os.path.basename(path).partition(":2,")[2] if c in FLAGS)


def _decode(name: str) -> str:
    """Modified UTF-7 (RFC 3501 5.1.3), as Maildir++ folder names are written; what is none stays as it is."""
    try:
        return _SHIFTED.sub(lambda m: "&" if m[1] == "" else f"+{m[1].replace(',', '/')}-".encode("ascii").decode("utf-7"), name)
    except UnicodeError:
        return name


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
