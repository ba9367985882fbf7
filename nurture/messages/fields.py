"""Header fields, read without trust: strict grammars for what may travel on (addresses, message-ids), cleaned text for the rest.

The standard library's `policy.default` is slow, raises on hostile input, and turns encoded words into real line breaks
(mail-facts 0.1, T2, T8); fields are taken raw and decoded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_tz
from typing import Any

from nurture.messages.addresses import author, check_message_id, message_ids, parse_addresses
from nurture.messages.encoded import decode, decode_words
from nurture.messages.message import Address, Headers, Mark
from nurture.messages.words import one_line

HEADER_FIELDS = (
    "Message-ID", "In-Reply-To", "References", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Auto-Submitted", "Precedence",
    "List-Id", "List-Unsubscribe", "List-Post", "Return-Path", "Content-Type", "X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond",
    "X-Failed-Recipients", "X-MS-Exchange-Calendar-Originator-Id", "X-MS-Exchange-Message-Is-Ndr", "Feedback-ID", "X-Campaign",
)  # fmt: skip
MAX_FIELD = 64 * 1024
MAX_HEAD = 256 * 1024
MAX_REPEATS = 20  # of one field that are read
OFFSET = 14 * 3600  # seconds that a zone may be away from UTC
AHEAD = timedelta(hours=2)  # that a Date may be after the arrival: nothing arrives before it is sent, but clocks differ
FIRST_YEAR = 1990
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:[ \t]*", re.MULTILINE)  # the space before the colon is of RFC 822
_CALENDAR = re.compile(r"text/calendar|\bmethod=\"?(?:request|reply|counter|declinecounter|cancel|publish)\b")
_DAEMON = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|maildaemon|mdaemon|mail\.?delivery|bounces?)(?:[+._-]|$)|mail delivery (?:sub)?system",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(r"(?:no|do-?not|ne-?pas)[._-]?(?:reply|repondre)")
_AUTO_REPLY = ("x-autoreply", "x-autorespond", "x-autorespond-to", "x-autoresponse", "x-vacation")


def split_header(raw: bytes) -> dict[str, list[str]]:
    """Field name in lower case -> values, unfolded, read as UTF-8 or else Windows-1252. Never raises."""
    head = raw[:MAX_HEAD]
    if b"\r" in head:
        head = head.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    end = 0 if head.startswith(b"\n") else head.find(b"\n\n")
    head = head[:end] if end >= 0 else head
    fields: dict[str, list[str]] = {}
    starts = list(_FIELD.finditer(head))
    for here, after in zip(starts, [*starts[1:], None], strict=False):
        values = fields.setdefault(here[1].decode("ascii").lower(), [])
        if len(values) < MAX_REPEATS:
            values.append(
                decode(head[here.end() : after.start() if after else len(head)][:MAX_FIELD].replace(b"\n", b" ").strip())
            )
    return fields


def parse_headers(raw: bytes, received: datetime | None = None) -> Headers:
    """The header fields that judging needs. Never raises; what is absent, absurd or unsafe is None or empty.

    `received` (INTERNALDATE) stands in for a Date that is absent, before 1990, or hours after it. A Date long before the arrival
    stays as it is: whether the clock was wrong or the mail was filed anew, the conversation tells.
    """
    return read_headers(split_header(raw), received)


def read_headers(fields: Mapping[str, Sequence[str]], received: datetime | None = None) -> Headers:
    """As `parse_headers`, of fields that are split already."""

    def first(name: str) -> str:
        return fields.get(name, ("",))[0]

    def addresses(name: str) -> tuple[Address, ...]:
        return tuple(a for value in fields.get(name, ())[:5] for a in parse_addresses(value))

    sent, offset = _date(first("date"), received)
    sender = author(fields.get("from", ()), first("sender"))
    return Headers(
        message_id=check_message_id(first("message-id")),
        in_reply_to=message_ids(fields.get("in-reply-to", ())),
        references=message_ids(fields.get("references", ())),
        sender=sender,
        reply_to=parse_addresses(first("reply-to")),
        to=addresses("to"),
        cc=addresses("cc"),
        bcc=addresses("bcc"),
        subject=one_line(decode_words(first("subject")[:4000]), 998),
        sent=sent,
        offset=offset,
        marks=_marks(fields, sender),
        failed_recipients=tuple(a.addr for a in addresses("x-failed-recipients")),
    )


def headers_of(
    *, sender: str, to: str | Iterable[str], date: str | datetime, subject: str, headers: Mapping[str, Any] | None = None
) -> Headers:
    """The headers of a mail that does not come as bytes, such as one of a file of conversations: `date` in ISO 8601, `headers` by name.

    Never raises; what is not text, or would break out of its field, is made harmless or left out.
    """
    recipients = [to] if isinstance(to, str) else [t for t in to if isinstance(t, str)]
    named = {"from": sender, "to": ", ".join(recipients), "date": _mail_date(date), "subject": subject}
    given = {str(name).strip().lower(): value for name, value in (headers or {}).items()}
    fields = {name: [" ".join(value.split())] for name, value in {**given, **named}.items() if isinstance(value, str)}
    return read_headers(fields)


def _mail_date(date: str | datetime) -> str:
    try:
        return format_datetime(date if isinstance(date, datetime) else datetime.fromisoformat(date))
    except (ValueError, TypeError):
        return ""


def _date(value: str, received: datetime | None) -> tuple[datetime | None, int | None]:
    try:
        parts = parsedate_tz(value[:200]) if value else None
        if parts:
            seconds = parts[9] or 0
            moment = datetime(*parts[:6], tzinfo=UTC) - timedelta(seconds=seconds)
            late = received is not None and received.year >= FIRST_YEAR and moment - received > AHEAD
            if moment.year >= FIRST_YEAR and not late and abs(seconds) <= OFFSET:
                return moment, seconds // 60
    except (ValueError, OverflowError, TypeError, IndexError):
        pass
    return received, None


def _marks(fields: Mapping[str, Sequence[str]], address: Address | None) -> frozenset[Mark]:
    """What the headers say of the kind of sender."""

    def value(name: str) -> str:
        return " ".join(fields.get(name, ())).lower()[:2000]

    auto, kind, precedence = value("auto-submitted"), value("content-type"), value("precedence")
    local = address.addr.partition("@")[0] if address else value("from").strip("<> ")
    replied = "auto-replied" in auto or "auto_reply" in precedence or any(name in fields for name in _AUTO_REPLY)
    found = {
        Mark.AUTO_REPLIED: replied,
        Mark.AUTO_GENERATED: bool(auto) and not auto.startswith("no") and not replied,
        Mark.LIST: any(name in fields for name in ("list-id", "list-unsubscribe", "list-post")),
        Mark.BULK: any(w in precedence for w in ("bulk", "junk", "list")) or "x-campaign" in fields or "feedback-id" in fields,
        Mark.NULL_SENDER: "return-path" in fields and value("return-path").replace(" ", "") == "<>",
        Mark.REPORT: "multipart/report" in kind or "x-ms-exchange-message-is-ndr" in fields,
        Mark.CALENDAR: bool(_CALENDAR.search(kind)) or "x-ms-exchange-calendar-originator-id" in fields,
        Mark.MAILER_DAEMON: bool(_DAEMON.search(local)) or (address is not None and bool(_DAEMON.search(address.name))),
        Mark.NO_REPLY: bool(_NO_REPLY.match(local)),
    }
    return frozenset(mark for mark, holds in found.items() if holds)
