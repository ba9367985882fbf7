"""What a simulation tells is what the coming days would bring, and nothing of it is kept."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from nurture.config import Caps
from nurture.followups import Lane
from nurture.sample import SAMPLE_NOW
from nurture.simulate import Simulation, simulate
from nurture.stages import READER
from nurture.store import words
from nurture.store.tables import Messages
from tests.whole.sampled import Sampled, a_sample, weekdays

Drafted = tuple[date, str, str, str]


def told(found: Simulation) -> list[Drafted]:
    """Day, address, step and template of every draft."""
    return [(day.day, d.item.address, d.item.step, d.item.template) for day in found.days for d in day.drafts]


def simulated(sampled: Sampled, days: int) -> Simulation:
    """From the sample's own date on."""
    with sampled.world() as world:
        return simulate(world, SAMPLE_NOW, days)


def lived(sampled: Sampled, count: int) -> list[Drafted]:
    """The same weekdays lived through with real runs over a real Maildir, each draft sent a minute after it appeared."""
    before, found, now = set(sampled.place.files(".Drafts")), list[Drafted](), SAMPLE_NOW
    sampled.run(now)
    for moment in (now, *weekdays(now, count)):
        report = sampled.run(moment) if moment > now else None
        for applied in report.applied if report else ():
            item = applied.written.item
            found.append((moment.date(), item.address, item.step, item.template))
        sampled.send([p for p in sampled.place.files(".Drafts") if p not in before], moment + timedelta(minutes=1))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("caps", [Caps(), Caps(open_drafts=2, drafts_per_day=2)], ids=["usual-caps", "narrow-caps"])
def test_the_days_come_as_they_were_simulated(tmp_path: Path, caps: Caps) -> None:
    """The same drafts on the same days, in the same order, whatever the caps: five weeks with real runs against one simulation."""
    sampled = a_sample(tmp_path, caps=caps)
    (tmp_path / "twin").mkdir()
    twin = a_sample(tmp_path / "twin", caps=caps)
    sampled.run(SAMPLE_NOW)

    found = simulated(sampled, 36)

    assert told(found) == lived(twin, 25)
    assert len(told(found)) > 20


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Sampled:
    """The sample after its run, with caps that matter."""
    found = a_sample(tmp_path_factory.mktemp("narrow"), caps=Caps(open_drafts=2, drafts_per_day=2))
    found.run(SAMPLE_NOW)
    return found


@pytest.fixture(scope="module")
def played(narrow: Sampled) -> Simulation:
    """Its next thirty days."""
    return simulated(narrow, 30)


def test_nothing_of_a_simulation_is_kept(narrow: Sampled) -> None:
    """Not in the database, the mailbox, nor in the list of those who said no."""
    rows, files = narrow.holding(), narrow.files()

    assert simulated(narrow, 10).drafts

    assert narrow.holding() == rows
    assert narrow.files() == files


def test_caps_and_days_off_are_seen(played: Simulation) -> None:
    """What a cap puts off comes on another day; a day off in the week is named; nothing appears on a weekend."""
    capped = {i.address for day in played.days for i in day.capped}

    assert max(len(day.drafts) for day in played.days) == 2
    assert capped & {address for _, address, *_ in told(played)}
    assert [day.day for day in played.days if day.free] == [date(2026, 4, 6)]
    assert all(day.day.weekday() < 5 for day in played.days)
    assert played.lying == 2
    assert any(d.item.lane is Lane.ANSWERS for day in played.days for d in day.drafts)


def test_a_simulation_of_some_people_is_that_of_all_cut_down(played: Simulation) -> None:
    """Caps are shared: who else is written to matters, and is left out of what is shown."""
    someone = next(d.item for day in played.days for d in day.drafts)

    cut = played.of({someone.person})

    assert told(cut) == [row for row in told(played) if row[1] == someone.address]
    assert cut.resting == 0


def test_after_an_upgrade_nobody_is_asked_about_anew_each_day(narrow: Sampled) -> None:
    """A newer reader is to read all mail once more, which only a real run can: what waits for the owner is listed once, as always."""
    with narrow.world() as world, world.store.begin() as session:
        session.execute(update(Messages).values(reader=Messages.reader - 1).where(Messages.reader == READER))

    found = simulated(narrow, 6)

    with narrow.world() as world, world.store.begin() as session:
        session.execute(update(Messages).values(reader=READER).where(Messages.reader == READER - 1))
    assert [len(day.asked) for day in found.days] == [len(day.asked) for day in simulated(narrow, 6).days]
    assert found.runs > 3


def test_the_owners_word_holds_in_a_simulation(narrow: Sampled, played: Simulation) -> None:
    """Whoever is paused gets nothing before that day, and who was stopped nothing at all."""
    first, second = list(dict.fromkeys((d.item.person, d.item.address) for day in played.days for d in day.drafts))[:2]
    with narrow.world() as world:
        with world.store.begin() as session:
            words.pause(session, first[0], date(2026, 3, 20), SAMPLE_NOW)
        world.suppression.add(second[1], "owner", SAMPLE_NOW)

    after = told(simulated(narrow, 20))

    assert [day for day, address, *_ in after if address == first[1]][:1] >= [date(2026, 3, 20)]
    assert second[1] not in {address for _, address, *_ in after}
