"""Transcripts in docs: what stands behind `$ nurture …` there is what the command prints on the demo.

usage: python -m tests.cli.transcripts   (writes them anew)
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nurture.sample import SAMPLE_NOW
from tests.cli.program import ROOT, nurture

PAGES = (ROOT / "docs" / "replay.md",)
BLOCK = re.compile(r"```console\n\$ nurture ([^\n]*)\n(.*?)```\n", re.DOTALL)


def transcripts(page: Path) -> Iterator[tuple[str, str]]:
    """(arguments, output) of each transcript of a page."""
    yield from BLOCK.findall(page.read_text(encoding="utf-8"))


def said(demo: Path, arguments: str) -> str:
    """What a command prints on the demo, at the demo's date."""
    return nurture(*arguments.split(), "--home", demo / "home", "--now", SAMPLE_NOW.isoformat()).stdout


def write(page: Path, demo: Path) -> None:
    """Every transcript of a page anew."""
    text = BLOCK.sub(
        lambda found: f"```console\n$ nurture {found[1]}\n{said(demo, found[1])}```\n", page.read_text(encoding="utf-8")
    )
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        assert nurture("demo", Path(folder) / "demo").returncode == 0
        for path in PAGES:
            write(path, Path(folder) / "demo")
    sys.exit(0)
