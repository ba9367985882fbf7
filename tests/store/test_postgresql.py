"""PostgreSQL as the database: how it is reached and named, its locks, and what it keeps as SQLite does although it is stricter."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, text

from nurture.errors import AlreadyRunning, DatabaseBusy, DatabaseFault
from nurture.store import Brought, Scratch, Store, Watermark, bring, cases, folders, known, library, messages, meta, people
from nurture.store import postgresql as server
from nurture.store.tables import Addresses
from tests.servers.postgresql import PASSWORD, Postgresql
from tests.store.builders import ACCOUNT, NOW, a_kept, a_person, add, intend

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


@pytest.fixture
def url(postgresql: Postgresql) -> str:
    """A database with all tables and nothing in them."""
    return postgresql.emptied()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """It, open."""
    opened = Store.open(url)
    yield opened
    opened.close()


# How it is reached


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_it_is_named_as_hosters_and_libraries_name_it(postgresql: Postgresql, url: str, scheme: str) -> None:
    """All are spoken to with the one driver."""
    name = url.rpartition("/")[2]
    store = Store.open(postgresql.url(name, scheme=scheme))
    store.close()

    assert store.url == f"postgresql://nurture@127.0.0.1:{postgresql.port}/{name}"


def test_a_password_anywhere_in_the_url_is_never_shown(postgresql: Postgresql, url: str) -> None:
    """libpq takes it among the options, too."""
    name = url.rpartition("/")[2]
    store = Store.open(f"postgresql:///{name}?host=127.0.0.1&port={postgresql.port}&user=nurture&password={PASSWORD}")
    store.close()
    with pytest.raises(DatabaseFault, match="cannot be reached") as fault:
        Store.open(postgresql.url("nothing_there"))

    assert PASSWORD not in store.url + str(fault.value)


@pytest.mark.parametrize("wrong", ["user", "port", "database"])
def test_a_server_that_cannot_be_reached_is_told_with_what_to_look_at(postgresql: Postgresql, url: str, wrong: str) -> None:
    """Exit code 14."""
    told = {"user": url.replace("nurture:", "somebody:"), "port": url.replace(str(postgresql.port), "9"), "database": url + "x"}

    with pytest.raises(DatabaseFault, match=r"(?s)cannot be reached: .*Look whether the server runs") as fault:
        Store.open(told[wrong])
    assert fault.value.exit_code == 14


def test_an_encoding_that_cannot_hold_every_name_is_refused(postgresql: Postgresql) -> None:
    """Before anything is written."""
    latin = postgresql.new_database("ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")

    with pytest.raises(DatabaseFault, match=r"kept in LATIN1.*UTF8"):
        Store.open(latin, create=True)
    assert postgresql.say(latin, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


def test_what_the_environment_says_of_encoding_zone_and_isolation_does_not_matter(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libpq and the server heed it otherwise."""
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    monkeypatch.setenv("PGTZ", "Pacific/Auckland")
    monkeypatch.setenv("PGOPTIONS", "-c default_transaction_isolation=serializable")
    store = Store.open(url)
    try:
        with store.begin() as session:
            meta.put(session, "name", "Žofie 🙂")
            said = session.execute(text("SELECT current_setting('transaction_isolation'), current_setting('TimeZone')")).one()
        with store.begin() as session:
            assert meta.get(session, "name") == "Žofie 🙂"
    finally:
        store.close()

    assert tuple(said) == ("read committed", "UTC")


def test_a_database_without_tables_is_not_filled_unasked(postgresql: Postgresql) -> None:
    """It may be another one than was meant; asked, it is. A table that goes missing later is found."""
    empty = postgresql.new_database()
    with pytest.raises(DatabaseFault, match=r"holds no tables yet. Run `nurture db upgrade`"):
        Store.open(empty)

    store = Store.open(empty, create=True)
    assert store.check() == ()
    postgresql.say(empty, "DROP TABLE meta")
    assert store.check() == ("the table meta is missing",)
    store.close()


def test_another_programs_and_a_newer_nurtures_database_are_left_alone(postgresql: Postgresql) -> None:
    """The one has tables, and none of them is Alembic's; the other one has come further."""
    other = postgresql.new_database()
    postgresql.say(other, "CREATE TABLE photos (name text)")
    with pytest.raises(DatabaseFault, match="is not nurture's"):
        Store.open(other, create=True)

    postgresql.say(other, "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('0999_future')")
    with pytest.raises(DatabaseFault, match="newer nurture"):
        Store.open(other, create=True)
    assert [tuple(row) for row in postgresql.say(other, "TABLE alembic_version")] == [("0999_future",)]


# Its locks

HOLDER = """
import sys
from nurture.store import Store, meta
store = Store.open(sys.argv[1])
with store.lock(), store.begin() as session:
    meta.put(session, "half", "done")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of a run, and of a transaction."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_transactions_wait_for_one_another_but_not_for_ever(
    url: str, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deferred, not broken; a command of the owner's that meets it exits with the database's code."""
    monkeypatch.setattr(server, "SETTINGS", server.SETTINGS.replace("10s", "50ms"))

    with pytest.raises(DatabaseBusy, match="in use by another program") as busy:
        Store.open(url)

    assert (busy.value.exit_code, busy.value.speaks_with) == (0, 14)
    assert holder.poll() is None


def test_a_killed_run_leaves_neither_its_lock_nor_half_a_transaction(url: str, holder: subprocess.Popen[str]) -> None:
    """However the process ends."""
    holder.kill()

    store = Store.open(url)
    with store.lock(), store.begin() as session:
        assert meta.get(session, "half") is None
    store.close()


def test_one_run_at_a_time(store: Store, url: str) -> None:
    """Neither another program nor this one itself begins a second; afterwards each may."""
    other = Store.open(url)
    with store.lock():
        for one in (other, store):
            with pytest.raises(AlreadyRunning), one.lock():
                raise AssertionError("two runs at once")
        with other.begin() as session:
            meta.put(session, "a", "a command of the owner's goes on")
    with other.lock(), store.begin() as session:
        assert meta.get(session, "a")
    with store.lock():
        pass
    other.close()


def test_a_run_that_loses_its_connection_stops_and_the_next_one_goes_on(store: Store, url: str, postgresql: Postgresql) -> None:
    """Its lock went with the connection: it must not open another one and write on beside the next run."""
    with store.lock():
        with store.begin() as session:
            meta.put(session, "before", "kept")
        postgresql.hang_up(url)
        with pytest.raises(DatabaseFault), store.begin() as session:
            meta.put(session, "after", "lost")
        with pytest.raises(DatabaseFault, match="lost in the middle of a run"), store.begin() as session:
            meta.put(session, "after", "lost")

    with store.lock(), store.begin() as session:
        assert (meta.get(session, "before"), meta.get(session, "after")) == ("kept", None)


def test_what_a_transaction_has_read_still_holds_when_it_writes(store: Store, url: str) -> None:
    """Eight programs add one to a number at once; none is lost."""

    def count() -> None:
        one = Store.open(url)
        for _ in range(5):
            with one.begin() as session:
                number = int(meta.get(session, "number") or 0)
                time.sleep(0.001)
                meta.put(session, "number", str(number + 1))
        one.close()

    crowd = [threading.Thread(target=count) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)

    with store.begin() as session:
        assert meta.get(session, "number") == "40"


# What it keeps


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("53100", "Make room on the disk"),
        ("42501", "own the database"),
        ("40P01", "The next run tries again"),
        ("57014", "nurture db check"),
    ],
)
def test_what_the_server_reports_is_told_with_what_to_do(store: Store, state: str, says: str) -> None:
    """A full disk, a user without rights, programs that wait for each other, and anything else."""
    odd = text(f"DO $$ BEGIN RAISE EXCEPTION 'odd' USING ERRCODE = '{state}'; END $$")
    with pytest.raises((DatabaseFault, DatabaseBusy), match=f"odd.*{says}"), store.begin() as session:
        session.execute(odd)


def test_a_fault_names_nobody(store: Store) -> None:
    """The server tells the values of a row that it refuses; cron would mail them."""
    with store.begin() as session:
        row = {"address": "anna@client.example", "person": a_person(session), "place": 1}
    with pytest.raises(DatabaseFault, match="pk_addresses") as fault, store.begin() as session:
        session.execute(insert(Addresses).values(**row))

    assert "anna" not in str(fault.value)


def test_text_that_it_cannot_hold_or_that_is_too_long_is_made_fit(store: Store) -> None:
    """NUL, half a surrogate pair, and what is longer than its column: replaced or cut, and found again by what was given."""
    with store.begin() as session:
        key = a_person(session)
        odd = a_kept(key, subject="a\x00b\ud800c", folder="F" * 2000)
        [number] = add(session, odd)
        bring(session, [Brought(addresses=("paul@x.example",), first_name="P" * 300)], source="test", now=NOW)

        assert messages.subject(session, odd.id) == "a\ufffdb\ufffdc"
        assert add(session, odd) == [number]
        place = messages.place(session, ACCOUNT, odd.id)
        paul = people.by_address(session, "paul@x.example")
        assert place is not None
        assert paul is not None
        assert (place.folder, paul.person.first_name) == ("F" * 1000, "P" * 100)


def test_moments_are_the_same_whatever_zone_they_come_in(store: Store) -> None:
    """UTC by type; the first and the last that a calendar knows among them."""
    moments = [
        datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=2))), datetime(1, 1, 1, 0, 0, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ]  # fmt: skip
    with store.begin() as session:
        key = a_person(session)
        numbers = add(session, *(a_kept(key, id=f"<{n}@x.example>", days=n) for n in range(3)))
        for number, moment in zip(numbers, moments, strict=True):
            session.execute(text("UPDATE messages SET sent = :at WHERE id = :id"), [{"at": moment, "id": number}])
    with store.begin() as session:
        assert [row.sent for row in messages.unread(session, numbers)] == sorted(moments)


def test_numbers_as_large_as_a_server_may_say_are_kept(store: Store) -> None:
    """UIDs of 32 bits without a sign. A number that no row can have is nobody's."""
    most = 2**32 - 1
    with store.begin() as session:
        folders.keep(session, ACCOUNT, "INBOX", "inbox", Watermark(uidvalidity=most, next_uid=most, exists=2**31 - 1))
        mark = folders.watermark(session, ACCOUNT, "INBOX")
        assert mark is not None
        assert (mark.uidvalidity, mark.next_uid, mark.exists) == (most, most, 2**31 - 1)
        assert library.get(session, most) is None
        assert library.get(session, 10**30) is None


def test_names_stand_in_one_order_whatever_the_server_was_set_up_with(store: Store) -> None:
    """This one sorts as the French do: é between e and f, capitals beside small letters."""
    names = ["Zoé", "b", "É", "a", "Eve", "e", "_", "9"]
    with store.begin() as session:
        for name in names:
            known.clear(session, name, NOW)
            folders.keep(session, ACCOUNT, name, "other", Watermark(uidvalidity=1, next_uid=1, exists=0))
        assert [text for text, _ in known.cleared(session)] == sorted(names)
        assert [row.name for row in folders.rows(session, ACCOUNT)] == sorted(names)


def test_a_copy_in_memory_is_the_same(store: Store) -> None:
    """`simulate` and `replay` play with it; the database never hears of it."""
    with store.begin() as session:
        key = a_person(session)
        add(session, a_kept(key, "us", days=3), a_kept(key, days=2))
        intend(session, key)
    scratch = Scratch.copy_of(store)
    with store.begin() as there, scratch.begin() as here:
        assert cases.load(here, [key], today=NOW.date()) == cases.load(there, [key], today=NOW.date())
        a_person(here, "paul")

    with store.begin() as session:
        assert len(people.all(session)) == 1
    scratch.close()
