"""Mailboxes: one contract, three of them. Reading changes nothing; the only writes are drafts, and taking an own one back."""

from nurture.mailbox.contract import Appended, Folder, Found, Mailbox, Position, Role, Row
from nurture.mailbox.folders import life_folders, reading_folders
from nurture.mailbox.maildir import MaildirMailbox
from nurture.mailbox.memory import MemoryMailbox
from nurture.mailbox.opening import open_mailbox
from nurture.mailbox.recalled import RecalledMailbox
from nurture.mailbox.secrets import secret_of

__all__ = [
    "Appended", "Folder", "Found", "Mailbox", "MaildirMailbox", "MemoryMailbox", "Position", "RecalledMailbox", "Role", "Row", "life_folders", "open_mailbox", "reading_folders", "secret_of",
]  # fmt: skip
