"""Exit 15: what a person does to a mailbox is no alarm, what happens to it is one, and the owner's word ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nurture.errors import MailboxSuspicious
from nurture.mailbox import Folder, MemoryMailbox, Role
from nurture.mailbox.memory import FOLDERS, Shelf
from tests.whole.house import ANNA, LETTER, House

ARCHIVE = (*FOLDERS, Folder(name="Archive", role=Role.ARCHIVE))


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Thirty letters sent, forty mails in the inbox, a hundred in Junk, all read."""
    found = House(tmp_path, box=MemoryMailbox("memory:camille", ARCHIVE))
    for n in range(40):
        found.later(minutes=1).receive(f"N{n} <n{n}@news.example>", LETTER, subject=f"N{n}")
        if n < 30:
            found.write(f"P{n} Roux <p{n}@c{n}.example>", LETTER, subject=f"S{n}")
    for n in range(100):
        found.receive(f"X{n} <x{n}@spam.example>", "Buy", folder="Junk", subject=f"X{n}")
    found.run()
    return found.later(days=1)


def moved(house: House, source: str, target: str, *, but: int = 0) -> None:
    """The owner's hand."""
    for uid in sorted(house.box.shelves[source].messages)[but:]:
        house.box.carry(source, uid, target)


def archived(house: House) -> None:
    """Inbox zero."""
    moved(house, "INBOX", "Archive")


def thrown_away(house: House) -> None:
    """Into Trash, which is not emptied yet."""
    moved(house, "INBOX", "Trash")
    moved(house, "Sent", "Trash")


def junk_emptied(house: House) -> None:
    """More than half of all messages."""
    house.box.shelves["Junk"].messages.clear()


def one_folder_emptied(house: House) -> None:
    """For good."""
    house.box.shelves["INBOX"].messages.clear()


def renamed(house: House) -> None:
    """The folder has another name; on the server it is another folder."""
    house.box.shelves["Sent Mail"] = house.box.shelves.pop("Sent")
    house.box._folders = [f if f.name != "Sent" else Folder(name="Sent Mail", role=Role.SENT) for f in house.box._folders]


def one_folder_numbered_anew(house: House) -> None:
    """As servers do after a repair."""
    house.box.shelves["INBOX"].uidvalidity += 1


@pytest.mark.parametrize(
    "act", [archived, thrown_away, junk_emptied, one_folder_emptied, renamed, one_folder_numbered_anew], ids=lambda f: f.__name__
)
def test_what_a_person_does_is_no_alarm(house: House, act: Callable[[House], None]) -> None:
    """And the runs after it are quiet too."""
    act(house)

    assert house.run().problems == []
    assert house.later(minutes=20).run().problems == []


def test_a_maildir_whose_numbers_were_lost_is_read_again_without_an_alarm(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are nurture's own, kept in its own folder."""
    all_numbered_anew(house)
    real = house.box.position
    monkeypatch.setattr(house.box, "position", lambda folder: replace(real(folder), numbered_here=True))

    assert house.run().problems == []


def test_cleaning_little_by_little_is_no_alarm(house: House) -> None:
    """A third a day, until hardly anything is left."""
    for name in ("Junk", "INBOX", "Sent"):
        for uid in sorted(house.box.shelves[name].messages)[2:]:
            del house.box.shelves[name].messages[uid]
            if uid % 8 == 0:
                house.later(minutes=20).run()
    assert house.later(minutes=20).run().problems == []


def vanished(house: House) -> None:
    """An empty mailbox in place of the old one, but for a mail of welcome."""
    for shelf in house.box.shelves.values():
        shelf.messages.clear()
    house.receive(ANNA, LETTER)


def all_numbered_anew(house: House) -> None:
    """Another server."""
    for shelf in house.box.shelves.values():
        shelf.uidvalidity += 7


def counts_backwards(house: House) -> None:
    """Yesterday's backup."""
    shelf = house.box.shelves["INBOX"]
    for uid in (38, 39, 40):
        del shelf.messages[uid]
    shelf.uidnext = 38


def replaced(house: House) -> None:
    """Fresh folders under the old names."""
    house.box.shelves = {name: Shelf(uidvalidity=9) for name in house.box.shelves}


@pytest.mark.parametrize("act", [vanished, all_numbered_anew, counts_backwards, replaced], ids=lambda f: f.__name__)
def test_what_happens_to_a_mailbox_is_an_alarm_until_the_owner_says_that_it_is_right(
    house: House, act: Callable[[House], None]
) -> None:
    """Nothing is concluded, the next step is named, one word of the owner's is enough for all later runs."""
    act(house)

    for _ in range(2):
        with pytest.raises(MailboxSuspicious, match="run `nurture run --mailbox-changed` once"):
            house.later(minutes=20).run()
    house.later(minutes=20).run(mailbox_changed=True)
    house.later(minutes=20).run()
