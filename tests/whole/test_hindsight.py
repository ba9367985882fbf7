"""What came of a draft is told rightly: each way a past can go, as one short history played again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from nurture.config import AccountConfig, MailboxUrl
from nurture.hindsight import Came, Judged, instructive
from nurture.join import merge
from nurture.mailbox import MemoryMailbox
from nurture.replay import Replay, replay
from nurture.store import outside, people, words
from tests.whole.house import ANNA, NO, PAUL, PRICE, US, House, a_config, a_mail

DECLINE = "Bonjour,\n\nMerci, mais nous ne sommes pas intéressés. Nous avons choisi un autre prestataire.\n\nAnna Roux"
BY_HAND = "Bonjour Madame Roux,\n\nAvez-vous pu regarder ma question ?\n\nCamille Laurent"
START = date(2026, 3, 2)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A letter on Monday 2 March; the follow-up to it would be drafted on Monday 9 March."""
    found = House(tmp_path, box=MemoryMailbox("maildir:/nowhere"))
    found.write()
    return found


def played(house: House, days: int = 45) -> Replay:
    """The past of the house, seen so many days after its letter."""
    with house.world() as world:
        return replay(world, [lambda: house.box], START, house.now.replace(day=2, month=3) + timedelta(days=days))


def first(house: House, days: int = 45) -> Judged:
    """The first draft, and what came of it."""
    found = played(house, days)
    assert found.drafts
    return found.drafts[0]


def test_silence_is_nothing(house: House) -> None:
    """The draft is that of the day on which it was due; after ten working days it would have been taken back."""
    found = first(house)

    assert (found.made.at.date(), found.made.item.step, found.came) == (date(2026, 3, 9), "useful-news", Came.NOTHING)
    assert "23 March 2026" in found.why
    assert not found.wrong
    assert first(house, 12).came is Came.OPEN


def test_the_owners_own_mail_is_compared(house: House) -> None:
    """How alike it is: the words of both, from nothing to everything."""
    house.later(days=9)
    house.write(text=BY_HAND)
    found = first(house)
    assert (found.came, found.days, found.wrong) == (Came.WROTE, 2, False)
    assert found.alike is not None
    assert 0 < found.alike < 0.6

    copied = House(house.folder / "copied", box=MemoryMailbox("maildir:/nowhere"))
    copied.write()
    copied.later(days=8).write(text=found.made.draft.text.body)
    same = first(copied)
    assert same.alike is not None
    assert same.alike > 0.9


@pytest.mark.parametrize(("days", "hours", "came"), [(7, 3, Came.CROSSED), (10, 0, Came.THEY_WROTE), (30, 0, Came.NOTHING)])
def test_their_answer_may_cross_it_come_later_or_far_too_late(house: House, days: int, hours: int, came: Came) -> None:
    """On that very day, while it would have lain there, or after it had been taken back."""
    house.later(days=days, minutes=60 * hours).receive(ANNA, PRICE)

    assert first(house).came is came


@pytest.mark.parametrize(("text", "says"), [(NO, "not to be written to again"), (DECLINE, "They said no")])
def test_a_no_soon_after_makes_it_wrong(house: House, text: str, says: str) -> None:
    """With their sentence; not where the owner had written in between."""
    house.later(days=11).receive(ANNA, text)
    found = first(house)
    assert (found.came, found.wrong) == (Came.SAID_NO, True)
    assert says in found.why
    assert found.quote in text

    house.now = house.now - timedelta(days=2)
    house.write(text=BY_HAND)
    assert first(house).came is Came.WROTE


def test_an_answer_that_arrived_late_makes_it_wrong(house: House) -> None:
    """It had been sent before the draft, and came the day after."""
    house.later(days=6)
    mail = a_mail(ANNA, US, house.now, PRICE)
    house.box.deliver("INBOX", mail.as_bytes(), house.now + timedelta(days=2))

    found = first(house)
    assert (found.came, found.wrong) == (Came.HAD_ANSWERED, True)
    assert "8 March 2026" in found.why
    assert "10 March 2026" in found.why


def test_a_mail_of_the_owners_that_was_filed_late_makes_it_wrong(house: House) -> None:
    """Sent from elsewhere, copied to Sent two days later."""
    house.later(days=6)
    house.box.deliver("Sent", a_mail(US, ANNA, house.now, BY_HAND).as_bytes(), house.now + timedelta(days=2), ["\\Seen"])

    assert first(house).came is Came.HAD_WRITTEN


def a_call(house: House, key: int) -> None:
    """Told on 11 March, of 6 March."""
    with house.world() as world, world.store.begin() as session:
        saying = outside.Saying(person=key, address="anna@client.example", at=house.now, via="log")
        happened = house.now - timedelta(days=5)
        outside.log(session, saying, "call", happened=happened, day=happened.date(), text="They decide in April")


def settled(house: House, key: int) -> None:
    """Said on 11 March."""
    with house.world() as world, world.store.begin() as session:
        words.settle(session, key, "answered", house.now)


def stopped(house: House, key: int) -> None:
    """Said on 11 March."""
    with house.world() as world:
        with world.store.begin() as session:
            words.stop(session, key, house.now)
        world.suppression.add("anna@client.example", "owner", house.now)


@pytest.mark.parametrize(
    ("say", "came"), [(a_call, Came.HAD_TALKED), (settled, Came.SETTLED), (stopped, Came.STOPPED)], ids=["call", "settle", "stop"]
)
def test_what_the_owner_said_later_is_not_known_before(house: House, say: Callable[[House, int], None], came: Came) -> None:
    """The draft is made all the same, since it was said two days after; then it is told why it would have been wrong."""
    house.run()
    with house.world() as world, world.store.begin() as session:
        key = people.all(session)[0].person.key
    house.later(days=9)
    say(house, key)

    found = first(house)
    assert (found.made.at.date(), found.came, found.wrong) == (date(2026, 3, 9), came, True)


@pytest.mark.parametrize("say", [settled, stopped], ids=["settle", "stop"])
def test_what_the_owner_had_said_by_then_holds(house: House, say: Callable[[House, int], None]) -> None:
    """A word of the third day is known on the seventh: nothing is drafted."""
    house.run()
    with house.world() as world, world.store.begin() as session:
        key = people.all(session)[0].person.key
    house.later(days=3)
    say(house, key)

    assert played(house).drafts == ()


def test_a_draft_that_nurture_really_wrote_is_known_by_its_name(house: House) -> None:
    """Sent as it was, or thrown away: the ledger knows, the played run takes it for no mail written by hand."""
    house.later(days=7).run()
    (uid,) = house.drafts()
    house.later(minutes=300).send(uid)
    house.run()
    found = first(house)
    assert (found.came, found.wrong) == (Came.SENT, False)
    assert found.alike is not None
    assert found.alike > 0.9

    other = House(house.folder / "other", box=MemoryMailbox("maildir:/nowhere"))
    other.write()
    other.later(days=7).run()
    other.box.carry("Drafts", other.drafts()[0], "Trash")
    other.later(minutes=20).run()
    assert first(other).came is Came.THROWN_AWAY


def test_whom_one_follows_now_was_followed_from_the_beginning(tmp_path: Path) -> None:
    """Where people are listed, the words and the day of following do not matter; nobody else is played."""
    accounts = (AccountConfig(mailbox=MailboxUrl(scheme="maildir", path="/nowhere")),)
    house = House(tmp_path, box=MemoryMailbox("maildir:/nowhere"), config=a_config(follow="listed", accounts=accounts))
    house.write()
    house.write(to=PAUL)
    assert played(house).drafts == ()
    with house.world() as world, world.store.begin() as session:
        people.add(
            session, address="anna@client.example", name="", source="command", followed=True, now=house.now + timedelta(days=40)
        )

    found = played(house)
    assert [j.made.item.address for j in found.drafts] == ["anna@client.example"]
    assert found.people == 1


def test_what_is_gone_is_counted(house: House) -> None:
    """Nurture read a message that the mailbox holds no more."""
    house.later(days=1).receive(ANNA, PRICE)
    house.run()
    assert played(house).limits.gone == 0
    house.box.shelves["INBOX"].messages.clear()

    assert played(house).limits.gone == 1


def test_the_most_instructive_cases_are_of_every_kind(house: House) -> None:
    """The wrong ones first, and nobody twice as long as there are others."""
    some = first(house)
    kinds = [Came.NOTHING, Came.WROTE, Came.WROTE, Came.SAID_NO, Came.CROSSED, Came.OPEN]
    many = [
        replace(some, came=came, made=replace(some.made, item=replace(some.made.item, person=n % 12)), alike=n / 100 or None)
        for n, came in enumerate(kinds * 4)
    ]

    chosen = instructive(many)

    assert len(chosen) == 10
    assert len({j.made.item.person for j in chosen}) == 10
    assert chosen[0].came is Came.SAID_NO
    assert {j.came for j in chosen} == {Came.NOTHING, Came.WROTE, Came.SAID_NO, Came.CROSSED}
    assert len(instructive(many, 30)) == 20
    assert instructive([]) == ()


def test_people_who_were_joined_are_joined_again_on_that_day(house: House) -> None:
    """What Anna wrote from her private address counts as hers from the day on which the owner said so, and not before."""
    house.later(days=3).receive("La maison <anna.roux@mail.example>", PRICE, subject="Question")
    house.run()
    house.later(days=8)
    with house.world() as world:
        with world.store.begin() as session:
            row = people.by_address(session, "anna@client.example")
        assert row is not None
        merge(world, row, "anna.roux@mail.example", house.now)

    found = played(house)
    mine = [j for j in found.drafts if j.made.item.address == "anna@client.example"]
    assert [(j.made.at.date(), j.made.item.step) for j in mine] == [(date(2026, 3, 9), "useful-news")]
    assert mine[0].came is Came.HAD_ANSWERED
    assert "5 March 2026" in mine[0].why
