"""All that is said to an IMAP server goes through here, and every argument is a checked atom.

IMAPClient passes CR and LF in search values, flags and fetch items on to the wire (mail-facts 0.1, T1): one hostile mail could
run any command. Nothing reaches a command here but integers, constants, checked message-ids and addresses, and folder names
that the server itself listed. What is not of that kind raises OutOfBounds before a byte is written.
"""

from __future__ import annotations

import ipaddress
import logging
import ssl
from collections.abc import Callable, Sequence
from typing import Any

from nurture.config import AccountConfig
from nurture.errors import LoginRefused, Offline, OutOfBounds, TlsFault
from nurture.mailbox.answers import Answer, read_fetch
from nurture.mailbox.folders import Listed, new_name
from nurture.mailbox.replies import LOST, REFUSED, UNREADABLE, Replies
from nurture.mailbox.utf7 import decode
from nurture.mailbox.wire import Client
from nurture.messages import HEADER_FIELDS, check_address, check_message_id

logging.getLogger("imapclient").setLevel(logging.WARNING)  # its DEBUG lines carry bodies and search terms (T18)

ROW_ITEMS = f"(INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({' '.join(HEADER_FIELDS)})])"
GOODBYE = 3.0  # seconds to wait for the answer to LOGOUT, which matters to nobody


class Gateway:
    """One connection. After an answer that was lost or could not be read, the socket is closed and never used again."""

    def __init__(self, account: AccountConfig) -> None:
        self.account = account
        self.host = account.mailbox.host
        self._open: Client | None = None
        self._replies = Replies(self.host, account.mailbox.port, self.drop)
        self._names: frozenset[str] = frozenset()
        self.delimiter = (
            ""  # between the levels of a folder's name; "": the server keeps no folders within folders, or was not asked
        )
        self._selected: str | None = None

    # -- connecting -----------------------------------------------------------------------------------------------

    def connect(self, secret: str) -> None:
        """Connect and log in; no credential is written before TLS stands (but on loopback, where the URL says so)."""
        url = self.account.mailbox
        with self._replies.connecting():
            context = self._tls() if url.scheme == "imaps" else None
            self._open = Client(url.host, url.port, context=context, timeout=self.account.timeout)
            self._secure(self._open)
        with self._replies.logging_in():
            self._log_in(self._open, url.user, secret)
            self._open.capabilities()  # asked for now, not in the middle of something else

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.account.ca_file:
            try:
                context.load_verify_locations(self.account.ca_file)
            except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
                raise TlsFault(f"ca_file {self.account.ca_file} cannot be read as certificates (PEM). Correct it.") from error
        return context

    def _secure(self, client: Client) -> None:
        scheme = self.account.mailbox.scheme
        if client.logged_in_already:
            raise TlsFault(f"{self.host} greets as if somebody were logged in. Use imaps:// instead; no password was sent.")
        if scheme == "imap+starttls":
            if not client.has_capability("STARTTLS"):
                raise TlsFault(f"{self.host} does not offer STARTTLS. Use imaps:// instead; no password was sent.")
            client.secure(self._tls())
        elif scheme != "imaps" and not _is_loopback(client.peer):
            raise TlsFault(f"{self.host} is another machine: no password is sent to it in the clear. Use imaps://.")

    def _log_in(self, client: Client, user: str, secret: str) -> None:
        if any(c in word for word in (user, secret) for c in "\r\n\0"):
            raise LoginRefused(self.host)
        if self.account.auth in ("xoauth2", "oauthbearer"):
            if "\1" in user + secret:
                raise LoginRefused(self.host)
            client.sasl_login(self.account.auth.upper(), BEARERS[self.account.auth](user, secret))
        elif client.has_capability("LOGINDISABLED") or not (user + secret).isascii():
            client.plain_login(user, secret)  # in UTF-8, which LOGIN has no room for
        else:
            client.login(_quoted(user), secret)  # imaplib quotes the password and forgets the user

    def log_out(self) -> None:
        """Say goodbye; what the server answers does not matter any more."""
        client, self._open = self._open, None
        if client is not None:
            try:
                client.say_goodbye(GOODBYE)
            except (*LOST, *UNREADABLE, *REFUSED):
                _shut(client)

    def drop(self) -> None:
        """Close the socket at once."""
        client, self._open = self._open, None
        if client is not None:
            _shut(client)

    @property
    def _client(self) -> Client:
        if self._open is None:
            raise Offline(f"The connection to {self.host} is closed. The next run tries again.")
        return self._open

    # -- what may be said -----------------------------------------------------------------------------------------

    def list_folders(self) -> tuple[Listed, ...]:
        """LIST "" "*". Names that stand here may be selected later, no others."""
        with self._replies.talking():
            found = tuple(_listed(*line) for line in self._client.list_folders() if line[2] is not None)
        self._names = frozenset(row.wire for row in found)
        self.delimiter = next((row.delimiter for row in found if row.delimiter), "")
        return found

    def examine(self, name: str) -> dict[bytes, Any]:
        """EXAMINE: from here on nothing can be changed by mistake."""
        return self._enter(name, writable=False)

    def _enter(self, name: str, *, writable: bool) -> dict[bytes, Any]:
        wire = self._listed(name)
        self._selected = None
        with self._replies.talking():
            found: dict[bytes, Any] = self._client.select_folder(wire, readonly=not writable)
        self._selected = None if writable else name
        return found

    def _listed(self, name: str) -> str:
        if not isinstance(name, str) or name not in self._names or any(ord(c) < 32 or ord(c) == 127 for c in name):
            raise OutOfBounds("A folder was named that the server did not list.")
        return name

    def _in(self, name: str) -> None:
        if self._listed(name) != self._selected:
            self.examine(name)

    def search_uids(self, name: str, first: int) -> list[int]:
        """UIDs from `first` on, ascending."""
        return self._search(name, _number(first), b"UID", b"%d:*" % first)

    def search_address(self, name: str, address: str) -> list[int]:
        """UIDs whose From, To, Cc or Bcc holds the address."""
        if not isinstance(address, str) or check_address(address) != address:
            raise OutOfBounds("Something that is no address was about to be searched for.")
        word = _atom(address)
        return self._search(name, 1, b"OR", b"FROM", word, b"OR", b"TO", word, b"OR", b"CC", word, b"BCC", word)

    def search_domain(self, name: str, domain: str) -> list[int]:
        """UIDs whose From holds the domain."""
        if not isinstance(domain, str) or check_address(f"x@{domain}") != f"x@{domain}":
            raise OutOfBounds("Something that is no domain was about to be searched for.")
        return self._search(name, 1, b"FROM", _atom(domain))

    def search_id(self, name: str, message_id: str, first: int) -> list[int]:
        """UIDs whose Message-ID, References or In-Reply-To hold the id (a superset: servers match substrings)."""
        if not isinstance(message_id, str) or check_message_id(message_id) != message_id:
            raise OutOfBounds("Something that is no message-id was about to be searched for.")
        word, span = _atom(message_id), b"%d:*" % _number(first)
        either = b"OR", b"HEADER", b"Message-ID", word, b"OR", b"HEADER", b"References", word, b"HEADER", b"In-Reply-To", word
        return self._search(name, first, b"UID", span, *either)

    def _search(self, name: str, first: int, *criteria: bytes) -> list[int]:
        self._in(name)
        with self._replies.talking():
            # QUIRK: RFC 3501 6.4.8: `n:*` always means the last message too, even where its UID is below n.
            return sorted({uid for uid in self._client.uid_search(*criteria) if uid >= first})

    def fetch_rows(self, name: str, uids: Sequence[int]) -> dict[int, Answer]:
        """Size, INTERNALDATE and the wanted header fields."""
        return self._fetch(name, uids, ROW_ITEMS)

    def fetch_bodies(self, name: str, uids: Sequence[int], cap: int) -> dict[int, Answer]:
        """BODY.PEEK[]<0.cap>, and the flags: what a removal is decided by is read in one answer."""
        return self._fetch(name, uids, f"(FLAGS BODY.PEEK[]<0.{_number(cap)}>)")

    def fetch_flags(self, name: str, uids: Sequence[int]) -> dict[int, Answer]:
        """FLAGS."""
        return self._fetch(name, uids, "(FLAGS)")

    def _fetch(self, name: str, uids: Sequence[int], items: str) -> dict[int, Answer]:
        wanted = [_number(u) for u in uids]
        self._listed(name)
        if not wanted:
            return {}
        self._in(name)
        with self._replies.talking():
            found = read_fetch(self._client.uid_fetch(wanted, items))
        return {uid: found[uid] for uid in sorted(found.keys() & set(wanted))}

    def append(self, name: str, message: bytes) -> bytes:
        r"""APPEND with (\Draft \Seen), no date. The server's text, or OutcomeUnknown, or a refusal that says what to do."""
        return self._append(name, message, (b"\\Draft", b"\\Seen"))

    def append_sheet(self, name: str, message: bytes, *, seen: bool) -> bytes:
        r"""The same for a review sheet: with (\Seen), or unseen."""
        return self._append(name, message, (b"\\Seen",) if seen else ())

    def _append(self, name: str, message: bytes, flags: tuple[bytes, ...]) -> bytes:
        folder = self._listed(name)
        if not isinstance(message, bytes) or not message or b"\0" in message:
            raise OutOfBounds("Something that is no message was about to be written.")
        client, self._selected = self._client, None  # what is selected will not show the new message by itself
        with self._replies.talking(unknown="a message was handed over"):
            return bytes(client.append(folder, message, flags=flags) or b"")

    def move(self, name: str, uid: int, target: str) -> bool:
        """Move one proven own draft or sheet to Trash: UID MOVE, or COPY and UID EXPUNGE where there is UIDPLUS. False: nothing was moved."""
        number, trash = [_number(uid)], self._listed(target)
        client = self._client
        with self._replies.talking():
            moves, expunges = client.has_capability("MOVE"), client.has_capability("UIDPLUS")
        if not moves and not expunges:
            return False
        self._enter(name, writable=True)
        with self._replies.talking(unknown="a message was taken back"):
            if moves:
                client.move(number, trash)
                # A UID that is gone is no error: only these two say that something was moved.
                return client.last_code("COPYUID") is not None or client.last_code("EXPUNGE") is not None
            client.copy(number, trash)
            if client.last_code("COPYUID") is None:
                return False
            client.add_flags(number, [b"\\Deleted"], silent=True)
            client.uid_expunge(number)
            return True

    def create(self, name: str) -> None:
        """CREATE, for `init --make-folders` only."""
        if not isinstance(name, str):
            raise OutOfBounds("Something that is no name was about to be given to a folder.")
        below = self.delimiter or "/"
        within = name[6:] if name[:6].upper() == f"INBOX{below}" else name
        new_name(within.replace(below, "/"), below)
        with self._replies.talking():
            self._client.create_folder(name)


def _xoauth2(user: str, token: str) -> Callable[[bytes], str]:
    """The answers to an XOAUTH2 dialogue: who we are, then an empty line to whatever the server complains of."""
    answers = iter((f"user={user}\1auth=Bearer {token}\1\1",))
    return lambda _challenge: next(answers, "")


def _oauthbearer(user: str, token: str) -> Callable[[bytes], str]:
    """The same for OAUTHBEARER (RFC 7628), where the empty line is a control-A."""
    answers = iter((f"n,a={user.replace('=', '=3D').replace(',', '=2C')},\1auth=Bearer {token}\1\1",))
    return lambda _challenge: next(answers, "\1")


BEARERS = {"xoauth2": _xoauth2, "oauthbearer": _oauthbearer}


def _listed(attributes: Sequence[Any], delimiter: Any, name: Any) -> Listed:
    raw = name if isinstance(name, bytes) else str(name).encode("latin-1")
    return Listed(
        name=decode(raw),
        delimiter=delimiter.decode("latin-1") if isinstance(delimiter, bytes) else "",
        attributes=tuple(a.decode("latin-1") for a in attributes if isinstance(a, bytes)),
        wire=raw.decode("latin-1"),
    )


def _number(value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**32:
        raise OutOfBounds("Something that is no number was about to be sent to the mail server.")
    return value


def _atom(checked: str) -> bytes:
    """A checked id or address, quoted: it may hold ( ) { } % * ], which mean something else outside quotes."""
    return b'"' + checked.encode("ascii") + b'"'


def _quoted(user: str) -> str:
    return '"' + user.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _shut(client: Client) -> None:
    try:
        client.shutdown()
    except (*LOST, *UNREADABLE, *REFUSED):
        pass
