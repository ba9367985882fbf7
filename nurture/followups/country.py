"""Where the recipient lives, as far as working days go: the country of the address, of their clock, or the owner's.

The owner's own setting comes first; `Scene` has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from nurture.conversations import Entry, Person
from nurture.followups.cadence import supported_countries
from nurture.messages import Kind

GENERIC = frozenset(
    ["ai", "cc", "co", "eu", "fm", "gg", "im", "io", "ly", "me", "sh", "tk", "to", "tv", "ws"]
)  # country domains that everybody buys
LOOKED_AT = 3  # their latest messages whose clock is looked at
ZONES = {  # for each language the zones that most of its writers live in, likeliest first
    "fr": (("FR", "Europe/Paris"), ("CA", "America/Toronto"), ("MA", "Africa/Casablanca"), ("RE", "Indian/Reunion")),
    "en": (
        ("GB", "Europe/London"), ("US", "America/New_York"), ("US", "America/Chicago"), ("US", "America/Denver"),
        ("US", "America/Los_Angeles"), ("AU", "Australia/Sydney"), ("NZ", "Pacific/Auckland"), ("IN", "Asia/Kolkata"),
    ),
}  # fmt: skip


def country_of(person: Person, entries: Iterable[Entry], owners: str, tz: tzinfo) -> str:
    """ISO 3166-1 alpha-2: the country domain of their address, then what the zone of their own messages fits, then the owner's."""
    stated = of_domain(person.addresses[0]) if person.addresses else ""
    return stated or of_clock(person, entries, tz) or owners


@lru_cache(maxsize=4096)
def _of_top(top: str) -> str:
    code = {"uk": "GB"}.get(top, top.upper())
    return code if top not in GENERIC and code in supported_countries() else ""


def of_domain(address: str) -> str:
    """The country of an address by its domain, or ""."""
    top = address.rpartition(".")[2]
    return _of_top(top) if len(top) == 2 else ""


def of_clock(person: Person, entries: Iterable[Entry], tz: tzinfo) -> str:
    """The likeliest country for the stated offsets of their latest messages; "" where the owner's own zone fits them, or none does."""
    theirs = [e for e in entries if e.by == "them" and e.kind is Kind.HUMAN and not e.junk][-LOOKED_AT:]
    if not theirs or _fits(theirs, tz):
        return ""
    zones = ZONES.get(person.lang or "", ())
    return next((country for country, zone in zones if _fits(theirs, ZoneInfo(zone))), "")


def _fits(entries: list[Entry], tz: tzinfo) -> bool:
    return all(e.sent.astimezone(tz).utcoffset() == timedelta(minutes=e.offset) for e in entries)
