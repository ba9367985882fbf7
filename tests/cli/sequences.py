"""Editors for tests, and a demo whose sequences may be changed."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Any

from tests.cli.program import answer

NOW = "2026-03-11T12:00:00+01:00"


def an_editor(folder: Path, *rounds: str) -> str:
    """A real program for $EDITOR: a shell script that does one thing to "$1" in each round, the last one again and again."""
    folder.mkdir(exist_ok=True)
    path = folder / "editor"
    cases = "\n".join(f"{n}) {script} ;;" for n, script in enumerate(rounds[:-1], 1))
    path.write_text(
        f'#!/bin/sh\nset -e\ncount={shlex.quote(str(folder / "count"))}\necho x >> "$count"\n'
        f'case $(wc -l < "$count" | tr -d " ") in\n{cases}\n*) {rounds[-1]} ;;\nesac\n'
    )
    path.chmod(0o700)
    return str(path)


def replacing(old: str, new: str) -> str:
    """One thing for an editor to do."""
    return f"sed -i 's|{old}|{new}|' \"$1\""


def listed(home: Path) -> dict[str, Any]:
    """`sequence list --json` by name."""
    return {row["name"]: row for row in answer("sequence", "list", "--home", home, "--now", NOW)}


def source(home: Path, name: str) -> str:
    """The text in force."""
    return str(answer("sequence", "show", name, "--home", home, "--now", NOW)["source"])


def mode(path: Path) -> int:
    """Permission bits."""
    return os.stat(path).st_mode & 0o777
