"""Header blocks as every mailbox hands them out, and the exact comparison of identities."""

from __future__ import annotations

import re

from nurture.messages import HEADER_FIELDS, parse_headers

WANTED = frozenset(name.lower().encode() for name in HEADER_FIELDS)
MAX_HEADER = 256 * 1024
_ID = re.compile(rb"[^\s<>\",;:()\[\]]+@[^\s<>\",;:()\[\]]+")  # of people, and of messages


def header_block(raw: bytes) -> bytes:
    """The wanted fields of a message's head, folded lines kept, as an IMAP server answers HEADER.FIELDS."""
    head = raw[:MAX_HEADER].replace(b"\r\n", b"\n")
    head = b"" if head[:1] == b"\n" else head.partition(b"\n\n")[0]
    out: list[bytes] = []
    keep = False
    for line in head.split(b"\n"):
        if line[:1] not in (b" ", b"\t"):
            keep = line.partition(b":")[0].strip().lower() in WANTED
        if keep:
            out.append(line)
    return b"\r\n".join((*out, b"", b""))


def ids_in(header: bytes) -> tuple[bytes, ...]:
    """Every address and message-id in a header block, in lower case, each once."""
    return tuple(dict.fromkeys(_ID.findall(header.lower())))


def matches(header: bytes, message_id: str) -> bool:
    """Whether a message is this one by its Message-ID, or names it exactly in its References."""
    if message_id.encode() not in header:
        return False
    found = parse_headers(header)
    return found.message_id == message_id or message_id in found.references
