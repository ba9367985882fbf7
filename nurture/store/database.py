"""The database as a whole: opening it safely, one transaction, the run lock, its health.

SQLite lies in a 0700 folder as a 0600 file, in WAL mode with synchronous=FULL: an acknowledged commit survives a kill and
a power cut. A newer schema is refused; an older one is copied (`VACUUM INTO`) and brought up to date. What is different on
PostgreSQL stands in `postgresql.py`; there are no copies there.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from nurture.errors import AlreadyRunning, DatabaseBusy, DatabaseFault
from nurture.shipped import shipped
from nurture.store import postgresql
from nurture.store.backup import back_up
from nurture.store.session import Session
from nurture.store.tables import Base

HEAD = "0010_gestures"  # the newest migration; a test holds it against Alembic's own answer


def schema_version() -> str:
    """The schema that this program works with."""
    return HEAD


class Store:
    """One database. Use `Store.open`, and `close` at the end."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path

    @property
    def url(self) -> str:
        return postgresql.name_of(self.engine.url) if self._on_a_server else str(self.engine.url)

    @staticmethod
    def open(database: Path | str, *, create: bool = False, look_over: bool = False) -> Store:
        """Open a SQLite file (a Path, or its URL), or a PostgreSQL by its URL. Raises DatabaseFault that says what to do.

        `look_over`: read the whole of it first, so that nothing is concluded from a damaged one; that grows with its size.
        """
        path = database if isinstance(database, Path) else _file_of(database)
        if path is not None:
            with _speaking_files(path):
                _look_at_file(path, create=create)
                _look_at_folder(path, ours=isinstance(database, Path))
        store = Store(_engine(path, database), path)
        try:
            store._bring_up_to_date(create=create, look_over=look_over)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by any error."""
        with self._speaking(), closing(Session(self.engine)) as session:
            yield session
            session.commit()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """The lock of a run; the operating system lets go of it however the process ends. Raises AlreadyRunning."""
        if self.path is None:
            with ExitStack() as held:
                with self._speaking():
                    held.enter_context(postgresql.run_lock(self.engine))
                yield
            return
        place = self.path.with_name("nurture.lock")
        with _speaking_files(place):
            descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning("Another run is under way. Nothing is to be done.") from None
            yield
        finally:
            os.close(descriptor)

    def check(self) -> tuple[str, ...]:
        """What is wrong with the database: integrity, references, schema, permissions. Empty: nothing."""
        with self._speaking(), self.engine.connect() as connection:
            faults = [*_integrity(connection), *_schema_faults(connection)]
        if self.path is not None:
            faults += [
                f"{p.name} can be read by others; run chmod 600 {p}" for p in _files(self.path) if p.stat().st_mode & 0o077
            ]
        return tuple(faults)

    def _bring_up_to_date(self, *, create: bool, look_over: bool) -> None:
        with self._speaking(), self.engine.connect() as connection:
            there = _version(connection)
            if there is None and inspect(connection).get_table_names():
                raise DatabaseFault(f"{self._name} is not nurture's database. Name another one, or move this one away.")
            if there == HEAD:
                if look_over:
                    self._quick_check(connection)
                return
            if there is not None and there not in _known_revisions():
                raise DatabaseFault(
                    f"{self._name} was made by a newer nurture (schema {there}). Upgrade nurture; nothing was changed."
                )
            if there is None and not create and self.path is None:
                raise DatabaseFault(f"{self._name} holds no tables yet. Run `nurture db upgrade`.")
            if there is not None and self.path is not None:
                connection.commit()
                with _speaking_files(self.path):
                    back_up(connection, self.path.with_name(f"{self.path.stem}.before-{HEAD}-from-{there}.db"))
        self._migrate()

    def _quick_check(self, connection: Connection) -> None:
        if self.engine.dialect.name == "sqlite" and (said := connection.execute(text("PRAGMA quick_check(1)")).scalar()) != "ok":
            raise DatabaseFault(f"{self._name} is damaged ({said}). Put the newest backup beside it in its place.")

    def _migrate(self) -> None:
        from alembic import command

        configuration = _alembic()
        with self._speaking(), self.engine.begin() as connection:
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")

    @property
    def _on_a_server(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @property
    def _name(self) -> str:
        return str(self.path or self.url)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Translate the library's errors once."""
        try:
            yield
        except UnicodeDecodeError as error:  # sqlite3 chokes on its own message about a damaged file
            raise DatabaseFault(f"{self._name} is damaged. Put the newest backup beside it in its place.") from error
        except SQLAlchemyError as error:
            if self._on_a_server:
                raise postgresql.fault_of(error, self._name) from error
            said = str(getattr(error, "orig", None) or error).strip()
            if "locked" in said or "busy" in said:
                raise DatabaseBusy(f"{self._name} is in use by another program ({said}). The next run tries again.") from error
            if "full" in said or "disk I/O" in said:  # the side files of a full disk come out as the second
                raise DatabaseFault(
                    f"{self._name} cannot be written: {said}. Make room on the disk (or look whether it fails); nothing was lost."
                ) from error
            raise DatabaseFault(f"{self._name} cannot be used: {said}. Run `nurture db check`; backups lie beside it.") from error


def _file_of(url: str) -> Path | None:
    """The file of a SQLite URL; None: another database."""
    if not url.startswith("sqlite"):
        return None
    with _speaking_urls():
        name = make_url(url).database
    if not name or name.startswith((":", "file:")):
        raise DatabaseFault("A SQLite database without a file forgets everything. Name one: sqlite:////home/you/nurture.db.")
    return Path(name).absolute()


def _engine(path: Path | None, url: Path | str) -> Engine:
    with _speaking_urls():
        if path is None:
            return postgresql.engine_of(str(url))
        engine = create_engine(URL.create("sqlite", database=str(path)), pool_pre_ping=False)
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def _speaking_urls() -> Iterator[None]:
    """What is no URL of a database, or one whose driver is not installed. The URL itself is not told: it may hold a password."""
    try:
        yield
    except ImportError as error:
        raise DatabaseFault(postgresql.DRIVER) from error
    except (SQLAlchemyError, ValueError) as error:
        raise DatabaseFault("`database_url` in config.toml is no URL of a database that nurture knows. Correct it.") from error


@contextmanager
def _speaking_files(path: Path) -> Iterator[None]:
    """Translate the operating system's errors once."""
    try:
        yield
    except OSError as error:
        raise DatabaseFault(
            f"{error.filename or path} cannot be used ({error.strerror}). Mend its permissions or make room, then run again."
        ) from error


def _look_at_file(path: Path, *, create: bool) -> None:
    """Refuse what is not safe to open; make the folder and the file with the right mode."""
    if path.is_symlink():
        raise DatabaseFault(f"{path} is a symbolic link. Name the real file.")
    if not path.exists():
        if not create:
            raise DatabaseFault(
                f"There is no database at {path}. Run `nurture init`, or `nurture db upgrade` to begin a new one."
            )
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise DatabaseFault(f"{path} is no file. Name a file for the database.")
    if facts.st_uid != os.geteuid():
        raise DatabaseFault(f"{path} belongs to another user. Run nurture as its owner.")
    for file in _files(path):
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            file.chmod(0o600)


def _look_at_folder(path: Path, *, ours: bool) -> None:
    """0700 where the folder is nurture's own: the state folder, or one that holds nothing else. Raises DatabaseFault where others
    may write into it."""
    folder, facts = path.parent, path.parent.stat()
    mode = stat.S_IMODE(facts.st_mode)
    own = ours or all(p.name == "nurture.lock" or p.name.startswith(path.stem) for p in folder.iterdir())
    if own and mode & 0o077 and facts.st_uid == os.geteuid():
        folder.chmod(0o700)
    elif not own and mode & 0o022:
        raise DatabaseFault(f"Others may write into {folder}. Give the database a folder of its own (chmod 700).")


def _files(path: Path) -> Iterator[Path]:
    return (p for p in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")) if p.exists())


def _pragmas(connection: Any, _record: Any) -> None:
    # Transactions are begun by `_begin`; the driver's own habit of beginning late is switched off.
    connection.isolation_level = None
    old = os.umask(0o077)
    try:
        for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
    finally:
        os.umask(old)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _alembic() -> Any:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(shipped("migrations")))
    configuration.set_main_option("path_separator", "os")
    return configuration


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}


def _integrity(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    said = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    return [f"integrity: {s}" for s in said if s != "ok"] + ([f"{len(broken)} broken references"] if broken else [])


def _schema_faults(connection: Connection) -> list[str]:
    there = set(inspect(connection).get_table_names())
    return [f"the table {name} is missing" for name in sorted(Base.metadata.tables) if name not in there]
