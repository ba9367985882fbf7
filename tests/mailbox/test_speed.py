"""A first run over a big mailbox: quick enough, and with memory that does not grow with it. The bounds are loose on purpose."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from nurture.config import FolderChoices
from nurture.mailbox import Folder, Mailbox, MaildirMailbox, Role, Row
from nurture.mailbox.imap import ImapMailbox
from tests.mailbox.contents import the
from tests.mailbox.letters import letter, lf
from tests.servers.dovecot import PASSWORD, Dovecot

MANY = 12_000
SECONDS = MANY / 2000  # 2,000 rows a second; measured on one idle core: 11,000 by IMAP unseen, 28,000 seen, 9,000 by Maildir

pytestmark = pytest.mark.slow


def fill(place: Path, start: int, end: int) -> None:
    """Messages as small as they come, with the header of a real one."""
    trace = "\r\n".join(f"X-Trace-{i}: {'x' * 60}" for i in range(15))
    for i in range(start, end):
        raw = letter(f"<{i}.{i * 7919}@client.example>", f"References: <a{i}@x.example>\r\n <b{i}@x.example>\r\n{trace}")
        (place / "cur" / f"{1_600_000_000 + i}.M{i}P1.host:2,S").write_bytes(lf(raw))


def seconds_for(rows: Callable[[], Iterable[Row]], expected: int) -> float:
    """How long it takes to read all rows."""
    began = time.perf_counter()
    assert sum(1 for _ in rows()) == expected
    return time.perf_counter() - began


def peak_of(box: Mailbox, folder: Folder) -> int:
    """The most memory that reading all rows takes, in bytes."""
    tracemalloc.start()
    try:
        for _ in box.rows(folder):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_big_maildir_is_read_quickly(tmp_path: Path) -> None:
    """The first time and every other; what is kept in memory is a name a message."""
    for part in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    fill(tmp_path / "Maildir", 0, MANY)

    with MaildirMailbox(tmp_path / "Maildir", "camille", FolderChoices(), uid_store=tmp_path) as box:
        inbox = the(box, Role.INBOX)
        assert seconds_for(lambda: box.rows(inbox), MANY) < SECONDS
        assert seconds_for(lambda: box.rows(inbox), MANY) < SECONDS
        assert peak_of(box, inbox) < 1000 * MANY


@pytest.mark.dovecot
def test_a_big_folder_on_a_server_is_read_quickly(dovecot: Dovecot) -> None:
    """From a server that has never seen it, and with memory for one window whatever the size."""
    user = dovecot.new_user()
    for part in ("cur", "new", "tmp"):
        (dovecot.maildir(user) / part).mkdir()
    fill(dovecot.maildir(user), 0, MANY // 3)
    dovecot.give(user)
    with ImapMailbox(dovecot.account(user), PASSWORD) as box:
        small = peak_of(box, the(box, Role.INBOX))
    fill(dovecot.maildir(user), MANY // 3, MANY)
    dovecot.give(user)

    with ImapMailbox(dovecot.account(user), PASSWORD) as box:
        inbox = the(box, Role.INBOX)
        assert seconds_for(lambda: box.rows(inbox), MANY) < SECONDS
        assert peak_of(box, inbox) < 1.3 * small + 200_000
