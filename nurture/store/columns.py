"""What tables are made of: columns, and types that every make of database keeps alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

import sqlalchemy
from sqlalchemy import Column, DateTime, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.schema import SchemaItem
    from sqlalchemy.types import TypeEngine

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
T = TypeVar("T")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class String(TypeDecorator[str]):
    """Text of limited length. PostgreSQL refuses what SQLite keeps, so it is given what it takes: no NUL, no half of a letter, no more
    than the length."""

    impl = sqlalchemy.String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None] | None:
        return None if dialect.name == "sqlite" else self._fitting

    def _fitting(self, text: str | None) -> str | None:
        return None if text is None else UNKEEPABLE.sub("\ufffd", text)[: self.length]


class Field(Generic[T]):
    """What the type checker knows of a column: the column itself in its table's class, a value in a row. It never comes to be."""

    @overload
    def __get__(self, row: None, table: type[object]) -> Column[T]: ...
    @overload
    def __get__(self, row: object, table: type[object]) -> T: ...
    def __get__(self, row: object, table: type[object]) -> Column[T] | T:
        raise NotImplementedError


def required(kind: TypeEngine[T] | type[TypeEngine[T]], *more: SchemaItem, **options: Any) -> Field[T]:
    """A column that always holds a value; `more` and `options` as Column takes them."""
    return cast("Field[T]", Column(kind, *more, nullable=False, **options))


def optional(kind: TypeEngine[T] | type[TypeEngine[T]], *more: SchemaItem, **options: Any) -> Field[T | None]:
    """A column that may hold nothing."""
    return cast("Field[T | None]", Column(kind, *more, nullable=True, **options))
