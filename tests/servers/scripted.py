"""An IMAP server that behaves, except where a test scripts it not to: plain sockets, one thread a session.

`replies` maps a verb ("APPEND", "UID FETCH") to what is said instead of the usual answer: bytes in which TAG stands for the
tag, `SILENCE`, `CUT`, a function of (session, tag, rest of the line), or a list of these for one call after the other.
Everything that a client sends is kept.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from nurture.config import AccountConfig, FolderChoices, MailboxUrl
from tests.servers.usual import USUAL, Closed, unknown

FOLDERS = (
    rb'(\HasNoChildren) "/" "INBOX"', rb'(\HasNoChildren \Drafts) "/" "Drafts"', rb'(\HasNoChildren \Sent) "/" "Sent"',
    rb'(\HasNoChildren \Trash) "/" "Trash"',
)  # fmt: skip
CAPABILITY = "IMAP4rev1 UIDPLUS MOVE"
SILENCE = b"\0silence"
CUT = b"\0cut"
Reply = bytes | Callable[["Session", bytes, bytes], None]


@dataclass
class Scripted:
    """The server. `messages` are those of every folder; `cut_in` and `cut_out` count down from when a test sets them."""

    greeting: bytes = b"* OK IMAP4rev1 ready\r\n"
    capability: str = CAPABILITY
    folders: tuple[bytes, ...] = FOLDERS
    replies: dict[str, Any] = field(default_factory=dict)
    messages: dict[int, bytes] = field(default_factory=dict)
    uidvalidity: int = 7
    tls: ssl.SSLContext | None = None  # spoken from the start, or after STARTTLS where that is among the capabilities
    cut_in: int | None = None  # bytes of the client's after which the connection is cut
    cut_out: int | None = None  # bytes of the server's
    reset: bool = False  # cut with RST instead of FIN
    received: bytearray = field(default_factory=bytearray)
    said: list[str] = field(default_factory=list)  # commands without their tags
    appended: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Scripted:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sessions: list[Session] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for session in self._sessions:
            session.shut()
        for thread in self._threads:
            thread.join(10)

    def account(
        self, *, scheme: str = "imap+insecure", host: str = "127.0.0.1", timeout: float = 5.0, **more: Any
    ) -> AccountConfig:
        """The account as a configuration would name it."""
        user = more.pop("user", "camille")
        url = MailboxUrl(scheme=scheme, user=user, host=host, port=self.port)
        return AccountConfig(mailbox=url, timeout=timeout, **{"folders": FolderChoices(), **more})

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            session = Session(self, sock)
            self._sessions.append(session)
            self._threads.append(threading.Thread(target=session.run, daemon=True))
            self._threads[-1].start()


class Session:
    """One connection to the server."""

    def __init__(self, server: Scripted, sock: socket.socket) -> None:
        self.server, self.sock, self.pending = server, sock, b""

    def run(self) -> None:
        """Greet and answer until somebody hangs up."""
        try:
            starts_tls = self.server.tls and "STARTTLS" not in self.server.capability
            if starts_tls and self.server.tls:
                self.sock = self.server.tls.wrap_socket(self.sock, server_side=True)
            self.send(self.server.greeting)
            while True:
                self._answer(self.readline())
        except (Closed, OSError):
            pass
        finally:
            self.shut()

    def shut(self) -> None:
        """Hang up."""
        with suppress(OSError):
            if self.server.reset:
                self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                self.sock.shutdown(socket.SHUT_RDWR)  # wakes a thread that reads
        self.sock.close()

    # -- bytes ----------------------------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """To the client, as far as it is let through."""
        left = self.server.cut_out
        if left is None:
            self.sock.sendall(data)
            return
        self.server.cut_out = max(0, left - len(data))
        self.sock.sendall(data[:left])
        if left <= len(data):
            raise Closed

    def _receive(self) -> bytes:
        data = b"" if self.server.cut_in == 0 else self.sock.recv(65536)
        left = self.server.cut_in  # may have been set meanwhile
        if left is not None:
            data = data[:left]
            self.server.cut_in = left - len(data)
        if not data:
            raise Closed
        self.server.received += data
        return data

    def readline(self) -> bytes:
        """One line of the client's, without its end."""
        while b"\r\n" not in self.pending:
            self.pending += self._receive()
        line, _, self.pending = self.pending.partition(b"\r\n")
        return line

    def read(self, size: int) -> bytes:
        """So many bytes of the client's."""
        while len(self.pending) < size:
            self.pending += self._receive()
        data, self.pending = self.pending[:size], self.pending[size:]
        return data

    # -- commands -------------------------------------------------------------------------------------------------

    def _answer(self, line: bytes) -> None:
        tag, _, command = line.partition(b" ")
        self.server.said.append(command.decode("latin-1"))
        words = command.split(b" ")
        verb = b" ".join(words[: 2 if words[0] == b"UID" else 1]).decode("latin-1")
        rest = command[len(verb) :].strip()
        reply = self.server.replies.get(verb)
        if isinstance(reply, list):
            reply = reply.pop(0) if reply else None
        if reply is None:
            usual = USUAL.get(verb)
            (usual or unknown)(self, tag, rest)
        elif callable(reply):
            reply(self, tag, rest)
        else:
            self.reply(tag, reply)

    def reply(self, tag: bytes, text: bytes) -> None:
        """Say a scripted text."""
        if text == CUT:
            raise Closed
        if text != SILENCE:
            self.send(text.replace(b"TAG", tag))

    def ok(self, tag: bytes, text: bytes = b"done") -> None:
        """The tagged answer to what went well."""
        self.send(tag + b" OK " + text + b"\r\n")

    def literal(self, rest: bytes) -> bytes:
        """The literal that a line announces."""
        found = re.search(rb"\{(\d+)\}$", rest)
        assert found, rest
        self.send(b"+ go on\r\n")
        data = self.read(int(found[1]))
        self.readline()
        return data


def trickle(text: bytes, pause: float) -> Callable[[Session, bytes, bytes], None]:
    """Say a text byte by byte, with a pause after each."""

    def slowly(session: Session, tag: bytes, _rest: bytes) -> None:
        for byte in text.replace(b"TAG", tag):
            session.send(bytes([byte]))
            time.sleep(pause)

    return slowly
