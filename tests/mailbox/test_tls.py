"""No secret is written before TLS stands and is trusted."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path

import pytest

from nurture.errors import ConnectionFault, LoginRefused, Offline, TlsFault
from nurture.mailbox import Role
from nurture.mailbox.imap import ImapMailbox
from nurture.mailbox.wire import Client
from tests.mailbox.letters import a_draft
from tests.mailbox.refused import SECRET, refusal, said_secret
from tests.servers.certificates import Authority
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.scripted import CUT, Scripted, Session


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
