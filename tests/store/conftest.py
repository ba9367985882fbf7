"""A fresh database for each test, of each make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nurture.store import Store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow])])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """With all tables and nothing in them."""
    named = (
        request.getfixturevalue("postgresql").emptied() if request.param == "postgresql" else tmp_path / "state" / "nurture.db"
    )
    opened = Store.open(named, create=True)
    yield opened
    opened.close()
