"""What the docs show is what the program prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.transcripts import PAGES, said, transcripts


@pytest.mark.parametrize(("arguments", "printed"), [t for page in PAGES for t in transcripts(page)])
def test_transcripts_are_true(demo: Path, arguments: str, printed: str) -> None:
    """To the letter; `python -m tests.cli.transcripts` writes them anew."""
    assert said(demo, arguments) == printed
