"""Connecting: no secret is written before TLS stands and is trusted; what goes wrong is told apart."""

from __future__ import annotations

import base64
import logging
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from nurture.errors import ConnectionFault, LoginRefused, MailboxSuspicious, NurtureError, Offline, Throttled, TlsFault
from nurture.mailbox import Role
from nurture.mailbox.imap import ImapMailbox
from nurture.mailbox.wire import Client
from tests.mailbox.letters import a_draft
from tests.servers.certificates import Authority
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.scripted import CUT, SILENCE, Scripted, Session

SECRET = "canary-of-a-secret"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority for the scripted servers."""
    return Authority(tmp_path_factory.mktemp("ca"))


def server_tls(authority: Authority, name: str = "localhost", days: int = 2) -> ssl.SSLContext:
    """What a server with a certificate for this name speaks."""
    made = authority.issue(f"{name}{days}", name, days=days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.cert, made.key)
    return context


def refusal(account: Any, secret: str = SECRET) -> NurtureError:
    """The error with which opening a mailbox ends."""
    with pytest.raises(NurtureError) as refused, ImapMailbox(account, secret):
        pass
    assert secret not in str(refused.value)
    return refused.value


def said_secret(server: Scripted) -> bool:
    """Whether anything was said that could hold the secret."""
    coded = base64.b64encode(SECRET.encode())[:12]
    return (
        SECRET.encode() in server.received
        or coded in server.received
        or any(w in server.received for w in (b"LOGIN ", b"AUTHENTICATE"))
    )


# -- a real server --------------------------------------------------------------------------------------------------


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("scheme", "host"), [("imaps", "localhost"), ("imap+starttls", "localhost"), ("imap+insecure", "127.0.0.1")]
)
def test_a_real_server_lets_us_in(dovecot: Dovecot, scheme: str, host: str) -> None:
    """TLS from the start, STARTTLS, and in the clear on this machine."""
    with ImapMailbox(dovecot.account(dovecot.new_user(), scheme=scheme, host=host), PASSWORD) as box:
        assert [f.role for f in box.folders()] == [Role.INBOX]


@pytest.mark.dovecot
def test_a_wrong_password_is_told(dovecot: Dovecot) -> None:
    """Exit code 11, one attempt."""
    refused = refusal(dovecot.account(dovecot.new_user()), "wrong")

    assert isinstance(refused, LoginRefused)
    assert refused.exit_code == 11


@pytest.mark.dovecot
@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_certificates_are_checked(dovecot: Dovecot, scheme: str, tmp_path: Path) -> None:
    """Not trusted, of another authority, for another host: exit code 12, and what to do."""
    from dataclasses import replace

    user = dovecot.new_user()
    good = dovecot.account(user, scheme=scheme)
    other = Authority(tmp_path)
    for account, word in (
        (replace(good, ca_file=""), "not trusted"),
        (replace(good, ca_file=str(other.ca_file)), "not trusted"),
        (dovecot.account(user, scheme=scheme, host="127.0.0.1"), "not trusted"),
        (replace(good, ca_file=str(tmp_path / "nowhere.pem")), "ca_file"),
        (replace(good, ca_file=str(other.key)), "ca_file"),
    ):
        refused = refusal(account, PASSWORD)
        assert isinstance(refused, TlsFault)
        assert word in str(refused)
        assert refused.exit_code == 12
    assert dovecot.commands(user) == []


@pytest.mark.dovecot
def test_the_wrong_port_is_told(dovecot: Dovecot) -> None:
    """TLS where none is spoken."""
    from dataclasses import replace

    account = dovecot.account(dovecot.new_user())
    wrong = replace(account, mailbox=replace(account.mailbox, port=dovecot.plain_port))

    assert isinstance(refusal(wrong), TlsFault)


@pytest.mark.dovecot
def test_nothing_of_a_session_is_logged(dovecot: Dovecot, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, whoever listens: no secret, no address, no subject, no body (T18)."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "imapclient.imaplib")  # somebody's logging set-up may name it
    user = dovecot.new_user()
    with ImapMailbox(dovecot.account(user), PASSWORD) as box:
        box.make_folder("Drafts")
    with ImapMailbox(dovecot.account(user), PASSWORD) as box:
        drafts = next(f for f in box.folders() if f.role is Role.DRAFTS)
        box.append(drafts, a_draft())
        (
            list(box.rows(drafts)),
            list(box.bodies(drafts, box.uids(drafts), 1000)),
            box.search_address(drafts, "anna@client.example"),
        )

    logged = "\n".join(f"{r.getMessage()} {r.__dict__}" for r in caplog.records)
    assert not any(canary in logged for canary in (PASSWORD, "anna@", "devis", "mardi", "draft@atelier"))


# -- TLS that is not what it should be ------------------------------------------------------------------------------


def test_an_expired_certificate_is_refused(authority: Authority) -> None:
    """However well it is signed."""
    with Scripted(tls=server_tls(authority, days=-1)) as server:
        refused = refusal(server.account(scheme="imaps", host="localhost", ca_file=str(authority.ca_file)))
        assert isinstance(refused, TlsFault)
        assert not said_secret(server)


def test_a_good_certificate_is_trusted(authority: Authority) -> None:
    """The same server, in time: `ca_file` names its authority."""
    for capability, scheme in (("IMAP4rev1", "imaps"), ("IMAP4rev1 STARTTLS", "imap+starttls")):
        server = Scripted(tls=server_tls(authority), capability=capability)
        with server:
            with ImapMailbox(server.account(scheme=scheme, host="localhost", ca_file=str(authority.ca_file)), SECRET) as box:
                assert len(box.folders()) == 4
            assert f'LOGIN "camille" "{SECRET}"' in server.said


@pytest.mark.parametrize("capability", ["IMAP4rev1", "IMAP4rev1 AUTH=PLAIN LOGINDISABLED"])
def test_starttls_that_is_not_offered_ends_it(capability: str) -> None:
    """Stripped on the way, or never there: no secret leaves."""
    with Scripted(capability=capability) as server:
        refused = refusal(server.account(scheme="imap+starttls"))
        assert isinstance(refused, TlsFault)
        assert "STARTTLS" in str(refused)
        assert not said_secret(server)


@pytest.mark.parametrize("scheme", ["imap+starttls", "imap+insecure"])
def test_a_server_that_greets_as_if_logged_in_is_left(scheme: str) -> None:
    """PREAUTH before STARTTLS would leave everything in the clear."""
    with Scripted(greeting=b"* PREAUTH welcome back\r\n", capability="IMAP4rev1 STARTTLS") as server:
        assert isinstance(refusal(server.account(scheme=scheme)), TlsFault)
        assert not said_secret(server)
        assert "STARTTLS" not in server.said


def test_starttls_refused_or_broken_ends_it(authority: Authority) -> None:
    """NO, BAD, a cut, garbage instead of a handshake."""
    for reply in (b"TAG NO not now\r\n", b"TAG BAD what\r\n", CUT, b"TAG OK begin\r\nnot TLS at all, not TLS at all\r\n"):
        with Scripted(tls=server_tls(authority), capability="IMAP4rev1 STARTTLS", replies={"STARTTLS": reply}) as server:
            refused = refusal(
                server.account(scheme="imap+starttls", host="localhost", ca_file=str(authority.ca_file), timeout=0.4)
            )
            assert isinstance(refused, ConnectionFault | Offline)
            assert not said_secret(server)


def test_what_was_slipped_in_before_tls_counts_nothing(authority: Authority) -> None:
    """Lines sent in the clear together with the answer to STARTTLS are not taken for the server's own (NO STARTTLS)."""

    def slip(session: Session, tag: bytes, _rest: bytes) -> None:
        assert session.server.tls is not None
        slipped = b'* LIST (\\Drafts) "/" "Public"\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n'
        session.send(slipped + tag + b" OK begin\r\n" + slipped + b"* BYE x\r\n")
        session.sock = session.server.tls.wrap_socket(session.sock, server_side=True)

    with Scripted(tls=server_tls(authority), capability="IMAP4rev1 STARTTLS", replies={"STARTTLS": slip}) as server:
        with ImapMailbox(server.account(scheme="imap+starttls", host="localhost", ca_file=str(authority.ca_file)), SECRET) as box:
            assert "Public" not in {f.name for f in box.folders()}
        assert any(line.startswith("LOGIN") for line in server.said)


def test_no_password_goes_to_another_machine_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the URL says: what counts is where the connection leads."""
    for peer in ("192.0.2.7", "2001:db8::1", "fe80::1%eth0"):
        monkeypatch.setattr(Client, "peer", peer)
        with Scripted() as server:
            assert isinstance(refusal(server.account()), TlsFault)
            assert not said_secret(server)


# -- logging in -----------------------------------------------------------------------------------------------------


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
