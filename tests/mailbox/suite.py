"""What every mailbox does. Each kind of mailbox runs these same tests: `class TestIt(MailboxSuite)` and a fixture `house`."""

from __future__ import annotations

from tests.mailbox.suite_folders import FolderSuite
from tests.mailbox.suite_reading import ReadingSuite
from tests.mailbox.suite_writing import WritingSuite


class MailboxSuite(FolderSuite, ReadingSuite, WritingSuite):
    """The contract of `nurture.mailbox.Mailbox`."""
