"""What a server's refusals, silences and nonsense mean, in nurture's own errors: nothing foreign travels inward.

Three outcomes of a command (mail-facts 2.6): *refused* (NO, BAD: nothing happened, the connection lives), *lost* (timeout,
BYE, a cut) and *unreadable*; after the last two the connection is closed. Where a write was under way, both are OutcomeUnknown.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from imapclient.exceptions import IMAPClientError, ProtocolError

from nurture.errors import (
    ConnectionFault,
    Deferred,
    FoldersFault,
    LoginRefused,
    MailboxSuspicious,
    NurtureError,
    Offline,
    OutcomeUnknown,
    Throttled,
    TlsFault,
)

BACK_OFF = re.compile(r"backoff time: (\d{1,9}) milliseconds", re.IGNORECASE)
THROTTLED = re.compile(
    r"throttl|too many|rate.?limit|try again later|\[limit\]|\[inuse\]|\[unavailable\]|not connected|exceeded .{0,20}bandwidth",
    re.IGNORECASE,
)
FULL = re.compile(r"overquota|over quota|quota exceeded|mailbox (?:is )?full|no space|disk full", re.IGNORECASE)
AILING = re.compile(r"\[serverbug\]|internal (?:server )?error|temporar", re.IGNORECASE)
NONSENSE = re.compile(r"unexpected (?:tagged )?response")  # imaplib's words for a line that it cannot place
RESERVED = (".invalid", ".test", ".example", ".localhost")  # RFC 6761: these never resolve
LOST = (imaplib.IMAP4.abort, OSError, EOFError)
REFUSED = (imaplib.IMAP4.error, IMAPClientError)
UNREADABLE = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MemoryError)
_HIDDEN = re.compile(r"\S{0,200}@\S{0,200}")


class Replies:
    """One server's answers, translated. `drop` closes the connection."""

    def __init__(self, host: str, port: int, drop: Callable[[], None]) -> None:
        self.host, self.port, self._drop = host, port, drop

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """Around connecting, TLS and the login."""
        try:
            yield
        except BaseException as error:
            self._drop()
            if not isinstance(error, Exception) or isinstance(error, NurtureError):
                raise
            raise self._not_connected(error) from error

    def _not_connected(self, error: Exception) -> Exception:
        said, where = first_line(error), f"{self.host}:{self.port}"
        if isinstance(error, ssl.SSLCertVerificationError):
            return TlsFault(
                f"The certificate of {self.host} is not trusted ({error.verify_message}). "
                "Check the host name, or name its authority in ca_file."
            )
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return TlsFault(
                f"TLS with {self.host} failed ({error.reason or said}). Check the scheme and the port of the mailbox URL."
            )
        if isinstance(error, socket.gaierror):
            return self._unresolved(error)
        if isinstance(error, (*LOST, *REFUSED)) and THROTTLED.search(str(error)):
            return self._throttled(str(error))
        if isinstance(error, LOST) and not NONSENSE.search(str(error)):
            return Offline(f"{where} cannot be reached ({said}). The next run tries again.")
        if isinstance(error, REFUSED) and "* BYE" in str(error):
            return Offline(f"{self.host} takes no connections at the moment ({said}). The next run tries again.")
        if isinstance(error, (*LOST, *REFUSED, *UNREADABLE)):
            return ConnectionFault(f"{where} does not speak IMAP as expected ({said}). Check the mailbox URL.")
        return error

    def _unresolved(self, error: socket.gaierror) -> NurtureError:
        if error.errno == socket.EAI_AGAIN and not self.host.endswith(RESERVED):
            return Offline(f"The name {self.host} cannot be looked up at the moment. The next run tries again.")
        return ConnectionFault(f"There is no host {self.host}. Correct the mailbox URL in config.toml, then run `nurture check`.")

    @contextmanager
    def logging_in(self) -> Iterator[None]:
        """Around the login: every refusal is one of the user name or secret, but a server that is busy or ailing."""
        with self.connecting():
            try:
                yield
            except REFUSED as error:
                # IMAPClient makes a LoginError of everything, of a connection lost on the way too.
                lost = error if isinstance(error, LOST) else error.__context__
                if isinstance(lost, LOST):
                    raise lost from None
                raise self._refused(error, LoginRefused(self.host)) from error

    @contextmanager
    def talking(self, *, unknown: str = "") -> Iterator[None]:
        """Around any command. `unknown`: the write that may have happened although no answer came."""
        try:
            yield
        except NurtureError:
            raise
        except imaplib.IMAP4.readonly as error:
            raise FoldersFault(f"{self.host} lets nobody write there ({first_line(error)}). Run `nurture check`.") from error
        except LOST as error:
            self._drop()
            raise self._lost(error, unknown) from error
        except (ProtocolError, *UNREADABLE) as error:  # the first is one of IMAPClient's, which are refusals else
            self._drop()
            raise self._unreadable(error, unknown) from error
        except REFUSED as error:
            said = first_line(error)
            raise self._refused(error, FoldersFault(f"{self.host} refused ({said}). Run `nurture check`.")) from error

    def _lost(self, error: BaseException, unknown: str) -> NurtureError:
        if unknown:
            return OutcomeUnknown(f"{self.host} did not answer after {unknown}. The next run finds out whether it happened.")
        if THROTTLED.search(str(error)):
            return self._throttled(str(error))
        if NONSENSE.search(str(error)):
            return self._unreadable(error, unknown)
        return Offline(f"The connection to {self.host} was lost ({first_line(error)}). The next run tries again.")

    def _unreadable(self, error: BaseException, unknown: str) -> NurtureError:
        if unknown:
            return OutcomeUnknown(
                f"The answer of {self.host} after {unknown} cannot be read. The next run finds out whether it happened."
            )
        return MailboxSuspicious(
            f"{self.host} answered what cannot be read ({type(error).__name__}). Nothing was concluded; try again later."
        )

    def _refused(self, error: BaseException, otherwise: NurtureError) -> NurtureError:
        said = str(error)
        if THROTTLED.search(said):
            return self._throttled(said)
        if FULL.search(said):
            return Deferred(f"{self.host} has no room ({first_line(error)}). Make room in the mailbox; the next run tries again.")
        if AILING.search(said):
            return Deferred(f"{self.host} has a fault of its own ({first_line(error)}). The next run tries again.")
        return otherwise

    def _throttled(self, said: str) -> Throttled:
        found = BACK_OFF.search(said)
        return Throttled(self.host, int(found[1]) / 1000 if found else None)


def first_line(error: BaseException) -> str:
    """What an error says, short, printable, and without anybody's address (P7)."""
    said = str(error).strip() or type(error).__name__
    line = "".join(c if c.isprintable() else " " for c in said.splitlines()[0])[:160].removeprefix("b'").rstrip("'")
    return _HIDDEN.sub("…", line)
