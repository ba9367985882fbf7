"""Editors that are scripts."""

from __future__ import annotations

from pathlib import Path


def an_editor(folder: Path, *turns: str) -> str:
    """An editor that does one turn each time it is started, a line of shell to which "$1" is the file; then nothing."""
    folder.mkdir(exist_ok=True)
    script = folder / "editor.sh"
    cases = "\n".join(f"{number}) {turn} ;;" for number, turn in enumerate(turns, 1))
    script.write_text(
        f'#!/bin/sh\nfor last; do :; done; set -- "$last"\necho x >> {folder}/turns\n'
        f"case $(wc -l < {folder}/turns) in\n{cases}\n*) ;;\nesac\n"
    )
    script.chmod(0o755)
    return str(script)
