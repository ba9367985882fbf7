"""The connection to an IMAP server: IMAPClient with limits to what one answer may cost, and folder names left as they are.

Without this a server that trickles, that announces a literal of gigabytes or that sends lines without end could hold a run
for ever or fill the memory (T16). IMAPClient and imaplib are driven through their overridable parts; both versions are pinned.
"""

from __future__ import annotations

import imaplib
import io
import socket
import ssl
import time
from collections.abc import Sequence
from typing import Any

import imapclient

MAX_LINE = 16 * 1024 * 1024  # a SEARCH answer over a million messages is one line
MAX_ANSWER = 192 * 1024 * 1024
MOST_TIMEOUTS = 10  # a whole answer may take so many times the time that one read may take


class GarbledLine(ValueError):
    """A line that no IMAP server says."""


class Client(imapclient.IMAPClient):  # type: ignore[misc]  # imapclient is not typed for subclasses
    """IMAPClient whose folder names are the server's own bytes (as latin-1 str), quoted and never coded anew."""

    def __init__(self, host: str, port: int, *, context: ssl.SSLContext | None, timeout: float) -> None:
        self._context, self._patience = context, timeout
        super().__init__(host, port=port, ssl=context is not None, ssl_context=context, timeout=timeout)
        self._imap.debug = 0  # IMAPClient sets 5: every literal is written out for a log that must not be kept (T18)
        self.folder_encode = False

    def _create_IMAP4(self) -> Connection:  # noqa: N802  # IMAPClient's name
        return Connection(self.host, self.port, self._context, self._patience)

    def _normalise_folder(self, name: str) -> bytes:
        raw = name.encode("latin-1")
        return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'

    @property
    def logged_in_already(self) -> bool:
        """Whether the server greeted with PREAUTH."""
        return "PREAUTH" in self._imap.untagged_responses or self._imap.state == "AUTH"

    @property
    def peer(self) -> str:
        """The address that this connection really leads to."""
        return str(self.socket().getpeername()[0])

    def secure(self, context: ssl.SSLContext) -> None:
        """STARTTLS. What was said in the clear counts no more."""
        self.starttls(context)
        self._imap.untagged_responses.clear()

    def uid_search(self, *criteria: bytes) -> list[int]:
        """UID SEARCH; the words are sent as they are. Answers in several lines are joined."""
        lines = self._raw_command_untagged(b"SEARCH", list(criteria))
        numbers, _, _ = b" ".join(line for line in lines if line).partition(b"(")  # "(MODSEQ n)" may follow
        return [int(word) for word in numbers.split()]

    def uid_fetch(self, uids: Sequence[int], items: str) -> list[Any]:
        """UID FETCH, unparsed: lines, and pairs of a line and its literal."""
        done, data = self._imap.uid("FETCH", ",".join(map(str, uids)), items)
        self._checkok("fetch", done, data)
        return [part for part in data if part is not None]

    def last_code(self, name: str) -> bytes | None:
        """What an untagged response, or a response code, said since it was last asked for; None: nothing."""
        found: bytes | None = self._imap.response(name)[1][-1]
        return found

    def say_goodbye(self, patience: float) -> None:
        """LOGOUT, without much waiting."""
        self._imap.timeout = patience
        self.logout()


class Connection(imaplib.IMAP4):
    """imaplib's connection, TLS or not, where every command has a budget of bytes and of time."""

    file: Any

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None, timeout: float) -> None:
        self.context, self.timeout = context, timeout
        self._renew()
        super().__init__(host, port)

    def _renew(self) -> None:
        self.left = MAX_ANSWER
        self.deadline = time.monotonic() + MOST_TIMEOUTS * self.timeout

    def _new_tag(self) -> bytes:  # the one thing that every command of imaplib and IMAPClient does
        self._renew()
        tag: bytes = super()._new_tag()  # type: ignore[misc]  # not in typeshed
        return tag

    def _create_socket(self, _timeout: float | None = None) -> socket.socket:
        plain = socket.create_connection((self.host, self.port), self.timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a draft's last bytes need not wait for an answer
        if self.context is None:
            return plain
        try:
            return self.context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:  # noqa: ARG002  # imaplib's
        self.host, self.port = host, port
        self.sock = self._create_socket()
        self.file = io.BufferedReader(_Stream(self), 64 * 1024)

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        # QUIRK: imaplib asks for the capabilities before it returns, through a reader of its own; there is nothing left to
        # bound in that one answer but its time, which the socket's timeout does.
        answer = super().starttls(ssl_context)
        self.file = io.BufferedReader(_Stream(self), 64 * 1024)
        return answer

    def send(self, data: Any) -> None:
        self.sock.settimeout(self.timeout)
        super().send(data)

    def read(self, size: int) -> bytes:
        if size > self.left:
            raise self.abort(f"an answer of {size} bytes was announced")
        return bytes(self.file.read(size))

    def readline(self) -> bytes:
        line: bytes = self.file.readline(MAX_LINE + 1)
        if len(line) > MAX_LINE:
            raise GarbledLine("a line without end")
        if line.endswith(b"\n") and not line.endswith(b"\r\n"):
            raise GarbledLine("a line that ends in LF only")
        return line

    def _get_tagged_response(self, tag: bytes, expect_bye: bool = False) -> Any:
        done, data = super()._get_tagged_response(tag, expect_bye)  # type: ignore[misc]  # not in typeshed
        if done not in ("OK", "NO", "BAD", "BYE"):
            raise GarbledLine("an answer that is neither yes nor no")
        return done, data

    def _log(self, line: str) -> None:
        """imaplib keeps the last lines, a password among them; this one does not."""


class _Stream(io.RawIOBase):
    """The socket's bytes, counted and timed."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.sock = connection, connection.sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.connection.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer did not end")
        self.sock.settimeout(min(self.connection.timeout, left))
        got = self.sock.recv_into(buffer)
        self.connection.left -= got
        if self.connection.left < 0:
            raise OSError("the answer had no end")
        return got
