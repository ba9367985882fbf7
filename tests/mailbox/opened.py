"""A mailbox on a scripted server, opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nurture.mailbox import Folder, Role
from nurture.mailbox.imap import ImapMailbox
from tests.servers.scripted import Scripted

READS = ("LIST", "EXAMINE", "UID SEARCH", "UID FETCH")


@contextmanager
def a_box(server: Scripted, **more: Any) -> Iterator[ImapMailbox]:
    """The scripted server's mailbox, opened; its folders listed."""
    with ImapMailbox(server.account(**more), "secret") as box:
        box.folders()
        yield box


def the(box: ImapMailbox, role: Role) -> Folder:
    """The folder of a role."""
    return next(f for f in box.folders() if f.role is role)


def read_everything(box: ImapMailbox) -> tuple[Any, ...]:
    """Every way to read one folder."""
    folder = next((f for f in box.folders() if f.role is Role.DRAFTS), box.folders()[0])
    uids = box.uids(folder)
    return (
        box.position(folder), uids, list(box.rows(folder)), list(box.rows_of(folder, uids)), list(box.bodies(folder, uids, 1000)),
        box.flags(folder, uids), box.search_address(folder, "anna@client.example"), box.find("<a@b.example>", folder),
    )  # fmt: skip
