"""PostgreSQL in place of a SQLite file: how it is named and reached, and the two locks that SQLite's file gives by itself.

Transactions wait for one another, as SQLite's do, so that what one has read still holds when it writes. A run's lock lies on the
only connection there is: a run that loses its connection has lost the lock too, and stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, func, make_url, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from nurture.config import POSTGRESQL
from nurture.errors import AlreadyRunning, DatabaseBusy, DatabaseFault, NurtureError
from nurture.store.tables import tell_postgresql

RUN_LOCK, TURN = 0x6E757274, 0x6E757275  # advisory locks of this database: one run, one transaction at a time
PATIENCE = 10  # seconds that a transaction waits for its turn
SETTINGS = f"SET client_encoding = 'UTF8'; SET TIME ZONE 'UTC'; SET lock_timeout = '{PATIENCE}s'"
WAITED = frozenset({"55P03", "40P01"})  # a lock was not free, two waited for each other
ADVICE = {
    "53100": "Make room on the disk of the server; nothing was lost.",
    "42501": "Let its user own the database: ALTER DATABASE … OWNER TO ….",
}
DRIVER = "`database_url` names a PostgreSQL, and what speaks with it is missing. Run `pip install 'nurture[postgresql]'`."


def engine_of(url: str) -> Engine:
    """An engine with one connection. Raises ValueError for what is no URL of a PostgreSQL, ImportError where the driver is missing."""
    if not POSTGRESQL.match(url):
        raise ValueError(url)
    named = make_url(POSTGRESQL.sub("postgresql+psycopg://", url, count=1))
    engine = create_engine(named, isolation_level="READ COMMITTED", pool_size=1, max_overflow=0)
    tell_postgresql()
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _wait_for_the_turn)
    return engine


def name_of(url: URL) -> str:
    """The database as the owner knows it, without what may be secret."""
    return str(URL.create("postgresql", username=url.username, host=url.host, port=url.port, database=url.database))


def _settle(connection: Any, _record: object) -> None:
    if (kept := connection.info.parameter_status("server_encoding")) != "UTF8":
        raise DatabaseFault(
            f"The PostgreSQL database is kept in {kept}, which cannot hold every name. Make one with ENCODING 'UTF8' and name it."
        )
    connection.execute(SETTINGS)
    connection.commit()


def _wait_for_the_turn(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


@contextmanager
def run_lock(engine: Engine) -> Iterator[None]:
    """The lock of a run; the server lets go of it when the connection ends, however that comes. Raises AlreadyRunning."""
    held = event.contains(engine, "do_connect", _connection_lost)
    with engine.connect() as connection:
        if held or not connection.scalar(select(func.pg_try_advisory_lock(RUN_LOCK))):
            raise AlreadyRunning("Another run is under way. Nothing is to be done.")
    event.listen(engine, "do_connect", _connection_lost)
    try:
        yield
    finally:
        with suppress(SQLAlchemyError, NurtureError), engine.connect() as connection:
            connection.execute(select(func.pg_advisory_unlock(RUN_LOCK)))
        event.remove(engine, "do_connect", _connection_lost)


def _connection_lost(*_facts: object) -> None:
    raise DatabaseFault(
        "The connection to PostgreSQL was lost in the middle of a run. What was done is kept; the next run goes on."
    )


def fault_of(error: SQLAlchemyError, name: str) -> NurtureError:
    """What went wrong, told without the values that were on their way: they may name somebody."""
    cause = getattr(error, "orig", None)
    state = getattr(cause, "sqlstate", None)
    said = getattr(getattr(cause, "diag", None), "message_primary", None)
    if state in WAITED:
        return DatabaseBusy(f"{name} is in use by another program ({said}). The next run tries again.")
    if isinstance(error, OperationalError) and said is None:  # the server has not said a word
        return DatabaseFault(
            f"{name} cannot be reached: {str(cause).strip()}. Look whether the server runs, and what `database_url` in config.toml says."
        )
    advice = ADVICE.get(str(state), "Run `nurture db check`.")
    return DatabaseFault(f"{name} cannot be used: {said or cause or type(error).__name__}. {advice}")
