"""What tests ask of an open mailbox."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from nurture.mailbox import Folder, Mailbox, Role, Row
from nurture.messages import parse_headers


def the(box: Mailbox, role: Role) -> Folder:
    """The one folder of a role."""
    (found,) = [f for f in box.folders() if f.role is role]
    return found


def ids(rows: Iterable[Row]) -> list[str | None]:
    """The Message-IDs of rows, in their order."""
    return [parse_headers(row.header).message_id for row in rows]


def digest(raw: bytes) -> str:
    """What a draft is recognised by."""
    return hashlib.sha256(raw).hexdigest()
