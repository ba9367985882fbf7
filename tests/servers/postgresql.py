"""A PostgreSQL of the tests' own: on loopback, in a temporary folder, ended by its pid.

Works as root (the server then runs as `postgres`, or `nobody`) and as any other user. It sorts as the French do, for a server that
was set up in France does; what it is told about durability is that tests need none.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from nurture.store import Store
from nurture.store.tables import Base
from tests.servers.dovecot import free_port

PASSWORD = "secret-of-the-tests"
OWNER = "nurture"
PATIENCE = 30  # seconds until a server that was started must be ready
NOT_DURABLE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=40")
# Every row, and numbers begin at 1 again: sooner done than a new database.
RESTART = """DO $$ DECLARE s regclass; BEGIN FOR s IN SELECT oid FROM pg_class WHERE relkind = 'S' LOOP
    EXECUTE 'ALTER SEQUENCE ' || s || ' RESTART'; END LOOP; END $$"""
_names = count(1)


@dataclass
class Postgresql:
    """A running server."""

    port: int
    _kept: str = ""

    def url(self, database: str, *, scheme: str = "postgresql") -> str:
        """The database as a configuration would name it."""
        return f"{scheme}://{OWNER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self, more: str = "", *, name: str = "") -> str:
        """The URL of one that holds nothing. `more`: what else CREATE DATABASE is told."""
        name = name or f"d{next(_names)}"
        self.say(self.url("postgres"), f'CREATE DATABASE "{name}" {more}')
        return self.url(name)

    def emptied(self) -> str:
        """The URL of one with all tables and no row; always the same one."""
        if not self._kept:
            self._kept = self.new_database()
            Store.open(self._kept, create=True).close()
        rows = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables))
        self.say(self._kept, f"{rows}; {RESTART}")
        return self._kept

    def say(self, url: str, statement: str) -> Sequence[Any]:
        """One or more statements, past nurture; the rows of the last one."""
        engine = create_engine(
            url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            said = connection.exec_driver_sql(statement)
            return said.fetchall() if said.returns_rows else ()

    def hang_up(self, url: str) -> None:
        """End every connection to a database, as a server does that is restarted."""
        name = url.rpartition("/")[2]
        self.say(self.url("postgres"), f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


@contextmanager
def running_postgresql() -> Iterator[Postgresql]:
    """A server for as long as the block lasts."""
    base = Path(tempfile.mkdtemp(prefix="postgresql-", dir="/tmp"))  # not below pytest's folders: paths of sockets are short
    try:
        (base / "password").write_text(PASSWORD)
        for path in (base, base / "password"):
            _give(path)
        _made(base)
        port = free_port()
        settings = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={base}", *NOT_DURABLE)
        options = [word for setting in settings for word in ("-c", setting)]
        with (base / "log").open("wb") as log:
            process = subprocess.Popen([_program("postgres"), "-D", str(base / "data"), *options], stderr=log, **_as_whom())
        try:
            _await(base, process)
            yield Postgresql(port=port)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing is to be kept
            process.wait(60)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _made(base: Path) -> None:
    """The server's files, and in them its owner."""
    version = subprocess.run([_program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    french = ["--locale-provider=icu", "--icu-locale=fr"] if int(version.partition(".")[0]) >= 15 else []
    words = ["-D", str(base / "data"), "-U", OWNER, "-A", "scram-sha-256", f"--pwfile={base / 'password'}", "-E", "UTF8", "--locale=C", "--no-sync"]  # fmt: skip
    done = subprocess.run([_program("initdb"), *words, *french], capture_output=True, text=True, check=False, **_as_whom())
    assert done.returncode == 0, f"PostgreSQL could not be set up: {done.stderr}"


def _await(base: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the server has written that it is ready: the eighth line of its pid file."""
    end, told = time.monotonic() + PATIENCE, base / "data" / "postmaster.pid"
    while process.poll() is None and time.monotonic() < end:
        if told.exists() and told.read_text().split("\n")[7:8] == ["ready   "]:
            return
        time.sleep(0.05)
    process.kill()
    raise AssertionError(f"PostgreSQL did not start: {(base / 'log').read_text()}")


def _program(name: str) -> str:
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name.partition(".")[0]))
    found = shutil.which(name, path=":".join([*map(str, reversed(newest)), os.environ.get("PATH", "")]))
    assert found, "PostgreSQL is missing. Run `make test`, which installs it where it can, or apt-get install postgresql."
    return found


def _as_whom() -> dict[str, Any]:
    """A server never runs as root."""
    if os.getuid() != 0:
        return {"cwd": "/"}
    somebody = _somebody()
    return {"cwd": "/", "user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


def _somebody() -> pwd.struct_passwd:
    return next(p for name in ("postgres", "nobody") for p in pwd.getpwall() if p.pw_name == name)


def _give(path: Path) -> None:
    if os.getuid() == 0:
        somebody = _somebody()
        os.chown(path, somebody.pw_uid, somebody.pw_gid)
