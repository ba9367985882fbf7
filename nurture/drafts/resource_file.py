"""A file of resources to take in: CSV with a line of names, or TOML with `[[resource]]` tables. Every fault comes with its line."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from nurture.drafts.resources import Resource, resource_of

FIELDS = ("kind", "title", "url", "language", "tags", "sentence")
NEEDED = ("title", "sentence")
MANY = 5_000  # resources in one file
_APART = re.compile(r"[;|]")
_HEADER = re.compile(r"^\s*\[\[\s*resource\s*\]\]")
_LINE = re.compile(r"line (\d+)")

Fault = tuple[int, str]
Rows = tuple[tuple[int, Resource], ...]  # each with its line


def read_csv(text: str) -> tuple[Rows, tuple[Fault, ...]]:
    """(resources with their lines, faults) of a CSV file; a semicolon may stand for the comma, tags are parted by | or ;."""
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    try:
        names = [name.strip().lower() for name in next(lines, [])]
        if faults := _name_faults(names):
            return (), tuple((1, fault) for fault in faults)
        return _collected(_csv_rows(lines, names))
    except csv.Error as error:
        return (), ((lines.line_num, f"is no CSV: {error}"),)


def _name_faults(names: list[str]) -> list[str]:
    faults = [f"the first line names no column {name}" for name in NEEDED if name not in names]
    faults += [f"{name!r} is no column; use {', '.join(FIELDS)}" for name in names if name not in FIELDS]
    return faults + [f"the column {name} stands there twice" for name in sorted(set(names)) if names.count(name) > 1]


def _csv_rows(lines: Any, names: list[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    start = lines.line_num + 1
    for cells in lines:
        line, start = start, lines.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            yield line, f"has {len(cells)} cells, where the first line names {len(names)} columns"
            continue
        row: dict[str, Any] = dict(zip(names, cells, strict=True))
        yield line, row | {"tags": _APART.split(row.get("tags", ""))}


def read_toml(text: str) -> tuple[Rows, tuple[Fault, ...]]:
    """(resources with their lines, faults) of a TOML file."""
    try:
        document = tomllib.loads(text)
    except RecursionError:
        return (), ((1, "is nested too deeply"),)
    except ValueError as error:
        found = _LINE.search(str(error))
        return (), ((int(found[1]) if found else text.count("\n") + 1, f"is no TOML: {error}"),)
    tables = document.pop("resource", [])
    faults = [f"{key!r} is no key here; write [[resource]] tables" for key in document]
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        faults.append("write [[resource]] tables, one for each")
    if faults:
        return (), tuple((1, fault) for fault in faults)
    at = [n for n, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    return _collected((at[n] if n < len(at) else 1, _toml_row(t)) for n, t in enumerate(tables))


def _toml_row(table: dict[str, Any]) -> dict[str, Any] | str:
    unknown = [key for key in table if key not in FIELDS]
    if unknown:
        return f"{unknown[0]!r} is no key; use {', '.join(FIELDS)}"
    odd = [key for key, value in table.items() if key != "tags" and not isinstance(value, str)]
    tags = table.get("tags", [])
    if odd or not isinstance(tags, list) or not all(isinstance(t, str) for t in tags):
        return f"{odd[0]}: should be text" if odd else "tags: should be a list of texts"
    return table


def _collected(rows: Iterator[tuple[int, dict[str, Any] | str]]) -> tuple[Rows, tuple[Fault, ...]]:
    found: list[tuple[int, Resource]] = []
    faults: list[Fault] = []
    for count, (line, row) in enumerate(rows):
        if count >= MANY:
            return (), ((line, f"more than {MANY} resources in one file"),)
        resource, wrong = (None, (row,)) if isinstance(row, str) else resource_of(row)
        faults += [(line, fault) for fault in wrong]
        found += [(line, resource)] if resource else []
    return tuple(found), tuple(faults)
