"""All that is said to an IMAP server goes through here, and every argument is a checked atom.

IMAPClient passes CR and LF in search values, flags and fetch items on to the wire (mail-facts 0.1, T1): one hostile mail could
run any command. Nothing reaches a command here but integers, constants, checked message-ids and addresses, and folder names
that the server itself listed. What is not of that kind raises OutOfBounds before a byte is written.
"""

from __future__ import annotations

import imaplib
import logging
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import imapclient
from imapclient.exceptions import IMAPClientError, LoginError

from nurture.config import AccountConfig
from nurture.errors import ConnectionFault, Deferred, FoldersFault, LoginRefused, MailboxSuspicious, NurtureError, Offline, OutcomeUnknown, OutOfBounds, Throttled, TlsFault
from nurture.messages import HEADER_FIELDS, check_address, check_message_id

logging.getLogger("imapclient").setLevel(logging.WARNING)  # its DEBUG lines carry bodies and search terms (T18)

FIELDS = f"BODY.PEEK[HEADER.FIELDS ({' '.join(HEADER_FIELDS)})]"
ROW_ITEMS = ("INTERNALDATE", "RFC822.SIZE", FIELDS)
BACK_OFF = re.compile(r"backoff time: (\d{1,9}) milliseconds", re.IGNORECASE)
THROTTLED = re.compile(r"throttl|too many|rate limit|try again later|\[limit\]|\[inuse\]|not connected|\[unavailable\]|exceeded .{0,20}bandwidth", re.IGNORECASE)
FULL = re.compile(r"overquota|quota|serverbug|no space|disk", re.IGNORECASE)
RESERVED = (".invalid", ".test", ".example", ".localhost")  # RFC 6761: these never resolve
BROKEN = (imaplib.IMAP4.abort, OSError, EOFError)
GARBLED = (ValueError, IndexError, TypeError, KeyError, RecursionError, AttributeError, AssertionError)


class Gateway:
    """One connection. After an answer that was lost or could not be read, the socket is closed and never used again."""

    def __init__(self, account: AccountConfig) -> None:
        self.account = account
        self.host = account.mailbox.host
        self._client: Any = None
        self._names: set[str] = set()
        self._selected: tuple[str, bool] | None = None

    # -- connecting -----------------------------------------------------------------------------------------------

    def connect(self, secret: str) -> None:
        """Connect and log in; no credential is written before TLS stands (but on loopback, where the URL says so)."""
        url = self.account.mailbox
        with self._connecting():
            self._client = imapclient.IMAPClient(url.host, port=url.port, ssl=url.scheme == "imaps", ssl_context=self._tls(), timeout=self.account.timeout)
            if url.scheme == "imap+starttls":
                self._start_tls()
        self._log_in(url.user, secret)

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.account.ca_file:
            context.load_verify_locations(self.account.ca_file)
        return context

    def _start_tls(self) -> None:
        greeting = bytes(self._client.welcome or b"").upper()
        if b"PREAUTH" in greeting or not self._client.has_capability("STARTTLS"):
            self.drop()
            raise TlsFault(f"{self.host} does not offer STARTTLS, or is logged in before it. Use imaps:// instead; no password was sent.")
        self._client.starttls(self._tls())

    @contextmanager
    def _connecting(self) -> Iterator[None]:
        try:
            yield
        except NurtureError:
            raise
        except ssl.SSLCertVerificationError as error:
            raise TlsFault(f"The certificate of {self.host} is not trusted ({error.verify_message}). Check the host name, or name its authority in ca_file.") from error
        except ssl.SSLError as error:
            raise TlsFault(f"TLS with {self.host} failed ({error.reason or error}). Check the scheme and the port of the mailbox URL.") from error
        except socket.gaierror as error:
            raise self._unresolved(error) from error
        except BROKEN as error:
            raise Offline(f"{self.host}:{self.account.mailbox.port} cannot be reached ({_first_line(error)}). The next run tries again.") from error
        except (imaplib.IMAP4.error, IMAPClientError, *GARBLED) as error:
            raise ConnectionFault(f"{self.host}:{self.account.mailbox.port} does not speak IMAP as expected ({_first_line(error)}). Check the mailbox URL.") from error

    def _unresolved(self, error: socket.gaierror) -> NurtureError:
        if error.errno == socket.EAI_AGAIN and not self.host.endswith(RESERVED):
            return Offline(f"The name {self.host} cannot be looked up at the moment. The next run tries again.")
        return ConnectionFault(f"There is no host {self.host}. Correct the mailbox URL in config.toml, then run `nurture check`.")

    def _log_in(self, user: str, secret: str) -> None:
        for word in (user, secret):
            if any(c in word for c in "\r\n\x00"):
                raise OutOfBounds("A user name or secret holds a line break.")
        try:
            with self._talking():
                if self.account.auth == "xoauth2":
                    self._client.oauth2_login(user, secret)
                elif self.account.auth == "oauthbearer":
                    self._client.oauthbearer_login(user, secret)
                else:
                    self._client.login(user, secret)
        except FoldersFault as refused:  # a NO that `_talking` did not know to be a login's
            raise LoginRefused(self.host) from refused

    def log_out(self) -> None:
        """Say goodbye; what the server answers does not matter any more."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.logout()
            except (*BROKEN, *GARBLED, imaplib.IMAP4.error, IMAPClientError):
                client.shutdown()

    def drop(self) -> None:
        """Close the socket at once."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.shutdown()
            except (*BROKEN, *GARBLED, imaplib.IMAP4.error):
                pass

    # -- talking --------------------------------------------------------------------------------------------------

    @contextmanager
    def _talking(self, *, unknown: str = "") -> Iterator[None]:
        """Translate what goes wrong into: refused (NO, BAD), unknown (lost), unreadable. `unknown`: the write that may have happened."""
        if self._client is None:
            raise Offline(f"The connection to {self.host} is closed. The next run tries again.")
        try:
            yield
        except NurtureError:
            raise
        except BROKEN as error:
            self.drop()
            if unknown:
                raise OutcomeUnknown(f"{self.host} did not answer after {unknown}. The next run finds out whether it happened.") from error
            raise self._lost(error) from error
        except LoginError as error:
            raise self._refused(error, LoginRefused(self.host)) from error
        except (imaplib.IMAP4.error, IMAPClientError) as error:
            raise self._refused(error, FoldersFault(f"{self.host} refused ({_first_line(error)}). Run `nurture check`.")) from error
        except GARBLED as error:
            self.drop()
            if unknown:
                raise OutcomeUnknown(f"The answer of {self.host} after {unknown} cannot be read. The next run finds out whether it happened.") from error
            raise MailboxSuspicious(f"{self.host} answered what cannot be read ({type(error).__name__}). Nothing was concluded; try again later.") from error

    def _lost(self, error: BaseException) -> NurtureError:
        said = _first_line(error)
        return self._throttled(said) if THROTTLED.search(said) else Offline(f"The connection to {self.host} was lost ({said}). The next run tries again.")

    def _refused(self, error: BaseException, otherwise: NurtureError) -> NurtureError:
        said = str(error)
        return self._throttled(said) if THROTTLED.search(said) else otherwise

    def _throttled(self, said: str) -> Throttled:
        found = BACK_OFF.search(said)
        return Throttled(self.host, int(found[1]) / 1000 if found else None)

    # -- what may be said -----------------------------------------------------------------------------------------

    def list_folders(self) -> list[tuple[tuple[bytes, ...], bytes | None, str]]:
        """LIST "" "*": (attributes, delimiter, name). Names that stand here may be selected later, no others."""
        with self._talking():
            found = self._client.list_folders()
            self._names = {str(name) for _, _, name in found}
            return [(tuple(attributes), delimiter, str(name)) for attributes, delimiter, name in found]

    def examine(self, name: str, *, writable: bool = False) -> dict[bytes, Any]:
        """EXAMINE, or SELECT for the one command that moves an own draft."""
        self._selected = None
        with self._talking():
            found: dict[bytes, Any] = self._client.select_folder(self._listed(name), readonly=not writable)
            self._selected = (name, writable)
            return found

    def _listed(self, name: str) -> str:
        if name not in self._names or any(ord(c) < 32 or ord(c) == 127 for c in name):
            raise OutOfBounds("A folder was named that the server did not list.")
        return name

    def _in(self, name: str) -> None:
        if self._selected is None or self._selected[0] != name:
            self.examine(name)

    def search_uids(self, name: str, first: int) -> list[int]:
        """UIDs from `first` on, ascending."""
        self._in(name)
        with self._talking():
            found = self._client.search(["UID", f"{_number(first)}:*"])
            return sorted(int(u) for u in found if int(u) >= first)

    def search_address(self, name: str, address: str) -> list[int]:
        """UIDs whose From, To or Cc holds the address."""
        if check_address(address) != address:
            raise OutOfBounds("Something that is no address was about to be searched for.")
        self._in(name)
        with self._talking():
            return sorted(map(int, self._client.search(["OR", "FROM", address, "OR", "TO", address, "CC", address])))

    def search_id(self, name: str, message_id: str, first: int) -> list[int]:
        """UIDs whose Message-ID, References or In-Reply-To hold the id (a superset: servers match substrings)."""
        if check_message_id(message_id) != message_id:
            raise OutOfBounds("Something that is no message-id was about to be searched for.")
        self._in(name)
        with self._talking():
            criteria = ["UID", f"{_number(first)}:*", "OR", "HEADER", "Message-ID", message_id, "HEADER", "References", message_id]
            return sorted(int(u) for u in self._client.search(criteria) if int(u) >= first)

    def fetch_rows(self, name: str, uids: Sequence[int]) -> dict[int, dict[bytes, Any]]:
        """Size, INTERNALDATE and the wanted header fields."""
        return self._fetch(name, uids, list(ROW_ITEMS))

    def fetch_bodies(self, name: str, uids: Sequence[int], cap: int) -> dict[int, dict[bytes, Any]]:
        """BODY.PEEK[]<0.cap>."""
        return self._fetch(name, uids, [f"BODY.PEEK[]<0.{_number(cap)}>"])

    def fetch_flags(self, name: str, uids: Sequence[int]) -> dict[int, dict[bytes, Any]]:
        """FLAGS."""
        return self._fetch(name, uids, ["FLAGS"])

    def _fetch(self, name: str, uids: Sequence[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
        wanted = [_number(u) for u in uids]
        if not wanted:
            return {}
        self._in(name)
        with self._talking():
            return dict(self._client.fetch(wanted, items))

    def append(self, name: str, message: bytes) -> bytes:
        r"""APPEND with (\Draft \Seen), no date. The server's text, or OutcomeUnknown, or a refusal that says what to do."""
        folder = self._listed(name)
        with self._talking(unknown="a draft was handed over"):
            try:
                return bytes(self._client.append(folder, message, flags=(b"\\Draft", b"\\Seen")) or b"")
            except imaplib.IMAP4.abort:
                raise
            except (imaplib.IMAP4.error, IMAPClientError) as error:
                said = _first_line(error)
                if FULL.search(said):
                    raise Deferred(f"{self.host} has no room for a draft ({said}). Make room in the mailbox; the next run tries again.") from error
                raise self._refused(error, FoldersFault(f"{self.host} refused a draft ({said}). Run `nurture check`.")) from error

    def move(self, name: str, uid: int, target: str) -> bool:
        """Move one proven own draft to Trash: UID MOVE, or COPY and UID EXPUNGE where there is UIDPLUS; else nothing, False."""
        number, trash = [_number(uid)], self._listed(target)
        self.examine(name, writable=True)
        try:
            with self._talking(unknown="a draft was taken back"):
                if self._client.has_capability("MOVE"):
                    self._client.move(number, trash)
                    return True
                if not self._client.has_capability("UIDPLUS"):
                    return False
                self._client.copy(number, trash)
                self._client.add_flags(number, [b"\\Deleted"])
                self._client.uid_expunge(number)
                return True
        finally:
            self._selected = None

    def create(self, name: str) -> None:
        """CREATE, for `init --make-folders` only."""
        if not re.fullmatch(r"[A-Za-z][A-Za-z/ -]{0,40}", name):
            raise OutOfBounds("A folder of an unusual name was about to be made.")
        with self._talking():
            self._client.create_folder(name)


def _number(value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise OutOfBounds("Something that is no number was about to be sent to the mail server.")
    return value


def _first_line(error: BaseException) -> str:
    said = str(error) or type(error).__name__
    return "".join(c if c.isprintable() else " " for c in said.splitlines()[0])[:160].removeprefix("b'").rstrip("'")
