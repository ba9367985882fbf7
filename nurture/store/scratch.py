"""Stores for looking ahead and back: nothing of what is done in them reaches the owner's database, or the list of who said no.

A `Rehearsal` is the database itself, each transaction taken back at its end. A `Scratch` lives in memory alone, empty or as a copy:
it leaves nothing behind, however the process ends. A `NoesOfThen` is the list as it stood before a day; what is added stays in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

from sqlalchemy import create_engine, event, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from nurture.store.database import Store
from nurture.store.session import Session
from nurture.store.suppression import CLOSES, REOPENS, Suppression
from nurture.store.tables import Base, Cleared, Resources, Revisions, Sequences

PORTION = 1000  # rows copied in one statement
RULES = frozenset(table.__tablename__ for table in (Sequences, Revisions, Resources, Cleared))


class Rehearsal(Store):
    """The same database, read and never changed."""

    def __init__(self, real: Store) -> None:
        super().__init__(real.engine, real.path)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction, taken back at its end."""
        with self._speaking(), closing(Session(self.engine)) as session:
            yield session


class Scratch(Store):
    """A database in memory. `close` it and it is gone."""

    @staticmethod
    def empty() -> Scratch:
        """With all tables and nothing in them."""
        scratch = Scratch(_engine(), None)
        Base.metadata.create_all(scratch.engine)
        return scratch

    @staticmethod
    def with_rules_of(real: Store) -> Scratch:
        """With the sequences, the library and what is cleared, and nothing of anybody."""
        scratch = Scratch.empty()
        with real.begin() as there, scratch.begin() as here:
            copy_rows(there, here, RULES)
        return scratch

    @staticmethod
    def copy_of(real: Store) -> Scratch:
        """With everything that the real one holds now."""
        if real.engine.dialect.name == "sqlite":
            scratch = Scratch(_engine(), None)
            with real._speaking(), real.engine.connect() as there, scratch.engine.connect() as here:
                _driver(there.connection.driver_connection).backup(_driver(here.connection.driver_connection))
            return scratch
        scratch = Scratch.empty()
        with real.begin() as there, scratch.begin() as here:
            copy_rows(there, here, frozenset(Base.metadata.tables))
        return scratch

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Nobody else can reach it."""
        yield


class NoesOfThen(Suppression):
    """The list as it stood before `day` (None: as it stands now). Lines without a readable date count from the beginning."""

    def __init__(self, real: Suppression, day: date | None = None) -> None:
        self.path, self.key = real.path, real.key
        self._lines = _dated(real.path.read_bytes()) if real.path.exists() else []
        self._closed: set[str] = set()
        self._domains: dict[str, str] = {}
        self.come_to(day)

    def come_to(self, day: date | None) -> None:
        """Time goes on: what was said before `day` holds, beside what was added here."""
        while self._lines and (day is None or self._lines[0][0] < day):
            self._take(self._lines.pop(0)[1])

    def _take(self, line: str) -> None:
        if found := CLOSES.match(line):
            self._closed.add(found[1])
        elif found := REOPENS.match(line):
            self._closed.discard(found[1])

    def _write(self, line: bytes) -> None:
        self._take(line.decode().strip())

    def _read(self) -> None:
        """The file was read once."""


def _dated(content: bytes) -> list[tuple[date, str]]:
    """The lines in their order, each with its day; days never go back, whatever the clock did."""
    found: list[tuple[date, str]] = []
    for line in content.decode("utf-8", "replace").split("\n"):
        day = max(_day_of(line), found[-1][0]) if found else _day_of(line)
        found.append((day, line))
    return found


def _day_of(line: str) -> date:
    try:
        return date.fromisoformat(line.split(" ")[1])
    except (IndexError, ValueError):
        return date.min


def _engine() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "connect", _pragmas)
    return engine


def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def _driver(connection: object) -> sqlite3.Connection:
    assert isinstance(connection, sqlite3.Connection)
    return connection


def copy_rows(there: Session, here: Session, names: frozenset[str]) -> None:
    """Everything in these tables, from a database of any make."""
    for table in (t for t in Base.metadata.sorted_tables if t.name in names):
        for rows in there.execute(select(table)).mappings().partitions(PORTION):
            here.execute(insert(table), [dict(row) for row in rows])
