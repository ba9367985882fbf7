"""Who is known, and the owner's word on them."""

from __future__ import annotations

from datetime import date, timedelta

from nurture.messages import Address, Headers
from nurture.store import Learnt, Store, Watermark, cases, folders, people, words
from tests.store.builders import ACCOUNT, NOW, a_kept, a_person, add


def test_a_person_is_added_once(store: Store) -> None:
    """By their address; company and role are known from it."""
    with store.begin() as session:
        anna = a_person(session)
        again = people.add(session, address="anna@client.example", name="Other", source="x", followed=True, now=NOW)
        role = people.add(session, address="contact@client.example", name="", source="x", followed=False, now=NOW)
        row = people.by_address(session, "anna@client.example")

        assert anna == again
        assert row is not None
        assert (row.person.name, row.person.company, row.person.role_address, row.source, row.added) == (
            "Anna Roux",
            "client.example",
            False,
            "test",
            NOW,
        )
        assert people.by_keys(session, [role])[0].person.role_address
        assert people.by_address(session, "nobody@x.example") is None
        assert [r.person.key for r in people.all(session)] == [anna, role]
        assert [r.person.key for r in people.all(session, followed_only=True)] == [anna]


def test_following_again_follows_and_touches(store: Store) -> None:
    """An unfollowed person who is added again is followed."""
    with store.begin() as session:
        anna = a_person(session, followed=False)
        a_person(session)
        assert people.by_keys(session, [anna])[0].followed
        people.unfollow(session, anna, NOW)
        assert not people.by_keys(session, [anna])[0].followed
        assert anna in cases.touched(session)


def test_a_second_address_joins_and_never_steals(store: Store) -> None:
    """In the order of becoming known; one that belongs to somebody else stays there."""
    with store.begin() as session:
        anna, paul = a_person(session), a_person(session, "paul")
        people.join(session, anna, "anna.roux@mail.example")
        people.join(session, anna, "paul@client.example")

        assert people.by_keys(session, [anna])[0].person.addresses == ("anna@client.example", "anna.roux@mail.example")
        assert people.by_keys(session, [paul])[0].person.addresses == ("paul@client.example",)


def test_what_a_message_told_is_kept_and_nothing_is_not_news(store: Store) -> None:
    """Their register goes before the one that the owner uses."""
    with store.begin() as session:
        anna = a_person(session)
        people.learn(session, anna, Learnt(first_name="Anna", lang="fr", register_ours="vous", role_address=True))
        people.learn(session, anna, Learnt(lang=None, name=None, role_address=False))
        person = people.by_keys(session, [anna])[0].person
        assert (person.first_name, person.lang, person.register, person.role_address, person.name) == (
            "Anna",
            "fr",
            "vous",
            True,
            "Anna Roux",
        )
        people.learn(session, anna, Learnt(register="tu"))
        assert people.by_keys(session, [anna])[0].person.register == "tu"


def test_the_past_of_a_new_person_is_searched_once_an_account(store: Store) -> None:
    """Only of those who are followed."""
    with store.begin() as session:
        anna, _ = a_person(session), a_person(session, "paul", followed=False)
        assert [r.person.key for r in people.unsearched(session, ACCOUNT)] == [anna]
        people.searched(session, ACCOUNT, [anna])
        assert people.unsearched(session, ACCOUNT) == ()
        assert len(people.unsearched(session, "other")) == 1
        people.forget_searches(session, ACCOUNT)
        assert len(people.unsearched(session, ACCOUNT)) == 1


def test_the_directory_recognises_by_address_name_thread_and_subject(store: Store) -> None:
    """Everything that was exchanged with them, but not what their company wrote elsewhere."""
    with store.begin() as session:
        anna = a_person(session)
        add(
            session,
            a_kept(anna, "us", days=3, id="<l@atelier.example>"),
            a_kept(anna, "company", days=2, id="<c@client.example>"),
        )
        found = people.directory(session)

    assert found.person_of("anna@client.example") == anna
    assert found.is_named(anna, "Roux Anna")
    assert found.people_of_thread(Headers(references=("<l@atelier.example>",))) == {anna}
    assert found.people_of_thread(Headers(references=("<c@client.example>",))) == set()
    assert found.people_of_subject(Headers(subject="Re: Vos clients", sender=Address(addr="x@y.example"))) == {anna}


def test_the_owners_words_are_kept_and_remembered_in_order(store: Store) -> None:
    """Stop, pause, settle, reopen: each with its moment."""
    later = NOW + timedelta(hours=1)
    with store.begin() as session:
        anna = a_person(session)
        words.stop(session, anna, NOW)
        words.pause(session, anna, date(2026, 9, 1), NOW)
        words.settle(session, anna, "silent", NOW)
        row = people.by_keys(session, [anna])[0]
        assert (row.stopped, row.paused_until, row.settled, row.settled_at) == (True, date(2026, 9, 1), "silent", NOW)
        words.reopen(session, anna, later)
        row = people.by_keys(session, [anna])[0]
        assert (row.stopped, row.reopened_at) == (False, later)
        assert [w for _, w in words.said(session, anna)] == ["stop", "pause until 2026-09-01", "settle silent", "reopen"]


def test_the_owners_word_remembers_what_was_known_then(store: Store) -> None:
    """Mail comes late and dates are wrong: what was kept by then tells what a settle or reopen covers."""
    with store.begin() as session:
        anna = a_person(session)
        [known] = add(session, a_kept(anna, days=1))
        words.settle(session, anna, "silent", NOW)
        words.reopen(session, anna, NOW)
        add(session, a_kept(anna, days=9, id="<late@client.example>"))  # written before, kept after
        row = people.by_keys(session, [anna])[0]

        assert (row.settled_upto, row.reopened_upto) == (known, known)


def test_many_keys_are_asked_for_in_portions(store: Store) -> None:
    """More than any database takes in one statement."""
    with store.begin() as session:
        keys = [a_person(session, f"p{n}") for n in range(1_200)]

        assert [r.person.key for r in people.by_keys(session, keys)] == keys


def test_how_far_a_folder_has_been_read_is_remembered(store: Store) -> None:
    """By account and name; UIDs of 32 bits without a sign."""
    mark = Watermark(uidvalidity=4_294_967_295, next_uid=4_294_967_290, exists=3)
    with store.begin() as session:
        assert folders.watermark(session, ACCOUNT, "Sent") is None
        folders.keep(session, ACCOUNT, "Sent", "sent", Watermark(uidvalidity=1, next_uid=2, exists=1))
        folders.keep(session, ACCOUNT, "Sent", "sent", mark)
        folders.keep(session, "other", "Sent", "sent", mark)

        assert folders.watermark(session, ACCOUNT, "Sent") == mark
        assert folders.next_uids(session, ACCOUNT) == {"Sent": 4_294_967_290}
