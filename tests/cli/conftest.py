"""What several files of this folder begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import nurture


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that has run once; `said` in it is what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = nurture("demo", folder)
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(done.stdout, encoding="utf-8")
    return folder
