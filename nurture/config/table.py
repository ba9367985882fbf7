"""One TOML table being read, and what is wrong with it, key by key."""

from __future__ import annotations

import difflib
from typing import Any


class Faults:
    """Collects what is wrong, key by key."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, key: str, says: str) -> None:
        """One fault at one key."""
        self.found.append(f"{key}: {says}")


class Table:
    """One TOML table being read: every key asked for is checked, what nobody asked for is a fault."""

    def __init__(self, data: Any, name: str, faults: Faults) -> None:
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self.name, self.faults = name, faults
        self.asked: set[str] = set()
        if not isinstance(data, dict):
            faults.add(name, "is no table")

    def where(self, key: str) -> str:
        """The key as the reader of a message knows it."""
        return f"[{self.name}] {key}" if self.name else key

    def take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """The value of a key, or its default."""
        self.asked.add(key)
        value = self.data.get(key, default)
        if key in self.data and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            names = kind.__name__ if isinstance(kind, type) else " or ".join(k.__name__ for k in kind)
            self.faults.add(self.where(key), f"should be of type {names}, not {type(value).__name__}")
            return default
        return value

    def text(self, key: str, default: str = "") -> str:
        """A string."""
        return str(self.take(key, str, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self.take(key, list, [])
        if not all(isinstance(v, str) for v in values):
            self.faults.add(self.where(key), "should be a list of strings")
            return ()
        return tuple(values)

    def one_of(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value not in choices:
            self.faults.add(self.where(key), f"{value!r} is none of {', '.join(choices)}")
            return default
        return value

    def number(self, key: str, default: int, low: int = 0, high: int = 10_000) -> int:
        """A whole number within bounds."""
        value = int(self.take(key, int, default))
        if not low <= value <= high:
            self.faults.add(self.where(key), f"{value} is not between {low} and {high}")
            return default
        return value

    def flag(self, key: str) -> bool:
        """true or false."""
        return bool(self.take(key, bool, False))

    def table(self, key: str) -> Table:
        """A table below this one."""
        return Table(self.take(key, dict, {}), f"{self.name}.{key}" if self.name else key, self.faults)

    def tables(self, key: str) -> list[Table]:
        """An array of tables below this one."""
        rows = self.take(key, list, [])
        return [Table(row, f"{self.name}.{key}" if self.name else key, self.faults) for row in rows]

    def done(self) -> None:
        """Every key that nobody asked for is a fault."""
        for key in self.data.keys() - self.asked:
            near = difflib.get_close_matches(key, self.asked, n=1)
            self.faults.add(self.where(key), "is not known" + (f"; did you mean {near[0]!r}?" if near else ""))
