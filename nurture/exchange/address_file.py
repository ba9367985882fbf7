"""People -> a CSV file that spreadsheets open rightly and never run, and that nurture reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nurture.exchange.formulas import defused
from nurture.messages import one_line

MARK = "\ufeff"  # without it Excel takes the file for Windows-1252
LONGEST = 2000  # characters of a cell
PARTED = {"fr": ";"}  # what Excel of that language expects
FIELDS = {
    "email": "addresses", "other emails": "addresses", "name": "name", "first name": "first_name", "company": "company", "language": "language",
    "register": "register", "country": "country", "tags": "tags", "lists": "lists", "followed": "followed", "stopped": "stopped",
    "paused until": "paused_until", "source": "source", "added": "added",
}  # fmt: skip
ONE_BY_ONE = tuple(FIELDS.values())[2:]  # the addresses take two columns


def as_csv(people: Iterable[Mapping[str, Any]], lang: str) -> str:
    """The file, with its mark: one line a person, in the shape of `person list --json`. `lang` is the language of the spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=PARTED.get(lang, ","), lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows(_line(person) for person in people)
    return MARK + file.getvalue()


def harmless(cell: str) -> str:
    """Without what a terminal would obey, where the file goes to one; a look first, for nearly all are."""
    return cell if cell.isprintable() else one_line(cell, LONGEST)


def _line(person: Mapping[str, Any]) -> list[str]:
    first, *others = person["addresses"]
    return [_text(first), _text("; ".join(others)), *(_cell(person[key]) for key in ONE_BY_ONE)]


def _cell(value: Any) -> str:
    """The values of thousands of people: what is commonest comes first."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _text("|".join(value) if isinstance(value, list) else str(value))


def _text(cell: str) -> str:
    return defused(harmless(cell)) if cell else ""
