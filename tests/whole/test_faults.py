"""P3 and P9: a lost answer, a full mailbox, a mail in the last second, a killed run. Never a second draft, never one too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nurture.errors import Deferred, MailboxSuspicious, NurtureError, OutcomeUnknown
from nurture.followups import Action, DraftState
from nurture.mailbox import MemoryMailbox
from nurture.steps import POINTS, unwatch, watch
from nurture.store import ledger, people
from tests.whole.house import ANNA, LETTER, PRICE, US, House, a_mail

WEEK = 9


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A letter went to Anna nine days ago; her first step is due."""
    found = House(tmp_path)
    found.write()
    return found.later(days=WEEK)


def states(house: House) -> list[DraftState]:
    """Of Anna's drafts."""
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, "anna@client.example")
        return [d.state for d in ledger.for_person(session, row.person.key)] if row else []


def losing(box: MemoryMailbox, where: str) -> None:
    """The next APPEND's answer is lost: before it was stored, or after."""

    def lost(name: str) -> None:
        setattr(box, where, lambda _name: None)
        raise OutcomeUnknown(f"lost {where} {name}")

    setattr(box, where, lost)


@pytest.mark.parametrize(("where", "stored"), [("before", 0), ("after", 1)])
def test_an_append_whose_answer_was_lost_is_found_out_by_a_later_run(house: House, where: str, stored: int) -> None:
    """Error, but stored; error, not stored: nobody guesses, nothing is retried in the same run."""
    losing(house.box, where)
    with pytest.raises(OutcomeUnknown):
        house.run()
    assert len(house.drafts()) == stored
    assert states(house) == [DraftState.INTENDED]

    house.later(minutes=5).run()
    assert len(house.drafts()) == stored  # a delayed APPEND may still land

    house.later(minutes=20).run()
    house.later(minutes=20).run()
    assert len(house.drafts()) == 1
    assert states(house)[-1] is DraftState.OPEN


def test_a_zombie_append_that_lands_late_is_adopted(house: House) -> None:
    """The first literal arrives after the run gave up: one draft."""
    kept: list[bytes] = []
    real = house.box.append

    def slow(folder: object, message: bytes) -> object:
        kept.append(message)
        raise OutcomeUnknown("no answer")

    house.box.append = slow  # type: ignore[method-assign,assignment]  # a fault of the server, once
    with pytest.raises(OutcomeUnknown):
        house.run()
    house.box.append = real  # type: ignore[method-assign]  # the server again
    house.box.deliver("Drafts", kept[0], house.now, ["\\Draft", "\\Seen"])

    house.later(minutes=5).run()

    assert len(house.drafts()) == 1
    assert states(house) == [DraftState.OPEN]


def test_a_refused_append_frees_the_occasion(house: House) -> None:
    """No room on the server: deferred; the next run writes it."""

    def refuse(_name: str) -> None:
        house.box.before = lambda _name: None
        raise Deferred("no room")

    house.box.before = refuse
    with pytest.raises(Deferred):
        house.run()
    assert states(house) == [DraftState.FAILED]

    house.later(minutes=20).run()
    assert states(house) == [DraftState.FAILED, DraftState.OPEN]
    assert len(house.drafts()) == 1


@contextmanager
def at(point: str, act: Callable[[], object]) -> Iterator[None]:
    """Do something when a run comes to a named point, once."""
    left = [act]

    def watcher(name: str) -> None:
        if name == point and left:
            left.pop()()

    watch(watcher)
    try:
        yield
    finally:
        unwatch(watcher)


def test_an_answer_in_the_last_second_stops_the_draft(house: House) -> None:
    """Looked at once more immediately before APPEND."""
    letter = str(house.header(1, "Sent").message_id)
    with at("recheck", lambda: house.receive(ANNA, PRICE, answers=letter)):
        report = house.run()

    assert [str(a.done) for a in report.applied] == ["skipped"]
    assert house.drafts() == []
    report = house.later(minutes=20).run()
    assert next(i for i in report.items if i.address == "anna@client.example").action is Action.WAIT


def test_a_mail_of_somebody_elses_in_the_last_second_stops_nothing(house: House) -> None:
    """Only what concerns this person."""
    with at("recheck", lambda: house.receive("News <news@letters.example>", "Hello", List_Id="<news.letters.example>")):
        assert [str(a.done) for a in house.run().applied] == ["appended"]


def test_a_no_in_the_very_last_second_is_looked_at_last(house: House) -> None:
    """The owner typed `nurture stop` while the run was writing."""
    with house.world() as world, at("recheck", lambda: world.suppression.add("anna@client.example", "owner", house.now)):
        report = house.run()

    assert [str(a.done) for a in report.applied] == ["skipped"]
    assert house.drafts() == []


class Killed(BaseException):
    """What a SIGKILL is to a process: no handler of the program's sees it."""


def killed_runs(house: House, *points: str | None) -> Iterator[None]:
    """A run killed at each of these points, one after the other; None is no run."""

    def kill() -> None:
        raise Killed

    for where in points:
        if where:
            with at(where, kill):
                try:
                    house.run()
                except Killed:
                    house.later(minutes=20)
        yield


@pytest.mark.parametrize("second", [None, "commit_outcome", "commit_intent", "after_append"])
@pytest.mark.parametrize("point", [p for p in POINTS if "sheet" not in p])  # those of the sheet: test_sheet
def test_killed_anywhere_the_next_runs_end_where_an_undisturbed_one_would(tmp_path: Path, point: str, second: str | None) -> None:
    """At each named point, and once more during the recovery: one draft, open; the answer's withdrawal done."""
    house = House(tmp_path)
    house.write()
    house.write("Zoé Martin <zoe@other.example>", LETTER, subject="Vos élèves")
    house.later(days=WEEK).run()
    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    house.later(days=3)
    for _ in killed_runs(house, point, second):
        pass
    for _ in range(2):
        house.later(minutes=20).run()

    to = sorted(a.addr for uid in house.drafts() for a in house.header(uid).to)
    assert to == ["anna@client.example", "zoe@other.example"]
    assert [s for s in states(house) if s is not DraftState.FAILED] == [DraftState.WITHDRAWN, DraftState.OPEN]
    assert len(house.box.shelves["Trash"].messages) == 1


def test_a_restored_database_finds_the_drafts_of_the_newer_one(house: House, tmp_path: Path) -> None:
    """Yesterday's backup: the draft is adopted by its identity, nothing is written twice."""
    with house.world():
        pass
    backup = {p.name: p.read_bytes() for p in (tmp_path / "state").iterdir()}
    house.run()
    for path in (tmp_path / "state").iterdir():
        path.unlink()
    for name, raw in backup.items():
        (tmp_path / "state" / name).write_bytes(raw)

    report = house.later(minutes=20).run()

    assert [str(a.done) for a in report.applied] in ([], ["adopted"])
    assert len(house.drafts()) == 1


@pytest.mark.parametrize("spoil", ["emptied", "backwards"])
def test_a_mailbox_that_looks_wrong_stops_the_run(tmp_path: Path, spoil: str) -> None:
    """P5: emptied, or counting backwards: nothing is concluded."""
    house = House(tmp_path)
    for n in range(25):
        house.later(minutes=1).write(f"P{n} <p{n}@c{n}.example>", LETTER, subject=f"S{n}")
    house.run()
    shelf = house.box.shelves["Sent"]
    shelf.messages.clear()
    if spoil == "backwards":
        shelf.uidnext = 2
        house.box.deliver("Sent", a_mail(US, ANNA, house.now, LETTER).as_bytes(), house.now)
        shelf.uidnext = 3

    with pytest.raises(MailboxSuspicious):
        house.later(days=WEEK).run()


def test_a_folder_that_was_numbered_anew_is_read_again_without_a_second_message(house: House) -> None:
    """UIDVALIDITY changed: messages are recognised by their Message-IDs."""
    house.run()
    shelf = house.box.shelves["Sent"]
    shelf.uidvalidity += 1
    report = house.later(minutes=20).run()

    assert report.applied == []
    assert states(house) == [DraftState.OPEN]


def test_silence_is_proven_only_when_every_account_was_read(house: House, tmp_path: Path) -> None:
    """The answer came to the owner's other mailbox."""
    other = MemoryMailbox("memory:other")
    other.deliver(
        "INBOX", a_mail(ANNA, US, house.now, PRICE, answers=str(house.header(1, "Sent").message_id)).as_bytes(), house.now
    )

    report = house.run(house.box, other)

    assert report.applied == []
    assert next(i.rule for i in report.items if i.address == "anna@client.example") == "answer-not-due"


def test_an_account_that_is_away_ends_the_run_before_anything_is_written(house: House) -> None:
    """No silence is concluded from half of the mailboxes."""

    class Away(MemoryMailbox):
        def __enter__(self) -> Away:
            raise NurtureError("away")

    with pytest.raises(NurtureError, match="away"):
        house.run(house.box, Away("memory:other"))
    assert house.drafts() == []


def test_a_dry_run_writes_and_moves_nothing(house: House) -> None:
    """The plan without the last line; the database may learn, the mailbox does not."""
    report = house.run(dry_run=True)
    assert [i.rule for i in report.items] == ["step-due"]
    assert report.applied == []
    assert house.drafts() == []

    house.run()
    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    report = house.later(minutes=20).run(dry_run=True)
    assert [(w.rule, w.done) for w in report.withdrawn] == [("they-wrote", False)]
    assert len(house.drafts()) == 1
