"""The IMAP mailbox keeps the contract on a real server, and says nothing there but what it may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mailbox.houses import DovecotHouse
from tests.mailbox.suite import MailboxSuite
from tests.servers.dovecot import Dovecot

pytestmark = pytest.mark.dovecot


class TestImap(MailboxSuite):
    """See `suite`."""

    @pytest.fixture
    def house(self, dovecot: Dovecot) -> Iterator[DovecotHouse]:
        """A new user of a real server; afterwards the log of the wire is looked through."""
        house = DovecotHouse(dovecot)
        yield house
        house.close()
