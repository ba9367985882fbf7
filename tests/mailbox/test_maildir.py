"""The Maildir keeps the contract; other programs may do what they do; a real Dovecot on the same files agrees."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nurture.errors import DatabaseFault, FoldersFault, OutOfBounds
from nurture.mailbox import Folder, MaildirMailbox, Role
from nurture.mailbox.uids import Uids
from nurture.messages import parse_headers
from tests.mailbox.contents import digest, ids, the
from tests.mailbox.houses import DovecotHouse, MaildirHouse
from tests.mailbox.letters import ARRIVED, a_draft, letter, lf
from tests.mailbox.numbers import age, everything, inbox, numbered
from tests.mailbox.suite import MailboxSuite
from tests.servers.dovecot import Dovecot


@pytest.fixture
def house(tmp_path: Path) -> MaildirHouse:
    """A Maildir in a temporary folder."""
    return MaildirHouse(tmp_path)


class TestMaildir(MailboxSuite):
    """See `suite`."""


def test_reading_touches_no_file(house: MaildirHouse) -> None:
    """Not a name, a time stamp or an inode changes anywhere in the mail (P2); what is kept is readable by its owner only."""
    for i in range(6):
        house.deliver("INBOX", letter(f"<{i}@client.example>"))
    before = everything(house.path)

    with house.open() as box:
        for folder in box.folders():
            uids = box.uids(folder)
            (
                list(box.rows(folder)),
                list(box.bodies(folder, uids, 100)),
                box.flags(folder, uids),
                box.search_address(folder, "a@b.example"),
            )
            box.find("<1@client.example>", folder), box.position(folder)

    assert everything(house.path) == before
    assert {path.stat().st_mode & 0o077 for path in house.state.rglob("*")} == {0}


def test_a_number_stays_whatever_other_programs_do(house: MaildirHouse) -> None:
    """From `new` to `cur`, flags set and removed, gone and back again: the same message, the same UID."""
    for i in range(4):
        house.deliver("INBOX", letter(f"<{i}@client.example>"))
    with house.open() as box:
        before = numbered(box)
    for i, flags in enumerate((["\\Seen"], ["\\Seen", "\\Answered"], ["\\Flagged"], ["\\Deleted"])):
        house.mark("INBOX", f"<{i}@client.example>", *flags)
    away = house.file("INBOX", "<2@client.example>")
    away.rename(house.path / away.name)
    with house.open() as box:
        assert numbered(box) == {u: m for u, m in before.items() if m != "<2@client.example>"}
    (house.path / away.name).rename(house.path / "cur" / (away.name.partition(":")[0] + ":2,RS"))
    house.deliver("INBOX", letter("<new@client.example>"))

    with house.open() as box:
        after = numbered(box)
        assert {u: m for u, m in after.items() if m != "<new@client.example>"} == before
        assert max(after) > max(before)
        assert after[max(after)] == "<new@client.example>"


def test_what_came_first_has_the_lower_number(house: MaildirHouse) -> None:
    """By the time stamps of file names; names of other forms are numbered too."""
    names = [
        "1700000300.M1P1.h",
        "1700000100.M2P1.h:2,S",
        "99.h",
        "²٣.h",
        "plain",
        "1700000200_0.1.host,U=5,FMD5=ab:2,",
        "msg.\udcff\udcfe:2,S",
    ]
    for name in names:
        (house.path / "cur" / name).write_bytes(lf(letter(f"<{names.index(name)}@x.example>")))
    for odd in (".hidden", "with\nline", "sub"):
        (house.path / "new" / odd).mkdir() if odd == "sub" else (house.path / "new" / odd).write_bytes(b"x")
    os.mkfifo(house.path / "new" / "1700000000.pipe")
    (house.path / "cur" / "1700000000.dangling").symlink_to(house.path / "nowhere")

    with house.open() as box:
        found = numbered(box)
        timed = [m for _, m in sorted(found.items()) if m in ("<0@x.example>", "<1@x.example>", "<5@x.example>")]
        assert timed == ["<1@x.example>", "<5@x.example>", "<0@x.example>"]
        assert set(found.values()) == {f"<{i}@x.example>" for i in range(len(names))}
    with house.open() as box:
        assert numbered(box) == found


def test_a_folder_of_many_numbers_is_looked_at_once(house: MaildirHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has changed for a while a position costs no listing; the smallest change is seen at once."""
    house.deliver("INBOX", letter("<1@client.example>"))
    age(house)
    with house.open() as box:
        before = box.position(inbox(box))

    def no_listing(_place: Path) -> dict[str, str]:
        raise AssertionError("listed")

    with monkeypatch.context() as patch, house.open() as box:
        patch.setattr("nurture.mailbox.uids._scan", no_listing)
        assert box.position(inbox(box)) == before
        house.deliver("INBOX", letter("<2@client.example>"))
        with pytest.raises(AssertionError, match="listed"):
            box.position(inbox(box))

    with house.open() as box:
        assert box.position(inbox(box)).exists == 2
        stamps = {part: (house.path / part).stat().st_mtime_ns for part in ("cur", "new")}
        house.deliver("INBOX", letter("<3@client.example>"))
        for part, stamp in stamps.items():  # in the same instant, for a coarse clock
            os.utime(house.path / part, ns=(stamp, stamp))
        assert box.position(inbox(box)).exists == 3


def test_what_is_no_maildir_is_told(tmp_path: Path, house: MaildirHouse) -> None:
    """A path that is wrong, a file in the place of the state folder, a folder that nobody may read."""
    wrong = MaildirHouse.__new__(MaildirHouse)
    wrong.path, wrong.state, wrong.choices = tmp_path / "nowhere", tmp_path / "state", house.choices
    with pytest.raises(FoldersFault, match="no Maildir"), wrong.open():
        pass
    (tmp_path / "state").write_text("a file")
    with pytest.raises(DatabaseFault), house.open() as box:
        box.position(inbox(box))


@pytest.mark.parametrize("wire", ["", "..", ".", "Sent", ".Sent/../../x", "../.Sent", "./.Sent"])
def test_only_folders_of_this_maildir_can_be_named(house: MaildirHouse, wire: str) -> None:
    """No path leads out of it."""
    with house.open() as box, pytest.raises(OutOfBounds):
        box.position(Folder(name="Sent", role=Role.SENT, wire=wire))


def test_a_draft_never_replaces_what_lies_in_trash(house: MaildirHouse) -> None:
    """A file of the same name there: nothing is moved."""
    with house.open() as box:
        drafts, trash = the(box, Role.DRAFTS), the(box, Role.TRASH)
        done = box.append(drafts, a_draft())
        assert done.uid is not None
        assert done.uidvalidity is not None
        ((_, raw),) = box.bodies(drafts, [done.uid], 100_000)
        file = house.file("Drafts", "<draft@atelier.example>")
        (house.place("Trash") / "cur" / file.name).write_bytes(b"theirs")

        assert box.withdraw(drafts, done.uid, done.uidvalidity, digest(raw), trash) is False
    assert file.exists()
    assert (house.place("Trash") / "cur" / file.name).read_bytes() == b"theirs"


def test_numbers_of_two_accounts_are_two(house: MaildirHouse) -> None:
    """The same mailbox under another name is another account."""
    house.deliver("INBOX", letter("<1@client.example>"))
    for account in ("one", "two"):
        with MaildirMailbox(house.path, account, house.choices, uid_store=house.state) as box:
            assert list(numbered(box)) == [1]
    assert len(list(house.state.iterdir())) == 2


def test_numbers_go_on_from_where_they_stood(tmp_path: Path) -> None:
    """UIDNEXT is kept: what was deleted gives its number to nobody."""
    (tmp_path / "cur").mkdir()
    (tmp_path / "new").mkdir()
    uids = Uids(tmp_path, tmp_path / "kept.uids")
    (tmp_path / "cur" / "1.a").write_bytes(b"")
    uids.refresh()
    (tmp_path / "cur" / "1.a").unlink()
    (tmp_path / "cur" / "2.b").write_bytes(b"")
    uids.refresh()

    assert (uids.files, uids.next) == ({2: "cur/2.b"}, 3)


@pytest.mark.dovecot
def test_a_real_server_sees_what_was_written(dovecot: Dovecot, tmp_path: Path) -> None:
    r"""A draft written into the files is one to Dovecot: \Draft, \Seen, CRLF; and taken back it lies in Trash."""
    house = DovecotHouse(dovecot)
    files = MaildirMailbox(dovecot.maildir(house.user), "files", house.choices, uid_store=tmp_path)
    with files:
        done = files.append(the(files, Role.DRAFTS), a_draft())
        dovecot.give(house.user)
        with house.open() as box:
            drafts = the(box, Role.DRAFTS)
            (uid,) = box.uids(drafts)
            assert box.flags(drafts, [uid]) == {uid: frozenset({"\\Draft", "\\Seen"})}
            assert dict(box.bodies(drafts, [uid], 100_000)) == {uid: a_draft()}
        assert done.uid is not None
        assert done.uidvalidity is not None
        ((_, raw),) = files.bodies(the(files, Role.DRAFTS), [done.uid], 100_000)
        assert files.withdraw(the(files, Role.DRAFTS), done.uid, done.uidvalidity, digest(raw), the(files, Role.TRASH))
    assert (house.content("Drafts"), list(house.content("Trash"))) == ({}, [lf(a_draft())])
    house.close()


@pytest.mark.dovecot
def test_files_and_server_tell_the_same_of_the_same_mail(dovecot: Dovecot, tmp_path: Path) -> None:
    """Every message of a motley lot, read from the files and from the server: the same header fields and moments."""
    house = DovecotHouse(dovecot)
    lot = [
        letter("<1@client.example>", "References: <a@x.example>\r\n <b@x.example>"), letter("<2@client.example>", "CC: x@y.example", "cc : z@y.example"),
        b"\r\nbody\r\n", b"Subject: no end", b"From: a@b.example\r\n\r\n", letter("<3@client.example>", "Subject: caf\xc3\xa9 =?utf-8?q?x?="),
        b"Received: x\r\nFROM:a@b.example\r\n  (comment)\r\nTo:\r\nMessage-Id:<4@client.example>\r\nList-Id: <l>\r\n\r\nx",
    ]  # fmt: skip
    for i, raw in enumerate(lot):
        house.deliver("INBOX", raw, received=ARRIVED.replace(minute=i))

    with house.open() as box, MaildirMailbox(dovecot.maildir(house.user), "files", house.choices, uid_store=tmp_path) as files:
        here, there = list(files.rows(inbox(files))), list(box.rows(the(box, Role.INBOX)))
    assert [parse_headers(r.header) for r in here] == [parse_headers(r.header) for r in there]
    assert ids(here).count(None) == 3
    assert [r.received for r in here] == [r.received for r in there] == [ARRIVED.replace(minute=i) for i in range(len(lot))]
    house.close()


def test_a_keyword_is_seen_under_its_name(house: MaildirHouse) -> None:
    """Dovecot keeps tags as small letters, and their names beside; a letter without a name is still a tag."""
    house.deliver("INBOX", letter("<1@client.example>"))
    (path,) = (house.path / "cur").iterdir() if any((house.path / "cur").iterdir()) else (house.path / "new").iterdir()
    path.rename(house.path / "cur" / f"{path.name.partition(':')[0]}:2,Sac")
    (house.path / "dovecot-keywords").write_text("0 $label1\nnonsense\n", encoding="utf-8")
    with house.open() as box:
        folder = inbox(box)
        lame = box.flags(folder, box.uids(folder))
    (house.path / "dovecot-keywords").write_text("0 $label1\n1 NonJunk\n", encoding="utf-8")
    with house.open() as box:
        named = box.flags(folder, box.uids(folder))

    assert list(lame.values()) == [{"\\Seen", "a", "c"}]
    assert list(named.values()) == [{"\\Seen", "$label1", "c"}]
