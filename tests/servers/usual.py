"""What the scripted server answers where no test says otherwise: a small, well-behaved IMAP server."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.servers.scripted import Session


class Closed(Exception):
    """This session is over."""


def unknown(session: Session, tag: bytes, _rest: bytes) -> None:
    """What nobody taught it."""
    session.send(tag + b" BAD what?\r\n")


def _capability(session: Session, tag: bytes, _rest: bytes) -> None:
    session.send(b"* CAPABILITY " + session.server.capability.encode() + b"\r\n")
    session.ok(tag)


def _starttls(session: Session, tag: bytes, _rest: bytes) -> None:
    assert session.server.tls is not None
    session.ok(tag)
    session.sock = session.server.tls.wrap_socket(session.sock, server_side=True)
    session.server.capability = session.server.capability.replace(" STARTTLS", "")


def _login(session: Session, tag: bytes, _rest: bytes) -> None:
    session.ok(tag, b"welcome")


def _list(session: Session, tag: bytes, _rest: bytes) -> None:
    for line in session.server.folders:
        session.send(b"* LIST " + line + b"\r\n")
    session.ok(tag)


def _examine(session: Session, tag: bytes, _rest: bytes) -> None:
    server = session.server
    session.send(b"* %d EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen \\Draft)\r\n" % len(server.messages))
    session.send(
        b"* OK [UIDVALIDITY %d] v\r\n* OK [UIDNEXT %d] n\r\n" % (server.uidvalidity, max(server.messages, default=0) + 1)
    )
    session.ok(tag, b"[READ-ONLY] done")


def _select(session: Session, tag: bytes, rest: bytes) -> None:
    session.send(b"* %d EXISTS\r\n" % len(session.server.messages))
    session.ok(tag, b"[READ-WRITE] done")


def _search(session: Session, tag: bytes, rest: bytes) -> None:
    """UIDs from a number on (and the last one, always); of ids and addresses: substrings, as servers do."""
    uids = sorted(session.server.messages)
    if span := re.search(rb"UID (\d+):\*", rest):
        uids = [u for u in uids if u >= int(span[1]) or u == uids[-1]]
    for wanted in set(re.findall(rb'"([^"]*)"', rest)):
        heads = {u: session.server.messages[u].partition(b"\r\n\r\n")[0].lower() for u in uids}
        uids = [u for u in uids if wanted.lower() in heads[u]]
    session.send(b"* SEARCH%s\r\n" % b"".join(b" %d" % u for u in uids))
    session.ok(tag)


def _fetch(session: Session, tag: bytes, rest: bytes) -> None:
    numbers, _, items = rest.partition(b" ")
    for uid in map(int, numbers.split(b",")):
        if uid in session.server.messages:
            session.send(fetched(session.server.messages, uid, items))
    session.ok(tag)


def fetched(messages: Mapping[int, bytes], uid: int, items: bytes) -> bytes:
    """The usual answer to a FETCH of one message."""
    raw = messages[uid]
    said = [b"UID %d" % uid]
    if b"FLAGS" in items:
        said.append(rb"FLAGS (\Draft \Seen)")
    if b"INTERNALDATE" in items:
        said.append(b'INTERNALDATE "03-Feb-2026 05:05:06 +0100"')
    if b"RFC822.SIZE" in items:
        said.append(b"RFC822.SIZE %d" % len(raw))
    if section := re.search(rb"BODY\.PEEK(\[[^\]]*\])(<0\.(\d+)>)?", items):
        shown = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if b"HEADER" in section[1] else raw
        shown = shown[: int(section[3])] if section[3] else shown
        said.append(b"BODY%s%s {%d}\r\n%s" % (section[1], b"<0>" if section[3] else b"", len(shown), shown))
    return b"* %d FETCH (%s)\r\n" % (sorted(messages).index(uid) + 1, b" ".join(said))


def _append(session: Session, tag: bytes, rest: bytes) -> None:
    data = session.literal(rest)
    server, uid = session.server, max(session.server.messages, default=0) + 1
    server.appended.append(data)
    server.messages[uid] = data
    code = b"[APPENDUID %d %d] " % (server.uidvalidity, uid) if "UIDPLUS" in server.capability else b""
    session.ok(tag, code + b"done")


def _move(session: Session, tag: bytes, rest: bytes) -> None:
    uid = int(rest.split(b" ")[0])
    if session.server.messages.pop(uid, None) is not None:
        session.send(b"* OK [COPYUID 9 %d 1] moved\r\n* 1 EXPUNGE\r\n" % uid)
    session.ok(tag)


def _copy(session: Session, tag: bytes, rest: bytes) -> None:
    uid = int(rest.split(b" ")[0])
    session.ok(tag, b"[COPYUID 9 %d 1] done" % uid if uid in session.server.messages else b"done")


def _expunge(session: Session, tag: bytes, rest: bytes) -> None:
    if session.server.messages.pop(int(rest), None) is not None:
        session.send(b"* 1 EXPUNGE\r\n")
    session.ok(tag)


def _logout(session: Session, tag: bytes, _rest: bytes) -> None:
    session.send(b"* BYE good day\r\n")
    session.ok(tag)
    raise Closed


USUAL: dict[str, Callable[[Session, bytes, bytes], None]] = {
    "CAPABILITY": _capability, "STARTTLS": _starttls, "LOGIN": _login, "LIST": _list, "EXAMINE": _examine, "SELECT": _select,
    "UID SEARCH": _search, "UID FETCH": _fetch, "APPEND": _append, "UID MOVE": _move, "UID COPY": _copy,
    "UID STORE": lambda session, tag, _rest: session.ok(tag), "UID EXPUNGE": _expunge, "LOGOUT": _logout,
    "CREATE": lambda session, tag, _rest: session.ok(tag),
}  # fmt: skip
