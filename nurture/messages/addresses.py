"""Addresses and message-ids by strict grammars: what passes may travel on to a server or into a draft; nothing is mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nurture.messages.encoded import decode_words
from nurture.messages.message import Address
from nurture.messages.words import one_line

MESSAGE_ID = re.compile(r"<[!#-;=?A-\[\]-~]{1,250}@[!#-;=?A-\[\]-~]{1,250}>")  # no quotes, no backslash, no space, no < > inside
ADDR_SPEC = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
LONGEST = 320
TWO_NAMES = frozenset(
    "ßς\u200c\u200d"
)  # in a domain they mean one name to old programs and another to new ones (UTS 46, deviations)
MAX_VALUE = 64 * 1024
MAX_ADDRESSES = 200
MAX_REFERENCES = 200


def check_message_id(text: str) -> str | None:
    """The msg-id if it obeys the narrow grammar that may be handed to a server, else None."""
    clean = text.strip()
    return clean if len(clean) <= 400 and MESSAGE_ID.fullmatch(clean) else None


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """The valid msg-ids of header values, in order; a chain that is too long keeps its first and its newest."""
    found = list(dict.fromkeys(m for v in values for m in MESSAGE_ID.findall(v[:MAX_VALUE])))
    return tuple(found if len(found) <= MAX_REFERENCES else [found[0], *found[1 - MAX_REFERENCES :]])


def check_address(text: str) -> str | None:
    """The addr-spec in lower case with an ASCII domain, or None. Nothing is mended."""
    clean = text.strip(" \t\r\n")
    # Letters that only become ASCII by lower() (the sign for kelvin) would make one mailbox of two.
    return _checked(clean.lower()) if len(clean) <= LONGEST and clean.rpartition("@")[0].isascii() else None


@lru_cache(maxsize=10_000)
def _checked(text: str) -> str | None:
    local, _, domain = text.rpartition("@")
    if not domain.isascii():
        if TWO_NAMES.intersection(domain):
            return None
        try:
            domain = domain.encode("idna").decode("ascii")
        except (UnicodeError, ValueError):
            return None
    clean = f"{local}@{domain}"
    return clean if len(local) <= 64 and len(clean) <= LONGEST and ADDR_SPEC.fullmatch(clean) else None


def parse_addresses(value: str) -> tuple[Address, ...]:
    """The valid addresses of a field, in order. A linear scan: comments and quoted strings are skipped, never nested deeper."""
    found: list[Address] = []
    for part in _parts(value[:MAX_VALUE]):
        if len(found) >= MAX_ADDRESSES:
            break
        if (address := _address(part)) is not None:
            found.append(address)
    return tuple(found)


def author(values: Sequence[str], sender: str = "") -> Address | None:
    """Who wrote a mail, by its From fields. None where they contradict each other: a mail is nobody's rather than somebody else's.

    Of several authors in one field the one that the Sender field names, else the first; a surname before an unquoted comma is none.
    """
    stated = [part for value in values for part in _parts(value[:MAX_VALUE]) if "@" in part][:MAX_ADDRESSES]
    found = [a for part in stated if (a := _address(part)) is not None]
    if len({a.addr for a in found}) == 1 and len(found) == len(stated):
        return found[0]
    named = {a.addr for a in parse_addresses(sender)}
    of_one_field = found[:1] if len(values) == 1 and len(found) == len(stated) else []
    return next(iter([a for a in found if a.addr in named] or of_one_field), None)


def _parts(value: str) -> list[str]:
    """Split at commas and semicolons outside quotes, angle brackets and comments; a group's name is dropped."""
    if not any(c in value for c in '",;:(\\'):
        return [value]
    parts: list[list[str]] = [[]]
    quoted, angle, depth, skip = False, False, 0, False
    for c in value:
        if skip or (c == "\\" and (quoted or depth)):
            skip = not skip
        elif c == '"' and not depth:
            quoted = not quoted
        elif not quoted and c == "(":
            depth += 1
        elif not quoted and c == ")" and depth:
            depth -= 1
            continue
        elif not quoted and not depth and c in "<>":
            angle = c == "<"
        elif not quoted and not depth and not angle and c in ",;":
            parts.append([])
            continue
        elif not quoted and not depth and not angle and c == ":":
            parts[-1].clear()
            continue
        if not depth:
            parts[-1].append(c)
    return ["".join(p) for p in parts]


def _address(part: str) -> Address | None:
    text = part.strip(" \t\r\n")
    if not text:
        return None
    opening = text.rfind("<")
    if opening >= 0:
        closing = text.find(">", opening)
        if closing < 0 or text[closing + 1 :].strip():
            return None
        spec, name = text[opening + 1 : closing], text[:opening]
    else:
        spec, name = text, ""
    addr = check_address(spec)
    return Address(addr=addr, name=_name(name)) if addr else None


def _name(raw: str) -> str:
    text = one_line(decode_words(raw[:2_000].strip().strip('"').replace('\\"', '"').replace("\\\\", "\\")), 120).strip("\"' ")
    return "" if "@" in text else text  # a name that poses as an address is no name (T4)
