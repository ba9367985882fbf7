"""The mailbox in memory keeps the contract: what other rooms' tests prove on it holds for the real ones."""

from __future__ import annotations

import pytest

from tests.mailbox.houses import MemoryHouse
from tests.mailbox.suite import MailboxSuite


class TestMemory(MailboxSuite):
    """See `suite`."""

    @pytest.fixture
    def house(self) -> MemoryHouse:
        """A mailbox in memory."""
        return MemoryHouse()
