"""Looking ahead and back leaves no trace: copies in memory, transactions that are taken back, a list of noes as it stood."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nurture.store import NoesOfThen, Rehearsal, Scratch, Store, Suppression, cases, ledger, meta, people, words
from nurture.store.scratch import copy_rows
from nurture.store.tables import Base
from tests.store.builders import NOW, a_kept, a_person, add, intend


def test_a_copy_holds_everything_and_gives_nothing_back(store: Store) -> None:
    """It is read and written as the database itself; the database never hears of it."""
    with store.begin() as session:
        key = a_person(session)
        add(session, a_kept(key, "us", days=3))
    scratch = Scratch.copy_of(store)

    with scratch.begin() as session:
        assert [len(c.conversation.entries) for c in cases.load(session, [key], today=NOW.date())] == [1]
        a_person(session, "paul")

    with scratch.lock(), store.lock(), store.begin() as session:
        assert len(people.all(session)) == 1
    scratch.close()


def test_an_empty_one_has_every_table_and_keeps_references(store: Store) -> None:
    """As a database that was just made."""
    scratch = Scratch.empty()

    with scratch.begin() as session:
        assert people.all(session) == ()
        assert a_person(session) == 1
    assert scratch.check() == ()


def test_a_copy_row_by_row_is_the_same(store: Store) -> None:
    """As another make of database is copied: every table, every type of column, whatever refers to what."""
    with store.begin() as session:
        key = a_person(session)
        add(session, a_kept(key, "us", days=3), a_kept(key, days=2))
        words.pause(session, key, NOW.date(), NOW)
        intend(session, key)
    scratch = Scratch.empty()
    with store.begin() as there, scratch.begin() as here:
        copy_rows(there, here, frozenset(Base.metadata.tables))

    with store.begin() as there, scratch.begin() as here:
        assert cases.load(here, [key], today=NOW.date()) == cases.load(there, [key], today=NOW.date())
        assert ledger.for_person(here, key) == ledger.for_person(there, key)
    assert scratch.check() == ()


def test_what_is_written_in_a_rehearsal_is_gone_at_its_end(store: Store) -> None:
    """Within one transaction it is seen, after it no more."""
    rehearsal = Rehearsal(store)
    with rehearsal.begin() as session:
        meta.put(session, "told", "yes")
        assert meta.get(session, "told") == "yes"

    with rehearsal.begin() as session:
        assert meta.get(session, "told") is None
    with store.begin() as session:
        assert meta.get(session, "told") is None


def test_the_list_as_it_stood_before_a_day(tmp_path: Path) -> None:
    """What was said on that day or later is not known yet; time can go on; the file stays as it is."""
    real = Suppression(tmp_path, create=True)
    real.add("anna@client.example", "owner", NOW - timedelta(days=2))
    real.add("@other.example", "owner", NOW)
    real.reopen("anna@client.example", "owner", NOW + timedelta(days=1))
    content = real.path.read_bytes()

    then = NoesOfThen(real, NOW.date())
    assert then.contains("Anna@client.example")
    assert not then.contains("paul@other.example")
    then.come_to(NOW.date() + timedelta(days=1))
    assert then.contains("anna@client.example")
    assert then.contains("paul@other.example")
    then.come_to(None)
    assert not then.contains("anna@client.example")

    then.add("paul@client.example", "they asked", NOW)
    assert then.contains("paul@client.example")
    assert real.path.read_bytes() == content
    assert not real.contains("paul@client.example")


@pytest.mark.parametrize("line", ["", "-", "+zz", "+" + "0" * 64 + " someday owner", "é" * 200])
def test_a_damaged_line_of_the_list_hinders_nothing(tmp_path: Path, line: str) -> None:
    """A no without a readable day counts from the beginning; what is nothing is passed over."""
    real = Suppression(tmp_path, create=True)
    real.path.write_text(line + "\n", encoding="utf-8")
    real.add("anna@client.example", "owner", NOW)

    then = NoesOfThen(real, date(2000, 1, 1))

    assert then.count == line.startswith("+0")
    then.come_to(None)
    assert then.contains("anna@client.example")


def test_the_next_day_on_which_somebody_is_due(store: Store) -> None:
    """The very next one where something has touched somebody; the nearest to come otherwise; none where nobody waits."""
    with store.begin() as session:
        assert cases.next_day(session, NOW.date()) is None
        a_person(session)
        assert cases.next_day(session, NOW.date()) == NOW.date() + timedelta(days=1)
        assert cases.without_mail(session, [1]) == {1}
        assert cases.with_own_drafts(session) == frozenset()
