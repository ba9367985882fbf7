"""vCard 2.1, 3.0 and 4.0 -> contacts: folded lines, quoted-printable, groups, several addresses, the preferred one first.

A small tolerant reader of the few properties that are needed (RFC 2426, RFC 6350, versit vCard 2.1), and of those that `card_file`
adds for nurture alone. Linear time; what it does not know it passes over.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nurture.exchange import contact
from nurture.exchange.contact import Contact
from nurture.exchange.text_file import BadFile

LEAST = 101  # a preference of nobody (RFC 6350: 1 is the most preferred, 100 the least)
WANTED = frozenset("FN N EMAIL ORG LANG URL ADR KIND X-ABSHOWAS X-ADDRESSBOOKSERVER-KIND".split()) | {
    f"X-NURTURE-{field}" for field in ("REGISTER", "TAGS", "LISTS", "FOLLOWED", "STOPPED")
}
GROUPS = frozenset({"group", "org", "location", "application", "device"})
_ESCAPED = re.compile(r"\\([\\,;:nN])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """One line of a card."""

    name: str
    value: str
    params: dict[str, str] = field(default_factory=dict)
    types: frozenset[str] = frozenset()


def contacts_of_cards(path: Path, text: str) -> Iterator[Contact]:
    """Every person of a file of cards; groups and distribution lists are nobody. Raises BadFile where there is no card at all."""
    card: list[Property] | None = None
    start, seen, nested = 0, False, 0
    for line, row in _lines(text):
        plain = row.strip().upper().replace(" ", "")
        if plain == "BEGIN:VCARD":
            nested += card is not None  # an agent's card inside a card (2.1)
            card, start, seen = ([], line, True) if card is None else (card, start, True)
        elif plain == "END:VCARD" and nested:
            nested -= 1
        elif plain == "END:VCARD" and card is not None:
            if (found := _contact(start, card)) is not None:
                yield found
            card = None
        elif card is not None and not nested and (found_property := _property(row)):
            card.append(found_property)
    if not seen:
        raise BadFile(path, "it holds no vCard (a line BEGIN:VCARD)")
    if card is not None:
        raise BadFile(path, "the card that begins there has no end: the file was cut off", start)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Whole lines, each with the number at which it begins: folded ones, and those that quoted-printable breaks with "=", joined."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts: list[str] = []
    start, soft = 1, False
    for number, row in enumerate(rows, 1):
        if parts and (soft or row[:1] in (" ", "\t")):
            parts.append(row if soft else row[1:])
        else:
            if parts:
                yield start, "".join(parts)
            parts, start = [row], number
        soft = row.endswith("=") and (soft or _is_quoted_printable(parts[0]))
        if soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield start, "".join(parts)


def _is_quoted_printable(row: str) -> bool:
    return "QUOTED-PRINTABLE" in row.partition(":")[0].upper()


def _property(row: str) -> Property | None:
    head, value = _head_and_value(row)
    words = _split(head, ";")
    name = words[0].rpartition(".")[2].strip().upper()
    if name not in WANTED or value is None:
        return None
    params: dict[str, str] = {}
    types: set[str] = set()
    for word in words[1:]:
        key, equals, stated = word.partition("=")
        if equals and key.strip().upper() != "TYPE":
            params[key.strip().upper()] = stated.strip().strip('"')
        else:  # 2.1 writes the type alone
            types.update(part.strip().lower() for part in (stated if equals else key).strip('"').split(","))
    if "QUOTED-PRINTABLE" in params.get("ENCODING", "").upper() or "quoted-printable" in types:
        value = _unquoted(value, params.get("CHARSET", ""))
    return Property(name=name, value=value, params=params, types=frozenset(types))


def _head_and_value(row: str) -> tuple[str, str | None]:
    """Split at the first colon that stands in no quotation marks."""
    quoted = False
    for place, letter in enumerate(row):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return row[:place], row[place + 1 :]
    return row, None


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark that is neither quoted nor escaped."""
    parts: list[list[str]] = [[]]
    quoted = escaped = False
    for letter in text:
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            quoted = not quoted
        elif letter == mark and not quoted:
            parts.append([])
            continue
        parts[-1].append(letter)
    return ["".join(part) for part in parts]


def _unquoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    for encoding in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("latin-1")


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _contact(line: int, card: list[Property]) -> Contact | None:
    def of(name: str) -> list[Property]:
        return [p for p in card if p.name == name]

    def first(name: str) -> str:
        return next((_plain(p.value) for p in of(name)), "")

    kind = (first("KIND") or first("X-ADDRESSBOOKSERVER-KIND")).strip().lower()
    if kind in GROUPS:
        return None
    family, given = (
        ([_plain(part) for part in _split(of("N")[0].value.replace('"', ""), ";")] + ["", ""])[:2] if of("N") else ("", "")
    )
    company = first("X-ABSHOWAS").strip().upper() == "COMPANY"
    return Contact(
        line=line, addresses=tuple(_address(p) for p in sorted(of("EMAIL"), key=_preference) if p.value.strip()),
        name="" if company else contact.full_name(first("FN"), given, family), first_name=contact.given_name(given),
        company=contact.words_of(_plain(_split(of("ORG")[0].value, ";")[0])) if of("ORG") else "", site=contact.words_of(first("URL"), 200),
        language=next((lang for p in sorted(of("LANG"), key=_preference) if (lang := contact.language_of(p.value))), None),
        country=next((c for p in of("ADR") if (c := contact.country_of(_plain(_split(p.value, ";")[-1])))), ""),
        register=contact.register_of(first("X-NURTURE-REGISTER")),
        labels=(*contact.labels_of("tag", first("X-NURTURE-TAGS")), *contact.labels_of("list", first("X-NURTURE-LISTS"))),
        refused=contact.is_yes(first("X-NURTURE-STOPPED")), followed=not contact.is_no(first("X-NURTURE-FOLLOWED")),
    )  # fmt: skip


def _preference(found: Property) -> int:
    stated = found.params.get("PREF", "")
    if stated.isdecimal() and len(stated) < 4:
        return int(stated)
    return 1 if "pref" in found.types else LEAST


def _address(found: Property) -> str:
    return _plain(found.value).strip()
