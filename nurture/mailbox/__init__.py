from nurture.mailbox.contract import (
    Appended,
    Folder,
    Found,
    Mailbox,
    Position,
    Role,
    Row,
)

__all__ = [
    "Appended",
    "Folder",
    "Found",
    "Mailbox",
    "Position",
    "Role",
    "Row",
]
