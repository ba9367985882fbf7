"""The way of a database to the newest schema, from nothing and from every earlier revision, with rows, on both makes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, Connection, DefaultClause, inspect, select, text
from sqlalchemy.engine import Engine

from nurture.errors import DatabaseFault
from nurture.store import Store, schema_version
from nurture.store.database import _alembic, _engine
from nurture.store.tables import Base, Messages, People
from tests.servers.postgresql import Postgresql

REVISIONS = [s.revision for s in reversed(list(ScriptDirectory.from_config(_alembic()).walk_revisions()))]
VALUES = {"INTEGER": "1", "BIGINT": "4294967295", "BOOLEAN": "true", "JSON": "'[]'", "BYTEA": "'x'", "BLOB": "x'00'", "DATE": "'2026-03-11'"}  # fmt: skip
MOMENT = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Make:
    """A make of database: an engine for a new one, and a copy of a database, both by name."""

    engine: Callable[[str], Engine]
    copy: Callable[[str, str], Path | str]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow])])
def make(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """One make after the other."""
    if request.param == "postgresql":
        postgresql: Postgresql = request.getfixturevalue("postgresql")
        return Make(
            engine=lambda name: engine_of(postgresql.new_database(name=name)),
            copy=lambda name, to: postgresql.new_database(f'TEMPLATE "{name}"', name=to),
        )
    folder = tmp_path_factory.mktemp("earlier")

    def copied(name: str, to: str) -> Path:
        with sqlite3.connect(folder / name) as there, sqlite3.connect(folder / to) as here:
            there.backup(here)
        there.close()
        here.close()
        return folder / to

    return Make(engine=lambda name: engine_of(folder / name), copy=copied)


@pytest.fixture(scope="module")
def copies(make: Make) -> dict[str, Path | str]:
    """What `earlier` has copied: name -> what `Store.open` takes."""
    return {}


@pytest.fixture(scope="module")
def earlier(make: Make, copies: dict[str, Path | str]) -> dict[str, list[str]]:
    """A database at each earlier revision, called by it, with a row in every table that it has: revision -> the tables."""
    found: dict[str, list[str]] = {}
    engine = make.engine("made")
    for revision in REVISIONS[:-1]:
        with engine.begin() as connection:
            upgraded(connection, revision)
            there = inspect(connection).get_table_names()
            found[revision] = [table.name for table in Base.metadata.sorted_tables if table.name in there]
            for table in found[revision]:
                if not connection.execute(text(f'SELECT 1 FROM "{table}"')).first():
                    connection.execute(text(_a_row(connection, table)))
        engine.dispose()
        for name in (revision, *(("stumbles", "twice") if revision == REVISIONS[0] else ())):
            copies[name] = make.copy("made", name)
    return found


def upgraded(connection: Connection, revision: str) -> None:
    """Alembic brings it so far."""
    configuration = _alembic()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, revision)


def _a_row(connection: Connection, table: str) -> str:
    """Everything is 1, open, or on one day."""
    columns = [c for c in inspect(connection).get_columns(table) if c["name"] != "id"]

    def value(kind: str) -> str:
        return f"'{MOMENT:%Y-%m-%d %H:%M:%S.%f}'" if kind.startswith(("TIMESTAMP", "DATETIME")) else VALUES.get(kind, "'1'")

    values = ["'open'" if c["name"] == "state" else value(str(c["type"])) for c in columns]
    names = ", ".join(f'"{c["name"]}"' for c in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(values)})'


def differences(connection: Connection) -> list[object]:
    """Between the tables that there are and those that the program knows."""

    def default_differs(_context: object, _there: object, column: Column[Any], there: str | None, *_known: object) -> bool | None:
        """PostgreSQL cannot compare JSON, so that Alembic cannot ask it. None: ask it."""
        known = column.server_default
        return str(known.arg) not in str(there) if isinstance(column.type, JSON) and isinstance(known, DefaultClause) else None

    told = {"compare_type": True, "compare_server_default": default_differs}
    return list(compare_metadata(MigrationContext.configure(connection, opts=told), Base.metadata))


def test_from_nothing_exactly_the_tables_are_made(store: Store) -> None:
    """Nothing is missing, nothing is left over, names of constraints included; the partial indexes are unique."""
    with store.engine.connect() as connection:
        assert differences(connection) == []
        make = connection.dialect.name
        partial = {
            index["name"]
            for table in ("drafts", "sheets")
            for index in inspect(connection).get_indexes(table)
            if index["unique"] and index["dialect_options"].get(f"{make}_where") is not None
        }

    assert partial == {"uq_drafts_one_open", "uq_drafts_occasion", "uq_sheets_one_there"}


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_a_database_of_any_earlier_revision_comes_up_to_date_with_its_rows(
    copies: dict[str, Path | str], earlier: dict[str, list[str]], revision: str
) -> None:
    """No row is lost, and the tables are those of a database that is made today."""
    store = Store.open(copies[revision])
    with store.engine.connect() as connection:
        assert differences(connection) == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [schema_version()]
        rows = [connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar() for table in earlier[revision]]
    with store.begin() as session:
        assert [row.name for row in session.scalars(select(People))] == ["1"]
        assert [(row.uid, row.sent) for row in session.scalars(select(Messages))] == [(4294967295, MOMENT)]
    store.close()

    assert rows == [1] * len(earlier[revision])


def test_a_migration_that_fails_changes_nothing(copies: dict[str, Path | str], earlier: dict[str, list[str]]) -> None:
    """The last step stumbles over a table that somebody has made; all before it are taken back."""
    database = copies["stumbles"]
    with made_engine(database) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE gestures (name text)"))

    with pytest.raises(DatabaseFault, match="gestures"):
        Store.open(database)

    with made_engine(database) as engine, engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [REVISIONS[0]]
        assert sorted(inspect(connection).get_table_names()) == sorted([*earlier[REVISIONS[0]], "alembic_version", "gestures"])


@pytest.mark.usefixtures("earlier")
def test_two_programs_that_find_an_old_schema_bring_it_up_to_date_once(copies: dict[str, Path | str]) -> None:
    """One waits for the other."""
    faults: list[BaseException] = []

    def open_it() -> None:
        try:
            Store.open(copies["twice"]).close()
        except BaseException as fault:
            faults.append(fault)

    both = [threading.Thread(target=open_it) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)

    assert faults == []


@contextmanager
def made_engine(database: Path | str) -> Iterator[Engine]:
    """Of a database as it lies there."""
    engine = engine_of(database)
    try:
        yield engine
    finally:
        engine.dispose()


def engine_of(database: Path | str) -> Engine:
    """As the store makes it."""
    return _engine(database if isinstance(database, Path) else None, database)
