"""A fresh database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nurture.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Migrated from nothing, in a folder of its own."""
    opened = Store.open(tmp_path / "state" / "nurture.db", create=True)
    yield opened
    opened.close()
