"""Servers that refuse, throttle, hang up or hang: always one of nurture's own errors, and never a guess."""

from __future__ import annotations

import time

import pytest

from nurture.errors import Deferred, FoldersFault, NurtureError, Offline, OutcomeUnknown, Throttled
from nurture.mailbox import Role
from tests.mailbox.letters import a_draft
from tests.mailbox.opened import READS, a_box, read_everything, the
from tests.servers.scripted import CUT, SILENCE, Scripted, Session

THROTTLES = [
    (b"TAG NO Request is throttled. Suggested Backoff Time: 299609 milliseconds\r\n", 299.609),
    (b"TAG BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds\r\n* BYE Connection closed. 14\r\n", 1.5),
    (b"TAG BAD User is authenticated but not connected.\r\n", None),
    (b"TAG NO [LIMIT] Maximum number of connections from user+IP exceeded\r\n", None),
    (b"TAG NO [UNAVAILABLE] Temporary failure\r\n", None),
    (b"TAG NO Account exceeded command or bandwidth limits. (Failure)\r\n", None),
    (b"TAG NO [ALERT] Too many simultaneous connections. (Failure)\r\n", None),
]


@pytest.mark.parametrize("verb", [*READS, "APPEND", "LOGIN"])
@pytest.mark.parametrize(("text", "seconds"), THROTTLES)
def test_throttling_is_understood_wherever_it_comes(verb: str, text: bytes, seconds: float | None) -> None:
    """Exchange's, Gmail's and Dovecot's words; the wait that the server names is kept."""
    with Scripted(messages={3: a_draft()}, replies={verb: text}) as server:
        with pytest.raises(Deferred) as asked, a_box(server) as box:
            box.append(the(box, Role.DRAFTS), a_draft()) if verb == "APPEND" else read_everything(box)
        assert server.appended == []

    assert isinstance(asked.value, Throttled)
    assert asked.value.seconds == seconds


def test_a_throttled_success_is_a_success() -> None:
    """Gmail says OK Success [THROTTLED]: the answer counts."""
    with Scripted(replies={"UID SEARCH": b"* SEARCH 1 2\r\nTAG OK Success [THROTTLED]\r\n"}) as server, a_box(server) as box:
        assert box.uids(the(box, Role.INBOX)) == (1, 2)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b"TAG NO [OVERQUOTA] Quota exceeded\r\n", Deferred),
        (b"TAG NO [SERVERBUG] Internal error occurred\r\n", Deferred),
        (b"TAG NO Mailbox is full\r\n", Deferred),
        (b"TAG NO [TRYCREATE] Mailbox does not exist\r\n", FoldersFault),
        (b"TAG NO [NOPERM] no\r\n", FoldersFault),
        (b"TAG BAD Command argument error\r\n", FoldersFault),
    ],
)
@pytest.mark.parametrize("when", ["before the literal", "after it"])
def test_a_refused_draft_is_no_draft(text: bytes, kind: type[NurtureError], when: str) -> None:
    """The reason is told; nothing is stored, nothing tried again, and the connection lives on."""

    def after(session: Session, tag: bytes, rest: bytes) -> None:
        session.literal(rest)
        session.reply(tag, text)

    with Scripted(replies={"APPEND": text if when == "before the literal" else after}) as server, a_box(server) as box:
        with pytest.raises(kind) as refused:
            box.append(the(box, Role.DRAFTS), a_draft())

        assert not isinstance(refused.value, OutcomeUnknown | Offline)
        assert box.uids(the(box, Role.DRAFTS)) == ()
        assert sum(line.startswith("APPEND") for line in server.said) == 1
        assert (b"mardi" in server.received) == (when == "after it")


@pytest.mark.parametrize("verb", ["EXAMINE", "UID SEARCH", "UID FETCH"])
def test_a_refused_read_names_no_one(verb: str) -> None:
    """What a server repeats of an address is not repeated in an error that cron mails (P7)."""
    reply = b"TAG NO cannot search anna@client.example or <a@b.example>\r\n"
    with Scripted(messages={3: a_draft()}, replies={verb: reply}) as server, a_box(server) as box:
        with pytest.raises(FoldersFault) as refused:
            list(box.rows(the(box, Role.DRAFTS))), box.search_address(the(box, Role.DRAFTS), "anna@client.example")
        assert "@" not in str(refused.value)


def the_size(direction: str) -> int:
    """How many bytes one APPEND is, each way."""
    with Scripted() as server, a_box(server) as box:
        before = len(server.received)
        server.cut_out = 10_000
        box.append(the(box, Role.DRAFTS), a_draft())
        return len(server.received) - before if direction == "in" else 10_000 - server.cut_out


@pytest.mark.parametrize("reset", [False, True], ids=["fin", "rst"])
@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_draft_cut_off_anywhere_is_of_unknown_outcome(direction: str, reset: bool) -> None:
    """At every byte of the command, the literal and the answer: unknown, never tried again, the connection given up."""
    size = the_size(direction)
    cuts = range(0, size, 3 if reset else 1)
    stored = 0
    for cut in cuts:
        with Scripted(reset=reset) as server, a_box(server) as box:
            drafts = the(box, Role.DRAFTS)
            setattr(server, f"cut_{direction}", cut)
            with pytest.raises(OutcomeUnknown):
                box.append(drafts, a_draft())
            stored += len(server.appended)
            assert len(server.appended) <= 1
            assert sum(line.startswith("APPEND") for line in server.said) <= 1
            with pytest.raises(Offline):
                box.uids(drafts)

    # Once the literal was let through it is stored, and nobody knows.
    assert stored == (0 if direction == "in" else sum(cut > len(b"+ go on\r\n") for cut in cuts))


def test_without_a_continuation_nothing_is_sent() -> None:
    """The server does not say go on: unknown, and not a byte of the draft left."""
    with Scripted(replies={"APPEND": SILENCE}) as server, a_box(server, timeout=0.15) as box:
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            box.append(the(box, Role.DRAFTS), a_draft())
        assert time.monotonic() - began < 3
        assert b"mardi" not in server.received


def test_an_answer_that_never_comes_is_unknown() -> None:
    """The draft was handed over whole; the server may yet store it."""

    def mute(session: Session, _tag: bytes, rest: bytes) -> None:
        session.literal(rest)

    with Scripted(replies={"APPEND": mute}) as server, a_box(server, timeout=0.15) as box:
        with pytest.raises(OutcomeUnknown):
            box.append(the(box, Role.DRAFTS), a_draft())
        assert b"mardi" in server.received


@pytest.mark.parametrize("verb", READS)
@pytest.mark.parametrize("reply", [CUT, b"* BYE shutting down\r\n", b"TAG OK do", b"* 1 FETCH (BODY[] {500}\r\nonly this"])
def test_a_connection_lost_while_reading_waits_for_the_next_run(verb: str, reply: bytes) -> None:
    """Offline, and nothing more is asked on this connection."""

    def hang_up(session: Session, tag: bytes, _rest: bytes) -> None:
        session.reply(tag, reply)
        session.reply(tag, CUT)

    with Scripted(messages={3: a_draft()}, replies={verb: hang_up}) as server, pytest.raises(Offline), a_box(server) as box:
        read_everything(box)


@pytest.mark.parametrize("verb", READS)
def test_a_server_that_falls_silent_is_left(verb: str) -> None:
    """Each answer is waited for so long and no longer; leaving does not wait again."""
    with Scripted(messages={3: a_draft()}, replies={verb: SILENCE}) as server:
        began = time.monotonic()
        with pytest.raises(Offline), a_box(server, timeout=0.15) as box:
            read_everything(box)
        assert time.monotonic() - began < 3


def test_a_server_that_does_not_answer_the_goodbye_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything was done: nothing is made of it."""
    monkeypatch.setattr("nurture.mailbox.gateway.GOODBYE", 0.2)
    for reply in (SILENCE, CUT, b"nonsense\r\n", b"TAG BAD no\r\n"):
        with Scripted(replies={"LOGOUT": reply}) as server:
            with a_box(server):
                began = time.monotonic()
            assert time.monotonic() - began < 3
