"""Servers that talk nonsense, or too much: nothing is concluded, and nothing is waited for without end."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurture.errors import MailboxSuspicious, NurtureError, Offline, OutcomeUnknown
from nurture.mailbox import Folder, Role
from nurture.mailbox.imap import ImapMailbox
from tests.mailbox.letters import a_draft
from tests.mailbox.opened import READS, a_box, read_everything, the
from tests.servers.scripted import CUT, Scripted, Session, trickle

NONSENSE = [
    b"nonsense\r\n",
    b"* \r\n",
    b"TAG\r\n",
    b"TAG OK\n",
    b"A9999 OK done\r\n",
    b"\r\n",
    b"+ go on\r\n",
    b"\xff\xfe\x00\x01\r\n",
    b"* OK [\r\nTAG WHAT done\r\n",
]


@pytest.mark.parametrize("reply", NONSENSE)
@pytest.mark.parametrize("verb", READS)
def test_nonsense_is_concluded_from_by_nobody(verb: str, reply: bytes) -> None:
    """Either it cannot be read, and says so, or the connection counts as lost; it is closed in any case."""
    told: list[type[NurtureError]] = []

    def then_hang_up(session: Session, tag: bytes, _rest: bytes) -> None:
        session.reply(tag, reply)
        session.reply(tag, CUT)

    server = Scripted(messages={3: a_draft()}, replies={verb: then_hang_up})
    with server, suppress(MailboxSuspicious, Offline), a_box(server) as box:
        try:
            read_everything(box)
        except NurtureError as error:
            told.append(type(error))
            server.replies.clear()
            with pytest.raises(Offline, match="closed"):
                box.position(Folder(name="Drafts", role=Role.DRAFTS, wire="Drafts"))
    assert told in ([], [MailboxSuspicious], [Offline])
    if reply.startswith((b"nonsense", b"A9999", b"\xff", b"TAG\r", b"TAG OK\n")) and verb != "LIST":
        assert told == [MailboxSuspicious]


@pytest.mark.parametrize("reply", NONSENSE)
@pytest.mark.parametrize("after", [False, True], ids=["at once", "after the literal"])
def test_nonsense_about_a_draft_leaves_its_outcome_unknown(reply: bytes, after: bool) -> None:
    """A refusal it is not."""

    def nonsense(session: Session, tag: bytes, rest: bytes) -> None:
        if after:
            session.literal(rest)
        session.reply(tag, reply)
        session.reply(tag, CUT)

    with Scripted(replies={"APPEND": nonsense}) as server, a_box(server) as box, pytest.raises(OutcomeUnknown):
        box.append(the(box, Role.DRAFTS), a_draft())


@pytest.mark.parametrize("reply", [b"TAG OK done\r\n", b'* LIST () "/" "Drafts"\r\nTAG OK done\r\n'])
def test_a_list_without_inbox_is_no_empty_mailbox(reply: bytes) -> None:
    """Every account has one: from a list that leaves it out no silence follows."""
    server = Scripted(replies={"LIST": reply})
    with server, ImapMailbox(server.account(), "secret") as box, pytest.raises(MailboxSuspicious, match="INBOX"):
        box.folders()


@given(
    st.sampled_from([*READS, "APPEND"]),
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.sampled_from(
                [
                    b"* SEARCH 1 2", b"* 1 FETCH (UID 3 ", b"BODY[] {5}\r\nhello", b"BODY[HEADER.FIELDS (X)] {3}\r\nX:y", b")", b"(", b'"',
                    b"\r\n", b"* ", b"TAG OK ", b"TAG NO ", b"TAG BAD ", b"* 5 EXISTS\r\n", b"* OK [UIDNEXT 9] x\r\n", b"[", b"]", b"NIL",
                    b"* OK [UIDVALIDITY 3] x\r\n", b"FLAGS (\\Seen)", b'INTERNALDATE "03-Feb-2026 05:05:06 +9900"', b"RFC822.SIZE 9",
                    b'* LIST (\\Drafts) "/" ', b"{99999999999}\r\n", b" ", b"-1", b"4294967296", b"+ \r\n", b"\\",
                ]
            ),
        ),
        max_size=12,
    ),
)  # fmt: skip
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_answer_whatever_raises_anything_else(verb: str, parts: list[bytes]) -> None:
    """Bytes at random, and bits of real answers in any order: a value or one of nurture's errors."""

    def answer(session: Session, tag: bytes, rest: bytes) -> None:
        session.reply(tag, b"".join(parts))
        session.reply(tag, CUT)

    with Scripted(messages={3: a_draft()}, replies={verb: answer}) as server, suppress(NurtureError), a_box(server) as box:
        if verb == "APPEND":
            box.append(the(box, Role.DRAFTS), a_draft())
            assert b"TAG OK" in b"".join(parts)
        else:
            read_everything(box)


def test_an_absurd_literal_is_not_waited_for() -> None:
    """Ten gigabytes announced: nothing is allocated, nothing read."""
    with Scripted(messages={3: a_draft()}, replies={"UID FETCH": b"* 1 FETCH (UID 3 BODY[] {9999999999}\r\n"}) as server:
        began = time.monotonic()
        with pytest.raises(Offline), a_box(server) as box:
            read_everything(box)
        assert time.monotonic() - began < 2


def flood(session: Session, _tag: bytes, _rest: bytes) -> None:
    """Untagged lines without end."""
    while True:
        session.send(b"* OK still here\r\n" * 1000)


def endless(session: Session, _tag: bytes, _rest: bytes) -> None:
    """One line without end."""
    session.send(b"* SEARCH")
    while True:
        session.send(b" 123456789" * 1000)


@pytest.mark.parametrize("how", [flood, endless])
def test_an_answer_without_end_is_cut_off(how: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines without end, a line without end."""
    monkeypatch.setattr("nurture.mailbox.wire.MAX_ANSWER", 2_000_000)
    monkeypatch.setattr("nurture.mailbox.wire.MAX_LINE", 500_000)
    with Scripted(replies={"UID SEARCH": how}) as server, pytest.raises((Offline, MailboxSuspicious)), a_box(server) as box:
        box.uids(the(box, Role.INBOX))


def test_a_server_that_trickles_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then keeps no run for ever, though no single wait is too long."""
    monkeypatch.setattr("nurture.mailbox.wire.MOST_TIMEOUTS", 2)
    slow = trickle(b"* SEARCH" + b" 1" * 500 + b"\r\nTAG OK done\r\n", 0.02)
    with Scripted(replies={"UID SEARCH": slow}) as server:
        began = time.monotonic()
        with pytest.raises(Offline), a_box(server, timeout=0.3) as box:
            box.uids(the(box, Role.INBOX))
        assert time.monotonic() - began < 3


def test_a_search_over_a_big_mailbox_is_read() -> None:
    """200,000 UIDs are one line of more than a megabyte, where imaplib gives up."""
    line = b"* SEARCH " + b" ".join(b"%d" % n for n in range(1, 200_001)) + b"\r\nTAG OK done\r\n"
    with Scripted(replies={"UID SEARCH": line}) as server, a_box(server) as box:
        assert len(line) > 1_000_000
        assert box.uids(the(box, Role.INBOX)) == tuple(range(1, 200_001))
