"""Whole runs after people were joined or parted: one draft (P3), and no is no (P6), in whatever order things happened."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from nurture.errors import WrongUsage
from nurture.followups import Action, DraftState
from nurture.join import merge, split
from nurture.store import Store, ledger, outside, people
from nurture.store.tables import Drafts
from tests.whole.house import ANNA, LETTER, NO, House

PRIVATE = "Anna Roux <anna.roux@mail.example>"
OTHER = "Bea Blanc <bea@third.example>"
WEEK = 9


def addr(person: str) -> str:
    return person.partition("<")[2].rstrip(">")


def join(house: House, one: str = ANNA, other: str = PRIVATE) -> bool:
    """The owner says that two are one."""
    with house.world() as world:
        with world.store.begin() as session:
            row = people.by_address(session, addr(one))
        assert row is not None
        return merge(world, row, addr(other), house.now)


def part(house: House, one: str = PRIVATE) -> bool:
    """The owner says that an address is somebody else's."""
    with house.world() as world:
        with world.store.begin() as session:
            row = people.by_address(session, addr(one))
        assert row is not None
        return split(world, row, addr(one), house.now)[1]


def occasions(store: Store) -> Counter[tuple[int, str, str, str]]:
    """How often each person had a draft for one message and step."""
    with store.begin() as session:
        rows = session.scalars(select(Drafts).where(Drafts.state != DraftState.FAILED.value))
        return Counter((r.person, r.lane, r.anchor, r.step) for r in rows)


def written_to_both(house: House) -> None:
    """One letter each, and a first draft for each, sent."""
    house.write(ANNA)
    house.write(PRIVATE, LETTER.replace("Vos clients", "Vos lecteurs"), subject="Vos lecteurs")
    house.run()


def test_the_two_are_one_conversation_from_then_on(tmp_path: Path) -> None:
    """What the one wrote is an answer to what was sent to the other: no silence."""
    house = House(tmp_path)
    written_to_both(house)
    house.later(days=2).receive(PRIVATE, "Bonjour,\n\nJe regarde cela.\n\nAnna Roux", subject="Bonjour")
    house.run()
    join(house)
    report = house.later(days=WEEK).run()

    assert len(report.items) == 1
    assert report.items[0].lane == "answers"


def test_the_same_occasion_is_not_drafted_for_again_after_joining_and_parting(tmp_path: Path) -> None:
    """Drafts thrown away before, whatever first address they were made under."""
    house = House(tmp_path)
    written_to_both(house)
    house.later(days=WEEK).run()
    for uid in house.drafts():
        house.box.deliver("Trash", house.raw(uid), house.now)
        del house.box.shelves["Drafts"].messages[uid]
    house.run()

    for change in (join, part, join, part):
        change(house)
        for _ in range(3):
            house.later(days=1).run()
        with house.world() as world:
            assert max(occasions(world.store).values()) == 1
    assert len(house.drafts()) <= 2


def test_one_open_draft_goes_along_and_no_second_one_comes(tmp_path: Path) -> None:
    """P3: at most one open draft a person."""
    house = House(tmp_path)
    house.write(ANNA)
    house.later(days=WEEK).run()
    assert len(house.drafts()) == 1
    house.write(PRIVATE, LETTER.replace("Vos", "Tous vos"), subject="Vos lecteurs")
    house.run()
    join(house, PRIVATE, ANNA)
    for _ in range(4):
        house.later(days=3).run()

    assert len(house.drafts()) <= 1


def test_two_open_drafts_are_not_joined(tmp_path: Path) -> None:
    """With the next step, and nothing is changed."""
    house = House(tmp_path)
    written_to_both(house)
    house.later(days=WEEK).run()
    assert len(house.drafts()) == 2

    with pytest.raises(WrongUsage, match="nurture run"):
        join(house)
    with house.world() as world, world.store.begin() as session:
        assert len(people.all(session)) == 2
        assert world.suppression.count == 0


@pytest.mark.parametrize("order", list(permutations(["no", "join", "part"])), ids="-".join)
@pytest.mark.parametrize("who", [ANNA, PRIVATE], ids=["first", "second"])
def test_a_no_survives_joining_and_parting_in_any_order(tmp_path: Path, order: tuple[str, ...], who: str) -> None:
    """P6: whoever said it is never drafted to; said while they were one, it closes both for good."""
    house = House(tmp_path)
    written_to_both(house)
    one = said_as_one = False
    for event in order:
        house.later(days=1)
        if event == "join" and not one:
            join(house)
            one = True
            said_as_one = said_as_one or "no" in order[: order.index("join")]
        elif event == "part" and one:
            part(house)
            one = False
        elif event == "no":
            house.receive(who, NO, subject="Non")
            house.run()
            said_as_one = said_as_one or one
    report = house.later(days=WEEK).run()

    closed = {addr(ANNA), addr(PRIVATE)} if said_as_one else {addr(who)}
    with house.world() as world:
        assert all(world.suppression.contains(a) for a in closed)
    assert not any(i.action is Action.DRAFT and i.address in closed for i in report.items)
    to = {a.addr for uid in house.drafts() for a in house.header(uid).to}
    assert to.isdisjoint(closed)


@pytest.mark.parametrize("stopped", [ANNA, PRIVATE])
def test_a_stop_of_one_address_stops_both_when_they_are_joined(tmp_path: Path, stopped: str) -> None:
    """On the list beside the configuration, so that a lost database changes nothing."""
    house = House(tmp_path)
    written_to_both(house)
    with house.world() as world:
        world.suppression.add(addr(stopped), "owner", house.now)

    assert join(house)
    with house.world() as world:
        assert world.suppression.contains(addr(ANNA))
        assert world.suppression.contains(addr(PRIVATE))
    assert house.later(days=WEEK).run().items[0].rule == "opted-out"
    assert part(house)
    assert {i.rule for i in house.later(days=1).run().items} == {"opted-out"}


def test_an_address_that_nobody_knew_becomes_theirs_with_its_past(tmp_path: Path) -> None:
    """The next run searches what was exchanged under it."""
    house = House(tmp_path)
    house.config = type(house.config)(**{**house.config.__dict__, "follow": "listed"})
    house.write(PRIVATE, LETTER.replace("Vos", "Tous vos"), subject="Avant")
    house.later(days=1).receive(PRIVATE, NO, subject="Re: Avant")
    with house.world() as world, world.store.begin() as session:
        people.add(session, address=addr(ANNA), name="Anna Roux", source="command", followed=True, now=house.now)
    house.later(days=1).write(ANNA)
    house.run()
    join(house)
    report = house.later(days=WEEK).run()

    assert [i.rule for i in report.items] == ["opted-out"]


def test_a_call_has_the_draft_from_before_it_taken_back(tmp_path: Path) -> None:
    """And the next one waits from the call on."""
    house = House(tmp_path)
    house.write(ANNA)
    house.later(days=WEEK).run()
    assert len(house.drafts()) == 1
    with house.later(minutes=30).world() as world, world.store.begin() as session:
        row = people.by_address(session, addr(ANNA))
        assert row is not None
        saying = outside.Saying(person=row.person.key, address=addr(ANNA), at=house.now, via="log call")
        outside.log(session, saying, "call", happened=house.now, day=house.now.date())
        people.touch(session, row.person.key)
    report = house.later(minutes=30).run()

    assert [w.rule for w in report.withdrawn] == ["talked"]
    assert house.drafts() == []
    assert (report.items[0].rule, report.items[0].step) == ("step-not-due", "question-about-their-world")
    assert report.items[0].due is not None
    assert report.items[0].due > (house.now + timedelta(days=6)).date()


def test_nothing_is_joined_under_a_run(tmp_path: Path) -> None:
    """The lock of the run is held meanwhile."""
    from nurture.errors import AlreadyRunning

    house = House(tmp_path)
    written_to_both(house)
    with house.world() as world, world.store.lock(), pytest.raises(AlreadyRunning):
        join(house)
    with house.world() as world, world.store.begin() as session:
        assert len(ledger.for_person(session, 1)) == 0
        assert len(people.all(session)) == 2
