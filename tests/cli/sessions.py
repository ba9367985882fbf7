"""The sessions of docs/sequences.md, as the program really says them on a terminal: `python -m tests.cli.sessions --write`."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.cli.program import ROOT, nurture
from tests.cli.sequences import NOW, an_editor, replacing
from tests.cli.terminal import typed

PAGE = ROOT / "docs" / "sequences.md"
TYPO = replacing("12 working days", "15 workng days")
MENDED = replacing("15 workng days", "15 working days")
SESSIONS: dict[str, Sequence[tuple[str, Sequence[tuple[str, str]]]]] = {
    "look": [("sequence list", ()), ("sequence show stranger", ())],
    "first edit": [
        ('sequence edit stranger -m "the door stays open a little longer"', [("What now?", "e")]),
        ("sequence history stranger", ()),
        ("sequence diff stranger:1 stranger", ()),
    ],
    "migrate": [
        ("sequence migrate stranger --to 2 --dry-run", ()),
        ("sequence migrate stranger --to 2", [("Go on with", "y")]),
    ],
}  # fmt: skip


def sessions(folder: Path) -> dict[str, str]:
    """Each session, one after the other, in a demo of its own."""
    assert nurture("demo", folder / "demo", "--quiet").returncode == 0
    environ = {"NURTURE_HOME": str(folder / "demo" / "home"), "EDITOR": an_editor(folder / "editor", TYPO, MENDED)}
    return {name: "\n".join(_said(line, answers, environ) for line, answers in lines) for name, lines in SESSIONS.items()}


def _said(line: str, answers: Sequence[tuple[str, str]], environ: dict[str, str]) -> str:
    import shlex

    code, said = typed(*shlex.split(line), "--now", NOW, answers=answers, NO_COLOR="1", **environ)
    assert code == 0, said
    return f"$ nurture {line}\n{said}"


def with_sessions(page: str, found: dict[str, str]) -> str:
    """The page with each block that is marked replaced by its session."""
    for name, said in found.items():
        mark = f"<!-- session: {name} -->\n```text\n"
        assert mark in page, name
        page = re.sub(rf"({re.escape(mark)}).*?(```\n)", lambda m, said=said: m[1] + said + m[2], page, flags=re.DOTALL)  # type: ignore[misc]
    return page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        written = with_sessions(PAGE.read_text(encoding="utf-8"), sessions(Path(folder)))
    if "--write" in sys.argv:
        PAGE.write_text(written, encoding="utf-8")
    else:
        print(written, end="")
