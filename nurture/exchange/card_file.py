"""People -> a file of vCards 3.0 (RFC 2426), which every address book reads, Outlook too, and which nurture reads back.

What no address book knows stands in fields of nurture's own (X-NURTURE-…): others pass them over, and a no is still a no after the way back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nurture.exchange.address_file import harmless

CARD_ENDINGS = frozenset({".vcf", ".vcard"})  # of their files
WIDTH = 75  # octets of a line, at most


def as_cards(people: Iterable[Mapping[str, Any]]) -> str:
    """One card a person, in the shape of `person list --json` with `country`, `tags` and `lists`."""
    return "".join(f"{folded(line)}\r\n" for person in people for line in _card(person))


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends within a letter."""
    if len(line) <= WIDTH and (line.isascii() or len(line.encode()) <= WIDTH):  # nearly all
        return line
    rows, width = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if width + octets > WIDTH:
            rows.append(" ")
            width = 1
        rows[-1] += letter
        width += octets
    return "\r\n".join(rows)


def _card(person: Mapping[str, Any]) -> Iterator[str]:
    name, first = person["name"] or "", person["first_name"] or ""
    known = first.split()
    family = " ".join(word for word in name.split() if word not in known)
    yield from ("BEGIN:VCARD", "VERSION:3.0")
    yield f"N:{_escaped(family)};{_escaped(first)};;;"
    yield f"FN:{_escaped(name or person['company'] or person['addresses'][0])}"
    if not name:
        yield "X-ABSHOWAS:COMPANY"  # what stands there is nobody's name
    for place, address in enumerate(person["addresses"]):
        yield f"EMAIL;TYPE=INTERNET{'' if place else ',PREF'}:{_escaped(address)}"
    if person["company"]:
        yield f"ORG:{_escaped(person['company'])}"
    if person["country"]:
        yield f"ADR;TYPE=WORK:;;;;;;{_escaped(person['country'])}"
    if person["language"]:
        yield f"LANG:{person['language']}"
    if person["tags"]:
        yield f"CATEGORIES:{','.join(map(_escaped, person['tags']))}"
    yield from _own(person)
    yield "END:VCARD"


def _own(person: Mapping[str, Any]) -> Iterator[str]:
    """The fields that only nurture reads."""
    told = (
        ("REGISTER", person["register"]), ("TAGS", "|".join(person["tags"])), ("LISTS", "|".join(person["lists"])),
        ("FOLLOWED", "" if person["followed"] else "no"), ("STOPPED", "yes" if person["stopped"] else ""),
    )  # fmt: skip
    yield from (f"X-NURTURE-{field}:{_escaped(value)}" for field, value in told if value)


def _escaped(value: str) -> str:
    return harmless(value).replace("\\", r"\\").replace(",", r"\,").replace(";", r"\;")
