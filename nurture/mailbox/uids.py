"""UIDs for a Maildir folder, kept in nurture's own state folder: nothing is written into a human's mail.

A message is known by the unique part of its file name, which stays when flags change or `new` becomes `cur`. New ones get
ascending UIDs in the order of their time stamps. A UID is never given twice, also when the process is killed while it writes:
the file is replaced as a whole, and a damaged one means a new UIDVALIDITY.
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nurture.errors import DatabaseFault
from nurture.mailbox.contract import Position

_HEAD = re.compile(rb"nurture-uids 1 (\d{1,15}) (\d{1,10})")
_STAMP = re.compile(r"[0-9]{1,14}(?![0-9])")
FORGET = 30  # days until a message that is gone loses its UID: it may be in the middle of a rename, or come back
SETTLED = 2_000_000_000  # nanoseconds after which a folder's time stamp tells of every change
PARTS = ("new", "cur")  # in the order in which messages move, so that one on its way is not missed


class Uids:
    """One folder's UIDs. `files` says where each message lies, relative to the folder."""

    def __init__(self, place: Path, store: Path) -> None:
        self.place, self.store = place, store
        self.validity, self.next = 0, 1
        self.files: dict[int, str] = {}
        self._known: dict[str, tuple[int, int]] = {}  # unique name -> UID, and the day since when it is gone (0: it is there)

    def refresh(self) -> None:
        """Look at the folder as it is now; new messages get their UIDs, and those are kept before anybody hears of them."""
        with self._alone():
            self._load()
            stamp = _stamp(self.place)
            found = _scan(self.place)
            if any(not gone and name not in found for name, (_, gone) in self._known.items()):
                found = {**found, **_scan(self.place)}  # one that is renamed during a look may be missed by it
            changed = self._give(found) | self._miss(found)
            self.files = {self._known[name][0]: path for name, path in found.items()}
            if changed or not self.store.exists():
                self._keep()
            _write(self._seen, b"%d %d %d %d %s" % (self.validity, self.next, len(found), time.time_ns(), stamp))
            self._known = {}

    def position(self) -> Position:
        """Where the folder stands; costs next to nothing where it has not changed since it was last looked at."""
        known = self._unchanged()
        if known is None:
            self.refresh()
            known = Position(uidvalidity=self.validity, uidnext=self.next, exists=len(self.files), numbered_here=True)
        return known

    @property
    def _seen(self) -> Path:
        return self.store.with_suffix(".seen")

    def _unchanged(self) -> Position | None:
        try:
            with open(self.store, "rb") as file:
                head = _HEAD.match(file.readline(80))
            validity, following, exists, when, stamp = self._seen.read_bytes().split(b" ", 4)
            if head is None or head.groups() != (validity, following) or stamp != _stamp(self.place):
                return None
            if int(when) - max(map(int, stamp.split())) < SETTLED:
                return None
            return Position(uidvalidity=int(validity), uidnext=int(following), exists=int(exists), numbered_here=True)
        except (OSError, ValueError):
            return None

    def _load(self) -> None:
        self._known = {}
        try:
            head, *lines = self.store.read_bytes().splitlines()
            found = _HEAD.fullmatch(head)
            if found is None or lines.pop() != b"end":
                raise ValueError("damaged")
            for line in lines:
                uid, gone, name = line.split(b" ", 2)
                self._known[os.fsdecode(name)] = (int(uid), int(gone))
            numbers = {uid for uid, _ in self._known.values()}
            if len(numbers) < len(lines) or any(not 0 < n < int(found[2]) for n in numbers):
                raise ValueError("damaged")
            self.validity, self.next = int(found[1]), int(found[2])
        except (OSError, ValueError):
            self._known, self.next = {}, 1
            self.validity = max(int(time.time()), 1 + max(self.validity, self._last_validity()))

    def _last_validity(self) -> int:
        with suppress(OSError, ValueError):
            return int(self._seen.read_bytes().split(b" ")[0])
        return 0

    def _give(self, found: dict[str, str]) -> bool:
        fresh = sorted((name for name in found if name not in self._known), key=_age)
        for name in fresh:
            self._known[name] = (self.next, 0)
            self.next += 1
        return bool(fresh)

    def _miss(self, found: dict[str, str]) -> bool:
        """Note what is gone, or back again; forget what has been gone for long."""
        today = int(time.time()) // 86400
        news = {n: today for n, (_, gone) in self._known.items() if not gone and n not in found}
        news |= {n: 0 for n, (_, gone) in self._known.items() if gone and n in found}
        old = [n for n, (_, gone) in self._known.items() if gone and n not in found and today - gone > FORGET]
        for name, day in news.items():
            self._known[name] = (self._known[name][0], day)
        for name in old:
            del self._known[name]
        return bool(news or old)

    def _keep(self) -> None:
        lines = [b"nurture-uids 1 %d %d" % (self.validity, self.next)]
        lines += [b"%d %d %s" % (uid, gone, os.fsencode(name)) for name, (uid, gone) in self._known.items()]
        _write(self.store, b"\n".join((*lines, b"end", b"")), sync=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process of nurture (`check` while a run is on) gives UIDs at the same time."""
        with writing(self.store.parent):
            self.store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = os.open(self.store.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _scan(place: Path) -> dict[str, str]:
    """Unique name -> path within the folder."""
    found: dict[str, str] = {}
    for part in PARTS:
        with os.scandir(place / part) as entries:
            for entry in entries:
                # Only files: a pipe would keep whoever opens it for ever.
                if not entry.name.startswith(".") and not {"\n", "\r"} & set(entry.name) and entry.is_file():
                    found[entry.name.partition(":")[0]] = f"{part}/{entry.name}"
    return found


def _stamp(place: Path) -> bytes:
    return b"%d %d" % tuple(os.stat(place / part).st_mtime_ns for part in PARTS)


def _age(name: str) -> tuple[int, str]:
    stamp = _STAMP.match(name)  # "1700000200.M1P2.host", and mbsync's "1700000200_0.2.host"
    return (int(stamp[0]) if stamp else 0, name)


def _write(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Replace a file as a whole."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with writing(path.parent):
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                if sync:
                    file.flush()
                    os.fsync(file.fileno())
            os.replace(new, path)
            if sync:
                sync_folder(path.parent)
        except OSError:
            with suppress(OSError):
                new.unlink()
            raise


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What goes wrong in nurture's own folder is told as such."""
    try:
        yield
    except OSError as error:
        raise DatabaseFault(f"{folder} cannot be written ({error.strerror}). Make room, or mend its permissions.") from error
