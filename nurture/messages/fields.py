"""Header fields, read without trust: strict grammars for what may travel on (addresses, message-ids), cleaned text for the rest.

The standard library's `policy.default` is slow, raises on hostile input, and turns encoded words into real line breaks
(mail-facts 0.1, T2, T8); fields are taken raw (compat32) and decoded here.
"""

from __future__ import annotations

import binascii
import quopri
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from functools import lru_cache

from nurture.messages.message import Address, Headers, Mark
from nurture.messages.words import one_line

HEADER_FIELDS = (
    "Message-ID", "In-Reply-To", "References", "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Auto-Submitted", "Precedence",
    "List-Id", "List-Unsubscribe", "List-Post", "Return-Path", "Content-Type", "X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond",
    "X-Failed-Recipients", "X-MS-Exchange-Calendar-Originator-Id", "X-MS-Exchange-Message-Is-Ndr", "Feedback-ID", "X-Campaign",
)  # fmt: skip
MESSAGE_ID = re.compile(r"<[!#-;=?A-\[\]-~]{1,250}@[!#-;=?A-\[\]-~]{1,250}>")  # no quotes, no backslash, no space, no < > inside
ADDR_SPEC = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ENCODED = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]{0,2000})\?=")
_GAP = re.compile(r"(=\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]{0,2000}\?=)\s+(?==\?[^?\s]{1,40}\?[bBqQ]\?)")
_FIELD = re.compile(rb"^([!-9;-~]{1,100}):[ \t]*", re.MULTILINE)
MAX_FIELD = 64 * 1024
MAX_ADDRESSES = 200
MAX_REFERENCES = 200
DAEMONS = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|maildaemon|mdaemon|mail\.?delivery|bounces?)(?:[+._-]|$)|mail delivery (?:sub)?system", re.IGNORECASE)


def check_message_id(text: str) -> str | None:
    """The msg-id if it obeys the narrow grammar that may be handed to a server, else None."""
    clean = text.strip()
    return clean if len(clean) <= 400 and MESSAGE_ID.fullmatch(clean) else None


@lru_cache(maxsize=10_000)
def check_address(text: str) -> str | None:
    """The addr-spec in lower case with an ASCII domain, or None. Nothing is mended."""
    local, at, domain = text.strip().lower().rpartition("@")
    if not at or not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except (UnicodeError, ValueError):
            return None
    clean = f"{local}@{domain}"
    return clean if len(local) <= 64 and len(clean) <= 320 and ADDR_SPEC.fullmatch(clean) else None


def split_header(raw: bytes) -> dict[str, list[str]]:
    """Field name in lower case -> raw values, unfolded, latin-1 where not UTF-8. Never raises."""
    head = raw[:MAX_FIELD * 4].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    end = head.find(b"\n\n")
    head = head[:end] if end >= 0 else head
    fields: dict[str, list[str]] = {}
    starts = list(_FIELD.finditer(head))
    for here, after in zip(starts, [*starts[1:], None], strict=False):
        value = head[here.end() : after.start() if after else len(head)][:MAX_FIELD]
        fields.setdefault(here[1].decode("ascii").lower(), []).append(_text(value))
    return fields


def _text(value: bytes) -> str:
    plain = value.replace(b"\n", b" ").strip()
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("latin-1")


def decode_words(text: str) -> str:
    """RFC 2047 encoded words decoded, neighbours joined; what cannot be decoded stays as it is."""
    if "=?" not in text:
        return text
    return _ENCODED.sub(_word, _GAP.sub(r"\1", text))


def _word(found: re.Match[str]) -> str:
    charset, how, data = found[1].partition("*")[0], found[2].lower(), found[3]
    try:
        raw = binascii.a2b_base64(data + "=" * (-len(data) % 4)) if how == "b" else quopri.decodestring(data.replace("_", " ").encode("ascii", "replace"), header=False)
        return raw.decode(charset, "replace")
    except (LookupError, ValueError, binascii.Error):
        return found[0]


def parse_addresses(value: str) -> tuple[Address, ...]:
    """The valid addresses of a field, in order. A linear scan: comments and quoted strings are skipped, never nested deeper."""
    found: list[Address] = []
    for part in _parts(value[:MAX_FIELD]):
        if len(found) >= MAX_ADDRESSES:
            break
        if (address := _address(part)) is not None:
            found.append(address)
    return tuple(found)


def _parts(value: str) -> list[str]:
    """Split at commas and semicolons outside quotes, angle brackets and comments; a group's name is dropped."""
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
    text = part.strip()
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
    text = one_line(decode_words(raw.strip().strip('"').replace('\\"', '"').replace("\\\\", "\\")), 120).strip("\"' ")
    return "" if "@" in text else text  # a name that poses as an address is no name (T4)


def _ids(values: list[str]) -> tuple[str, ...]:
    """Checked message-ids of a field; a reference chain that is too long keeps its first and its newest."""
    found = list(dict.fromkeys(m for v in values for m in MESSAGE_ID.findall(v[:MAX_FIELD])))
    return tuple(found if len(found) <= MAX_REFERENCES else [found[0], *found[1 - MAX_REFERENCES :]])


def parse_headers(raw: bytes, received: datetime | None = None) -> Headers:
    """The header fields that judging needs. Never raises; what is absent, absurd or unsafe is None or empty.

    `received` (INTERNALDATE) stands in for a Date that is absent, before 1990, or more than two days after it.
    """
    fields = split_header(raw)

    def first(name: str) -> str:
        return fields.get(name, [""])[0]

    sent, offset = _date(first("date"), received)
    senders = parse_addresses(first("from"))
    return Headers(
        message_id=check_message_id(first("message-id")),
        in_reply_to=_ids(fields.get("in-reply-to", [])),
        references=_ids(fields.get("references", [])),
        sender=senders[0] if senders else None,
        reply_to=parse_addresses(first("reply-to")),
        to=tuple(a for v in fields.get("to", [])[:5] for a in parse_addresses(v)),
        cc=tuple(a for v in fields.get("cc", [])[:5] for a in parse_addresses(v)),
        subject=one_line(decode_words(first("subject")[:4000]), 998),
        sent=sent,
        offset=offset,
        marks=_marks(fields, senders),
        failed_recipients=tuple(a.addr for v in fields.get("x-failed-recipients", []) for a in parse_addresses(v)),
    )


def _date(value: str, received: datetime | None) -> tuple[datetime | None, int | None]:
    try:
        parts = parsedate_tz(value[:200]) if value else None
        if parts:
            seconds = parts[9] or 0
            moment = datetime(*parts[:6], tzinfo=UTC) - timedelta(seconds=seconds)
            late = received is not None and moment - received > timedelta(days=2)
            if moment.year >= 1990 and not late and abs(seconds) <= 14 * 3600:
                return moment, seconds // 60
    except (ValueError, OverflowError, TypeError, IndexError):
        pass
    return received, None


def _marks(fields: dict[str, list[str]], senders: tuple[Address, ...]) -> frozenset[Mark]:
    found: set[Mark] = set()

    def value(name: str) -> str:
        return " ".join(fields.get(name, [])).lower()[:2000]

    auto = value("auto-submitted")
    if "auto-replied" in auto or any(n in fields for n in ("x-autoreply", "x-autorespond", "x-autorespond-to", "x-autoresponse")) or "auto_reply" in value("precedence"):
        found.add(Mark.AUTO_REPLIED)
    elif auto and not auto.startswith("no"):
        found.add(Mark.AUTO_GENERATED)
    if any(n in fields for n in ("list-id", "list-unsubscribe", "list-post")):
        found.add(Mark.LIST)
    if any(w in value("precedence") for w in ("bulk", "junk", "list")) or "x-campaign" in fields or "feedback-id" in fields:
        found.add(Mark.BULK)
    if "return-path" in fields and value("return-path").replace(" ", "") == "<>":
        found.add(Mark.NULL_SENDER)
    kind = value("content-type")
    if kind.startswith("multipart/report") or "x-ms-exchange-message-is-ndr" in fields:
        found.add(Mark.REPORT)
    if kind.startswith("text/calendar") or "x-ms-exchange-calendar-originator-id" in fields:
        found.add(Mark.CALENDAR)
    local = senders[0].addr.partition("@")[0] if senders else value("from").strip("<> ")
    if DAEMONS.search(local) or (senders and DAEMONS.search(senders[0].name)):
        found.add(Mark.MAILER_DAEMON)
    if senders and re.match(r"(?:no|do-?not|ne-?pas)[._-]?(?:reply|repondre)", local):
        found.add(Mark.NO_REPLY)
    return frozenset(found)
