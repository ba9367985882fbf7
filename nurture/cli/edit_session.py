"""A session with the owner's editor, held as visudo holds it: checked when saved, edited again with each fault marked at its line.

The text is never lost: its file stays until whoever asked for the edit has kept the text, and a session that ends otherwise names it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from nurture.cli import editor, opening
from nurture.cli.editor import EditRefused
from nurture.cli.options import Settings
from nurture.cli.whole_file import writing
from nurture.errors import NurtureError, TemplateFault, one_sentence

SIGN = "!! "  # behind the comment's opening: a line of ours, taken out again
MARKED = 20  # faults marked at once
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


Check = Callable[[str], Sequence[Fault]]


class NoTerminal(EditRefused):
    """There is nothing to edit with. The file stays, for whoever can."""


@contextmanager
def edited(settings: Settings, manuscript: Manuscript, check: Check, folder: Path) -> Iterator[str]:
    """The text as it left the editor, without fault. Its file, in `folder`, goes when the block has come to its end; whatever is
    raised in the block leaves it there and says so. Raises EditRefused, or TemplateFault where the text was never touched.

    Without a terminal nothing is asked: the editor that VISUAL or EDITOR names runs once, and a fault refuses the text.
    """
    path = editor.private_file(folder, manuscript.name, manuscript.text)
    try:
        with editor.stoppable():
            yield _without_fault(settings, manuscript, check, path)
    except NoTerminal:
        raise
    except NurtureError as error:
        raise _refusal(error, manuscript, path) from error
    except BaseException:
        if _left(manuscript, path):
            click.echo(err=True)
            opening.complain(f"Your text lies in {path}.")
        raise
    editor.let_go(path)


def on_a_terminal(settings: Settings) -> bool:
    """Whether somebody can be asked."""
    asked = not (settings.as_json or settings.yes)
    return asked and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _left(manuscript: Manuscript, path: Path) -> bool:
    """Whether the file holds something that stands nowhere else; one that does not goes."""
    if path.exists() and path.read_bytes() != manuscript.text.encode():
        return True
    editor.let_go(path)
    return False


def _refusal(error: NurtureError, manuscript: Manuscript, path: Path) -> NurtureError:
    why = f"{(error.why if isinstance(error, EditRefused) else str(error)).rstrip('.')}."
    refused: NurtureError = EditRefused(path, why) if _left(manuscript, path) else TemplateFault(f"{why} Nothing was changed.")
    refused.exit_code = error.exit_code
    return refused


def _without_fault(settings: Settings, manuscript: Manuscript, check: Check, path: Path) -> str:
    asking, line = on_a_terminal(settings), None
    if not asking and not any(os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR")):
        raise NoTerminal(path, "There is no terminal to edit on, and neither VISUAL nor EDITOR names a program.")
    while True:
        editor.start(path, line)
        raw = _unmarked(_read(path), manuscript.comment)
        _write(path, raw)
        text, faults = _checked(raw, check)
        if not faults:
            return text
        if not asking:
            raise EditRefused(path, f"{_listed(manuscript.title, faults)}.")
        _tell(manuscript.title, faults)
        if not click.confirm("Edit again? (No: nothing is changed, and your text is kept)", default=True):
            raise EditRefused(path, "The text was not taken.")
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


# What stands in the file: bytes, so that nothing is lost of a text that is not what it should be.


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes().removeprefix(BOM)
    except FileNotFoundError as error:
        raise TemplateFault("The editor left no file behind.") from error


def _write(path: Path, raw: bytes, marks: Sequence[tuple[int, bytes]] = ()) -> int | None:
    """The text with marks above their lines. Returns the line of the first mark."""
    lines = raw.split(b"\n")
    for number, mark in sorted(marks, reverse=True):
        lines.insert(min(max(number, 1), len(lines)) - 1, mark)
    fresh = path.with_name(f".{path.name}.new")
    fresh.touch(0o600)
    with writing(path):
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
