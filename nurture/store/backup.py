"""A whole copy of a SQLite file beside it, before its schema changes; half a one would be taken for a backup for ever."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection

from nurture.errors import DatabaseBusy, DatabaseFault

PATIENCE, GLANCE = 60, 0.05  # seconds: how long another program's copy is waited for, and how often it is looked for


def back_up(connection: Connection, copy: Path) -> None:
    """Copy what is committed into a file that is not there yet, for its owner alone. Raises DatabaseBusy, DatabaseFault."""
    if copy.exists():
        return
    with _alone(copy.with_suffix(".lock")):
        if not copy.exists():  # else another program was here first
            _copy_to(connection, copy)


def _copy_to(connection: Connection, copy: Path) -> None:
    part = copy.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        connection.connection.cursor().execute("VACUUM INTO ?", (str(part),))
        part.chmod(0o600)
        part.rename(copy)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            part.unlink()
        raise DatabaseFault(
            f"The backup {copy} cannot be written ({error}). Make room on the disk (or look whether it fails), then run again; "
            "nothing was changed."
        ) from error


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One program at a time, by a lock on a file that is there only meanwhile: who finds it held waits. Raises DatabaseBusy."""
    end = time.monotonic() + PATIENCE
    while (descriptor := _held(lock)) is None:
        if time.monotonic() > end:
            raise DatabaseBusy(f"Another program has been making a backup for {PATIENCE} seconds. Run again when it is done.")
        time.sleep(GLANCE)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _held(lock: Path) -> int | None:
    """The descriptor of the file, held; None where another program holds it, or has just taken it away."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), lock.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None
