"""Sequences that change while people are on their way: nothing running changes by surprise, nobody loses a place, none twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurture.errors import TemplateFault, WrongUsage
from nurture.followups import shipped_sequences
from nurture.migrate import Migration, migrate, planned
from nurture.revise import NotSaved, NotTakenIn, Saved, rename, retire, save, take_in, templates_of
from nurture.store import Author, people, sequences, words
from tests.whole.house import House

PAUL = "Paul Petit <paul@boutique.example>"
SHIPPED = dict(shipped_sequences())
STRANGER = SHIPPED["stranger"]
RENAMED = STRANGER.replace('name = "useful-news"', 'name = "hello"').replace("12 working days", "20 working days")
SOONER = STRANGER.replace("5 working days", "3 working days")
MINE = STRANGER.replace('name = "stranger"', 'name = "mine"')
FRENCH = 'for = { lang = "fr" }'
WEEK = 9  # days after which a stranger's first step is due


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A letter went to Anna, the useful news after it was sent; Paul was written to today."""
    found = House(tmp_path)
    found.write()
    found.later(days=WEEK).run()
    found.send(found.drafts()[0])
    found.later(minutes=5).write(to=PAUL, subject="Vos débuts")
    found.later(minutes=5).run()
    return found


def by(house: House) -> Author:
    return Author(name="Camille", at=house.now)


def saved(house: House, name: str, source: str) -> Saved:
    """A new revision."""
    with house.world() as world, world.store.begin() as session:
        return save(session, templates_of(world), name, source, by(house), seen=sequences.newest(session, name))


def plan_of(house: House, name: str, to: int) -> Migration:
    with house.world() as world:
        return planned(world, name, to, house.now)


def moved(house: House, name: str, to: int) -> Migration:
    """Everybody goes on with that revision."""
    found = plan_of(house, name, to)
    with house.world() as world, world.store.begin() as session:
        migrate(session, found, house.now)
    return found


def next_of(house: House, address: str = "anna@client.example") -> tuple[str, str, str, int]:
    """(action, step, due, revision) of the last run's decision about somebody."""
    item = next(i for i in house.run().items if i.address == address)
    return str(item.action), item.step, str(item.due), item.revision


def test_who_has_begun_keeps_the_revision_that_they_began_with(house: House) -> None:
    """Paul, who waits for his first step, has the new one; Anna does not."""
    done = saved(house, "stranger", SOONER)
    decided = {i.address: (i.step, i.revision, str(i.due)) for i in house.later(minutes=5).run().items}

    assert (done.revision, done.keep) == (2, 1)
    assert decided["paul@boutique.example"] == ("useful-news", 2, "2026-03-16")
    house.later(days=40)
    assert next_of(house)[1:] == ("open-door", "2026-03-27", 1)


def test_a_migration_says_before_what_the_next_run_does_after(house: House) -> None:
    """The same planner: step and day are those that were promised, for whoever has begun and for whoever waits."""
    saved(house, "stranger", RENAMED)
    promised = {m.address: m for m in plan_of(house, "stranger", 2).moves}
    anna = promised["anna@client.example"]

    assert set(promised) == {"anna@client.example"}
    assert (anna.began, anna.gone, anna.changes) == (1, ("useful-news",), True)
    assert (anna.before.item.step, str(anna.before.item.due)) == ("open-door", "2026-03-27")
    assert (anna.after.item.step, str(anna.after.item.due)) == ("open-door", "2026-04-09")
    moved(house, "stranger", 2)
    assert next_of(house.later(minutes=5)) == ("wait", "open-door", "2026-04-09", 2)  # Easter lies between
    assert next_of(house.later(days=29))[:2] == ("draft", "open-door")  # not the useful news again under its new name
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, "anna@client.example")
        assert row is not None
        assert [w for _, w in words.said(session, row.person.key)] == ["sequence stranger: from revision 1 to 2"]


def test_who_waits_for_a_first_step_changes_with_the_revision_in_force(house: House) -> None:
    """Back to revision 1 for those who begin: Paul is named, too."""
    saved(house, "stranger", SOONER)
    house.later(minutes=5).run()
    found = {m.address: m for m in plan_of(house, "stranger", 1).moves}

    assert {a: (m.began, m.changes) for a, m in found.items()} == {"paul@boutique.example": (None, True)}
    assert (str(found["paul@boutique.example"].before.item.due), str(found["paul@boutique.example"].after.item.due)) == (
        "2026-03-16",
        "2026-03-18",
    )
    moved(house, "stranger", 1)
    assert next_of(house.later(minutes=5), "paul@boutique.example") == ("wait", "useful-news", "2026-03-18", 1)


def test_a_migration_that_was_overtaken_moves_nobody(house: House) -> None:
    """What was shown is what is done, or nothing is."""
    saved(house, "stranger", SOONER)
    found = plan_of(house, "stranger", 2)
    saved(house, "stranger", RENAMED)

    with house.world() as world, world.store.begin() as session, pytest.raises(TemplateFault, match="look again"):
        migrate(session, found, house.now)
    with house.world() as world, world.store.begin() as session:
        assert set(sequences.pins(session, "stranger").values()) == {1}


def test_an_upgrade_waits_until_it_is_migrated_to(house: House) -> None:
    """A database made earlier keeps its revision; the upgrade says that it is there, once."""
    with house.world() as world, world.store.begin() as session:
        for _ in range(2):
            sequences.seed(session, [("stranger", SOONER)], house.now)
        row = sequences.get(session, "stranger")
        assert row is not None
        assert (row.in_force.number, row.upgrade) == (1, 2)
        assert [r.message for r in sequences.history(session, "stranger")] == ["", "an upgrade of nurture"]
    moved(house, "stranger", 2)
    with house.world() as world, world.store.begin() as session:
        row = sequences.get(session, "stranger")
        assert row is not None
        assert (row.in_force.number, row.upgrade, row.people) == (2, None, 1)


def test_a_shipped_sequence_never_takes_the_place_of_one_of_the_owners(house: House) -> None:
    """Whose name it happens to bear."""
    saved(house, "mine", MINE)
    with house.world() as world, world.store.begin() as session:
        sequences.seed(session, [("mine", MINE.replace("5 working", "6 working"))], house.now)
        row = sequences.get(session, "mine")

    assert row is not None
    assert (row.in_force.number, row.in_force.author, row.upgrade) == (1, "Camille", 2)


def test_a_retired_sequence_is_finished_by_those_who_have_begun_it(house: House) -> None:
    """Paul has its successor; a stage keeps a default."""
    with house.world() as world, world.store.begin() as session, pytest.raises(WrongUsage, match="stage stranger would be left"):
        retire(session, "stranger", house.now)
    saved(house, "mine", MINE.replace("5 working days", "4 working days"))
    with house.world() as world, world.store.begin() as session:
        assert retire(session, "stranger", house.now) == 1
    decided = {i.address: (i.sequence, i.step) for i in house.later(minutes=5).run().items}

    assert decided == {"anna@client.example": ("stranger", "open-door"), "paul@boutique.example": ("mine", "useful-news")}
    with house.world() as world, world.store.begin() as session:
        retire(session, "stranger", None)
    assert {i.sequence for i in house.later(minutes=5).run().items} == {"stranger"}


def test_a_renamed_sequence_goes_on_where_it_was(house: House) -> None:
    """What was drafted under the old name is not drafted again under the new one."""
    saved(house, "mine", MINE)
    with house.world() as world, world.store.begin() as session:
        retire(session, "stranger", house.now)
    house.later(days=WEEK).run()
    house.box.shelves["Trash"].messages |= house.box.shelves["Drafts"].messages
    house.box.shelves["Drafts"].messages.clear()
    house.later(minutes=5).run()
    with house.world() as world, world.store.begin() as session:
        assert rename(session, "mine", "ours", by(house)) == 2
        assert sequences.get(session, "mine") is None
        assert [(r.number, r.author, r.in_force) for r in sequences.history(session, "ours")] == [
            (1, "Camille", False),
            (2, "Camille", True),
        ]
    decided = next_of(house.later(minutes=5), "paul@boutique.example")

    assert decided[:2] == ("wait", "open-door")
    assert house.drafts() == []
    with house.world() as world, world.store.begin() as session, pytest.raises(WrongUsage, match="upgrades find it by its name"):
        rename(session, "stranger", "theirs", by(house))


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ((SOONER, SOONER), "a, b are both stranger"),
        ((SOONER, MINE.replace("useful-news", "nothing-news")), "b, line 10: there is no template"),
        ((MINE.replace("ceiling = 2", FRENCH), STRANGER.replace("ceiling = 2", FRENCH)), "the stage stranger would be left"),
    ],
)
def test_texts_are_taken_in_together_or_not_at_all(house: House, texts: tuple[str, ...], says: str) -> None:
    """Two that are one, one that is faulty, a stage left alone: nothing has changed then."""
    with house.world() as world:
        with world.store.begin() as session:
            before = sequences.everything(session)
        with pytest.raises(NotTakenIn, match=says), world.store.begin() as session:
            take_in(session, templates_of(world), zip("ab", texts, strict=True), by(house))
        with world.store.begin() as session:
            assert sequences.everything(session) == before


def test_a_default_may_hand_over_to_another_that_is_taken_in_with_it(house: House) -> None:
    """Together they leave nobody alone."""
    with house.world() as world, world.store.begin() as session:
        found = take_in(session, templates_of(world), [("a", STRANGER.replace("ceiling = 2", FRENCH)), ("b", MINE)], by(house))

    assert [(s.name, s.revision, s.changed) for s in found] == [("stranger", 2, True), ("mine", 1, True)]


def test_what_says_the_same_makes_no_revision(house: House) -> None:
    """And what is faulty makes none either."""
    assert not saved(house, "stranger", STRANGER).changed
    with pytest.raises(NotSaved, match="line 9: after"):
        saved(house, "stranger", STRANGER.replace("5 working days", "soon"))
    with pytest.raises(NotSaved, match="would be left without"):
        saved(house, "stranger", STRANGER.replace("ceiling = 2", 'for = { lang = "fr" }'))
    assert saved(house, "stranger", SOONER).revision == 2
