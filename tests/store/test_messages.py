"""Messages of people: header facts and readings, no text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from nurture.errors import DatabaseFault
from nurture.messages import Address, Kind, Notice
from nurture.stages import Awaits, Finding, Reading, Signal
from nurture.store import Store, messages, people
from nurture.store.messages import addresses_value, notice_data, reading_data, reading_value
from tests.store.builders import ACCOUNT, NOW, a_kept, a_person, add

FOUND = Finding(signal=Signal.NEED, quote="Nos clients appellent tous.", confidence=0.875, rule="lexicon")
READING = Reading(
    reader=3, findings=(FOUND,), unsure=(replace(FOUND, signal=Signal.DECLINE),), resume_on=date(2026, 9, 1), register="vous", lang="fr", awaits=Awaits.OFFER,
    awaits_quote="Voici notre offre.", promise="Je vous l'envoie lundi.", promise_on=date(2026, 3, 16), meeting_on=date(2026, 3, 20),
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
        _, [unread] = messages.unread_by(session, 1, account=ACCOUNT, alive_since=NOW - timedelta(days=30), limit=5)

    assert again == key
    assert (unread.folder, unread.uid, dict(unread.relations)) == ("Archive", 99, {anna: "them", paul: "company"})


def test_two_copies_in_one_window_are_one_message(store: Store) -> None:
    """Sent to oneself, or in two folders of one fetch."""
    with store.begin() as session:
        anna = a_person(session)
        keys = add(session, a_kept(anna, days=1), a_kept(anna, days=1, folder="Archive"))

    assert keys[0] == keys[1]


def test_what_is_unread_comes_oldest_first_and_only_of_the_living(store: Store) -> None:
    """Bulk is never read, nor what only their company wrote; the silent for too long are left alone."""
    since = NOW - timedelta(days=365)
    with store.begin() as session:
        anna, old = a_person(session), a_person(session, "old")
        add(session, a_kept(anna, days=1), a_kept(anna, "us", days=500), a_kept(anna, days=2, kind=Kind.BULK, id="<b@x.example>"))
        add(session, a_kept(anna, "company", days=3), a_kept(old, "us", days=800, id="<o@x.example>"))
        total, unread = messages.unread_by(session, 1, account=ACCOUNT, alive_since=since, limit=1)
        _, both = messages.unread_by(session, 1, account=ACCOUNT, alive_since=since, limit=9)

    assert (total, len(unread), [u.ours for u in both]) == (2, 1, [True, False])


def test_a_newer_reader_reads_again(store: Store) -> None:
    """And what could not be had is given up after three looks."""
    since = NOW - timedelta(days=30)
    with store.begin() as session:
        anna = a_person(session)
        [one, two] = add(session, a_kept(anna, days=1), a_kept(anna, days=2))
        messages.keep_reading(session, one, replace(READING, reader=1), kind=Kind.HUMAN, notice=Notice(), lang=None)
        for _ in range(3):
            messages.give_up(session, two)

        assert messages.unread_by(session, 1, account=ACCOUNT, alive_since=since, limit=9) == (0, ())
        assert [u.key for u in messages.unread_by(session, 2, account=ACCOUNT, alive_since=since, limit=9)[1]] == [one]


def test_findings_can_be_counted_and_are_replaced_by_a_new_reading(store: Store) -> None:
    """A row a finding, the unsure ones marked."""
    with store.begin() as session:
        [key] = add(session, a_kept(a_person(session), days=1))
        for _ in range(2):
            messages.keep_reading(session, key, READING, kind=Kind.HUMAN, notice=Notice(), lang="fr")
        rows = session.execute(text("select signal, unsure, quote from signals order by id")).all()

    assert [tuple(r) for r in rows] == [("need", 0, FOUND.quote), ("decline", 1, FOUND.quote)]


def test_what_was_said_before_is_the_context_of_what_comes_next(store: Store) -> None:
    """The last reading of ours, whether an offer is out, the language; nothing of later."""
    offer = Reading(reader=1, findings=(replace(FOUND, signal=Signal.PROPOSAL_SENT),), awaits=Awaits.OFFER, awaits_quote="Voici.")
    with store.begin() as session:
        anna = a_person(session)
        [one, _] = add(session, a_kept(anna, "us", days=5), a_kept(anna, days=3))
        messages.keep_reading(session, one, offer, kind=Kind.HUMAN, notice=Notice(), lang="fr")
        before = messages.context(session, anna, NOW - timedelta(days=3))
        nothing = messages.context(session, anna, NOW - timedelta(days=30))

    assert nothing is None
    assert before is not None
    assert (before.awaits, before.awaits_quote, before.lang, before.offer_out) == (Awaits.OFFER, "Voici.", "fr", True)


def test_what_they_have_had_from_us_is_known_by_hashes_only(store: Store) -> None:
    """Of all messages to them; a new reading replaces."""
    with store.begin() as session:
        anna, paul = a_person(session), a_person(session, "paul")
        [one, two] = add(session, a_kept(anna, "us", days=5), a_kept(paul, "us", days=4))
        messages.keep_said(session, one, {"a" * 16, "b" * 16})
        messages.keep_said(session, one, {"c" * 16})
        messages.keep_said(session, two, {"d" * 16})

        assert messages.said(session, anna) == {"c" * 16}
        assert messages.said(session, paul) == {"d" * 16}


def test_no_text_of_a_mail_is_kept(store: Store) -> None:
    """What the design lists, and nothing else: the columns are these."""
    with store.begin() as session:
        columns = {row[1] for row in session.execute(text("pragma table_info(messages)"))}

    assert columns == {
        "id", "account", "mid", "message_id", "folder", "uid", "uidvalidity", "size", "sent", "received", "offset", "ours", "sender", "sender_name", "to", "cc",
        "parents", "subject", "kind", "notice", "lang", "junk", "failed", "reader", "tries", "reading", "owner",
    }  # fmt: skip


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    """UTC by type."""
    with pytest.raises((DatabaseFault, ValueError)), store.begin() as session:
        people.add(session, address="x@y.example", name="", source="x", followed=True, now=datetime(2026, 1, 1))
