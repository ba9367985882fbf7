"""The owner's editor, on a private file that is kept until what it holds is saved."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from types import FrameType

from nurture.cli.whole_file import writing
from nurture.errors import TemplateFault, WrongUsage

USUAL = ("editor", "nano", "vi")  # tried in this order where no variable names one
AT_A_LINE = frozenset("vi vim nvim view gvim nano pico emacs emacsclient mg joe jed ne micro kak kakoune".split())  # take +N


class EditRefused(TemplateFault):
    """An edit came to nothing; the text lies in `path`."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{why} Nothing was saved; your text lies in {path}.")


def command() -> tuple[str, ...]:
    """The words of $VISUAL, of $EDITOR, or of an editor that is there."""
    for variable in ("VISUAL", "EDITOR"):
        if os.environ.get(variable, "").strip():
            try:
                return tuple(shlex.split(os.environ[variable]))
            except ValueError:
                raise WrongUsage(f"{variable} cannot be read as a command: a quotation mark is open. Mend it.") from None
    found = next((name for name in USUAL if shutil.which(name)), None)
    if found is None:
        raise WrongUsage("No editor is known. Set EDITOR, e.g. EDITOR=nano.")
    return (found,)


def private_file(folder: Path, name: str, text: str) -> Path:
    """A new 0600 file in a 0700 folder of its own, so that the copies that editors make beside it are private, too."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = Path(tempfile.mkdtemp(prefix=f"{name.partition('.')[0]}-", dir=folder)) / name
    try:
        with writing(path), open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode())
    except OSError:
        let_go(path)
        raise
    return path


def let_go(path: Path) -> None:
    """The text is saved: the file and what editors left beside it are not needed any more."""
    shutil.rmtree(path.parent, ignore_errors=True)


def left_over(folder: Path, name: str) -> tuple[Path, ...]:
    """Texts of earlier edits that were not saved."""
    return tuple(folder.glob(f"{name}-*/{name}.toml"))


def tell_left_over(title: str, texts: Iterable[Path]) -> None:
    """Earlier texts that were not saved are not forgotten: one line, however many there are."""
    from nurture.cli import opening

    found = sorted(texts, key=lambda path: (path.stat().st_mtime, path))
    if len(found) > 1:
        opening.complain(
            f"{len(found)} earlier edits of {title} were not saved; the newest text lies in {found[-1]}, the others in "
            f"{found[-1].parent.parent}. Delete what is not needed."
        )
    elif found:
        opening.complain(
            f"An earlier edit of {title} was not saved; its text lies in {found[0]}. Delete it when it is not needed."
        )


def start(path: Path, line: int | None = None) -> None:
    """Have the owner edit a file, at a line. Raises EditRefused where the editor cannot be started or says that it failed."""
    from nurture.guard import MAIL_PROGRAMS, guard, programs

    words = command()
    if sender := next((name for name in programs(words) if name in MAIL_PROGRAMS), None):
        raise EditRefused(path, f"The editor names {sender}, which sends mail; nurture starts nothing that does. Set EDITOR.")
    at = [f"+{line}"] if line and PurePath(words[0]).name in AT_A_LINE else []
    whole = (*words, *at, str(path))
    guard.allow_command(whole)
    with _left_to_the_editor():
        try:
            ended = subprocess.run(whole, check=False).returncode
        except OSError as error:
            raise EditRefused(path, f"{words[0]} cannot be started ({error.strerror}). Set EDITOR.") from error
    if path.exists():
        path.chmod(0o600)  # an editor that writes a new file gives it the usual mode
    if ended:
        raise EditRefused(path, f"{words[0]} ended with code {ended}.")


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Ctrl-C is the editor's while it runs. A handler that does nothing is not inherited, as ignoring it would be."""
    before = signal.signal(signal.SIGINT, _nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    return


@contextmanager
def stoppable() -> Iterator[None]:
    """A terminal that is closed, or a `kill`, ends an edit as Ctrl-C does: the text is kept, and named."""
    before = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def read(path: Path, largest: int) -> str:
    """What the file holds now, byte for byte as text. Raises EditRefused where it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as error:
        raise EditRefused(path, f"The file cannot be read any more ({error.strerror}).") from error
    return raw.decode("utf-8", errors="surrogateescape")
