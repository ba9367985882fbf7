"""One transaction with the database, and what is asked and told in it. Every statement goes at once, in the order of the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple, cast, overload

from sqlalchemy import insert, select, update

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult, Engine, Executable, ScalarResult
    from sqlalchemy.sql.selectable import TypedReturnsRows

    from nurture.store.tables import Base

    Rows = Sequence[Mapping[str, Any]]

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Session:
    """A transaction; `Store.begin` gives one. It begins with its first statement: nothing is locked, or even reached, before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._opened: Connection | None = None

    @property
    def _connection(self) -> Connection:
        if self._opened is None:
            self._opened = self._engine.connect()
        return self._opened

    def commit(self) -> None:
        """Keep what was done."""
        if self._opened is not None:
            self._opened.commit()

    def close(self) -> None:
        """Take back what was not kept."""
        if self._opened is not None:
            self._opened.close()

    @overload
    def execute(self, statement: TypedReturnsRows[*Ts], rows: Rows | None = None) -> CursorResult[*Ts]: ...
    @overload
    def execute(self, statement: Executable, rows: Rows | None = None) -> CursorResult[*tuple[Any, ...]]: ...
    def execute(self, statement: Executable, rows: Rows | None = None) -> CursorResult[*tuple[Any, ...]]:
        """Rows with all that was asked for; with `rows`, the statement is said once for each of them."""
        return self._connection.execute(statement, rows)

    def each(self, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
        """The statement said once for each of the rows; not at all where there are none, as `execute` would say it."""
        if listed := list(rows):
            self.execute(statement, listed)

    def scalars(self, statement: TypedReturnsRows[T], rows: Rows | None = None) -> ScalarResult[T]:
        """The one thing that was asked for, of each row: the value of a column, or the row itself where that is a whole table's."""
        found = self.execute(statement, rows)
        return found.scalars() if len(found.keys()) == 1 else cast("ScalarResult[T]", found)

    def scalar(self, statement: TypedReturnsRows[T]) -> T | None:
        """The same of the first row; None: there is no row, or nothing in it."""
        return self.scalars(statement).first()

    def put(self, table: type[Base], key: Mapping[str, object], values: Mapping[str, object]) -> None:
        """One row by its key: added where there is none, changed where something in it is another."""
        columns = table.__table__.columns
        chosen = [columns[name] == value for name, value in key.items()]
        there = self.scalar(select(table).where(*chosen))
        if there is None:
            self.execute(insert(table).values(**key, **values))
        elif any(getattr(there, name) != value for name, value in values.items()):
            self.execute(update(table).where(*chosen).values(**values))
