"""Who said no: keyed fingerprints in an append-only list beside the configuration, independent of the database (P6).

A line is `+HMAC date source` or, where the owner reopened, `-HMAC date source`; the last line about a fingerprint counts.
A torn last line (a crash in the middle of a write) is a no that was never acknowledged, and is read if its digest is whole.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import datetime
from pathlib import Path

from nurture.errors import ConfigFault

HEX = 64


class Suppression:
    """The list and its key. `key` serves draft identities and sentence hashes too, each with a purpose of its own."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.path = folder / "suppression.list"
        self.key = _key(folder / "nurture.key", create=create)
        self._closed: set[str] = set()
        self._seen = 0

    def contains(self, address: str) -> bool:
        """Whether this address, or its whole domain, must not be written to. Looks at the file again when it has grown."""
        self._read()
        clean = address.strip().lower()
        return self._print(clean) in self._closed or self._print("@" + clean.rpartition("@")[2]) in self._closed

    def add(self, address: str, source: str, now: datetime) -> None:
        """Never write to this address, or to this @domain. On disk before this returns."""
        self._append("+", address, source, now)

    def reopen(self, address: str, source: str, now: datetime) -> None:
        """The owner's word: they may be written to again."""
        self._append("-", address, source, now)

    @property
    def count(self) -> int:
        """How many fingerprints are closed."""
        self._read()
        return len(self._closed)

    def _print(self, address: str) -> str:
        return hmac.new(self.key, b"no:" + address.encode(), hashlib.sha256).hexdigest()

    def _append(self, sign: str, address: str, source: str, now: datetime) -> None:
        line = f"{sign}{self._print(address.strip().lower())} {now:%Y-%m-%d} {' '.join(source.split())}\n"
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            torn = os.fstat(descriptor).st_size and not _ends_with_newline(self.path)
            os.write(descriptor, ("\n" if torn else "").encode() + line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _read(self) -> None:
        size = self.path.stat().st_size if self.path.exists() else 0
        if size == self._seen:
            return
        self._closed, self._seen = set(), size
        for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            sign, digest = line[:1], line[1 : HEX + 1]
            if sign == "+" and len(digest) == HEX:
                self._closed.add(digest)
            elif sign == "-" and len(digest) == HEX:
                self._closed.discard(digest)


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _key(path: Path, *, create: bool) -> bytes:
    if not path.exists():
        if not create or path.with_name("suppression.list").exists():
            raise ConfigFault(
                path,
                [
                    "the key is missing; restore it from a backup (without it, who said no is not known), or run `nurture init` anew"
                ],
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
    key = path.read_bytes()
    if len(key) != 32:
        raise ConfigFault(path, ["the key is damaged; restore it from a backup"])
    return key
