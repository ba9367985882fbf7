"""Mailboxes: one contract, three of them. Reading changes nothing; the only writes are drafts and review sheets, and taking an own one back."""

from typing import TYPE_CHECKING

from nurture.door import door

if TYPE_CHECKING:
    from nurture.mailbox.contract import Appended, Folder, Found, Mailbox, Position, Role, Row
    from nurture.mailbox.folders import SHEET, life_folders, reading_folders, sheet_folder
    from nurture.mailbox.gestures import Gesture, gesture_folders
    from nurture.mailbox.maildir import MaildirMailbox
    from nurture.mailbox.memory import MemoryMailbox
    from nurture.mailbox.opening import open_mailbox
    from nurture.mailbox.recalled import RecalledMailbox
    from nurture.mailbox.secrets import secret_of
    from nurture.mailbox.steady import SteadyMailbox
else:
    __getattr__ = door(
        __name__,
        {
            "contract": "Appended Folder Found Mailbox Position Role Row",
            "folders": "SHEET life_folders reading_folders sheet_folder",
            "gestures": "Gesture gesture_folders",
            "maildir": "MaildirMailbox",
            "memory": "MemoryMailbox",
            "opening": "open_mailbox",
            "recalled": "RecalledMailbox",
            "secrets": "secret_of",
            "steady": "SteadyMailbox",
        },
    )
