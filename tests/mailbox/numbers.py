"""Looking at the numbers that a Maildir gives."""

from __future__ import annotations

import os
import time
from pathlib import Path

from nurture.mailbox import Folder, MaildirMailbox, Role
from nurture.messages import parse_headers
from tests.mailbox.contents import the
from tests.mailbox.houses import MaildirHouse


def inbox(box: MaildirMailbox) -> Folder:
    """The INBOX."""
    return the(box, Role.INBOX)


def numbered(box: MaildirMailbox) -> dict[int, str | None]:
    """UID -> Message-ID of the INBOX."""
    return {row.uid: parse_headers(row.header).message_id for row in box.rows(inbox(box))}


def the_store(house: MaildirHouse) -> Path:
    """The file that holds the UIDs of the only folder that was read."""
    (found,) = house.state.rglob("*.uids")
    return found


def everything(place: Path) -> dict[str, tuple[int, ...]]:
    """Each path below a folder with what would show that it was touched."""
    found: dict[str, tuple[int, ...]] = {}
    for path in (place, *place.rglob("*")):
        facts = path.lstat()
        found[str(path)] = (facts.st_ino, facts.st_mode, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
    return found


def age(house: MaildirHouse) -> None:
    """As if nothing had come for an hour."""
    for part in ("cur", "new"):
        os.utime(house.path / part, (time.time() - 3600,) * 2)
