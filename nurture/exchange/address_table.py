"""A CSV file of people -> contacts: whatever parts its cells, whatever its columns are called. Every fault comes with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from nurture.exchange import contact
from nurture.exchange.columns import fields_of
from nurture.exchange.contact import Contact
from nurture.exchange.formulas import undone
from nurture.exchange.text_file import BadFile

APART = (",", ";", "\t", "|")
MANY = 200_000  # people in one file
LONGEST_CELL = 64 * 1024
SPLIT = re.compile(r"[;,\n]")
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def contacts_of_table(path: Path, text: str) -> Iterator[Contact]:
    """Every person of a table. Raises BadFile where no column holds addresses, or where the file breaks off inside a cell."""
    mark, text = _parted_by(text)
    rows = _rows(path, text, mark)
    first = next(rows, None)
    if first is None:
        raise BadFile(path, "it holds no line")
    fields = fields_of([undone(cell) for cell in first[1]])
    if "address" not in fields.values():
        if not any("@" in cell for cell in first[1]):
            named = ", ".join(cell.strip()[:30] for cell in first[1][:8])
            raise BadFile(path, f"no column holds e-mail addresses. Call one of them E-mail; there are: {named}", 1)
        fields = _without_headers(first[1])
        yield _contact(first[0], first[1], fields)
    for number, (line, cells) in enumerate(rows, 1):
        if number > MANY:
            raise BadFile(path, f"more than {MANY} people. Take it in in parts", line)
        yield _contact(line, cells, fields)


def _parted_by(text: str) -> tuple[str, str]:
    """What parts the cells, and the text without Excel's line that says so."""
    if found := _SEP.match(text):
        return found[1], text[found.end() :]
    head = re.split(r"[\r\n]", text.lstrip("\r\n")[:LONGEST_CELL], maxsplit=1)[0]
    counts = [(len(fields_of(_cells(head, mark))), head.count(mark), mark) for mark in APART]
    return max(counts, key=lambda found: found[:2])[2], text


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def _rows(path: Path, text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that say something, each with the number at which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if _swallowed(cells, mark):
                raise BadFile(path, "a quotation mark is opened there and not closed: whole lines would be lost", start)
            if any(cell.strip() for cell in cells):
                yield start, cells
    except csv.Error as error:
        raise BadFile(path, f"is no CSV ({error})", reader.line_num) from error


def _swallowed(cells: Sequence[str], mark: str) -> bool:
    """A cell that holds what looks like lines of the table itself."""
    for cell in cells:
        if "\n" in cell and (len(cell) > LONGEST_CELL or sum("@" in line and mark in line for line in cell.split("\n")[1:])):
            return True
    return False


def _without_headers(cells: Sequence[str]) -> dict[int, str]:
    """A bare list: the first cell with an address, and the first with anything else as the name."""
    address = next(place for place, cell in enumerate(cells) if "@" in cell)
    other = next((place for place, cell in enumerate(cells) if place != address and cell.strip()), None)
    return {address: "address"} | ({other: "name"} if other is not None else {})


def _contact(line: int, cells: Sequence[str], fields: Mapping[int, str]) -> Contact:
    told: dict[str, list[str]] = {}
    for place, field in fields.items():
        if place < len(cells) and (cell := undone(cells[place].strip(" \u00a0"))):
            told.setdefault(field, []).append(cell)
    one = {field: values[0] for field, values in told.items()}
    first, last = one.get("first", ""), one.get("last", "")
    return Contact(
        line=line, addresses=tuple(a for field in ("address", "more") for cell in told.get(field, ()) for a in _addresses(cell)),
        name=contact.full_name(one.get("name", ""), first, last), first_name=contact.given_name(first), company=contact.words_of(one.get("company", "")),
        site=contact.words_of(one.get("site", ""), 200), language=contact.language_of(one.get("language", "")),
        register=contact.register_of(one.get("register", "")), country=contact.country_of(one.get("country", "")),
        labels=(*contact.labels_of("tag", one.get("tags", "")), *contact.labels_of("list", one.get("lists", ""))),
        refused=contact.is_yes(one.get("refused", "")), followed=not contact.is_no(one.get("followed", "")),
    )  # fmt: skip


def _addresses(cell: str) -> list[str]:
    """Several may stand in a cell; « Petit, Marie <marie@…> » is one."""
    return [cell] if "<" in cell else [part.strip() for part in SPLIT.split(cell) if part.strip()]
