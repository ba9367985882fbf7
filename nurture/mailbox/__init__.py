"""Mailboxes: one contract, three of them. Reading changes nothing; the only writes are drafts and review sheets, and taking an own one back."""

from nurture.mailbox.contract import Appended, Folder, Found, Mailbox, Position, Role, Row
from nurture.mailbox.folders import SHEET, life_folders, reading_folders, sheet_folder
from nurture.mailbox.gestures import Gesture, gesture_folders
from nurture.mailbox.maildir import MaildirMailbox
from nurture.mailbox.memory import MemoryMailbox
from nurture.mailbox.opening import open_mailbox
from nurture.mailbox.recalled import RecalledMailbox
from nurture.mailbox.secrets import secret_of
from nurture.mailbox.steady import SteadyMailbox

__all__ = [
    "SHEET", "Appended", "Folder", "Found", "Gesture", "Mailbox", "MaildirMailbox", "MemoryMailbox", "Position", "RecalledMailbox", "Role", "Row", "SteadyMailbox", "gesture_folders", "life_folders", "open_mailbox", "reading_folders", "secret_of",
    "sheet_folder",
]  # fmt: skip
