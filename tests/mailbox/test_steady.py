"""A steady mailbox reads on over a new connection where one was lost; nothing twice, nothing left out."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from nurture.errors import MailboxSuspicious, Offline
from nurture.mailbox import Folder, Mailbox, MemoryMailbox, Role, Row, SteadyMailbox
from nurture.mailbox.imap import ImapMailbox
from tests.mailbox.houses import DovecotHouse
from tests.servers.dovecot import PASSWORD, Dovecot

LETTER = b"From: a@client.example\r\nMessage-ID: <%d@client.example>\r\n\r\nBonjour %d\r\n"


class Line(MemoryMailbox):
    """One connection to a server, which is lost after so many things were handed out."""

    def __init__(self, server: Server, holds: int) -> None:
        super().__init__("memory:camille")
        self.shelves, self.left = server.box.shelves, holds

    def _handed(self) -> None:
        if self.left <= 0:
            raise Offline("The connection was lost.")
        self.left -= 1

    def rows_of(self, folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        for row in super().rows_of(folder, uids):
            self._handed()
            yield row

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        for found in super().bodies(folder, uids, cap):
            self._handed()
            yield found

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        self._handed()
        return super().flags(folder, uids)


@dataclass
class Server:
    """What lies there, and how long each of its connections lasts, one after another; those after them last for ever."""

    holds: list[int] = field(default_factory=list)
    box: MemoryMailbox = field(default_factory=lambda: MemoryMailbox("memory:camille"))
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number in range(1, 8):
            self.box.deliver("INBOX", LETTER % (number, number))

    def open(self) -> Line:
        """One more connection."""
        self.lines.append(Line(self, self.holds[len(self.lines)] if len(self.lines) < len(self.holds) else 1000))
        return self.lines[-1]


def inbox(box: SteadyMailbox) -> Folder:
    """Where everything lies."""
    return next(f for f in box.folders() if f.role is Role.INBOX)


@pytest.mark.parametrize("holds", [[1000], [0], [3, 2], [7], [1, 1, 1, 1, 1, 1]])
@pytest.mark.parametrize("words", [False, True], ids=["rows", "bodies"])
def test_what_was_handed_out_is_not_handed_out_again(holds: list[int], *, words: bool) -> None:
    """However often the connection is lost, as long as something comes over each."""
    server = Server(holds)
    with SteadyMailbox(server.open) as box:
        there = inbox(box)
        found = [uid for uid, _ in box.bodies(there, range(1, 8), 1000)] if words else [row.uid for row in box.rows(there)]

    assert found == [1, 2, 3, 4, 5, 6, 7]
    assert len(server.lines) == 1 + sum(hold < 7 for hold in holds)


def test_one_question_is_asked_again() -> None:
    """Flags come in one answer."""
    server = Server([0])
    with SteadyMailbox(server.open) as box:
        assert set(box.flags(inbox(box), [1, 2])) == {1, 2}


@pytest.mark.parametrize("ask", [lambda box, f: box.flags(f, [1]), lambda box, f: list(box.rows(f))], ids=["flags", "rows"])
def test_a_server_that_is_away_is_told(ask: Callable[[SteadyMailbox, Folder], object]) -> None:
    """Nothing came over the new connection: no third try."""
    server = Server([0, 0])
    with SteadyMailbox(server.open) as box, pytest.raises(Offline):
        ask(box, inbox(box))

    assert len(server.lines) == 2


def test_a_folder_that_was_numbered_anew_meanwhile_is_not_mixed_with_the_old_one() -> None:
    """Its numbers mean other messages now."""
    server = Server([3])
    with SteadyMailbox(server.open) as box:
        rows = box.rows(inbox(box))
        assert [next(rows).uid for _ in range(3)] == [1, 2, 3]
        server.box.shelves["INBOX"].uidvalidity += 1

        with pytest.raises(MailboxSuspicious, match="numbered anew"):
            next(rows)


@pytest.mark.dovecot
def test_a_real_server_that_hangs_up_is_connected_anew(dovecot: Dovecot) -> None:
    """Before a question, and between two windows of words."""
    house, opened = DovecotHouse(dovecot), list[ImapMailbox]()
    for number in range(120):
        house.deliver("INBOX", LETTER % (number, number))

    def opener() -> Mailbox:
        opened.append(ImapMailbox(dovecot.account(house.user), PASSWORD))
        return opened[-1]

    def hang_up() -> None:
        connection = opened[-1]._gateway._open
        assert connection is not None
        connection.socket().shutdown(socket.SHUT_RDWR)

    with SteadyMailbox(opener) as box:
        there = inbox(box)
        hang_up()
        assert box.position(there).exists == 120
        found = []
        for uid, _ in box.bodies(there, range(1, 121), 1000):
            found.append(uid)
            if uid == 30:
                hang_up()
    house.owner.logout()

    assert found == list(range(1, 121))
    assert len(opened) == 3
