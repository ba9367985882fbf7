"""Resources in whole runs: what a draft shares is remembered by what becomes of the draft, and nothing changes by surprise."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurture.drafts import Resource
from nurture.followups import DraftState
from nurture.store import cases, ledger, library, people
from tests.whole.house import LETTER, House

LINK = "https://exemple.example/pairs"
PAIRS = Resource(title="Apprendre entre pairs", lang="fr", url=LINK, tags=("clients",), sentence="Un cas chiffré.")
OTHER = Resource(
    title="Garder ses clients",
    lang="fr",
    url="https://exemple.example/garder",
    tags=("clients",),
    sentence="Une liste à reprendre.",
)
WEEK = 9


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Nothing has happened yet."""
    return House(tmp_path)


def shelve(house: House, *resources: Resource) -> None:
    """The owner adds to the library."""
    with house.world() as world, world.store.begin() as session:
        for resource in resources:
            library.add(session, resource, house.now)


def had(house: House, address: str = "anna@client.example") -> frozenset[int]:
    """What somebody has had, by the ledger."""
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, address)
        assert row
        return library.had(session, row.person.key)


def test_what_a_draft_shares_is_written_down_with_it(house: House) -> None:
    """In the ledger, at the moment of being appended; a dry run writes nothing down."""
    house.write()
    shelve(house, PAIRS)
    house.later(days=WEEK).run(dry_run=True)
    assert had(house) == frozenset()
    house.run()

    [uid] = house.drafts()
    assert LINK in house.body(uid)
    assert had(house) == {1}


@pytest.mark.parametrize(
    ("state", "kept"),
    [(DraftState.WITHDRAWN, False), (DraftState.DELETED, True), (DraftState.SENT, True), (DraftState.CLOSED, True)],
)
def test_what_nobody_can_have_read_may_be_shared_later(house: House, state: DraftState, kept: bool) -> None:
    """Taken back untouched: proven. Anything else: they may have had it."""
    house.write()
    shelve(house, PAIRS)
    house.later(days=WEEK).run()
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, "anna@client.example")
        assert row
        ledger.move(session, ledger.for_person(session, row.person.key)[-1].id, state, house.now)

    assert had(house) == ({1} if kept else frozenset())


@pytest.mark.parametrize("shelf", [(PAIRS,), (PAIRS, OTHER)])
def test_a_link_that_the_owner_sent_by_hand_is_not_sent_again(house: House, shelf: tuple[Resource, ...]) -> None:
    """The next best is; and where there is none the draft leaves a slot."""
    house.write(text=f"{LETTER}\n\nUne lecture : {LINK}?utm_source=lettre")
    shelve(house, *shelf)
    house.later(days=WEEK).run()
    [uid] = house.drafts()

    assert LINK not in house.body(uid)
    assert (OTHER.url in house.body(uid)) == (OTHER in shelf)
    assert ("⟦" in house.body(uid)) != (OTHER in shelf)


def test_a_new_resource_changes_no_plan_and_no_draft(house: House) -> None:
    """Nobody is looked at anew, and what lies in Drafts stays as it is."""
    house.write()
    house.later(days=WEEK).run()
    before = [house.raw(uid) for uid in house.drafts()]
    with house.world() as world, world.store.begin() as session:
        due = cases.due(session, house.now.date())
    shelve(house, PAIRS)
    with house.world() as world, world.store.begin() as session:
        assert cases.due(session, house.now.date()) == due
    house.run()

    assert [house.raw(uid) for uid in house.drafts()] == before
    assert had(house) == frozenset()


def test_what_was_removed_and_comes_back_is_not_new(house: House) -> None:
    """It comes back under its number."""
    house.write()
    shelve(house, PAIRS)
    house.later(days=WEEK).run()
    with house.world() as world, world.store.begin() as session:
        library.remove(session, 1, house.now)
        assert library.all(session) == ()
        assert library.add(session, PAIRS, house.now).key == 1

    assert had(house) == {1}
