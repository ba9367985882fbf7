"""A home with a crowd in it: the people of the demo again and again, each with all that is kept of them, at companies of their own."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

SHIFT = 100_000  # keys of one copy do not meet those of another
KEYS = ("person", "message", "decision")
TABLES = (  # in the order in which they lean on each other
    "people", "addresses", "searched", "messages", "message_people", "signals", "said", "shingles", "decisions", "plan_state", "drafts",
    "known", "pins", "owners_words", "owners_facts", "owners_log",
)  # fmt: skip
OWN = ("mid", "message_id", "occasion", "token", "anchor")  # told apart by a word behind them


def crowd(home: Path, into: Path, people: int) -> int:
    """Copy the demo's home and fill it until `people` are known; returns how many are."""
    shutil.copytree(home, into)
    with sqlite3.connect(into / "nurture.db") as database:
        database.execute("PRAGMA foreign_keys=OFF")
        there = int(database.execute("SELECT count(*) FROM people").fetchone()[0])
        copies = -(-people // there) - 1
        database.execute("CREATE TEMP TABLE copies (n INTEGER PRIMARY KEY)")
        database.executemany("INSERT INTO copies VALUES (?)", ((n,) for n in range(1, copies + 1)))
        for table in TABLES:
            _copy(database, table)
    database.close()
    return there * (copies + 1)


def _copy(database: sqlite3.Connection, table: str) -> None:
    names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    taken = ", ".join(_changed(name) for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    database.execute(f"INSERT INTO {table} ({listed}) SELECT {taken} FROM main.{table} AS t CROSS JOIN copies ORDER BY n")


def _changed(name: str) -> str:
    if name == "id" or name in KEYS:
        return f't."{name}" + {SHIFT} * n'
    if name in ("address", "to", "sender"):
        return f"""replace(t."{name}", '@', '@c' || n || '.')"""
    if name == "company":
        return "'c' || n || '.' || t.company"
    if name == "state":  # drafts: at most ten lie open, whatever the crowd
        return "'sent'"
    if name in OWN:
        return f"""t."{name}" || ' ' || n"""
    return f't."{name}"'
