"""P6 and the owner's word in whole runs: what closes a person closes them wherever it was said, and a lost list is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nurture.errors import NoesLost
from nurture.followups import Action
from nurture.store import people
from tests.whole.house import LETTER, NO, House

WEEK = 9
BRANCH = "Anna Roux <anna@lyon.client.example>"


def decided(house: House) -> tuple[str, str]:
    """(action, rule) of the first item of the next run."""
    item = house.run().items[0]
    return item.action, item.rule


def test_a_domain_stop_holds_at_the_domains_below_it(tmp_path: Path) -> None:
    """`nurture stop @client.example`, and somebody at lyon.client.example."""
    house = House(tmp_path)
    house.write(BRANCH)
    with house.world() as world:
        world.suppression.add("@client.example", "owner", house.now)

    assert decided(house.later(days=WEEK)) == (Action.STOP, "opted-out")
    assert house.drafts() == []


@pytest.mark.parametrize("entry", ["anna@lyon.client.example", "@lyon.client.example", "@client.example"])
def test_an_excluded_person_who_is_followed_already_is_not_drafted_to(tmp_path: Path, entry: str) -> None:
    """The configuration is a stop like any other, with its reason."""
    house = House(tmp_path)
    house.write(BRANCH)
    house.run()
    house.config = replace(house.config, exclude=(entry,))
    report = house.later(days=WEEK).run()

    [item] = report.items
    assert (item.action, item.rule) == (Action.STOP, "excluded")
    assert entry in item.why
    assert house.drafts() == []


def test_excluding_somebody_takes_an_untouched_draft_back_at_the_next_run(tmp_path: Path) -> None:
    """Nobody needs to have written, and no day need have come."""
    house = House(tmp_path)
    house.write(BRANCH)
    house.later(days=WEEK).run()
    assert len(house.drafts()) == 1

    house.config = replace(house.config, exclude=("@client.example",))
    report = house.later(minutes=20).run()

    assert [(w.rule, w.done) for w in report.withdrawn] == [("excluded", True)]
    assert house.drafts() == []


def test_a_stop_takes_the_draft_back_even_of_somebody_who_is_followed_no_more(tmp_path: Path) -> None:
    """Unfollowed first, stopped afterwards: the draft must not lie there."""
    house = House(tmp_path)
    house.write(BRANCH)
    house.later(days=WEEK).run()
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, "anna@lyon.client.example")
        assert row is not None
        people.unfollow(session, row.person.key, house.now)
        world.suppression.add("@client.example", "owner", house.now)
    house.later(minutes=20).run()

    assert house.drafts() == []


@pytest.mark.parametrize("lost", ["suppression.list", "emptied", "nurture.key"])
def test_a_lost_list_stops_the_run(tmp_path: Path, lost: str) -> None:
    """Exit code 14, the next step in the sentence, and not one draft."""
    house = House(tmp_path)
    asked = house.write()
    house.write("Paul Renard <paul@other.example>", LETTER, subject="Vos clients à vous")
    house.later(minutes=5).receive("Anna Roux <anna@client.example>", NO, answers=asked)
    house.later(minutes=5).run()
    files = house.folder / "config"
    if lost == "emptied":
        (files / "suppression.list").write_bytes(b"")
    else:
        (files / lost).unlink()

    with pytest.raises(NoesLost, match="backup"):
        house.later(days=WEEK).run()
    assert NoesLost.exit_code == 14
    assert house.drafts() == []
