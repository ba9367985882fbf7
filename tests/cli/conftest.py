"""What several files of this folder begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import nurture


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that has run once."""
    folder = tmp_path_factory.mktemp("demo")
    assert nurture("demo", folder).returncode == 0
    return folder
