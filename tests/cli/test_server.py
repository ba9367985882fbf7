"""The program against a real mail server over TLS: set up, run, and every way in which that can fail."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from nurture.sample import SAMPLE_NOW, build
from tests.cli.program import answer, nurture, refused
from tests.servers.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.dovecot
NOW = SAMPLE_NOW.isoformat()
ADDRESS = "camille@atelier-laurent.example"


class Account:
    """A user of the server with the sample mail, and a home to set nurture up in."""

    def __init__(self, server: Dovecot, folder: Path) -> None:
        self.server, self.user = server, server.new_user()
        self.home = folder / "home"
        self.mail = server.maildir(self.user)
        shutil.rmtree(self.mail)
        build(self.mail)
        server.give(self.user)
        self.secret = folder / "secret"
        self.secret.write_text(PASSWORD + "\n")
        self.secret.chmod(0o600)
        self.url = f"imaps://{self.user}@localhost:{server.port}"
        self.authority = {"SSL_CERT_FILE": str(server.authority.ca_file)}

    def init(self, *more: str | Path, url: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        """`nurture init` without a question."""
        args: list[str | Path] = [
            "init",
            "--non-interactive",
            "--name",
            "Camille Laurent",
            "--address",
            ADDRESS,
            "--mailbox",
            url or self.url,
            "--password-file",
            self.secret,
        ]
        return nurture(*args, *more, "--home", self.home, "--now", NOW, **(self.authority | environ))

    def drafts(self) -> list[Path]:
        """What lies in Drafts, the sample's own draft apart."""
        return [p for p in (self.mail / ".Drafts").glob("[cn]*/*") if ".sample" not in p.name]


@pytest.fixture
def account(dovecot: Dovecot, tmp_path: Path) -> Account:
    """A fresh one."""
    return Account(dovecot, tmp_path)


def test_set_up_and_run_on_a_real_server(account: Account) -> None:
    """init finds the folders and says what a first run would do; a run puts drafts into Drafts; a second one adds nothing."""
    done = nurture(
        "init", "--non-interactive", "--name", "Camille Laurent", "--address", ADDRESS, "--mailbox", account.url, "--password-file", account.secret,
        "--follow", "all", "--drafts-per-day", "40", "--open-drafts", "40", "--home", account.home, "--now", NOW, **account.authority,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "drafts go to Drafts" in done.stdout
    assert "look like prospects" in " ".join(done.stdout.split())
    assert "CREATE" not in {line.split()[0] for line in account.server.commands(account.user)}

    first = nurture("run", "--home", account.home, "--now", NOW, **account.authority)
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    assert len(account.drafts()) >= 15

    nurture("run", "--home", account.home, "--now", NOW, **account.authority)
    assert len(account.drafts()) == len(set(account.drafts())) >= 15
    said = {line.split()[0] for line in account.server.commands(account.user)} - {"UID"}
    assert said <= {
        "CAPABILITY",
        "LIST",
        "EXAMINE",
        "APPEND",
        "LOGOUT",
        "NOOP",
        "NAMESPACE",
        "ENABLE",
        "ID",
        "AUTHENTICATE",
        "LOGIN",
    }, said


def test_a_folder_is_made_on_the_explicit_word_only(account: Account) -> None:
    """`init --make-folders`."""
    assert account.init("--make-folders").returncode == 0

    assert {p.name for p in account.mail.glob(".Nurture*")} == {".Nurture", ".Nurture.Follow", ".Nurture.Later", ".Nurture.Never"}


def test_a_server_with_a_fault_of_its_own_is_told_to_whoever_waits(account: Account) -> None:
    """`nurture run` waits in silence; init has a person before it."""
    account.mail.chmod(0o500)
    done = account.init("--make-folders")
    account.mail.chmod(0o700)

    assert "fault of its own" in refused(done, 12)


def test_a_wrong_password_says_what_to_check(account: Account) -> None:
    """Exit code 11; nothing is written, not even a configuration."""
    account.secret.write_text("wrong\n")

    assert "refused the login" in refused(account.init(), 11)
    assert not (account.home / "config.toml").exists()


def test_a_certificate_that_nobody_vouches_for_is_refused(account: Account) -> None:
    """Exit code 12, no password on the wire."""
    said = refused(account.init(SSL_CERT_FILE="/dev/null"), 12)

    assert "is not trusted" in said
    assert "ca_file" in said


def test_a_certificate_for_another_host_is_refused(account: Account) -> None:
    """Exit code 12."""
    url = f"imaps://{account.user}@127.0.0.1:{account.server.port}"

    assert "is not trusted" in refused(account.init(url=url), 12)


def test_a_port_that_speaks_no_tls_is_told_as_such(account: Account) -> None:
    """Exit code 12: imaps on the STARTTLS port."""
    url = f"imaps://{account.user}@localhost:{account.server.plain_port}"

    assert "TLS" in refused(account.init(url=url), 12)


def test_the_proof_is_gathered_on_the_real_server(account: Account) -> None:
    """`check --proof`: no sending library, no connection, no program, no flag changed."""
    assert account.init().returncode == 0
    with_ca = account.home / "config.toml"
    with_ca.write_text(
        with_ca.read_text().replace("password_file", f'ca_file = "{account.server.authority.ca_file}"\npassword_file', 1)
    )

    findings = answer("check", "--proof", "--home", account.home, "--now", NOW)["findings"]

    assert [f for f in findings if not f["ok"] and f["what"] != "cron"] == []
    assert any("every flag as it was" in f["says"] for f in findings)
