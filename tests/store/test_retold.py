"""What the owner said is said again to another database, word by word, each at its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from nurture.followups import Case
from nurture.store import Scratch, Spoken, Store, cases, outside, people, retold, words
from tests.store.builders import NOW, a_kept, a_person, add

ANNA = "anna@client.example"
LATER = NOW + timedelta(days=1)


def say_everything(store: Store) -> None:
    """Every kind of word about Anna, a minute after the other."""
    with store.begin() as session:
        key = a_person(session)
        add(session, a_kept(key, "us", days=3), a_kept(key, days=2))
        saying = outside.Saying(person=key, address=ANNA, at=NOW, via="person set")
        outside.tell(session, saying, "language", "en")
        outside.tell(session, replace(saying, at=LATER), "stage", "qualified", detected_as="contact")
        outside.tell(session, replace(saying, at=LATER), "result", "moins d'appels", quoted=True)
        outside.tell(session, saying, "company", "group.example")
        outside.log(session, saying, "call", happened=NOW, day=NOW.date(), text="They decide in April", answered=False)
        outside.log(session, saying, outside.FIT, happened=NOW, day=NOW.date(), text="yes")
        words.pause(session, key, date(2026, 4, 1), NOW)
        words.settle(session, key, "silent", NOW)
        words.follow(session, key, NOW, "Nurture/Follow")
        words.pause(session, key, date(2026, 4, 2), NOW, "Nurture/Later")
        words.stop(session, key, NOW)
        words.stop(session, key, NOW, "Nurture/Never")
        words.reopen(session, key, LATER)


def case_of(store: Store) -> Case:
    """Anna as the planner sees her."""
    with store.begin() as session:
        return cases.load(session, [1], today=NOW.date())[0]


def test_the_same_words_make_the_same_case(store: Store) -> None:
    """Everything that the owner said of her stands there as it stood."""
    say_everything(store)
    scratch = Scratch.with_rules_of(store)
    with store.begin() as session:
        said = retold.everything(session)
    with scratch.begin() as session:
        key = a_person(session)
        add(session, a_kept(key, "us", days=3), a_kept(key, days=2))
        assert all(retold.say_again(session, one) for one in said)

    assert case_of(scratch) == case_of(store)
    with store.begin() as here, scratch.begin() as there:
        assert [replace(f, via="") for f in outside.facts(there, 1)] == [replace(f, via="") for f in outside.facts(here, 1)]
        assert words.said(there, 1) == words.said(here, 1)
        assert cases.touched(there) == {1}


def test_words_come_in_their_order_and_wait_for_whom_they_are_about(store: Store) -> None:
    """Of an address that nobody has there, nothing can be said yet."""
    say_everything(store)
    with store.begin() as session:
        said = retold.everything(session)
    scratch = Scratch.empty()

    assert [one.at for one in said] == sorted(one.at for one in said)
    assert {one.address for one in said} == {ANNA}
    with scratch.begin() as session:
        assert not any(retold.say_again(session, one) for one in said)
        assert people.all(session) == ()


def test_joinings_are_told_apart(store: Store) -> None:
    """Joining and parting people is more than a line: the shell does it again."""
    with store.begin() as session:
        key = a_person(session)
        saying = outside.Saying(person=key, address=ANNA, at=NOW, via="person merge")
        outside.log(session, saying, outside.MERGE, happened=NOW, day=NOW.date(), text="anna.roux@mail.example")
        (one,) = retold.everything(session)

    assert one == Spoken(at=NOW, address=ANNA, kind="merge", facts={"other": "anna.roux@mail.example"})
    assert one.kind in retold.JOINING


def test_what_is_known_of_drafts_and_messages(store: Store) -> None:
    """By their Message-IDs, for a replay that meets them again."""
    say_everything(store)
    with store.begin() as session:
        assert retold.drafts_by_id(session) == {}
        assert retold.message_ids(session, NOW - timedelta(days=2, hours=1)) == {"<them-2@client.example>"}
