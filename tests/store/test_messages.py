"""Messages of people: header facts and readings, no text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import inspect, text

from nurture.errors import DatabaseFault
from nurture.messages import Address, Kind, Notice
from nurture.stages import Awaits, Finding, Reading, Signal
from nurture.store import Session, Store, Understood, messages, people, readings
from nurture.store.messages import addresses_value, notice_data
from nurture.store.readings import reading_data, reading_value
from tests.store.builders import ACCOUNT, NOW, a_kept, a_person, add

FOUND = Finding(signal=Signal.NEED, quote="Nos clients appellent tous.", confidence=0.875, rule="lexicon")
READING = Reading(
    reader=3, findings=(FOUND,), unsure=(replace(FOUND, signal=Signal.DECLINE),), resume_on=date(2026, 9, 1), register="vous", lang="fr", awaits=Awaits.OFFER,
    awaits_quote="Voici notre offre.", promise="Je vous l'envoie lundi.", promise_on=date(2026, 3, 16), meeting_on=date(2026, 3, 20), meeting_off=True,
    meeting_off_on=date(2026, 3, 19),
)  # fmt: skip


def test_a_reading_survives_the_store() -> None:
    """Every field, dates and enumerations too; a key of an older program is left out."""
    assert reading_value(reading_data(READING)) == READING
    assert reading_value(reading_data(Reading(reader=1))) == Reading(reader=1)
    assert reading_value({**reading_data(READING), "colour": "red"}) == READING


def test_a_notice_survives_as_data() -> None:
    """Nothing for an empty one."""
    notice = Notice(
        resume_on=date(2026, 3, 16),
        quote="De retour le 16.",
        successor=Address(addr="b@c.example"),
        failed=("x@y.example",),
        status="5.1.1",
        starts=NOW,
    )

    assert notice_data(Notice()) is None
    assert notice_data(notice) == {
        "resume_on": "2026-03-16", "quote": "De retour le 16.", "successor": "b@c.example", "failed": ["x@y.example"], "status": "5.1.1", "method": "",
        "partstat": "", "starts": NOW.isoformat(),
    }  # fmt: skip
    assert addresses_value([["a@b.example", "A"]]) == (Address(addr="a@b.example", name="A"),)


def test_the_same_message_is_kept_once_and_learns_its_new_place(store: Store) -> None:
    """Seen again in another folder, or concerning somebody else as well."""
    with store.begin() as session:
        anna, paul = a_person(session), a_person(session, "paul")
        [key] = add(session, a_kept(anna, days=3))
        [again] = add(session, a_kept(anna, days=3, folder="Archive", uid=99, relations={anna: "them", paul: "company"}))
        [unread] = messages.unread(session, [key])

    assert again == key
    assert (unread.folder, unread.uid, dict(unread.relations)) == ("Archive", 99, {anna: "them", paul: "company"})


def test_two_copies_in_one_window_are_one_message(store: Store) -> None:
    """Sent to oneself, or in two folders of one fetch."""
    with store.begin() as session:
        anna = a_person(session)
        keys = add(session, a_kept(anna, days=1), a_kept(anna, days=1, folder="Archive"))

    assert keys[0] == keys[1]


def unread(session: Session, reader: int = 1) -> tuple[int, ...]:
    """What a reader has not read of people alive for a year."""
    return messages.unread_keys(session, reader, account=ACCOUNT, alive_since=NOW - timedelta(days=365))


def understood(key: int, reading: Reading = READING, said: frozenset[str] = frozenset()) -> Understood:
    """One message that was read."""
    return Understood(key=key, reading=reading, kind=Kind.HUMAN, notice=Notice(), lang="fr", said=said)


def test_what_is_unread_comes_oldest_first_and_only_of_the_living(store: Store) -> None:
    """Bulk is never read, nor what only their company wrote; the silent for too long are left alone."""
    with store.begin() as session:
        anna, old = a_person(session), a_person(session, "old")
        [new, older, _] = add(
            session, a_kept(anna, days=1), a_kept(anna, "us", days=500), a_kept(anna, days=2, kind=Kind.BULK, id="<b@x.example>")
        )
        add(session, a_kept(anna, "company", days=3), a_kept(old, "us", days=800, id="<o@x.example>"))
        assert unread(session) == (older, new)
        assert [u.ours for u in messages.unread(session, unread(session))] == [True, False]
        assert messages.unread_keys(session, 1, account="other", alive_since=NOW) == ()


def test_a_newer_reader_reads_again(store: Store) -> None:
    """And what could not be had is given up after three looks."""
    with store.begin() as session:
        anna = a_person(session)
        [one, two] = add(session, a_kept(anna, days=1), a_kept(anna, days=2))
        readings.keep(session, [])
        readings.keep(session, [understood(one, replace(READING, reader=1))])
        for _ in range(3):
            messages.give_up(session, two)

        assert unread(session) == ()
        assert unread(session, 2) == (one,)


def test_findings_can_be_counted_and_are_replaced_by_a_new_reading(store: Store) -> None:
    """A row a finding, the unsure ones marked."""
    with store.begin() as session:
        [key] = add(session, a_kept(a_person(session), days=1))
        for _ in range(2):
            readings.keep(session, [understood(key)])
        rows = session.execute(text("select signal, unsure, quote from signals order by id")).all()

    assert [tuple(r) for r in rows] == [("need", 0, FOUND.quote), ("decline", 1, FOUND.quote)]


def test_what_was_exchanged_is_remembered_in_its_order(store: Store) -> None:
    """With its readings, as far as there are any; what their company wrote elsewhere is no part of it."""
    with store.begin() as session:
        anna = a_person(session)
        [one, two] = add(session, a_kept(anna, "us", days=5), a_kept(anna, days=3))
        add(session, a_kept(anna, "company", days=4))
        readings.keep(session, [understood(one)])
        found = readings.histories(session, {anna})[anna]

    assert [(p.key, p.ours, p.reading) for p in found] == [(one, True, READING), (two, False, None)]


def test_what_they_have_had_from_us_is_known_by_hashes_only(store: Store) -> None:
    """Of all messages to them; a new reading replaces."""
    with store.begin() as session:
        anna, paul = a_person(session), a_person(session, "paul")
        [one, two] = add(session, a_kept(anna, "us", days=5), a_kept(paul, "us", days=4))
        readings.keep(
            session, [understood(one, said=frozenset({"a" * 16, "b" * 16})), understood(two, said=frozenset({"d" * 16}))]
        )
        readings.keep(session, [understood(one, said=frozenset({"c" * 16}))])

        assert messages.said(session, anna) == {"c" * 16}
        assert messages.said(session, paul) == {"d" * 16}
        assert people.newest_message(session, anna) == one
        assert people.newest_message(session, 999) == 0


def test_no_text_of_a_mail_is_kept(store: Store) -> None:
    """What the design lists, and nothing else: the columns are these."""
    columns = {column["name"] for column in inspect(store.engine).get_columns("messages")}

    assert columns == {
        "id", "account", "mid", "message_id", "folder", "uid", "uidvalidity", "size", "sent", "received", "offset", "ours", "sender", "sender_name", "to", "cc",
        "parents", "subject", "kind", "notice", "lang", "junk", "failed", "reader", "tries", "reading", "owner",
    }  # fmt: skip


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    """UTC by type."""
    with pytest.raises((DatabaseFault, ValueError)), store.begin() as session:
        people.add(session, address="x@y.example", name="", source="x", followed=True, now=datetime(2026, 1, 1))


def test_the_word_runs_of_what_we_wrote_are_kept_by_person(store: Store) -> None:
    """Packed hashes; a new reading replaces them."""
    with store.begin() as session:
        anna = a_person(session)
        [one, two] = add(session, a_kept(anna, "us", days=5), a_kept(anna, "us", days=4))
        readings.keep(session, [replace(understood(one), runs=b"x" * 8), replace(understood(two), runs=b"y" * 16)])
        readings.keep(session, [replace(understood(one), runs=b"z" * 8)])

        assert sorted(readings.our_runs(session, {anna})[anna]) == [b"y" * 16, b"z" * 8]
        assert readings.our_runs(session, {99}) == {}
