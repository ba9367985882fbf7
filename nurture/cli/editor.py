"""A session with the owner's editor, held as visudo holds it: checked when saved, edited again with each fault marked at its line.

The text is never lost: its file stays until whoever asked for the edit has kept the text, and a session that ends otherwise names it.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree, which
from tempfile import mkdtemp
from types import FrameType

import click

from nurture.cli.options import Settings
from nurture.errors import NurtureError, TemplateFault, WrongUsage, one_sentence

SIGN = "!! "  # behind the comment's opening: a line of ours, taken out again
MARKED = 20  # faults marked at once
USUAL = ("editor", "nano", "vi")  # where neither VISUAL nor EDITOR says
PLUS = frozenset(
    {"vi", "vim", "nvim", "gvim", "view", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "mg", "ne"}
)  # know +LINE
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a text, and in which line (from 1), where that can be told."""

    says: str
    line: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.says}" if self.line else self.says


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """A text to be edited. `title` is what it is to its owner; `name` names the file, and its ending the kind of text; `comment`
    encloses one line of remark in it.
    """

    text: str
    title: str
    name: str
    comment: tuple[str, str] = ("# ", "")


class EditRefused(TemplateFault):
    """The edited text was not taken, and nothing was changed. It stands in `path`; None: it was never touched."""

    def __init__(self, says: str, path: Path | None) -> None:
        self.says, self.path = says.rstrip("."), path
        kept = f"; your text is kept in {path}." if path else "."
        super().__init__(f"{self.says}. Nothing was changed{kept}")


class NoTerminal(EditRefused):
    """There is nothing to edit with. The file stays, for whoever can."""


Check = Callable[[str], Sequence[Fault]]


@contextmanager
def edited(settings: Settings, manuscript: Manuscript, check: Check, folder: Path) -> Iterator[str]:
    """The text as it left the editor, without fault. Its file, in `folder`, goes when the block has come to its end; whatever is
    raised in the block leaves it there and says so. Raises EditRefused.

    Without a terminal nothing is asked: the editor that VISUAL or EDITOR names runs once, and a fault refuses the text.
    """
    path = _laid_out(manuscript, folder)
    try:
        with _stoppable():
            yield _without_fault(settings, manuscript, check, path)
    except NoTerminal:
        raise
    except NurtureError as error:
        left = _left(manuscript, path)
        refused = EditRefused(error.says if isinstance(error, EditRefused) else str(error), left)
        refused.exit_code = error.exit_code
        raise refused from error
    except BaseException:
        if left := _left(manuscript, path):
            click.echo(f"\nnurture: Your text is kept in {left}.", err=True)
        raise
    rmtree(path.parent, ignore_errors=True)


def on_a_terminal(settings: Settings) -> bool:
    """Whether somebody can be asked."""
    asked = not (settings.as_json or settings.yes)
    return asked and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _laid_out(manuscript: Manuscript, folder: Path) -> Path:
    """The file to be edited, in a private folder of its own: what editors leave beside it is nobody else's either."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = Path(mkdtemp(prefix=f"{manuscript.name.partition('.')[0]}-", dir=folder)) / manuscript.name
    path.touch(0o600)
    path.write_bytes(manuscript.text.encode())
    return path


def _without_fault(settings: Settings, manuscript: Manuscript, check: Check, path: Path) -> str:
    asking, line = on_a_terminal(settings), None
    while True:
        _edit(path, line, terminal=asking)
        raw = _unmarked(_read(path), manuscript.comment)
        _write(path, raw)
        text, faults = _checked(raw, check)
        if not faults:
            return text
        if not asking:
            raise EditRefused(_listed(manuscript.title, faults), path)
        _tell(manuscript.title, faults)
        if not click.confirm("Edit again? (No: nothing is changed, and your text is kept)", default=True):
            raise EditRefused("The text was not taken", path)
        line = _write(path, raw, _marks(faults, manuscript.comment))


def _checked(raw: bytes, check: Check) -> tuple[str, Sequence[Fault]]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [Fault(line=line, says="this is not written in UTF-8")]
    return text, check(text)


def _listed(title: str, faults: Sequence[Fault]) -> str:
    more = f"; and {len(faults) - 3} more" if len(faults) > 3 else ""
    return f"{title}: {'; '.join(str(fault).rstrip('.') for fault in faults[:3])}{more}"


def _tell(title: str, faults: Sequence[Fault]) -> None:
    from nurture.cli import show

    for fault in faults[:MARKED]:
        show.bullet(f"{title}, {fault}" if fault.line else f"{title}: {fault}", indent="  ", limit=600)


def _edit(path: Path, line: int | None, *, terminal: bool) -> None:
    """Let the owner edit. Raises EditRefused where the editor says that it failed (`:cq`), WrongUsage where there is none."""
    words = _editor(terminal=terminal, path=path)
    at = [f"+{line}"] if line and Path(words[0]).name in PLUS else []
    command = [*words, *at, str(path)]
    _allow(command, path)
    try:
        child = subprocess.Popen(command, stdout=None if terminal else sys.stderr)
    except (OSError, ValueError) as error:
        raise WrongUsage(f"The editor {words[0]} cannot be started ({error}). Name another one in EDITOR.") from error
    with _deaf():
        code = child.wait()
    if code:
        raise EditRefused(f"The editor {words[0]} ended with an error ({code})", path)


def _editor(*, terminal: bool, path: Path) -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if named := os.environ.get(name, "").strip():
            try:
                return shlex.split(named)
            except ValueError as error:
                raise EditRefused(f"{name} cannot be understood ({error})", path) from error
    if not terminal:
        raise NoTerminal("There is no terminal to edit on, and neither VISUAL nor EDITOR names a program", path)
    return [next((name for name in USUAL if which(name)), "vi")]


def _allow(command: Sequence[str], path: Path) -> None:
    """The owner has named this program; one that sends mail is started by nobody here (P1)."""
    from nurture.guard import MAIL_PROGRAMS, guard, programs

    if sender := next((name for name in programs(command) if name in MAIL_PROGRAMS), None):
        raise EditRefused(f"The editor names {sender}, which sends mail, and nurture starts nothing that does", path)
    guard.allow_command(command)


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None], *numbers: signal.Signals) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _stoppable() -> AbstractContextManager[None]:
    """A terminal that is closed, or a `kill`, ends an edit as Ctrl-C does: the text is kept, and named."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    return _handled(stop, signal.SIGTERM, signal.SIGHUP)


def _deaf() -> AbstractContextManager[None]:
    """Ctrl-C belongs to the editor while it runs."""
    return _handled(lambda _number, _frame: None, signal.SIGINT, signal.SIGQUIT)


# What stands in the file: bytes, so that nothing is lost of a text that is not what it should be.


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes().removeprefix(BOM)
    except FileNotFoundError as error:
        raise EditRefused("The editor left no file behind", path) from error


def _left(manuscript: Manuscript, path: Path) -> Path | None:
    """The file, where it holds something that stands nowhere else."""
    if path.exists() and path.read_bytes() != manuscript.text.encode():
        return path
    rmtree(path.parent, ignore_errors=True)
    return None


def _write(path: Path, raw: bytes, marks: Sequence[tuple[int, bytes]] = ()) -> int | None:
    """The text with marks above their lines. Returns the line of the first mark."""
    lines = raw.split(b"\n")
    for number, mark in sorted(marks, reverse=True):
        lines.insert(min(max(number, 1), len(lines)) - 1, mark)
    fresh = path.with_name(f".{path.name}.new")
    fresh.touch(0o600)
    fresh.write_bytes(b"\n".join(lines))
    fresh.replace(path)
    return min(number for number, _ in marks) if marks else None


def _marks(faults: Sequence[Fault], comment: tuple[str, str]) -> list[tuple[int, bytes]]:
    start, end = comment
    found = []
    for fault in faults[:MARKED]:
        says = one_sentence(str(fault))
        for mark in (start.strip(), end.strip()):
            says = says.replace(mark, " ") if len(mark) > 1 else says
        found.append((fault.line or 1, f"{start}{SIGN}{says}{end}".encode()))
    return found


def _unmarked(raw: bytes, comment: tuple[str, str]) -> bytes:
    sign = (comment[0] + SIGN).encode()
    return b"\n".join(line for line in raw.split(b"\n") if not line.lstrip().startswith(sign))
