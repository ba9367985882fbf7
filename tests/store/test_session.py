"""A transaction: when it begins, what a statement answers with, how one row is put."""

from __future__ import annotations

from sqlalchemy import event, insert, select, update

from nurture.store import Store, people
from nurture.store.tables import Addresses, Meta, People
from tests.store.builders import a_person


def test_nothing_is_locked_before_the_first_statement(store: Store) -> None:
    """Who looks elsewhere first keeps nobody waiting."""
    with store.begin(), store.begin() as session:
        a_person(session)

    with store.begin() as session:
        assert len(people.all(session)) == 1


def test_a_statement_answers_with_values_or_with_whole_rows(store: Store) -> None:
    """A column's values; of a table, rows with its columns by name; None where there is nothing."""
    with store.begin() as session:
        key = a_person(session)
        address = session.scalars(select(Addresses)).one()

        assert (address.person, address.place) == (key, 0)
        assert session.scalars(select(Addresses.address)).all() == [address.address]
        assert session.scalar(select(People.id)) == key
        assert session.scalar(select(Meta)) is None


def test_what_is_changed_is_seen_at_once(store: Store) -> None:
    """A row is as it stood when it was asked for; asked again, it is as it stands."""
    with store.begin() as session:
        key = a_person(session)
        before = session.scalars(select(People)).one()
        session.execute(update(People).where(People.id == key).values(name="Anna"))

        assert before.name != "Anna"
        assert session.scalars(select(People)).one().name == "Anna"


def test_a_row_that_is_put_is_added_changed_or_left(store: Store) -> None:
    """What stands already is not written again."""
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *facts: said.append(facts[2].split()[0]))
    with store.begin() as session:
        for value in ("a", "b", "b"):
            session.put(Meta, {"name": "told"}, {"value": value})

        assert session.scalars(select(Meta.value)).all() == ["b"]
    assert [word for word in said if word not in ("BEGIN", "SELECT")] == ["INSERT", "UPDATE"]


def test_defaults_and_the_owner_are_filled_in(store: Store) -> None:
    """One row at a time, or many."""
    with store.begin() as session:
        key = a_person(session)
        session.execute(insert(Addresses), [{"address": f"a{n}@x.example", "person": key, "place": n} for n in (1, 2)])

        assert [row.owner for row in session.scalars(select(Addresses))] == [1, 1, 1]
        assert [(row.owner, row.stopped, row.settled) for row in session.scalars(select(People))] == [(1, False, None)]
