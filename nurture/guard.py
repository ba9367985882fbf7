"""P1, never sends: an audit hook that lets this process connect to the configured mailbox and database, and start the
configured secret commands; nothing else.

A hook sees what Python itself does. A C library's own sockets or a child process are beyond it: docs/promises.md names the
stronger ways (a systemd sandbox, a network namespace). A hook cannot be taken away again, so it is installed by the command
line only, never by importing.
"""

from __future__ import annotations

import os
import shlex
import socket
import sys
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from nurture.errors import ConnectionFault, OutOfBounds

MAIL_PORTS = frozenset({25, 465, 587, 2525})
MAIL_PROGRAMS = frozenset(
    ["sendmail", "mail", "mailx", "nail", "s-nail", "mutt", "neomutt", "msmtp", "exim", "exim4", "postfix", "postdrop", "swaks", "curl", "wget", "ssmtp", "nullmailer-inject", "nullmailer-send", "telnet", "nc", "ncat", "netcat", "socat", "mstmp", "esmtp", "dma", "opensmtpd", "smtpctl", "himalaya", "aerc", "alpine", "pine", "thunderbird", "evolution"]
)
EVERYDAY = frozenset({"crontab"})  # what nurture itself starts
WRAPPERS = frozenset({"env", "sh", "bash", "dash", "nice", "timeout", "sudo", "setsid", "nohup", "xargs"})


class Guard:
    """What this process may reach. Everything that is not allowed raises OutOfBounds from inside the call that tried it."""

    def __init__(self) -> None:
        self.installed = False
        self._hosts: dict[tuple[str, int], set[str]] = {}
        self._paths: set[str] = set()
        self._commands: set[str] = set(EVERYDAY)

    def install(self) -> None:
        """From here on the rules hold, until the process ends."""
        if not self.installed:
            self.installed = True
            sys.addaudithook(self._hook)

    def allow(self, host: str, port: int) -> None:
        """The configured mailbox or database. A mail-sending port is refused whatever the configuration says."""
        if port in MAIL_PORTS:
            raise ConnectionFault(f"{host}:{port} is a port for sending mail. A mailbox is read on port 993 (imaps) or 143.")
        self._hosts.setdefault((host, port), set())

    def allow_path(self, path: str) -> None:
        """A Unix socket of the configured database."""
        self._paths.add(path)

    def allow_command(self, command: str) -> None:
        """A configured secret command: the program it names."""
        words = shlex.split(command)
        if words:
            self._commands.add(PurePath(words[0]).name)

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if check := CHECKS.get(event):
            check(self, args)

    def connect(self, args: tuple[Any, ...]) -> None:
        """socket.connect, sendto and sendmsg with an address."""
        address = args[1] if len(args) > 1 else None
        if address is None:
            return
        if isinstance(address, str | bytes):
            if os.fsdecode(address) in self._paths:
                return
        elif isinstance(address, tuple) and self._known(str(address[0]), int(address[1])):
            return
        raise OutOfBounds(
            f"A connection to {_named(address)} was refused: nurture reaches the configured mailbox and database only."
        )

    def _known(self, ip: str, port: int) -> bool:
        ip = ip.partition("%")[0].removeprefix("::ffff:")
        mine = [(host, known) for (host, p), known in self._hosts.items() if p == port]
        if any(ip in known for _, known in mine):
            return True
        for host, known in mine:  # names may change their addresses: ask again before refusing
            known.update(_resolve(host, port))
        return any(ip in known for _, known in mine)

    def refuse(self, args: tuple[Any, ...]) -> None:
        """What nurture never does: listening, and starting a shell."""
        raise OutOfBounds(f"nurture neither listens nor starts a shell ({_named(args[0]) if args else ''}).")

    def execute(self, args: tuple[Any, ...]) -> None:
        """subprocess.Popen(executable, args, …), os.exec(path, args, …), os.posix_spawn(path, args, …), os.spawn(mode, path, args, …)."""
        words = [a for a in args if isinstance(a, str | bytes | os.PathLike)][:1]
        for given in args:
            if isinstance(given, list | tuple):
                words += [w for w in given if isinstance(w, str | bytes | os.PathLike)]
                break
        names = [PurePath(os.fsdecode(w)).name for w in words]
        program = names[0] if names else ""
        if program in MAIL_PROGRAMS or (program in WRAPPERS and MAIL_PROGRAMS.intersection(names)):
            raise OutOfBounds(f"Starting {program} was refused: nurture never sends, and no program that could is started.")
        if program not in self._commands:
            raise OutOfBounds(
                f"Starting {program or 'a program'} was refused: only the configured secret commands and crontab are started."
            )


CHECKS: dict[str, Callable[[Guard, tuple[Any, ...]], None]] = {
    "socket.connect": Guard.connect,
    "socket.sendto": Guard.connect,
    "socket.sendmsg": Guard.connect,
    "socket.bind": Guard.refuse,
    "os.system": Guard.refuse,
    "os.fork": Guard.refuse,
    "os.forkpty": Guard.refuse,
    "pty.spawn": Guard.refuse,
    "subprocess.Popen": Guard.execute,
    "os.exec": Guard.execute,
    "os.posix_spawn": Guard.execute,
    "os.spawn": Guard.execute,
}


def _named(address: object) -> str:
    return ":".join(map(str, address[:2])) if isinstance(address, tuple) else str(address)


def _resolve(host: str, port: int) -> set[str]:
    """The addresses of a name. DNS itself is the C library's: the hook does not see it, and it carries no mail."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return set()
    return {str(entry[4][0]).partition("%")[0].removeprefix("::ffff:") for entry in found}


guard = Guard()
