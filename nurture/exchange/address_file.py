"""People -> a CSV file that spreadsheets open rightly and never run, and that nurture reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nurture.exchange.address_table import defused
from nurture.messages import one_line

MARK = "\ufeff"  # without it Excel takes the file for Windows-1252
LONGEST = 2000  # characters of a cell
PARTED = {"fr": ";"}  # what Excel of that language expects
FIELDS = {
    "email": "addresses", "other emails": "addresses", "name": "name", "first name": "first_name", "company": "company", "language": "language",
    "register": "register", "country": "country", "tags": "tags", "lists": "lists", "followed": "followed", "stopped": "stopped",
    "paused until": "paused_until", "source": "source", "added": "added",
}  # fmt: skip


def as_csv(people: Iterable[Mapping[str, Any]], lang: str) -> str:
    """The file, with its mark: one line a person, in the shape of `person list --json`. `lang` is the language of the spreadsheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=PARTED.get(lang, ","), lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows([defused(harmless(_cell(header, person[key]))) for header, key in FIELDS.items()] for person in people)
    return MARK + file.getvalue()


def harmless(cell: str) -> str:
    """Without what a terminal would obey, where the file goes to one; a look first, for nearly all are."""
    return cell if cell.isprintable() else one_line(cell, LONGEST)


def _cell(header: str, value: Any) -> str:
    if header == "email":
        return str(value[0])
    if header == "other emails":
        return "; ".join(value[1:])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "|".join(value) if isinstance(value, list) else str(value or "")
