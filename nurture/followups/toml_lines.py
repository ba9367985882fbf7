"""Which line of a TOML document holds a key: enough for pointing at faults. tomllib keeps no positions."""

from __future__ import annotations

import re

LONGEST = 300  # characters of a line that are looked at
Path = tuple[str | int, ...]
HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]{1,200}?)\s*\]\]?\s*(#|$)")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\-]{1,200}|\"[^\"]{0,200}\"|'[^']{0,200}')\s*=")


class Lines:
    """The lines of one document's keys and tables. A path is like ("steps", 1, "after")."""

    def __init__(self, source: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[str, int] = {}
        table: Path = ()
        inside = ""  # the quotes of a string that goes over several lines
        for number, line in enumerate(source.split("\n"), 1):  # TOML counts by these only
            if not inside:
                table = self._note(line, number, table)
            inside = still_inside(line, inside)

    def _note(self, line: str, number: int, table: Path) -> Path:
        if header := HEADER.match(line[:LONGEST]):
            table = self._table(header[2].strip("\"' "), array=header[1] == "[[")
            self._lines.setdefault(table, number)
        elif key := _KEY.match(line[:LONGEST]):
            self._lines.setdefault((*table, key[1].strip("\"'").partition(".")[0]), number)
        return table

    def _table(self, name: str, *, array: bool) -> Path:
        if not array:
            return (name,)
        self._counts[name] = self._counts.get(name, -1) + 1
        return (name, self._counts[name])

    def of(self, path: Path) -> int:
        """The line of a key, else of the nearest table around it, else 1."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def still_inside(line: str, inside: str) -> str:
    """The triple quotes that are open at the end of a line."""
    at = 0
    while True:
        found = [(line.find(q, at), q) for q in ((inside,) if inside else ('"""', "'''"))]
        here = min((f for f in found if f[0] >= 0), default=None)
        if here is None:
            return inside
        inside, at = ("" if inside else here[1]), here[0] + 3
