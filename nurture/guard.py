"""P1, never sends: an audit hook that lets this process connect to the configured mailbox and database, and start the
configured secret commands, word for word; nothing else.

A hook sees what Python itself does. Beyond it are a C library's own sockets (a PostgreSQL driver's among them), what an
allowed command does once it runs, a program that was put in the place of an allowed one (another file of its name, or a link
to sendmail), and code that means to get around it. docs/promises.md names the stronger ways (a systemd sandbox, a network
namespace). A hook cannot be taken away again, so it is installed by the command line only, never by importing.
"""

from __future__ import annotations

import ipaddress
import os
import re
import shlex
import shutil
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from nurture.errors import ConfigFault, ConnectionFault, OutOfBounds

MAIL_PORTS = frozenset({24, 25, 26, 465, 587, 588, 2465, 2525, 2526, 2587})
MAIL_PROGRAMS = frozenset(
    """sendmail mail mailx nail s-nail bsd-mailx mutt neomutt msmtp msmtpd exim exim4 postfix postdrop sendmail-bs ssmtp esmtp dma
    nullmailer-inject nullmailer-send opensmtpd smtpctl qmail-inject swaks telnet nc ncat netcat socat himalaya aerc alpine pine
    thunderbird evolution""".split()
)
SENDING = re.compile(r"smtps?://|--mail-(?:from|rcpt)")  # curl may fetch a token, but not send
SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "busybox"})
WRAPPERS = frozenset(
    {"env", "nice", "ionice", "timeout", "sudo", "doas", "setsid", "nohup", "xargs", "stdbuf", "chroot", "exec", "command"}
)
EVERYDAY = (("crontab", "-l"), ("crontab", "-"))  # what nurture itself starts
# Loaded only when mail is about to be sent, a process started, or a second interpreter made (a hook holds for its own only).
UNLOADED = frozenset(
    """smtplib multiprocessing.popen_fork multiprocessing.popen_spawn_posix multiprocessing.popen_forkserver
    multiprocessing.forkserver _interpreters _xxsubinterpreters""".split()
)


class Guard:
    """What this process may reach. Everything that is not allowed raises OutOfBounds from inside the call that tried it."""

    def __init__(self) -> None:
        self.installed = False
        self._hosts: dict[tuple[str, int], set[str]] = {}  # (name, port) -> its addresses, as far as they are known
        self._paths: set[str] = set()
        self._commands: dict[tuple[str, ...], str | None] = {}  # the words -> where the program was found
        for words in EVERYDAY:
            self._commands[words] = shutil.which(words[0])

    def install(self) -> None:
        """From here on the rules hold, until the process ends."""
        if not self.installed:
            self.installed = True
            os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # no hook sees what C code connects, and newer ONNX Runtimes would
            sys.addaudithook(self._hook)

    def allow(self, host: str, port: int) -> None:
        """The configured mailbox or database. A mail-sending port is refused whatever the configuration says."""
        if port in MAIL_PORTS:
            raise ConnectionFault(f"{host}:{port} is a port for sending mail. A mailbox is read on port 993 (imaps) or 143.")
        self._hosts.setdefault((host.lower(), port), set())

    def allow_path(self, path: str) -> None:
        """A Unix socket of the configured database."""
        self._paths.add(path)

    def allow_command(self, command: str | Sequence[str]) -> None:
        """A configured secret command: these words in this order. Raises ConfigFault where a program that sends is among its programs."""
        try:
            words = tuple(shlex.split(command) if isinstance(command, str) else command)
        except ValueError:
            return  # an unclosed quote: whoever starts it will say so
        if not words:
            return
        sender = next((name for name in programs(words) if name in MAIL_PROGRAMS), None)
        if sender or (sender := next((word for word in words if SENDING.search(word)), None)):
            raise ConfigFault(
                "config.toml", [f"a secret command names {sender}, which sends mail; nurture starts nothing that does"]
            )
        self._commands[words] = shutil.which(words[0])

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        check = CHECKS.get(event)
        if check is None:
            return
        try:
            check(self, args)
        except OutOfBounds:
            raise
        except Exception as odd:  # an address or a command of a form that nobody thought of
            raise OutOfBounds(f"Something of an unknown form was refused ({event}).") from odd

    def connect(self, args: tuple[Any, ...]) -> None:
        """socket.connect, sendto and sendmsg: (socket, address). sendmsg on a connected socket has no address."""
        address = args[1]
        if address is None:
            return
        if isinstance(address, str | bytes):
            if os.fsdecode(address) in self._paths:
                return
        elif isinstance(address, tuple) and len(address) in (2, 4) and self._known(address[0], address[1]):
            return
        raise OutOfBounds(
            f"A connection to {_named(address)} was refused: nurture reaches the configured mailbox and database only."
        )

    def _known(self, host: str | bytes, port: int) -> bool:
        name = os.fsdecode(host).lower()
        mine = [(known, addresses) for (known, p), addresses in self._hosts.items() if p == port]
        if any(name == known for known, _ in mine):
            return True
        address = _plain(name)
        if address is None:
            return False
        if any(address in addresses for _, addresses in mine):
            return True
        for known, addresses in mine:  # names may change their addresses: ask again before refusing
            addresses.update(_resolve(known, port))
        return any(address in addresses for _, addresses in mine)

    def refuse(self, _args: tuple[Any, ...]) -> None:
        """What nurture never does: listening, forking, starting a shell, calling into C, speaking HTTP or SMTP."""
        raise OutOfBounds("nurture neither listens nor sends, and starts no shell, no copy of itself and no foreign code.")

    def load(self, args: tuple[Any, ...]) -> None:
        """import: (module, …)."""
        if args[0] in UNLOADED:
            raise OutOfBounds(f"Loading {args[0]} was refused: nurture never sends, and starts no copy of itself.")

    def load_library(self, args: tuple[Any, ...]) -> None:
        """ctypes.dlopen: (name,). None is Python itself, which importing ctypes opens; its functions are refused one by one."""
        if args[0] is not None:
            self.refuse(args)

    def start(self, args: tuple[Any, ...]) -> None:
        """subprocess.Popen: (program, words, folder, environment)."""
        program, words, folder, environment = args
        if folder is not None or environment is not None:
            raise OutOfBounds("Starting a program elsewhere, or in another environment, was refused.")
        self.execute((program, words))

    def execute(self, args: tuple[Any, ...]) -> None:
        """os.exec, os.posix_spawn: (program, words, environment)."""
        program, words = os.fsdecode(args[0]), tuple(os.fsdecode(word) for word in args[1])
        if words not in self._commands:
            raise OutOfBounds(
                f"Starting {PurePath(program).name} was refused: only the configured secret commands and crontab are started, word for word."
            )
        found = self._commands[words]
        if program not in (words[0], found) or shutil.which(words[0]) != found:
            raise OutOfBounds(f"Starting {words[0]} was refused: it is not the program that it was when nurture began.")


CHECKS: Mapping[str, Callable[[Guard, tuple[Any, ...]], None]] = MappingProxyType(
    {
        "socket.connect": Guard.connect,
        "socket.sendto": Guard.connect,
        "socket.sendmsg": Guard.connect,
        "socket.bind": Guard.refuse,
        "os.system": Guard.refuse,
        "os.fork": Guard.refuse,
        "os.forkpty": Guard.refuse,
        "os.spawn": Guard.refuse,
        "pty.spawn": Guard.refuse,
        "subprocess.Popen": Guard.start,
        "os.exec": Guard.execute,
        "os.posix_spawn": Guard.execute,
        "import": Guard.load,
        "smtplib.connect": Guard.refuse,
        "smtplib.send": Guard.refuse,
        "http.client.connect": Guard.refuse,
        "urllib.Request": Guard.refuse,
        "ftplib.connect": Guard.refuse,
        "webbrowser.open": Guard.refuse,
        "ctypes.dlopen": Guard.load_library,
        "ctypes.dlsym": Guard.refuse,
        "ctypes.dlsym/handle": Guard.refuse,
        "ctypes.call_function": Guard.refuse,
        "sqlite3.load_extension": Guard.refuse,
    }
)


def programs(words: Sequence[str]) -> Iterator[str]:
    """The names of the programs that a command line starts, as far as can be told: its own, behind wrappers, in a shell's script."""
    name = PurePath(words[0]).name
    yield name
    yield PurePath(os.path.realpath(shutil.which(words[0]) or words[0])).name
    rest = list(words[1:])
    if name in SHELLS and any(re.fullmatch(r"-\w*c", word) for word in rest):
        for part in re.split(r"[`$(){}<>;|&\n\"']", rest[-1] if len(rest) == 2 else " ".join(rest)):
            if inner := _after_options(part.split()):
                yield from programs(inner)
    elif (name in WRAPPERS or name in SHELLS) and (inner := _after_options(rest)):
        yield from programs(inner)


def _after_options(words: Sequence[str]) -> list[str]:
    """Without leading options, numbers and assignments."""
    kept = list(words)
    while kept and re.match(r"-|\d|\w+=|\+", kept[0]):
        del kept[0]
    return kept


def _named(address: object) -> str:
    return ":".join(map(str, address[:2])) if isinstance(address, tuple) else str(address)


def _plain(address: str) -> str | None:
    """One spelling for each address; IPv4 inside IPv6 is IPv4. None: it is none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(found, "ipv4_mapped", None) or found)


def _resolve(host: str, port: int) -> set[str]:
    """The addresses of a name. DNS itself is the C library's: the hook does not see it, and it carries no mail."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return set()
    return {plain for entry in found if (plain := _plain(str(entry[4][0])))}


guard = Guard()
