"""Logging in: names, passwords and tokens said as their standards say; a refusal told from a loss."""

from __future__ import annotations

import base64
import socket

import pytest

from nurture.errors import ConnectionFault, LoginRefused, MailboxSuspicious, NurtureError, Offline, Throttled
from nurture.mailbox.imap import ImapMailbox
from tests.mailbox.refused import SECRET, refusal, said_secret
from tests.servers.scripted import CUT, SILENCE, Scripted, Session


@pytest.mark.parametrize(
    ("user", "secret", "line"),
    [
        ("camille", "simple", 'LOGIN "camille" "simple"'),
        ("camille d'or", 'a "b" \\c', 'LOGIN "camille d\'or" "a \\"b\\" \\\\c"'),
        ('c"x', "{5}", 'LOGIN "c\\"x" "{5}"'),
        ("a b) NOOP", " ", 'LOGIN "a b) NOOP" " "'),
    ],
)
def test_user_names_and_passwords_are_quoted(user: str, secret: str, line: str) -> None:
    """Blanks, quotes, backslashes, braces."""
    with Scripted() as server:
        with ImapMailbox(server.account(user=user), secret):
            pass
        assert line in server.said


@pytest.mark.parametrize(
    ("capability", "user", "secret"), [("IMAP4rev1 AUTH=PLAIN LOGINDISABLED", "camille", "x"), ("IMAP4rev1", "zoé", "pässwört €")]
)
def test_what_login_cannot_say_is_said_in_utf8(capability: str, user: str, secret: str) -> None:
    """AUTHENTICATE PLAIN where LOGIN is off, or for letters beyond ASCII."""
    heard: list[bytes] = []

    def plain(session: Session, tag: bytes, rest: bytes) -> None:
        assert rest == b"PLAIN"
        session.send(b"+ \r\n")
        heard.append(base64.b64decode(session.readline()))
        session.ok(tag)

    with (
        Scripted(capability=capability, replies={"AUTHENTICATE": plain}) as server,
        ImapMailbox(server.account(user=user), secret),
    ):
        pass
    assert heard == [f"\0{user}\0{secret}".encode()]


@pytest.mark.parametrize("secret", ["a\r\nX1 NOOP", "a\nb", "a\0b", "a\rb"])
@pytest.mark.parametrize("auth", ["password", "xoauth2", "oauthbearer"])
def test_a_secret_of_several_lines_is_not_said(secret: str, auth: str) -> None:
    """Nor a control-A in a token, which would end it."""
    for word in (secret, "a\1auth=x") if auth != "password" else (secret,):
        with Scripted() as server:
            assert isinstance(refusal(server.account(auth=auth), word), LoginRefused)
            assert not said_secret(server)


@pytest.mark.parametrize(
    ("auth", "first", "second"),
    [
        ("xoauth2", "user=camille\1auth=Bearer tok.en-1==\1\1", b""),
        ("oauthbearer", "n,a=camille,\1auth=Bearer tok.en-1==\1\1", b"\1"),
    ],
)
def test_tokens_are_handed_over_as_their_standard_says(auth: str, first: str, second: bytes) -> None:
    """Accepted; or complained of in a challenge, which is answered so that the server can say no."""
    heard: list[bytes] = []

    def dialogue(session: Session, tag: bytes, rest: bytes) -> None:
        assert rest == auth.upper().encode()
        session.send(b"+ \r\n")
        heard.append(base64.b64decode(session.readline()))
        if len(heard) == 1:
            session.ok(tag)
            return
        session.send(b"+ " + base64.b64encode(b'{"status":"401"}') + b"\r\n")
        heard.append(base64.b64decode(session.readline()))
        session.send(tag + b" NO [AUTHENTICATIONFAILED] expired\r\n")

    with Scripted(capability=f"IMAP4rev1 AUTH={auth.upper()}", replies={"AUTHENTICATE": dialogue}) as server:
        with ImapMailbox(server.account(auth=auth), "tok.en-1=="):
            pass
        assert isinstance(refusal(server.account(auth=auth), "tok.en-1=="), LoginRefused)
    assert heard == [first.encode(), first.encode(), second]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (b"TAG NO [AUTHENTICATIONFAILED] wrong\r\n", LoginRefused),
        (b"TAG NO [ALERT] Please log in via your web browser (Failure)\r\n", LoginRefused),
        (b"TAG BAD Command Error. 10\r\n", LoginRefused),
        (b"TAG NO [UNAVAILABLE] Temporary authentication failure.\r\n", Throttled),
        (b"* BYE bye\r\n", Offline),
        (CUT, Offline),
        (SILENCE, Offline),
        (b"nonsense\r\n", ConnectionFault),
        (b"TAG WHAT\x20x\r\n", ConnectionFault),
    ],
)
@pytest.mark.parametrize("auth", ["password", "xoauth2"])
def test_only_a_refusal_is_a_refusal(reply: bytes, kind: type[NurtureError], auth: str) -> None:
    """A connection lost on the way is none: nobody is told to change a password that is right."""
    verb = "LOGIN" if auth == "password" else "AUTHENTICATE"
    with Scripted(replies={verb: reply}) as server:
        refused = refusal(server.account(auth=auth, timeout=0.2))
        assert type(refused) is kind
        assert sum(line.startswith(verb) for line in server.said) == 1


@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        (b"* BYE Too many connections, try again later\r\n", Throttled),
        (b"* BYE going down\r\n", Offline),
        (b"220 mail.example ESMTP\r\n", ConnectionFault),
        (b"+OK POP3 ready\r\n", ConnectionFault),
        (b"HTTP/1.1 400 Bad Request\r\n", ConnectionFault),
        (b"* OK Microsoft Exchange\n", ConnectionFault),
        (b"\x15\x03\x01\x00\x02\x02\x16", Offline),
        (b"", Offline),
    ],
)
def test_who_answers_is_looked_at(greeting: bytes, kind: type[NurtureError]) -> None:
    """Busy, going down, no IMAP server at all, silent."""
    with Scripted(greeting=greeting) as server:
        refused = refusal(server.account(timeout=0.2))
        assert type(refused) is kind
        assert not said_secret(server)


def test_a_server_without_imap4rev1_is_told() -> None:
    """Something older, or something else."""
    with Scripted(capability="IMAP2bis") as server:
        assert isinstance(refusal(server.account()), ConnectionFault)


def test_nobody_listens() -> None:
    """Refused today: the next run tries again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = Scripted()
        server.port = probe.getsockname()[1]
        assert isinstance(refusal(server.account()), Offline)


def test_a_host_that_does_not_exist_is_a_fault() -> None:
    """A name that never resolves will not tomorrow: exit code 12."""
    server = Scripted()
    server.port = 993
    refused = refusal(server.account(host="imap.atelier.invalid"))

    assert isinstance(refused, ConnectionFault)
    assert "imap.atelier.invalid" in str(refused)


def test_a_connection_that_failed_is_closed() -> None:
    """No socket is left behind by a refused login."""
    with Scripted(replies={"LOGIN": b"TAG NO no\r\n"}) as server:
        refusal(server.account())
        server._threads[-1].join(5)
        assert not server._threads[-1].is_alive()


def test_listing_that_cannot_be_read_is_told() -> None:
    """A folder list that makes no sense is no empty mailbox."""
    reply = b'* LIST (\\Sent "/" "INBOX\r\nTAG OK done\r\n'
    with (
        Scripted(replies={"LIST": reply}) as server,
        ImapMailbox(server.account(), SECRET) as box,
        pytest.raises(MailboxSuspicious),
    ):
        box.folders()
