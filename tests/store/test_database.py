"""The database as a whole: safe to open, migrated from the first revision, backed up before a change, locked for one run."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import URL, event, text

from nurture.errors import AlreadyRunning, DatabaseBusy, DatabaseFault, Deferred
from nurture.store import Store, meta, schema_version
from nurture.store.database import _alembic


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A file; what is different on PostgreSQL is told in `test_postgresql`."""
    opened = Store.open(tmp_path / "state" / "nurture.db", create=True)
    yield opened
    opened.close()


def mode(path: Path) -> int:
    """Permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


def test_the_programs_schema_is_the_newest_migration() -> None:
    """Alembic's own answer; there is one line of descent."""
    script = ScriptDirectory.from_config(_alembic())

    assert script.get_heads() == [schema_version()]


def test_only_the_owner_can_read_it(store: Store, tmp_path: Path) -> None:
    """0600 in 0700, the side files too."""
    with store.begin() as session:
        meta.put(session, "a", "b")
        folder = tmp_path / "state"

        assert mode(folder) == 0o700
        assert {p.name for p in folder.iterdir()} >= {"nurture.db", "nurture.db-wal", "nurture.db-shm"}
        assert {mode(p) for p in folder.iterdir()} == {0o600}


def test_wrong_permissions_are_mended_at_opening(store: Store, tmp_path: Path) -> None:
    """A backup program that widened them."""
    path = tmp_path / "state" / "nurture.db"
    store.close()
    path.chmod(0o644)
    path.parent.chmod(0o755)

    Store.open(path).close()

    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_every_commit_survives(store: Store) -> None:
    """WAL, synchronous=FULL, foreign keys, secure delete."""
    with store.engine.connect() as connection:
        pragmas = {
            p: connection.execute(text(f"PRAGMA {p}")).scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_an_error_rolls_the_whole_transaction_back(store: Store) -> None:
    """Nothing half done."""

    def half() -> None:
        with store.begin() as session:
            meta.put(session, "a", "b")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with store.begin() as session:
        assert meta.get(session, "a") is None


def test_one_run_at_a_time_and_the_lock_dies_with_its_process(store: Store, tmp_path: Path) -> None:
    """However the process ends."""
    program = f"from nurture.store import Store; from pathlib import Path; import os, signal\ns = Store.open(Path({str(store.path)!r}))\nwith s.lock():\n    print('held', flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    with store.lock(), pytest.raises(AlreadyRunning), store.lock():
        raise AssertionError("two runs at once")

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.stdout == "held\n"
    with store.lock():
        assert (tmp_path / "state" / "nurture.lock").exists()


def test_a_missing_database_says_how_to_begin(tmp_path: Path) -> None:
    """Exit code 14; nothing is created."""
    with pytest.raises(DatabaseFault, match="nurture init") as fault:
        Store.open(tmp_path / "state" / "nurture.db")

    assert fault.value.exit_code == 14
    assert not (tmp_path / "state").exists()


def test_a_link_is_refused(store: Store, tmp_path: Path) -> None:
    """T19: a symbolic link could point anywhere."""
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "state" / "nurture.db")

    with pytest.raises(DatabaseFault, match="symbolic link"):
        Store.open(link)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """It has tables, and none of them is Alembic's."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table photos (name text)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(DatabaseFault, match="is not nurture's"):
        Store.open(path)
    assert path.read_bytes()[100:] == before[100:]


def test_a_newer_database_is_refused(store: Store, tmp_path: Path) -> None:
    """And keeps its version."""
    path = tmp_path / "state" / "nurture.db"
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    store.close()

    with pytest.raises(DatabaseFault, match="newer nurture"):
        Store.open(path)


def test_a_damaged_database_is_refused(store: Store, tmp_path: Path) -> None:
    """Flipped bytes are found before a run goes by them, where a backup is named."""
    path = tmp_path / "state" / "nurture.db"
    store.close()
    raw = bytearray(path.read_bytes())
    for at in range(4096, len(raw), 97):
        raw[at] ^= 0xFF
    path.write_bytes(bytes(raw))

    with pytest.raises(DatabaseFault, match="backup"):
        Store.open(path, look_over=True)


def test_a_busy_database_is_for_the_next_run(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else writes: deferred, not broken."""
    other = sqlite3.connect(str(store.path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with store.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA busy_timeout=50")
        with pytest.raises(Deferred, match="in use"), store.begin() as session:
            meta.put(session, "a", "b")
    finally:
        other.close()


def test_check_finds_what_is_wrong(store: Store, tmp_path: Path) -> None:
    """Permissions, a missing table, a broken reference."""
    assert store.check() == ()
    (tmp_path / "state" / "nurture.db").chmod(0o644)
    with store.engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("INSERT INTO addresses (address, person, place) VALUES ('x@y.example', 99, 0)")
        cursor.execute("DROP TABLE meta")

    said = "; ".join(store.check())

    assert "chmod 600" in said
    assert "broken references" in said
    assert "the table meta is missing" in said


def test_a_database_full_of_rows_is_copied_before_its_schema_changes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`VACUUM INTO` beside it, once, for its owner only."""
    path = tmp_path / "state" / "nurture.db"
    with store.begin() as session:
        meta.put(session, "kept", "yes")
    store.close()
    there = schema_version()
    monkeypatch.setattr("nurture.store.database.HEAD", "9999_next")
    monkeypatch.setattr("nurture.store.database._known_revisions", lambda: {there, "9999_next"})

    Store.open(path).close()

    [copy] = [p for p in path.parent.iterdir() if ".before-9999_next-from-" in p.name]
    assert mode(copy) == 0o600
    with sqlite3.connect(copy) as connection:
        assert connection.execute("select value from meta").fetchone() == ("yes",)
    connection.close()


BACKED_UP = """\
import resource, sys
from pathlib import Path
from nurture.store import Store, database
there = database.HEAD
database.HEAD, database._known_revisions = "9999_next", lambda: {there, "9999_next"}
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
Store.open(Path(sys.argv[1]))
"""


def test_a_backup_that_finds_no_room_is_none(store: Store, tmp_path: Path) -> None:
    """The schema stays as it is, and no half copy is left to be taken for a whole one."""
    path = tmp_path / "state" / "nurture.db"
    store.close()
    done = subprocess.run([sys.executable, "-c", BACKED_UP, str(path)], capture_output=True, text=True, check=False)

    assert "DatabaseFault: The backup" in done.stderr.splitlines()[-1]
    assert "nothing was changed" in done.stderr.splitlines()[-1]
    assert [p.name for p in path.parent.iterdir() if "before" in p.name] == []
    Store.open(path).close()


def test_the_backup_of_another_program_is_waited_for_only_so_long(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that never ends does not keep every later start waiting; who holds the folder for matters of their own is not in the way."""
    path, there = tmp_path / "state" / "nurture.db", schema_version()
    store.close()
    monkeypatch.setattr("nurture.store.database.HEAD", "9999_next")
    monkeypatch.setattr("nurture.store.database._known_revisions", lambda: {there, "9999_next"})
    monkeypatch.setattr("nurture.store.backup.PATIENCE", 0.2)
    lock = path.with_name(f"nurture.before-9999_next-from-{there}.lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(DatabaseBusy, match="backup"):
            Store.open(path)

    folder = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    Store.open(path).close()
    os.close(folder)

    assert [p.suffix for p in path.parent.iterdir() if "before" in p.name] == [".db"]


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    """Nothing is lost, and what to do is said."""
    store = Store.open(tmp_path / "nurture.db", create=True)
    try:
        with store.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA max_page_count=70")
        with pytest.raises(DatabaseFault, match="Make room on the disk"), store.begin() as session:
            meta.put(session, "a", "x" * 2_000_000)
    finally:
        store.close()


def test_another_users_file_is_refused(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run as its owner."""
    monkeypatch.setattr(os, "geteuid", lambda: 54321)

    with pytest.raises(DatabaseFault, match="belongs to another user"):
        Store.open(tmp_path / "state" / "nurture.db")


def test_a_database_named_by_its_url_is_as_private(tmp_path: Path) -> None:
    """0600, with what lies beside it, in a folder of 0700 that is made for it; the umask does not matter."""
    path = tmp_path / "own" / "prospects #1%20.db"
    old = os.umask(0)
    try:
        store = Store.open(str(URL.create("sqlite", database=str(path))), create=True)
        with store.begin() as session:
            meta.put(session, "a", "b")
        beside = {p.name: mode(p) for p in path.parent.iterdir()}
        store.close()
    finally:
        os.umask(old)

    assert path.exists()
    assert mode(path.parent) == 0o700
    assert len(beside) == 3
    assert set(beside.values()) == {0o600}
    assert store.path == path


def test_a_folder_that_holds_other_things_keeps_its_mode_and_is_refused_where_others_write(tmp_path: Path) -> None:
    """Somebody's home is not closed for a database in it; a folder open to everybody is no place for one."""
    (tmp_path / "shared").mkdir(mode=0o755)
    (tmp_path / "shared" / "letters.txt").touch()
    url = f"sqlite:///{tmp_path}/shared/n.db"
    Store.open(url, create=True).close()
    assert mode(tmp_path / "shared") == 0o755

    (tmp_path / "shared").chmod(0o777)
    with pytest.raises(DatabaseFault, match="folder of its own"):
        Store.open(url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://", "forgets everything"),
        ("sqlite:///:memory:", "forgets everything"),
        ("nonsense", "no URL"),
        ("oracle://me:secret@host/x", "no URL"),
        ("postgresql+psycopg2://me:secret@host/x", "no URL"),
        ("postgresql+nothing://me:secret@host/x", "no URL"),
        ("postgresql://me:secret@host:port/x", "no URL"),
    ],
)
def test_what_is_no_usable_url_is_told_without_its_password(url: str, says: str) -> None:
    """Exit code 14."""
    with pytest.raises(DatabaseFault, match=says) as fault:
        Store.open(url)
    assert "secret" not in str(fault.value)


def test_without_the_driver_of_postgresql_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes with `nurture[postgresql]` only."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(DatabaseFault, match=r"Run `pip install 'nurture\[postgresql\]'`") as fault:
        Store.open("postgresql://me:secret@host/x")
    assert "secret" not in str(fault.value)


def test_a_place_that_cannot_hold_a_database_is_told(tmp_path: Path) -> None:
    """A folder in the way, a file where a folder should be."""
    (tmp_path / "nurture.db").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseFault, match="is no file"):
        Store.open(tmp_path / "nurture.db")
    with pytest.raises(DatabaseFault, match="cannot be used"):
        Store.open(tmp_path / "file" / "nurture.db", create=True)


def test_a_database_that_another_program_holds_is_busy_not_broken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deferred; a command of the owner's that meets it exits with the database's code."""
    assert store.path
    with sqlite3.connect(store.path) as other:
        other.execute("BEGIN IMMEDIATE")
        event.listen(store.engine, "connect", lambda c, _r: c.execute("PRAGMA busy_timeout=10"))
        store.engine.dispose()
        with pytest.raises(DatabaseBusy) as busy, store.begin() as session:
            meta.put(session, "a", "b")
    other.close()
    assert (busy.value.exit_code, busy.value.speaks_with) == (0, 14)
