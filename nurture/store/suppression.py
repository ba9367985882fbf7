"""Who said no: keyed fingerprints in an append-only list beside the configuration, independent of the database (P6).

A line is `+HMAC date source` or, where the owner reopened, `-HMAC date source`; the last line about a fingerprint counts.
A torn last line (a crash in the middle of a write) is a no that was never acknowledged, and is read if its digest is whole; a
torn reopening reopens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nurture.config import domains_above, reach_of
from nurture.errors import NoesLost

CLOSES = re.compile(r"\+([0-9a-f]{64})(?![0-9a-f])")
REOPENS = re.compile(r"-([0-9a-f]{64}) \d{4}-\d\d-\d\d .")  # to the end of its day: a torn one reopens nothing


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How the list stood once: the key it was kept with, its length in bytes, and the digest of these bytes."""

    key: str
    size: int = 0
    digest: str = hashlib.sha256().hexdigest()


class Suppression:
    """The list and its key. `key` serves draft identities and sentence hashes too, each with a purpose of its own.

    Raises NoesLost where the key or the list cannot be read, is damaged, or has shrunk since it was read.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.path = folder / "suppression.list"
        with _readable(self.path):
            self.key = _key(folder / "nurture.key", create=create)
        self._closed: set[str] = set()
        self._domains: dict[str, str] = {}
        self._seen: tuple[int, int, int] = (0, 0, 0)  # size, time and number of the file as it was read

    def contains(self, address: str) -> bool:
        """Whether this address (any spelling of its mailbox), or a domain it belongs to, must not be written to. Looks at the file
        again when it has changed."""
        return bool(self.closed_by(address))

    def closed_by(self, address: str) -> str:
        """What on the list covers this address: its mailbox, or the @domain; "" where nothing does."""
        self._read()
        return self._covering(address)

    def covered(self, addresses: Iterable[str]) -> set[str]:
        """Those that must not be written to; for thousands, whose list is looked at once."""
        self._read()
        return {address for address in addresses if self._covering(address)}

    def _covering(self, address: str) -> str:
        clean = address.strip().lower()
        names = (clean, reach_of(clean), *domains_above(clean))
        return next((name for name in dict.fromkeys(names) if self._print(name) in self._closed), "")

    def add(self, address: str, source: str, now: datetime) -> None:
        """Never write to this mailbox, or to this @domain and everything below it. On disk before this returns."""
        self._append("+", _spelt(address), source, now)

    def reopen(self, address: str, source: str, now: datetime) -> None:
        """The owner's word: this mailbox, or this very @domain, may be written to again."""
        self._read()
        clean = address.strip().lower()
        for name in dict.fromkeys((_spelt(clean), clean)):
            if name == _spelt(clean) or self._print(name) in self._closed:
                self._append("-", name, source, now)

    def holds(self, source: str) -> bool:
        """Whether something was put on the list by this very source, whatever was said of it since."""
        with _readable(self.path):
            content = self.path.read_bytes() if self.path.exists() else b""
        return f" {source}\n".encode() in content

    @property
    def count(self) -> int:
        """How many fingerprints are closed."""
        self._read()
        return len(self._closed)

    def mark(self) -> Mark:
        """How the list stands now."""
        with _readable(self.path):
            content = self.path.read_bytes() if self.path.exists() else b""
        whole = content[: content.rfind(b"\n") + 1]
        return Mark(key=self._name_of_key(), size=len(whole), digest=hashlib.sha256(whole).hexdigest())

    def follows(self, mark: Mark) -> bool:
        """Whether this is the list of that mark, as it stood or grown since, with the same key."""
        with _readable(self.path):
            content = self.path.read_bytes()[: mark.size] if self.path.exists() else b""
        same = len(content) == mark.size and hashlib.sha256(content).hexdigest() == mark.digest
        return same and hmac.compare_digest(mark.key, self._name_of_key())

    def close_torn_line(self) -> bool:
        """End a last line that a crash tore, so that it is told once. False: there is none."""
        with _readable(self.path):
            if not self.path.exists() or not self.path.stat().st_size or _ends_with_newline(self.path):
                return False
        self._write(b"\n")
        return True

    @staticmethod
    def set_aside(folder: Path) -> None:
        """Keep a list that nobody can read any more, and a damaged key, under other names, so that new ones can begin."""
        with _readable(folder):
            for path in (folder / "suppression.list", folder / "nurture.key"):
                if path.exists():
                    number = 1
                    while (old := path.with_name(f"{path.name}.{number}")).exists():
                        number += 1
                    path.rename(old)

    def _name_of_key(self) -> str:
        return hmac.new(self.key, b"this key", hashlib.sha256).hexdigest()[:32]

    def _print(self, name: str) -> str:
        """That of a @domain is remembered: many people are at one."""
        found = self._domains.get(name)
        if found is None:
            found = hmac.digest(self.key, b"no:" + name.encode(), "sha256").hex()
            if name.startswith("@"):
                self._domains[name] = found
        return found

    def _append(self, sign: str, name: str, source: str, now: datetime) -> None:
        self._write(f"{sign}{self._print(name)} {now:%Y-%m-%d} {' '.join(source.split())}\n".encode())

    def _write(self, line: bytes) -> None:
        self._read()
        with _readable(self.path, "written"):
            new = not self.path.exists()
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                torn = line != b"\n" and os.fstat(descriptor).st_size and not _ends_with_newline(self.path)
                whole = (b"\n" if torn else b"") + line
                if os.write(descriptor, whole) != len(whole):
                    raise OSError(0, "the disk is full")
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if new:
                _sync_folder(self.path.parent)

    def _read(self) -> None:
        seen = self._looked()
        if seen == self._seen:
            return
        with _readable(self.path):
            if seen[0] < self._seen[0]:
                raise NoesLost(
                    f"{self.path} has shrunk while nurture worked. Put it back from a backup, then run `nurture check`."
                )
            content = self.path.read_bytes()
        self._closed, self._seen = set(_closed_in(content)), seen

    def _looked(self) -> tuple[int, int, int]:
        try:
            facts = os.stat(self.path)
        except FileNotFoundError:
            return 0, 0, 0
        except OSError as error:
            raise _lost(self.path, "read", error) from error
        return facts.st_size, facts.st_mtime_ns, facts.st_ino


def _closed_in(content: bytes) -> set[str]:
    closed: set[str] = set()
    for line in content.decode("utf-8", "replace").split("\n"):
        if found := CLOSES.match(line):
            closed.add(found[1])
        elif found := REOPENS.match(line):
            closed.discard(found[1])
    return closed


def _spelt(address: str) -> str:
    clean = address.strip().lower()
    return clean if clean.startswith("@") else reach_of(clean)


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _readable(path: Path, what: str = "read") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _lost(path, what, error) from error


def _lost(path: Path, what: str, error: OSError) -> NoesLost:
    named = error.filename or path
    return NoesLost(f"{named} cannot be {what} ({error.strerror}): who said no is not known. Mend that, then run again.")


def _key(path: Path, *, create: bool) -> bytes:
    if not path.exists():
        if not create or path.with_name("suppression.list").exists():
            raise NoesLost(
                f"The key {path} is missing, and without it nobody knows who said no. Put it back from a backup; if there is none, "
                "`nurture db noes` begins a new list from what the database knows."
            )
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            return _key(path, create=False)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
    if path.stat().st_mode & 0o077:  # a backup program widened it: whoever has the key can try addresses against the list
        path.chmod(0o600)
    key = path.read_bytes()
    if len(key) != 32:
        raise NoesLost(f"The key {path} is damaged, and without it nobody knows who said no. Put it back from a backup.")
    return key
