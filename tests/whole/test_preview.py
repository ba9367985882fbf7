"""What a preview tells is what the run of that day drafts; everything that lost is named; nothing is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from nurture.preview import Preview, preview
from nurture.sample import SAMPLE_NOW
from nurture.store import people
from tests.whole.house import PRICE, House
from tests.whole.sampled import Sampled, a_sample


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Sampled:
    """The sample mailbox after its run."""
    found = a_sample(tmp_path_factory.mktemp("sample"))
    found.run(SAMPLE_NOW)
    return found


def previewed(sampled: Sampled, address: str) -> Preview:
    """One person's preview."""
    with sampled.world() as world:
        with world.store.begin() as session:
            row = people.by_address(session, address)
        assert row is not None
        return preview(world, row.person.key, SAMPLE_NOW)


@pytest.mark.parametrize("answer", ["", PRICE], ids=["silence", "an-answer"])
def test_the_run_of_that_day_writes_the_very_text(tmp_path: Path, answer: str) -> None:
    """To the letter, on the day that was told and not before."""
    house = House(tmp_path)
    letter = house.write()
    house.later(days=1)
    if answer:
        house.receive("Anna Roux <anna@client.example>", answer, answers=letter)
    house.run()
    with house.world() as world:
        with world.store.begin() as session:
            key = people.all(session)[0].person.key
        found = preview(world, key, house.now)
    assert found.written is not None
    assert found.written.draft is not None
    while house.now.date() + timedelta(days=1) < found.day:
        assert not house.later(days=1).run().applied

    (applied,) = house.later(days=1).run().applied

    assert applied.written.draft is not None
    assert applied.written.draft.text == found.written.draft.text
    assert applied.written.draft.subject == found.written.draft.subject


def test_every_step_that_lost_is_named(sampled: Sampled) -> None:
    """Whoever asked for a pause is written to when it is over; each other step says why it is not it."""
    found = previewed(sampled, "hannah.cole@colelabels.example")
    lost = {a.name: a.why for a in found.lost}

    assert found.today.rule == "deferred"
    assert found.next.rule == "deferral-due"
    assert found.day.isoformat() == "2026-05-01"
    assert lost["answers"] == "they asked to be written to later"
    assert [why for step, why in lost.items() if step.endswith("/open-door")] == ["deferral-due comes first"]
    assert {a.kind for a in found.lost} == {"lane", "step", "template"}


def test_where_nothing_would_come_the_reason_is_told(sampled: Sampled) -> None:
    """An opt-out has no text, nor anything that lost against it."""
    found = previewed(sampled, "linda.marsh@marshmobility.example")

    assert found.next.rule == "opted-out"
    assert found.written is None
    assert found.lost == ()


def test_an_open_draft_is_what_is_next(sampled: Sampled) -> None:
    """Ours, or one that the owner writes by hand: what follows depends on it."""
    assert previewed(sampled, "clement.roy@assurances-roy.example").next.rule == "open-draft"
    assert previewed(sampled, "yann.legoff@voiles-legoff.example").next.rule == "own-draft"


def test_nothing_of_a_preview_is_kept(sampled: Sampled) -> None:
    """Neither rows nor files."""
    rows, files = sampled.holding(), sampled.files()
    with sampled.world() as world, world.store.begin() as session:
        everybody = [row.person.addresses[0] for row in people.all(session)]

    for address in everybody:
        previewed(sampled, address)

    assert sampled.holding() == rows
    assert sampled.files() == files
