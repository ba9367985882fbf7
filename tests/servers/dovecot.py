"""A Dovecot of the tests' own: on loopback, with TLS, in a temporary folder, ended by its pid.

Works as root (mail is then kept as `nobody`) and as any other user, with Dovecot 2.3 and 2.4. Users come into being when
they are named: everybody's password is `PASSWORD`, their mail a Maildir++ below `mail/`. Every command that a client gives
after its login is kept (`commands`), so that a test can say what was *not* said.
"""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from nurture.config import AccountConfig, FolderChoices, MailboxUrl
from tests.servers.certificates import Authority

PASSWORD = "secret-of-the-tests"
HOST = "localhost"  # what the certificate is for; 127.0.0.1 is therefore a wrong host name
PATIENCE = 20  # seconds until a Dovecot that was started must greet
OLD = """
disable_plaintext_auth = yes
mail_location = maildir:{base}/mail/%u
mail_max_userip_connections = 500
ssl_cert = <{cert}
ssl_key = <{key}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/mail/%u
}}
"""
NEW = """
auth_allow_cleartext = no
mail_driver = maildir
mail_path = {base}/mail/%{{user}}
mail_max_userip_connections = 500
ssl_server_cert_file = {cert}
ssl_server_key_file = {key}
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {base}/mail/%{{user}}
  }}
}}
"""
BOTH = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
default_internal_user = {inner}
default_internal_group = {inner_group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 0
ssl = yes
auth_mechanisms = plain login
auth_failure_delay = 0
mail_fsync = never
protocol imap {{
  rawlog_dir = {base}/rawlog/{user}
}}
namespace inbox {{
  inbox = yes
  separator = .
  mailbox Drafts {{
    special_use = \\Drafts
  }}
  mailbox Sent {{
    special_use = \\Sent
  }}
  mailbox Trash {{
    special_use = \\Trash
  }}
  mailbox Junk {{
    special_use = \\Junk
  }}
}}
service imap-login {{
  {unchrooted}
  inet_listener imap {{
    {address} = 127.0.0.1
    port = {plain_port}
  }}
  inet_listener imaps {{
    {address} = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  {unchrooted}
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  {unchrooted}
}}
"""
_TAGGED = re.compile(rb"[A-P]{4}\d+ ([A-Z].*)")
_users = count(1)


@dataclass(frozen=True)
class Dovecot:
    """A running server. `port` speaks TLS, `plain_port` offers STARTTLS."""

    base: Path
    port: int
    plain_port: int
    authority: Authority

    def new_user(self) -> str:
        """Somebody whose mailbox is empty and whose every command is written down."""
        user = f"user{next(_users)}-{os.getpid()}"
        for folder in ("mail", "rawlog"):
            (self.base / folder / user).mkdir(mode=0o700)
            _give(self.base / folder / user)
        return user

    def account(
        self, user: str, *, scheme: str = "imaps", host: str = HOST, folders: FolderChoices | None = None
    ) -> AccountConfig:
        """The account as a configuration would name it."""
        port = self.port if scheme == "imaps" else self.plain_port
        url = MailboxUrl(scheme=scheme, user=user, host=host, port=port)
        return AccountConfig(mailbox=url, ca_file=str(self.authority.ca_file), timeout=20, folders=folders or FolderChoices())

    def maildir(self, user: str) -> Path:
        """Where this user's mail lies."""
        return self.base / "mail" / user

    def give(self, user: str) -> None:
        """After something was put there by hand: let the server own it."""
        _give(self.maildir(user))
        for place, folders, files in os.walk(self.maildir(user)):
            for name in (*folders, *files):
                _give(Path(place) / name)

    def commands(self, user: str, *, but_not: str = "\0") -> list[str]:
        """All that this user's sessions were told, one command a line, without tags; sessions that said `but_not` left out."""
        logs = sorted((self.base / "rawlog" / user).glob("*.in"), key=lambda p: p.stat().st_mtime_ns)
        sessions = [_commands(log.read_bytes()) for log in logs]
        return [line for said in sessions if not any(but_not in line for line in said) for line in said]

    def errors(self, user: str = "") -> str:
        """What the server itself complained of, about one user's mail or at all."""
        log = self.base / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        return "\n".join(line for line in lines if re.search(r"Error|Fatal|Panic", line) and user in line)


def _commands(raw: bytes) -> list[str]:
    """The commands in what a client sent: lines that begin with a tag, where no literal (that the server let come) is going on."""
    text = re.sub(rb"(?m)^\d{10}\.\d+ ", b"", raw)  # the time that a raw log puts before each line
    said, at = [], 0
    while at < len(text):
        end = text.find(b"\r\n", at)
        line = text[at : end if end >= 0 else len(text)]
        at = end + 2 if end >= 0 else len(text)
        literal = re.search(rb"\{(\d+)\+?\}$", line)
        if literal and not _TAGGED.match(text, at):
            at += int(literal[1])
        if found := _TAGGED.match(line):
            said.append(found[1].decode("latin-1"))
    return said


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """A Dovecot for as long as the block lasts."""
    base = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))  # not below pytest's folders: paths of sockets are short
    try:
        base.chmod(0o755)
        for name in ("mail", "rawlog", "run", "state"):
            (base / name).mkdir()
        for name in ("mail", "rawlog"):
            _give(base / name)
        server = Dovecot(base=base, port=free_port(), plain_port=free_port(), authority=Authority(base))
        (base / "dovecot.conf").write_text(_configuration(server))
        with _process(server):
            yield server
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def _process(server: Dovecot) -> Iterator[None]:
    process = subprocess.Popen([_program(), "-F", "-c", str(server.base / "dovecot.conf")], stderr=subprocess.PIPE, text=True)
    try:
        _await_greeting(server, process)
        yield
    finally:
        process.terminate()  # the master; it ends its children
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        assert process.stderr is not None
        process.stderr.close()


def _await_greeting(server: Dovecot, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", server.plain_port), timeout=5) as probe:
                if probe.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    process.kill()
    _, complaint = process.communicate(timeout=10)
    raise AssertionError(f"Dovecot did not start: {complaint} {server.errors()}")


def _configuration(server: Dovecot) -> str:
    version = subprocess.run([_program(), "--version"], capture_output=True, text=True, check=True, timeout=20).stdout.split()[0]
    new = tuple(map(int, version.split(".")[:2])) >= (2, 4)
    speaks = ".".join(version.partition("-")[0].split(".")[:2]) + ".0"  # the language of the configuration
    head = (
        f"dovecot_config_version = {speaks}\ndovecot_storage_version = {speaks}\nprotocols {{\n  imap = yes\n}}\n"
        if new
        else "protocols = imap\n"
    )
    certificate = server.authority.issue("server", HOST)
    me, root = pwd.getpwuid(os.getuid()), os.getuid() == 0
    mail = _mail_owner()
    values = {
        "base": server.base, "port": server.port, "plain_port": server.plain_port, "cert": certificate.cert, "key": certificate.key,
        "password": PASSWORD, "uid": mail[0], "gid": mail[1],
        "inner": "dovecot" if root else me.pw_name, "inner_group": "dovecot" if root else grp.getgrgid(os.getgid()).gr_name,
        "login": "dovenull" if root else me.pw_name, "unchrooted": "chroot =",
        "user": "%{user}" if new else "%u", "address": "listen" if new else "address",
    }  # fmt: skip
    return head + BOTH.format(**values) + (NEW if new else OLD).format(**values)


def _program() -> str:
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    assert found, "Dovecot is missing. Run `make test`, which installs it where it can, or apt-get install dovecot-imapd openssl."
    return found


def _mail_owner() -> tuple[int, int]:
    """Whose the mail is: a mail process never runs as root."""
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid
    return os.getuid(), os.getgid()


def _give(path: Path) -> None:
    if os.getuid() == 0:
        os.chown(path, *_mail_owner(), follow_symlinks=False)


def free_port() -> int:
    """One that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
