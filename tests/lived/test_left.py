"""The labelled conversations lived through in a Maildir: a run each working day. Drafts are left where they lie. (A file a life: they run side by side.)"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lived.kept import lived_in_a_maildir


@pytest.mark.slow
@pytest.mark.timeout(1500)  # a whole life
def test_no_promise_is_broken_where_drafts_are_left(tmp_path: Path) -> None:
    """In a whole life in French."""
    lived_in_a_maildir(tmp_path, send=False, languages=("fr",))
