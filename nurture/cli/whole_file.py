"""Files that a command writes: whole or not at all, for the owner's eyes, and named where the disk has no room for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from nurture.errors import WrongUsage


class Written(click.Path):
    """The type of every option and argument that names where a command writes. An empty name is refused: a variable that is not set."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """As `click.Path` does it."""
        if not os.fspath(value):
            self.fail("an empty name is no place to write to (is the variable set?)", param, ctx)
        return super().convert(value, param, ctx)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """A write that fails names its file. Python tells only the reason, and it would be taken for a fault of our own output."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def write_whole(path: Path, raw: bytes, mode: int = 0o600) -> None:
    """Put `raw` into `path`. What is no plain file (/dev/stdout, a pipe, a link) is written to, never replaced. Raises WrongUsage.

    A file that it makes, or makes anew, gets `mode`, less what the umask takes.
    """
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(raw)
        else:
            _replace(path, raw, mode)
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no possible name"
        raise WrongUsage(f"{path} cannot be written ({reason}). Make room there, or name another place.") from error


def _replace(path: Path, raw: bytes, mode: int) -> None:
    part = path.with_name(f".{path.name[:200]}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())  # some disks tell only now that they are full
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
