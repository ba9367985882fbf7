"""What a calendar part states: METHOD, PARTSTAT of the answer, DTSTART. A scan of the few lines that matter (RFC 5545, 5546).

The whole of a stranger's calendar file is not built into objects: it may break its reader, or take its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from nurture.messages.encoded import decode
from nurture.messages.message import Notice

READ = 128 * 1024  # bytes
_LINE = re.compile(
    r"^(METHOD|DTSTART|ATTENDEE|BEGIN|TZOFFSETTO)((?:;[^:\n\"]{0,200}(?:\"[^\"\n]{0,300}\")?){0,20}):([^\n]{0,300})",
    re.IGNORECASE,
)
_PARTSTAT = re.compile(r"PARTSTAT=\"?([A-Z-]{1,20})", re.IGNORECASE)
_ZONE = re.compile(r"TZID=\"?([^\";:]{1,100})", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)")
_ANSWERS = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER"})


def read_calendar(raw: bytes) -> Notice:
    """Method, answer and start of the first event. All may be empty; never raises."""
    method = partstat = ""
    start: datetime | None = None
    fallback: tzinfo = UTC
    in_event = False
    for name, parameters, value in _properties(raw):
        if name == "METHOD" and not method:
            method = value.upper()
        elif name == "BEGIN":
            if in_event and value.upper() == "VEVENT":
                break
            in_event = value.upper() == "VEVENT"
        elif name == "TZOFFSETTO" and fallback is UTC and (found := _OFFSET.match(value)):
            fallback = timezone((1 if found[1] == "+" else -1) * timedelta(hours=int(found[2]) % 24, minutes=int(found[3]) % 60))
        elif in_event and name == "DTSTART" and start is None:
            start = _moment(value, parameters, fallback)
        elif in_event and name == "ATTENDEE" and not partstat and (found := _PARTSTAT.search(parameters)):
            partstat = found[1].upper()
    method = method if method.isalpha() else ""
    return Notice(method=method[:20], partstat=partstat if method in _ANSWERS or not method else "", starts=start)


def _properties(raw: bytes) -> Iterator[tuple[str, str, str]]:
    """The properties that matter, unfolded, in the order of the file."""
    text = decode(raw[:READ]).replace("\r\n", "\n").replace("\r", "\n").replace("\n ", "").replace("\n\t", "")
    for line in text.split("\n"):
        if line[:1].isalpha() and (found := _LINE.match(line[:4_000])):
            yield found[1].upper(), found[2], found[3].strip()


def _moment(value: str, parameters: str, fallback: tzinfo) -> datetime | None:
    """Aware; a day without a time is its midnight in UTC."""
    found = _MOMENT.match(value)
    if found is None:
        return None
    zone = _ZONE.search(parameters)
    try:
        parts = [int(g) for g in found.groups()[:5] if g]
        moment = datetime(*parts)  # type: ignore[arg-type]  # year, month, day and perhaps hour and minute
        if found[7] or not found[4] or zone is None:
            return moment.replace(tzinfo=UTC)
        return moment.replace(tzinfo=_zone(zone[1]) or fallback).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=200)
def _zone(name: str) -> tzinfo | None:
    """A zone by its IANA name or the one that Windows gives it."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        known = WINDOWS_TO_OLSON.get(name)
        return ZoneInfo(known) if known else None
