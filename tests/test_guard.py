"""P1: whatever the process tries, it reaches the configured mailbox and starts the configured commands, and nothing else.

Each attempt runs in a process of its own, since a hook cannot be taken away again; around it servers listen and a mail program
waits, and neither may ever hear of it.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nurture.errors import ConfigFault, ConnectionFault
from nurture.guard import MAIL_PORTS, Guard, programs
from tests.servers.scripted import Scripted

ROOT = Path(__file__).parent.parent
PRELUDE = """
import sys, os, socket, subprocess
from nurture.errors import OutOfBounds
from nurture.guard import guard
MAILBOX, OTHER, UDP, UNIX, PROGRAM, SECRET, WITNESS = {mailbox}, {other}, {udp}, {unix!r}, {program!r}, {secret!r}, {witness!r}
guard.install()
guard.allow("127.0.0.1", MAILBOX[1])
guard.allow_command([SECRET, "show", "mail"])
try:
{attempt}
except OutOfBounds:
    print("refused")
except BaseException as error:
    cause = error
    while cause is not None and not isinstance(cause, OutOfBounds):
        cause = cause.__cause__ or cause.__context__
    print("refused" if cause else f"other: {{type(error).__name__}}: {{error}}")
else:
    print("done")
"""


class World:
    """What must not be reached: a TCP, a UDP and a Unix server, a program called sendmail; and what may be: a mailbox, a command."""

    def __init__(self, place: Path, mailbox: int) -> None:
        self.place, self.mailbox = place, mailbox
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.elsewhere = socket.create_server(("127.0.0.2", mailbox))  # the mailbox's port, on another host
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(place / "unix"))
        self.unix.listen()
        self.listening = (self.tcp, self.elsewhere, self.udp, self.unix)
        for server in self.listening:
            server.setblocking(False)
        self.witness = place / "witness"
        self.program = self._script("sendmail", f"touch {self.witness}")
        self.secret = self._script("get-secret", 'echo "the secret: $*"')

    def _script(self, name: str, body: str) -> Path:
        path = self.place / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return path

    def reached(self) -> list[str]:
        """Who heard of it."""
        found = ["program"] if self.witness.exists() else []
        for name, server in zip(("tcp", "elsewhere", "udp", "unix"), self.listening, strict=True):
            try:
                server.recv(1) if server is self.udp else server.accept()[0].close()
                found.append(name)
            except BlockingIOError:
                pass
        return found

    def close(self) -> None:
        """Stop listening."""
        for server in self.listening:
            server.close()

    def attempt(self, code: str, **environ: str) -> str:
        """Run code under the guard; what came of it."""
        body = "\n".join("    " + line for line in code.strip("\n").split("\n"))
        script = PRELUDE.format(
            mailbox=("127.0.0.1", self.mailbox), other=self.tcp.getsockname(), udp=self.udp.getsockname(), unix=str(self.place / "unix"),
            program=str(self.program), secret=str(self.secret), witness=str(self.witness), attempt=body,
        )  # fmt: skip
        env = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}",
            "PATH": f"{self.place}:{os.environ['PATH']}",
            **environ,
        }
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60, env=env)
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else f"nothing: {done.stderr[-2000:]}"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A mailbox that answers, and everything else that must not be asked."""
    with Scripted() as server:
        made = World(tmp_path, server.port)
        yield made
        made.close()


CONNECTIONS = {
    "create_connection": "socket.create_connection(OTHER)",
    "connect": "socket.socket().connect(OTHER)",
    "connect_ex": "socket.socket().connect_ex(OTHER)",
    "the C socket": "import _socket; _socket.socket().connect(OTHER)",
    "bytes for a host": "socket.socket().connect((b'127.0.0.1', OTHER[1]))",
    "a host name": "socket.socket().connect(('localhost', OTHER[1]))",
    "127.1": "socket.socket().connect(('127.1', OTHER[1]))",
    "a number": "socket.socket().connect(('2130706433', OTHER[1]))",
    "hexadecimal": "socket.socket().connect(('0x7f.1', OTHER[1]))",
    "0.0.0.0": "socket.socket().connect(('0.0.0.0', OTHER[1]))",
    "no host": "socket.socket().connect(('', OTHER[1]))",
    "another host, the mailbox's port": "socket.socket().connect(('127.0.0.2', MAILBOX[1]))",
    "mapped": "socket.socket(socket.AF_INET6).connect(('::ffff:127.0.0.1', OTHER[1]))",
    "mapped, spelt out": "socket.socket(socket.AF_INET6).connect(('0:0:0:0:0:FFFF:7f00:1', OTHER[1], 0, 0))",
    "mapped, another host": "socket.socket(socket.AF_INET6).connect(('::ffff:127.0.0.2', MAILBOX[1]))",
    "IPv6": "socket.socket(socket.AF_INET6).connect(('::1', OTHER[1]))",
    "IPv6 with a scope": "socket.socket(socket.AF_INET6).connect(('fe80::1%lo', 25, 0, 1))",
    "sendto": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', UDP)",
    "sendto with flags": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', 0, UDP)",
    "sendmsg": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, UDP)",
    "a connected datagram": "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(UDP); s.send(b'x')",
    "fast open": "socket.socket().sendto(b'x', getattr(socket, 'MSG_FASTOPEN', 0x20000000), OTHER)",
    "Unix": "socket.socket(socket.AF_UNIX).connect(UNIX)",
    "Unix, bytes": "socket.socket(socket.AF_UNIX).connect(os.fsencode(UNIX))",
    "Unix, abstract": "socket.socket(socket.AF_UNIX).connect('\\0nurture')",
    "Unix datagram": "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', UNIX)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).connect((0, 0))",
    "bind": "socket.socket().bind(('127.0.0.1', 0))",
    "create_server": "socket.create_server(('127.0.0.1', 0))",
    "asyncio": "import asyncio; asyncio.run(asyncio.open_connection(*OTHER))",
    "asyncio, Unix": "import asyncio; asyncio.run(asyncio.open_unix_connection(UNIX))",
    "asyncio, sock_connect": """
import asyncio
async def main():
    s = socket.socket(); s.setblocking(False)
    await asyncio.get_running_loop().sock_connect(s, OTHER)
asyncio.run(main())""",
    "asyncio, datagram": """
import asyncio
async def main():
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=UDP)
    transport.sendto(b'x')
asyncio.run(main())""",
    "asyncio, server": "import asyncio; asyncio.run(asyncio.start_server(lambda r, w: None, '127.0.0.1', 0))",
    "smtplib": "import smtplib; smtplib.SMTP(*OTHER)",
    "smtplib over TLS": "import smtplib; smtplib.SMTP_SSL(*OTHER)",
    "LMTP": "import smtplib; smtplib.LMTP(UNIX)",
    "http.client": "import http.client; http.client.HTTPConnection(*OTHER).request('GET', '/')",
    "http.client to the mailbox": "import http.client; http.client.HTTPConnection(*MAILBOX).request('GET', '/')",
    "urllib": "import urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{OTHER[1]}/')",
    "ftplib": "import ftplib; ftplib.FTP().connect(*OTHER)",
    "imaplib": "import imaplib; imaplib.IMAP4(*OTHER)",
    "poplib": "import poplib; poplib.POP3(*OTHER)",
    "xmlrpc": "import xmlrpc.client; xmlrpc.client.ServerProxy(f'http://127.0.0.1:{OTHER[1]}/').x()",
    "ssl": "import ssl; ssl._create_unverified_context().wrap_socket(socket.socket()).connect(OTHER)",
    "a certificate": "import ssl; ssl.get_server_certificate(OTHER)",
    "syslog": """
import logging.handlers
class Handler(logging.handlers.SysLogHandler):
    def handleError(self, record): raise
Handler(UDP).emit(logging.makeLogRecord({'msg': 'x'}))""",
    "multiprocessing's client": "import multiprocessing.connection; multiprocessing.connection.Client(OTHER)",
    "a browser": "import webbrowser; webbrowser.GenericBrowser('true').open(f'http://127.0.0.1:{OTHER[1]}/')",
    "a thread": """
import threading
found = []
def work():
    try: socket.create_connection(OTHER)
    except OutOfBounds as error: found.append(error)
t = threading.Thread(target=work); t.start(); t.join()
raise found[0]""",
}  # fmt: skip

PROGRAMS = {
    "run": "subprocess.run([PROGRAM])",
    "by its name": "subprocess.run(['sendmail'])",
    "one string": "subprocess.run(PROGRAM)",
    "bytes": "subprocess.run([os.fsencode(PROGRAM)])",
    "a path": "import pathlib; subprocess.run([pathlib.Path(PROGRAM)])",
    "a shell": "subprocess.run(PROGRAM, shell=True)",
    "getoutput": "subprocess.getoutput(PROGRAM)",
    "posix_spawn by subprocess": "subprocess.Popen([PROGRAM], close_fds=False).wait()",
    "env": "subprocess.run(['env', PROGRAM])",
    "env, with an assignment": "subprocess.run(['/usr/bin/env', 'A=B', PROGRAM])",
    "sh -c": "subprocess.run(['sh', '-c', PROGRAM])",
    "nice": "subprocess.run(['nice', PROGRAM])",
    "xargs": "subprocess.run(['xargs', PROGRAM], input=b'x')",
    "Python": "subprocess.run([sys.executable, '-c', 'import os; os.execv(%r, [%r])' % (PROGRAM, PROGRAM)])",
    "another program in the place of the command": "subprocess.run([SECRET, 'show', 'mail'], executable=PROGRAM)",
    "the command with other words": "subprocess.run([SECRET, 'show', 'mail', ';', PROGRAM])",
    "the command with fewer words": "subprocess.run([SECRET])",
    "the command's name elsewhere": "os.mkdir(d := WITNESS + '.d'); os.link(PROGRAM, d + '/get-secret'); subprocess.run([d + '/get-secret', 'show', 'mail'])",
    "the command in another environment": "subprocess.run([SECRET, 'show', 'mail'], env={'PATH': '/nowhere', 'LD_PRELOAD': '/x'})",
    "the command elsewhere": "subprocess.run([SECRET, 'show', 'mail'], cwd='/')",
    "crontab with other words": "subprocess.run(['crontab', '-e'])",
    "system": "os.system(PROGRAM)",
    "popen": "os.popen(PROGRAM).read()",
    "execv": "os.execv(PROGRAM, [PROGRAM])",
    "execvp": "os.execvp('sendmail', ['sendmail'])",
    "execl": "os.execl('/bin/sh', 'sh', '-c', PROGRAM)",
    "execve": "os.execve(PROGRAM, [PROGRAM], {})",
    "execv under the command's words": "os.execv(PROGRAM, [SECRET, 'show', 'mail'])",
    "posix_spawn": "os.waitpid(os.posix_spawn(PROGRAM, [PROGRAM], os.environ), 0)",
    "posix_spawnp": "os.waitpid(os.posix_spawnp('sendmail', ['sendmail'], os.environ), 0)",
    "spawnv": "os.spawnv(os.P_WAIT, PROGRAM, [PROGRAM])",
    "spawnlp": "os.spawnlp(os.P_WAIT, 'sendmail', 'sendmail')",
    "fork": "os.fork() or os._exit(0)",
    "forkpty": "os.forkpty()",
    "pty.fork": "import pty; pty.fork()",
    "pty.spawn": "import pty; pty.spawn([PROGRAM])",
    "asyncio": "import asyncio; asyncio.run(asyncio.create_subprocess_exec(PROGRAM))",
    "asyncio, a shell": "import asyncio; asyncio.run(asyncio.create_subprocess_shell(PROGRAM))",
    "multiprocessing, fork": "import multiprocessing as m; p = m.get_context('fork').Process(target=os.system, args=(PROGRAM,)); p.start(); p.join()",
    "multiprocessing, spawn": "import multiprocessing as m; p = m.get_context('spawn').Process(target=os.system, args=(PROGRAM,)); p.start(); p.join()",
    "multiprocessing, forkserver": "import multiprocessing as m; p = m.get_context('forkserver').Process(target=os.system, args=(PROGRAM,)); p.start(); p.join()",
    "a pool": "from concurrent.futures import ProcessPoolExecutor as P; P(1).submit(os.system, PROGRAM).result()",
    "ctypes, system": "import ctypes; ctypes.CDLL(None).system(os.fsencode(PROGRAM))",
    "ctypes, a library": "import ctypes; ctypes.CDLL('libc.so.6')",
    "ctypes, pythonapi": "import ctypes; ctypes.pythonapi.PyRun_SimpleString(b'import os')",
    "after the guard is asked to forget": "guard.__init__(); guard.install(); subprocess.run([PROGRAM])",
}  # fmt: skip

if hasattr(sqlite3.Connection, "load_extension"):  # not every Python is built with it
    PROGRAMS["sqlite's extensions"] = (
        "import sqlite3; c = sqlite3.connect(':memory:'); c.enable_load_extension(True); c.load_extension('/nowhere')"
    )


@pytest.mark.parametrize("code", CONNECTIONS.values(), ids=CONNECTIONS.keys())
def test_nothing_else_is_reached(world: World, code: str) -> None:
    """Sockets of every kind and every library's way to them."""
    assert (world.attempt(code), world.reached()) == ("refused", [])


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_no_other_program_is_started(world: World, code: str) -> None:
    """By its name, its path, a wrapper, a shell, a copy of this process."""
    assert (world.attempt(code), world.reached()) == ("refused", [])


@pytest.mark.parametrize(
    "code",
    [
        "assert socket.create_connection(MAILBOX).recv(4) == b'* OK'",
        "s = socket.socket(); assert s.connect_ex(MAILBOX) == 0",
        "s = socket.socket(socket.AF_INET6); s.connect(('::ffff:127.0.0.1', MAILBOX[1])); assert s.recv(4) == b'* OK'",
        "guard.allow('LocalHost', MAILBOX[1]); assert socket.create_connection(('localhost', MAILBOX[1])).recv(4) == b'* OK'",
        "import asyncio; asyncio.run(asyncio.open_connection(*MAILBOX))",
        "import imaplib; imaplib.IMAP4(*MAILBOX).logout()",
        "guard.allow_path(UNIX); socket.socket(socket.AF_UNIX).connect(UNIX)",
        "a, b = socket.socketpair(); a.sendmsg([b'x']); assert b.recv(1) == b'x'",
    ],
)
def test_the_mailbox_is_reached(world: World, code: str) -> None:
    """By address, by name, in IPv6's spelling; a Unix socket that is allowed; a pair within the process."""
    assert world.attempt(code) == "done"


@pytest.mark.parametrize(
    "code",
    [
        "assert subprocess.run([SECRET, 'show', 'mail'], capture_output=True, check=True).stdout == b'the secret: show mail\\n'",
        "assert subprocess.run([SECRET, 'show', 'mail'], capture_output=True, close_fds=False).stdout == b'the secret: show mail\\n'",
        "guard.allow_command('get-secret show'); assert subprocess.run(['get-secret', 'show'], capture_output=True).stdout == b'the secret: show\\n'",
        """guard.allow_command("sh -c 'get-secret | tr a-z A-Z'")
assert subprocess.run(['sh', '-c', 'get-secret | tr a-z A-Z'], capture_output=True).stdout == b'THE SECRET: \\n'""",
        "os.execv(SECRET, [SECRET, 'show', 'mail'])",
    ],
)
def test_configured_commands_are_started(world: World, code: str) -> None:
    """Word for word, by path or by name, also behind a shell that the owner wrote down."""
    assert world.attempt(code) in ("done", "the secret: show mail")


def test_no_interpreter_without_a_guard_is_made(world: World) -> None:
    """A hook holds for its own interpreter: a second one does not come into being."""
    module = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"
    code = f"import {module} as x; x.run_string(x.create(), 'import os; os.system(%r)' % PROGRAM)"
    assert (world.attempt(code), world.reached()) == ("refused", [])


def test_a_path_that_changed_is_noticed(world: World) -> None:
    """Another program of the command's name comes first in PATH since the guard was told."""
    code = """
guard.allow_command('get-secret show')
os.mkdir(WITNESS + '.d'); os.link(PROGRAM, WITNESS + '.d/get-secret')
os.environ['PATH'] = WITNESS + '.d:' + os.environ['PATH']
subprocess.run(['get-secret', 'show'])"""
    assert (world.attempt(code), world.reached()) == ("refused", [])


def test_a_whole_session_passes(world: World) -> None:
    """The secret from its command, then the mailbox, read and written, as a run does it."""
    code = """
from nurture.config import AccountConfig, MailboxUrl
from nurture.mailbox import Role, open_mailbox, secret_of
from pathlib import Path
url = MailboxUrl(scheme='imap+insecure', user='camille', host='127.0.0.1', port=MAILBOX[1])
account = AccountConfig(mailbox=url, password_command=f'{SECRET} show mail')
with open_mailbox(account, secret=lambda: secret_of(account), uid_store=Path(WITNESS).parent) as box:
    drafts = next(f for f in box.folders() if f.role is Role.DRAFTS)
    assert box.append(drafts, b'Subject: x\\r\\n\\r\\n').uid == 1 and box.uids(drafts) == (1,)"""
    assert (world.attempt(code), world.reached()) == ("done", [])


@pytest.mark.parametrize("port", sorted(MAIL_PORTS))
def test_a_port_for_sending_is_no_mailbox(port: int) -> None:
    """Whatever the configuration says."""
    with pytest.raises(ConnectionFault, match="sending"):
        Guard().allow("mail.atelier.example", port)


@pytest.mark.parametrize(
    "command",
    [
        "sendmail -t", "/usr/sbin/sendmail", "env sendmail", "env -i A=b sendmail", "/usr/bin/env msmtp", "nice -n 5 mutt", "timeout 5 mail -s x y",
        "sudo -n exim4", "xargs -0 nc", "sh -c 'sendmail x'", "bash -ec 'pass show x; sendmail y'", "sh -c 'pass x | mail y'", "sh -c 'a && exec msmtp'",
        'sh -c "$(sendmail)"', "sh -c 'x=`mail`'", "env sh -c 'nohup swaks'", "busybox sendmail", "curl smtp://mail.atelier.example", "curl --mail-from x y",
        "socat - TCP:mail.atelier.example:25",
    ],
)  # fmt: skip
def test_a_secret_does_not_come_from_what_sends(command: str) -> None:
    """Refused when it is configured, behind wrappers and in scripts too; exit code 10."""
    with pytest.raises(ConfigFault, match="sends mail") as refused:
        Guard().allow_command(command)
    assert refused.value.exit_code == 10


@pytest.mark.parametrize(
    "command",
    [
        "pass show mail", "pass show mail/atelier", "gpg --decrypt sendmail.gpg", "sh -c 'pass show mail | head -1'", "secret-tool lookup service mail", "",
        "curl -s https://vault.example/token", "'unclosed", "env PASSWORD_STORE_DIR=/x pass mail", "op read op://mail/password", "python3 token.py",
    ],
)  # fmt: skip
def test_ordinary_secret_commands_may_be_configured(command: str) -> None:
    """Mail in a name or an argument is no mail program."""
    Guard().allow_command(command)


def test_a_link_to_a_mail_program_is_seen_through(tmp_path: Path) -> None:
    """A link, where it is one when the guard is told; a copy or a script is beyond it."""
    (tmp_path / "sendmail").write_text("#!/bin/sh\n")
    (tmp_path / "sendmail").chmod(0o755)
    (tmp_path / "pass").symlink_to(tmp_path / "sendmail")

    with pytest.raises(ConfigFault):
        Guard().allow_command([str(tmp_path / "pass"), "show"])
    assert next(programs(["true", "x"])) == "true"


def test_nothing_is_installed_by_importing() -> None:
    """The command line installs the guard; a library that is imported changes nobody's process."""
    code = "import nurture.guard, nurture.mailbox, socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(nurture.guard.guard.installed)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT)
    assert done.stdout == "False\n"
