"""The Maildir keeps the contract, and its UIDs survive what other programs and kill -9 do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mailbox.houses import MaildirHouse
from tests.mailbox.suite import MailboxSuite


class TestMaildir(MailboxSuite):
    """See `suite`."""

    @pytest.fixture
    def house(self, tmp_path: Path) -> MaildirHouse:
        """A Maildir in a temporary folder."""
        return MaildirHouse(tmp_path)
