"""Bytes -> Message. Tolerant: it never raises on any bytes, and its work is bounded (depth, parts, size)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nurture.messages.automatic import Parts, classify
from nurture.messages.body import read_body
from nurture.messages.bounce import Report
from nurture.messages.fields import read_headers
from nurture.messages.language import detect_language
from nurture.messages.message import Headers, Kind, Message
from nurture.messages.mime import MAX_RETURNED, Part, open_part, readable, walk
from nurture.messages.ours import OurWords

MAX_BYTES = 1024 * 1024
MAX_TEXT = 256 * 1024  # characters of body that are read
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})
_CALENDAR = frozenset({"text/calendar", "application/ics"})


@dataclass(frozen=True, kw_only=True)
class _Thread:
    """What is known of the exchange that the mail stands in."""

    prior: str | None
    ours: Sequence[str] | OurWords
    wrote: datetime | None

    def gap(self, headers: Headers) -> timedelta | None:
        """How long after our mail it was sent."""
        return headers.sent - self.wrote if self.wrote is not None and headers.sent is not None else None


def parse(
    raw: bytes,
    *,
    received: datetime | None = None,
    prior: str | None = None,
    ours: Sequence[str] | OurWords = (),
    wrote: datetime | None = None,
) -> Message:
    """One mail. `prior` is the language of the thread so far; `ours` what we wrote before (texts or hashes), to cut quotes of it;
    `wrote` when our last mail before it was sent.
    """
    mail = open_part(raw[:MAX_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    headers = read_headers(mail.fields, received)
    text = readable(mail)
    thread = _Thread(prior=prior, ours=ours, wrote=wrote)
    return _message(headers, text[:MAX_TEXT], _parts(mail), thread, size=len(raw), truncated=len(raw) > MAX_BYTES)


def parse_text(
    text: str,
    headers: Headers,
    *,
    prior: str | None = None,
    ours: Sequence[str] | OurWords = (),
    wrote: datetime | None = None,
) -> Message:
    """A mail whose body is decoded already; `headers_of` makes the headers of one that never was bytes."""
    plain = text[:MAX_TEXT].replace("\r\n", "\n")
    thread = _Thread(prior=prior, ours=ours, wrote=wrote)
    return _message(headers, plain, Parts(), thread, size=len(text), truncated=len(text) > MAX_TEXT)


def _parts(mail: Part) -> Parts:
    leaves = list(walk(mail))

    def first(kinds: frozenset[str]) -> Part | None:
        return next((leaf for leaf in leaves if leaf.kind in kinds), None)

    status, returned = first(_STATUS), first(_RETURNED)
    calendar = next(
        (leaf for leaf in leaves if leaf.kind in _CALENDAR and (not leaf.attached or "method" in leaf.parameters)), None
    )
    feedback = first(frozenset({"message/feedback-report"})) is not None
    return Parts(
        report=Report(
            status=status.text if status else "",
            returned=returned.body[:MAX_RETURNED] if returned else b"",
            kind="feedback-report"
            if feedback
            else mail.parameters.get("report-type", "").lower()
            if mail.kind == "multipart/report"
            else "",
        ),
        calendar=calendar.content if calendar else b"",
        attached=calendar is not None and calendar.attached,
    )


def _message(headers: Headers, text: str, parts: Parts, thread: _Thread, *, size: int, truncated: bool) -> Message:
    body = read_body(text, ours=thread.ours, author=_author(headers))
    kind, notice = classify(headers, text, body, parts, gap=thread.gap(headers))
    return Message(
        headers=headers,
        text=text,
        new_text=body.new if kind is Kind.HUMAN else body.new or text,
        said=body.said,
        unsure=body.unsure,
        kind=kind,
        notice=notice,
        lang=detect_language(body.new or ("" if thread.prior else text), thread.prior),
        size=size,
        truncated=truncated,
    )


def _author(headers: Headers) -> str:
    """The words under which the author may sign: the display name, and what the address says of it."""
    if headers.sender is None:
        return ""
    local, _, domain = headers.sender.addr.partition("@")
    return f"{headers.sender.name} {re.sub(r'[._+-]', ' ', local)} {domain.split('.')[0].replace('-', ' ')}"
