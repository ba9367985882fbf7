"""A recalled mailbox holds what had arrived at a moment, hands it out as the real one does, and leaves that one alone."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nurture.mailbox import Folder, MemoryMailbox, RecalledMailbox, Role, gesture_folders
from tests.whole.house import ANNA, US, a_mail

DAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
LATER = DAY + timedelta(days=30)


def at(days: float) -> datetime:
    """A moment so many days after the first one."""
    return DAY + timedelta(days=days)


@pytest.fixture
def real() -> MemoryMailbox:
    """Letters of a fortnight, not in the order of their numbers; one was filed weeks after it came, one lies in Trash."""
    box = MemoryMailbox("memory:camille")
    for days in (5, 0, 9):
        box.deliver("Sent", a_mail(US, ANNA, at(days), f"Bonjour {days}").as_bytes(), at(days), ["\\Seen"])
    box.deliver("INBOX", a_mail(ANNA, US, at(1), "Merci").as_bytes(), at(1), ["\\Flagged"])
    box.deliver("INBOX", a_mail(ANNA, US, at(2), "Vieux").as_bytes(), at(25))
    box.deliver("Trash", a_mail(ANNA, US, at(3), "Non").as_bytes(), at(3))
    box.deliver("Drafts", a_mail(US, ANNA, at(4), "Brouillon").as_bytes(), at(4))
    return box


def folder(box: RecalledMailbox, role: Role) -> Folder:
    """The folder of a role."""
    return next(f for f in box.folders() if f.role is role)


def days_of(box: RecalledMailbox, role: Role) -> list[float]:
    """When what lies in a folder arrived, by its number."""
    return [(row.received - DAY) / timedelta(days=1) for row in box.rows(folder(box, role))]


def test_each_message_is_there_from_its_arrival_on(real: MemoryMailbox) -> None:
    """In the order of arrival; a message that was filed there long after its Date counts from its Date."""
    box = RecalledMailbox(real)

    assert (box.arrived(), box.next_arrival) == (0, at(0))
    assert box.come_to(at(1)) == 2
    assert (days_of(box, Role.SENT), days_of(box, Role.INBOX), days_of(box, Role.TRASH)) == ([0], [1], [])
    assert (box.next_arrival, box.come_to(LATER)) == (at(2), 4)
    assert (days_of(box, Role.SENT), days_of(box, Role.INBOX), days_of(box, Role.TRASH)) == ([0, 5, 9], [1, 2], [3])
    assert (box.next_arrival, box.arrived(), box.arrived(Role.TRASH), box.filed_later) == (None, 6, 1, 1)
    assert len(box.message_ids) == 6


def test_it_reads_as_the_real_one(real: MemoryMailbox) -> None:
    """Words, sizes, flags, searches: the same, under numbers of its own. Today's drafts are nothing of the past."""
    box = RecalledMailbox(real)
    box.come_to(LATER)
    sent, there = folder(box, Role.SENT), next(f for f in real.folders() if f.role is Role.SENT)
    inbox = folder(box, Role.INBOX)

    assert {raw for _, raw in box.bodies(sent, box.uids(sent), 10_000)} == {r for _, r in real.bodies(there, [1, 2, 3], 10_000)}
    assert dict(box.bodies(sent, [1], 20)) == {1: next(r for _, r in real.bodies(there, [2], 20))}
    assert sorted(row.size for row in box.rows(sent)) == sorted(row.size for row in real.rows(there))
    assert box.flags(inbox, [1, 2]) == {1: {"\\Flagged"}, 2: frozenset()}
    assert box.search_address(inbox, "anna@client.example") == (1, 2)
    assert box.search_address(inbox, "na@client.example") == ()
    assert box.search_domain(inbox, "client.example") == (1, 2)
    row = next(box.rows(inbox))
    mid = row.header.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode()
    assert [found.uid for found in box.find(mid, inbox)] == list(box.search_thread(inbox, mid)) == [1]
    assert box.find(mid, inbox, 2) == ()
    assert box.uids(folder(box, Role.DRAFTS)) == ()


def test_what_is_written_stays_in_memory(real: MemoryMailbox) -> None:
    """A draft is found, read, and taken back to Trash; the real mailbox never hears of it."""
    before = {name: dict(shelf.messages) for name, shelf in real.shelves.items()}
    box = RecalledMailbox(real)
    box.come_to(at(3))
    drafts, trash = folder(box, Role.DRAFTS), folder(box, Role.TRASH)
    mail = a_mail(US, ANNA, at(4), "Bonjour")
    uid = box.append(drafts, mail.as_bytes()).uid
    assert uid is not None
    raw = dict(box.bodies(drafts, [uid], 10_000))[uid]
    assert [found.uid for found in box.find(str(mail["Message-ID"]), drafts)] == [uid]

    assert box.withdraw(drafts, uid, box.position(drafts).uidvalidity, hashlib.sha256(raw).hexdigest(), trash)
    assert len(box.uids(trash)) == 2
    assert dict(box.bodies(trash, box.uids(trash), 10_000)).keys() == set(box.uids(trash))
    assert box.flags(trash, box.uids(trash)).keys() == set(box.uids(trash))
    assert box.arrived(Role.TRASH) == 1
    assert {name: dict(shelf.messages) for name, shelf in real.shelves.items()} == before


def test_what_is_to_be_left_out_never_comes(real: MemoryMailbox) -> None:
    """And a mailbox without Drafts and Trash has them here."""
    bare = MemoryMailbox("bare", [Folder(name="INBOX", role=Role.INBOX), Folder(name="Sent", role=Role.SENT)])
    bare.deliver("INBOX", a_mail(ANNA, US, at(1), "Merci").as_bytes(), at(1))
    box = RecalledMailbox(bare)
    box.come_to(LATER)

    assert {f.role for f in box.folders()} >= {Role.DRAFTS, Role.TRASH}
    assert box.arrived() == 1
    without = RecalledMailbox(real, leave=lambda folder, _row: folder.role is Role.TRASH)
    assert without.come_to(LATER) == 5


def test_folders_of_gestures_are_archives_of_the_past(real: MemoryMailbox) -> None:
    """Nothing tells when a copy was made: its mail is part of the exchange, its word is said again with the owner's others."""
    never = real.make_folder("Nurture/Never").name
    real.deliver(never, a_mail(ANNA, US, at(1), "Merci").as_bytes(), at(1))

    box = RecalledMailbox(real)
    box.come_to(LATER)

    assert gesture_folders(box.folders()) == ()
    assert len(box.uids(next(f for f in box.folders() if f.name == never))) == 1
