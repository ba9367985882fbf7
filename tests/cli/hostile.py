"""A demo's home in which whoever wrote, and whatever they wrote, tries to command the terminal."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

EVIL = "\x1b]0;owned\x07\x1b[31mA\u202enne\u2066\u200b\r\nRoux\x9b31m\x08\x00 " + "x" * 90 + " " + "Ro\u0301my " * 30
LONG = "a" * 60 + "@" + "b" * 60 + ".example"  # an address is shown whole: it is there to be copied
PLACES = (
    ("people", "name"), ("people", "first_name"), ("messages", "sender_name"), ("messages", "subject"), ("signals", "quote"),
    ("decisions", "quote"), ("decisions", "why"), ("drafts", "why"), ("owners_log", "text"), ("owners_words", "word"), ("held", "text"),
    ("resources", "title"), ("resources", "sentence"),
)  # fmt: skip


def haunt(home: Path) -> str:
    """Put it wherever something that came by mail, or from another hand, is kept. Returns the address of somebody with a whole story."""
    with sqlite3.connect(home / "nurture.db") as database:
        database.execute("PRAGMA foreign_keys=OFF")
        for table, column in PLACES:
            database.execute(f"UPDATE {table} SET {column} = ?", (EVIL,))
        for key, reading in database.execute("SELECT id, reading FROM messages WHERE reader > 0").fetchall():
            database.execute("UPDATE messages SET reading = ? WHERE id = ?", (json.dumps(_haunted(json.loads(reading))), key))
        last = database.execute("SELECT max(person) FROM addresses").fetchone()[0]
        database.execute("UPDATE addresses SET address = ? WHERE person = ?", (LONG, last))
        database.execute("UPDATE decisions SET address = ? WHERE person = ?", (LONG, last))
        person, address = database.execute('SELECT person, "to" FROM drafts ORDER BY id LIMIT 1').fetchone()
        database.execute(
            "INSERT INTO held (person, kind, form, text, at, owner) VALUES (?, 'name', 'x', ?, '2026-03-01 00:00:00', 1)",
            (person, EVIL),
        )
    database.close()
    return str(address)


def _haunted(value: object) -> object:
    if isinstance(value, dict):
        return {k: EVIL[:200] if "quote" in k and v else _haunted(v) for k, v in value.items()}
    return [_haunted(v) for v in value] if isinstance(value, list) else value
