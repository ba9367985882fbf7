"""Joining and parting people: nothing is lost, the stricter word wins, and no occasion is drafted for twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from nurture.drafts import Resource
from nurture.followups import DraftState, OwnersWord
from nurture.messages import Address, Headers
from nurture.store import Learnt, Session, Store, cases, joining, ledger, library, outside, people, words
from nurture.store.tables import Base, Drafts, MessagePeople, People
from tests.store.builders import NOW, OWNER, a_kept, a_person, add, an_occasion, intend

ANNA, PRIVATE, PAUL = "anna@client.example", "anna.roux@mail.example", "paul@client.example"


def private(session: Session) -> int:
    """The same Anna under another address, as somebody of her own."""
    return people.add(session, address=PRIVATE, name="Anna Roux", source="test", followed=True, now=NOW)


def keep(
    session: Session, person: int, sender: str, to: str, mid: str, *, days: int = 1, parents: tuple[str, ...] = (), by: str = ""
) -> int:
    """Keep one message of a person."""
    head = Headers(
        message_id=mid, sender=Address(addr=sender, name="Somebody"), to=tuple(Address(addr=a) for a in to.split()), references=parents,
        subject="Vos clients", sent=NOW - timedelta(days=days), offset=60,
    )  # fmt: skip
    kept = a_kept(person, by or ("us" if sender == OWNER else "them"), days=days, id=mid, headers=head, uid=hash(mid) % 10_000)
    return add(session, kept)[0]


def seen(session: Session, person: int) -> dict[int, str]:
    """Message -> who wrote it, seen from this person."""
    rows = session.execute(select(MessagePeople.message, MessagePeople.by).where(MessagePeople.person == person))
    return {row.message: row.by for row in rows}


def word(session: Session, person: int) -> OwnersWord:
    return cases.load(session, [person], today=NOW.date())[0].word


# joining


def test_everything_of_both_is_one_persons(store: Store) -> None:
    """Addresses in their order, messages, drafts, words; of the other nothing is left in any table."""
    with store.begin() as session:
        anna, other = a_person(session), private(session)
        first, second = keep(session, anna, OWNER, ANNA, "<1@x>"), keep(session, other, PRIVATE, OWNER, "<2@x>")
        draft = intend(session, other)
        words.pause(session, other, date(2026, 6, 1), NOW)
        outside.log(session, saying(other, PRIVATE), "call", happened=NOW, day=NOW.date(), text="about June")
        joining.merge(session, anna, other)

        row = people.by_keys(session, [anna])[0]
        assert row.person.addresses == (ANNA, PRIVATE)
        assert seen(session, anna) == {first: "us", second: "them"}
        assert [d.id for d in ledger.for_person(session, anna)] == [draft]
        assert words.said(session, anna) == ((NOW, "pause until 2026-06-01"),)
        assert [line.text for line in outside.lines(session, anna)] == ["about June"]
        assert people.by_keys(session, [other]) == ()
        for table in Base.metadata.sorted_tables:
            if "person" in table.c:
                assert session.scalar(select(func.count()).select_from(table).where(table.c.person == other)) == 0, table.name
        assert anna in cases.touched(session)


def test_who_wrote_is_seen_from_the_closer_one(store: Store) -> None:
    """A colleague who turns out to be the person wrote as the person; what concerned both stands once."""
    with store.begin() as session:
        anna, other = a_person(session), private(session)
        mine = keep(session, anna, PRIVATE, OWNER, "<1@x>", by="thread")
        both = keep(session, anna, OWNER, f"{ANNA} {PRIVATE}", "<2@x>")
        add(
            session,
            a_kept(
                other,
                "us",
                id="<2@x>",
                days=1,
                headers=Headers(message_id="<2@x>", sender=Address(addr=OWNER), sent=NOW - timedelta(days=1)),
            ),
        )
        joining.merge(session, anna, other)

        assert seen(session, anna) == {mine: "them", both: "us"}


@pytest.mark.parametrize("turned", [False, True])
def test_the_stricter_word_wins(store: Store, turned: bool) -> None:
    """Whichever of the two is named first: stopped, the later pause, not followed, answered."""
    with store.begin() as session:
        strict, mild = a_person(session), private(session)
        words.stop(session, strict, NOW)
        words.pause(session, strict, date(2026, 6, 1), NOW)
        words.pause(session, mild, date(2026, 4, 1), NOW)
        words.settle(session, strict, "answered", NOW)
        words.settle(session, mild, "silent", NOW)
        people.unfollow(session, strict, NOW)
        into, other = (mild, strict) if turned else (strict, mild)
        joining.merge(session, into, other)

        told = word(session, into)
        assert (told.stopped, told.paused_until, told.followed, told.settled) == (True, date(2026, 6, 1), False, "answered")


def test_silence_that_was_settled_of_one_says_nothing_of_both(store: Store) -> None:
    """What the other wrote was not before the owner."""
    with store.begin() as session:
        anna, other = a_person(session), private(session)
        words.settle(session, anna, "silent", NOW)
        joining.merge(session, anna, other)

        assert word(session, anna).settled is None


def test_two_open_drafts_are_seen_before_anything_is_joined(store: Store) -> None:
    """The database would refuse them as one person's."""
    with store.begin() as session:
        anna, other = a_person(session), private(session)
        intend(session, anna)
        assert not joining.both_have_drafts(session, anna, other)
        intend(session, other, an_occasion(person=PRIVATE))
        assert joining.both_have_drafts(session, anna, other)


# parting


def saying(person: int, address: str) -> outside.Saying:
    return outside.Saying(person=person, address=address, at=NOW, via="test")


def joined(session: Session) -> int:
    """Anna with two addresses and one letter under each, answered."""
    anna = a_person(session)
    people.join(session, anna, PRIVATE)
    keep(session, anna, OWNER, ANNA, "<1@x>", days=5)
    keep(session, anna, ANNA, OWNER, "<2@x>", days=4, parents=("<1@x>",))
    keep(session, anna, OWNER, PRIVATE, "<3@x>", days=3)
    keep(session, anna, PRIVATE, OWNER, "<4@x>", days=2, parents=("<3@x>",))
    return anna


def by_ids(session: Session, person: int) -> dict[str, str]:
    """Message-ID -> who wrote it, seen from this person."""
    case = cases.load(session, [person], today=NOW.date())[0]
    return {str(e.message_id): e.by for e in case.conversation.entries}


def test_each_takes_what_was_exchanged_with_them(store: Store) -> None:
    """Two threads of strangers to each other part cleanly."""
    with store.begin() as session:
        anna = joined(session)
        new = joining.part(session, anna, [PRIVATE], NOW)

        assert by_ids(session, anna) == {"<1@x>": "us", "<2@x>": "them"}
        assert by_ids(session, new) == {"<3@x>": "us", "<4@x>": "them"}
        assert [r.person.addresses for r in people.by_keys(session, [anna, new])] == [(ANNA,), (PRIVATE,)]
        assert {anna, new} <= cases.touched(session)


def test_what_concerns_both_stays_with_both(store: Store) -> None:
    """A letter to the two; an answer of the one is a colleague's for the other; nothing of anybody is lost."""
    with store.begin() as session:
        anna = a_person(session)
        people.join(session, anna, PAUL)
        keep(session, anna, OWNER, f"{ANNA} {PAUL}", "<1@x>", days=5)
        keep(session, anna, PAUL, OWNER, "<2@x>", days=4, parents=("<1@x>",))
        keep(session, anna, PAUL, OWNER, "<3@x>", days=3)
        keep(session, anna, "other@else.example", OWNER, "<4@x>", days=2, parents=("<2@x>",), by="other")
        keep(session, anna, "daemon@else.example", OWNER, "<5@x>", days=1, by="other")
        paul = joining.part(session, anna, [PAUL], NOW)

        assert by_ids(session, anna) == {"<1@x>": "us", "<2@x>": "thread", "<3@x>": "company", "<5@x>": "other"}
        assert by_ids(session, paul) == {"<1@x>": "us", "<2@x>": "them", "<3@x>": "them", "<4@x>": "other"}


def test_the_owners_holds_stay_with_both_and_what_was_said_of_one_goes_along(store: Store) -> None:
    """Parting opens nobody; a note under an address is about whom it belongs to."""
    with store.begin() as session:
        anna = joined(session)
        words.stop(session, anna, NOW)
        words.pause(session, anna, date(2026, 6, 1), NOW)
        outside.log(session, saying(anna, ANNA), "note", happened=NOW, day=NOW.date(), text="hers")
        outside.log(session, saying(anna, PRIVATE), "note", happened=NOW, day=NOW.date(), text="the other's")
        new = joining.part(session, anna, [PRIVATE], NOW)

        assert [(word(session, k).stopped, word(session, k).paused_until) for k in (anna, new)] == [(True, date(2026, 6, 1))] * 2
        assert [[line.text for line in outside.lines(session, k)] for k in (anna, new)] == [["hers"], ["the other's"]]


def test_a_draft_belongs_to_whom_it_was_written_to(store: Store) -> None:
    """Also an open one: a stop of theirs must find it."""
    with store.begin() as session:
        anna = joined(session)
        open_ = intend(session, anna, an_occasion(anchor="<3@x>"), to=PRIVATE)
        new = joining.part(session, anna, [PRIVATE], NOW)

        assert [d.id for d in ledger.for_person(session, new)] == [open_]
        assert ledger.for_person(session, anna) == ()
        assert ledger.for_person(session, new)[0].ledger.occasion.person == PRIVATE


@pytest.mark.parametrize("to", [ANNA, PRIVATE])
def test_a_draft_for_what_concerned_both_is_known_of_both(store: Store, to: str) -> None:
    """P3: neither is drafted to for the same mail again; the planner and the ledger both know it."""
    with store.begin() as session:
        anna = a_person(session)
        people.join(session, anna, PRIVATE)
        keep(session, anna, OWNER, f"{ANNA} {PRIVATE}", "<1@x>", days=5)
        draft = intend(session, anna, an_occasion(anchor="<1@x>"), to=to)
        ledger.move(session, draft, DraftState.DELETED, NOW, "thrown away")
        new = joining.part(session, anna, [PRIVATE], NOW)

        for key, first in ((anna, ANNA), (new, PRIVATE)):
            rows = ledger.for_person(session, key)
            assert [(r.state, r.ledger.occasion.person, r.ledger.occasion.anchor) for r in rows] == [
                (DraftState.DELETED, first, "<1@x>")
            ]
            assert rows[0].ledger.occasion.step == "stranger/useful-news"


@pytest.mark.parametrize("again", [False, True])
def test_what_was_shared_with_the_one_is_shared_with_neither_again(store: Store, again: bool) -> None:
    """Whoever the draft belongs to now; and it stays so when they are joined and parted once more. Who never had it is free."""
    with store.begin() as session:
        anna, paul = joined(session), a_person(session, "paul")
        pairs = Resource(title="Apprendre entre pairs", lang="fr", url="https://exemple.example/pairs", sentence="Un cas.")
        resource = library.add(session, pairs, NOW).key
        ledger.move(session, intend(session, anna, resource=resource, to=ANNA), DraftState.SENT, NOW)
        new = joining.part(session, anna, [PRIVATE], NOW)
        if again:
            joining.merge(session, anna, new)
            new = joining.part(session, anna, [PRIVATE], NOW)

        assert [library.had(session, key) for key in (anna, new, paul)] == [{resource}, {resource}, frozenset()]
        assert library.times(session) == {resource: 1}


def test_joined_and_parted_again_they_are_who_they_were(store: Store) -> None:
    """Split is the inverse of merge for one address, drafts of the same occasion among them."""
    with store.begin() as session:
        anna, other = a_person(session), private(session)
        keep(session, anna, OWNER, f"{ANNA} {PRIVATE}", "<1@x>", days=5)
        add(
            session,
            a_kept(
                other,
                "us",
                id="<1@x>",
                days=5,
                uid=9,
                headers=Headers(message_id="<1@x>", sender=Address(addr=OWNER), sent=NOW - timedelta(days=5)),
            ),
        )
        for key, address in ((anna, ANNA), (other, PRIVATE)):
            draft = intend(session, key, an_occasion(anchor="<1@x>", person=address), to=address)
            ledger.move(session, draft, DraftState.SENT, NOW)
        joining.merge(session, anna, other)
        assert len(ledger.for_person(session, anna)) == 2
        new = joining.part(session, anna, [PRIVATE], NOW)

        assert by_ids(session, anna) == by_ids(session, new) == {"<1@x>": "us"}
        texts = session.scalars(select(Drafts.occasion).where(Drafts.state != "failed")).all()
        assert len(texts) == len(set(texts))
        assert all(ledger.for_person(session, key) for key in (anna, new))
        assert session.scalar(select(func.count()).select_from(People)) == 2


def test_the_newcomer_speaks_as_their_own_mail_does(store: Store) -> None:
    """Name and language by what came from the address, not by whom they were taken for."""
    with store.begin() as session:
        anna = joined(session)
        people.learn(session, anna, Learnt(register="tu"))
        new = people.by_keys(session, [joining.part(session, anna, [PRIVATE], NOW)])[0].person

        assert (new.name, new.lang, new.register, new.company) == ("Somebody", "fr", None, "mail.example")
