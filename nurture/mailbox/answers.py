"""FETCH answers, read strictly: only records that state their UID count, whatever else a server sends of its own accord.

IMAPClient files a record without a UID under its sequence number, where it may pass for another message's (a flag change by
another session, for one). Records of the usual form are read here, the others by IMAPClient's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from imapclient.response_parser import parse_fetch_response

_ITEM = re.compile(
    rb"([A-Za-z0-9.-]+(?:\[[^\]]*\](?:<\d+>)?)?) (?:(\d+)(?=[ )])|\"([^\"\\]*)\"|\{(\d+)\}|(NIL)(?=[ )])|\(([^()\"{]*)\))(?: |(?=\)))"
)
_HEAD = re.compile(rb"\d+ \(")
_MOMENT = re.compile(rb" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MONTHS = {name: number for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}

Answer = dict[bytes, Any]


def read_fetch(data: Iterable[Any]) -> dict[int, Answer]:
    """UID -> what was said of it. Values are ints, bytes, None, or tuples of bytes; BODY[…] whatever its section is b"BODY".

    Raises ValueError (or another of its kind) where a record cannot be read.
    """
    found: dict[int, Answer] = {}
    for record in _records(data):
        answer = _usual(record)
        if answer is None:
            answer = _unusual(record)
        uid = answer.get(b"UID")
        if isinstance(uid, int):
            found.setdefault(uid, {}).update(answer)
    return found


def _records(data: Iterable[Any]) -> Iterable[list[Any]]:
    """imaplib gives a record as pairs of a line and its literal, and the rest of its last line."""
    record: list[Any] = []
    for part in data:
        record.append(part)
        if not isinstance(part, tuple):
            yield record
            record = []
    if record:
        raise ValueError("a FETCH answer without an end")


def _usual(record: list[Any]) -> Answer | None:
    """A record of flat items, or None."""
    text = b"".join(part[0] if isinstance(part, tuple) else part for part in record)
    literals = [part[1] for part in record if isinstance(part, tuple)]
    head = _HEAD.match(text)
    answer: Answer = {}
    at = head.end() if head else len(text)
    while (item := _ITEM.match(text, at)) is not None:
        name, number, quoted, literal, nil, flags = item.groups()
        if literal is not None:
            if not literals or len(literals[0]) != int(literal):
                return None
            value: Any = literals.pop(0)
        else:
            value = int(number) if number else tuple(flags.split()) if flags is not None else None if nil else quoted
        answer[_name(name)] = value
        at = item.end()
    return answer if text[at:] == b")" and not literals else None


def _name(name: bytes) -> bytes:
    return b"BODY" if name[:5].upper() == b"BODY[" else name.upper()


def _unusual(record: list[Any]) -> Answer:
    parsed = parse_fetch_response(record, normalise_times=False, uid_is_key=False)
    return {_name(key): value for answer in parsed.values() for key, value in answer.items() if isinstance(key, bytes)}


def moment(value: object) -> datetime | None:
    """INTERNALDATE in UTC; None where it is none."""
    if isinstance(value, datetime):
        value = value.strftime("%d-%b-%Y %H:%M:%S %z").encode() if value.tzinfo else b""
    found = _MOMENT.fullmatch(value) if isinstance(value, bytes) else None
    if found is None or (month := _MONTHS.get(found[2].lower())) is None:
        return None
    try:
        local = datetime(int(found[3]), month, int(found[1]), int(found[4]), int(found[5]), int(found[6]), tzinfo=UTC)
        east = timedelta(hours=int(found[8]), minutes=int(found[9]))
        return local - east if found[7] == b"+" else local + east
    except (ValueError, OverflowError):
        return None
