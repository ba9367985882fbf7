"""Gestures in every kind of mailbox: copied and moved by another program's hand, heeded by whole runs, nothing touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nurture.mailbox import Gesture
from nurture.run import Report
from nurture.store import people
from tests.mailbox.houses import DovecotHouse, MaildirHouse, MemoryHouse
from tests.mailbox.houses import House as Hands
from tests.servers.dovecot import Dovecot
from tests.whole.house import ANNA, LETTER, MONDAY, PAUL, PRICE, US, House, a_config, a_mail

FOLDERS = ("INBOX", "Sent", "Nurture.Follow", "Nurture.Later", "Nurture.Never")


class GestureSuite:
    """One owner, three gestures."""

    @pytest.fixture
    def owner(self, tmp_path: Path) -> House:
        """With a home of their own; the mail lies with `hands`."""
        return House(tmp_path / "home", config=replace(a_config(), follow="listed"), now=MONDAY)

    def run(self, owner: House, hands: Hands) -> Report:
        """One run, over the mailbox opened anew."""
        owner.later(days=1)
        return owner.run(hands.open())  # type: ignore[arg-type]  # a mailbox that is entered by the run

    def arrange(self, hands: Hands) -> dict[str, bytes]:
        """The folders, made as `init` makes them; a letter of ours and two of theirs."""
        with hands.open() as box:
            for name in ("Nurture", *(g.folder for g in Gesture)):
                box.make_folder(name)
        mails = {
            "ours": a_mail(US, "Zoé Martin <zoe@other.example>", MONDAY, LETTER), "anna": a_mail(ANNA, US, MONDAY, PRICE),
            "paul": a_mail(PAUL, US, MONDAY, PRICE, subject="Vos outils"),
        }  # fmt: skip
        raws = {name: mail.as_bytes() for name, mail in mails.items()}
        for name, raw in raws.items():
            hands.deliver("Sent" if name == "ours" else "INBOX", raw, "\\Seen", received=MONDAY)
        return raws

    def copy(self, hands: Hands, source: str, raw: bytes, target: str) -> None:
        """By the owner's mail client."""
        hands.deliver(target, raw, "\\Seen", received=MONDAY)

    def move(self, hands: Hands, source: str, raw: bytes, target: str) -> None:
        """Likewise."""
        self.copy(hands, source, raw, target)
        hands.remove(source, message_id(raw))

    def test_copies_are_heeded_once(self, owner: House, hands: Hands) -> None:
        """One of each; the next run finds nothing new, and every folder is as it was."""
        raws = self.arrange(hands)
        self.copy(hands, "Sent", raws["ours"], "Nurture.Follow")
        self.copy(hands, "INBOX", raws["anna"], "Nurture.Never")
        self.copy(hands, "INBOX", raws["paul"], "Nurture.Follow")
        self.copy(hands, "INBOX", raws["paul"], "Nurture.Later")
        before = [hands.content(folder) for folder in FOLDERS]

        found = self.run(owner, hands).heeded
        assert sorted((row.rule, row.addresses[0], row.moved) for row in found) == [
            ("gesture-follow", "paul@client.example", False), ("gesture-follow", "zoe@other.example", False),
            ("gesture-later", "paul@client.example", False), ("gesture-never", "anna@client.example", False),
        ]  # fmt: skip
        assert self.run(owner, hands).heeded == []
        assert [hands.content(folder) for folder in FOLDERS] == before
        with owner.world() as world, world.store.begin() as session:
            paul = people.by_address(session, "paul@client.example")
            assert paul is not None
            assert paul.followed
            assert paul.paused_until is not None
            assert world.suppression.contains("anna@client.example")

    def test_a_moved_mail_is_honoured_and_stays(self, owner: House, hands: Hands) -> None:
        """Named as moved; read for the exchange where it lies; never moved back."""
        raws = self.arrange(hands)
        self.run(owner, hands)
        self.move(hands, "INBOX", raws["anna"], "Nurture.Follow")

        (row,) = self.run(owner, hands).heeded
        assert (row.rule, row.moved) == ("gesture-follow", True)
        assert len(hands.content("Nurture.Follow")) == 1
        with owner.world() as world, world.store.begin() as session:
            assert people.by_address(session, "anna@client.example") is not None
        assert [d for d in hands.content("Drafts") if b"anna@client.example" in d]  # their price question was read there

    def number_anew(self, hands: Hands, raw: bytes) -> None:
        """The folder is deleted and made again with the same mail in it, as after a restore."""
        hands.drop("Nurture.Follow")
        hands.make("Nurture.Follow")
        self.copy(hands, "INBOX", raw, "Nurture.Follow")

    def test_a_folder_numbered_anew_says_nothing_again(self, owner: House, hands: Hands) -> None:
        """Another UIDVALIDITY, the same Message-IDs: what the owner has said since holds."""
        raws = self.arrange(hands)
        self.copy(hands, "INBOX", raws["anna"], "Nurture.Follow")
        self.run(owner, hands)
        self.number_anew(hands, raws["anna"])
        with owner.world() as world, world.store.begin() as session:
            anna = people.by_address(session, "anna@client.example")
            assert anna is not None
            people.unfollow(session, anna.person.key, owner.now)

        assert self.run(owner, hands).heeded == []
        with owner.world() as world, world.store.begin() as session:
            anna = people.by_address(session, "anna@client.example")
            assert anna is not None
            assert not anna.followed


def message_id(raw: bytes) -> str:
    """Of one of the mails above."""
    return next(line.partition(b": ")[2].decode() for line in raw.split(b"\n") if line.startswith(b"Message-ID: "))


class TestMemory(GestureSuite):
    """In memory."""

    @pytest.fixture
    def hands(self) -> MemoryHouse:
        return MemoryHouse()


class TestMaildir(GestureSuite):
    """In files."""

    @pytest.fixture
    def hands(self, tmp_path: Path) -> MaildirHouse:
        return MaildirHouse(tmp_path)

    def number_anew(self, hands: Hands, raw: bytes) -> None:
        """A Maildir has no numbers: those that nurture gave were lost."""
        assert isinstance(hands, MaildirHouse)
        for numbers in hands.state.glob("*.uids"):
            numbers.unlink()


@pytest.mark.dovecot
class TestDovecot(GestureSuite):
    """On a real server, whose own COPY and MOVE are the owner's hand; the wire is looked through afterwards."""

    @pytest.fixture
    def hands(self, dovecot: Dovecot) -> Iterator[DovecotHouse]:
        house = DovecotHouse(dovecot)
        yield house
        house.close()

    def copy(self, hands: Hands, source: str, raw: bytes, target: str) -> None:
        assert isinstance(hands, DovecotHouse)
        hands.owner.select_folder(source)
        hands.owner.copy(hands.owner.search(["HEADER", "Message-ID", message_id(raw)]), target)

    def move(self, hands: Hands, source: str, raw: bytes, target: str) -> None:
        assert isinstance(hands, DovecotHouse)
        hands.owner.select_folder(source)
        hands.owner.move(hands.owner.search(["HEADER", "Message-ID", message_id(raw)]), target)
