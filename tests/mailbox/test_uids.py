"""The numbers of a Maildir survive kill -9, damage and full disks, and so do its drafts."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nurture.errors import DatabaseFault, Deferred, FoldersFault, NurtureError, OutcomeUnknown
from nurture.mailbox import Role
from nurture.mailbox import uids as uids_module
from tests.mailbox.contents import the
from tests.mailbox.houses import MaildirHouse
from tests.mailbox.letters import a_draft, letter
from tests.mailbox.numbers import age, inbox, numbered, the_store

KILLS = 40


@pytest.fixture
def house(tmp_path: Path) -> MaildirHouse:
    """A Maildir in a temporary folder."""
    return MaildirHouse(tmp_path)


def in_a_child(work: Callable[[int], None]) -> tuple[int, int]:
    """Run in a forked process that may write lines into a pipe; returns its pid and the pipe's end."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            work(writing)
        finally:
            os._exit(0)
    os.close(writing)
    return pid, reading


def announced(reading: int) -> set[tuple[int, int, str]]:
    """What a child had told of before it ended: (UIDVALIDITY, UID, Message-ID)."""
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().split(b"\n")[:-1]  # the last may be half a line
    return {(int(v), int(u), m.decode()) for v, u, m in (line.split(b" ", 2) for line in lines)}


def tell(house: MaildirHouse, writing: int) -> None:
    """Open the mailbox, number what is there, and tell of it."""
    with house.open() as box:
        validity, found = box.position(inbox(box)).uidvalidity, numbered(box)
    os.write(writing, b"".join(b"%d %d %s\n" % (validity, uid, str(m).encode()) for uid, m in found.items()))


@pytest.mark.slow
def test_no_number_changes_its_message_whenever_the_process_is_killed(house: MaildirHouse) -> None:
    """kill -9 at random moments while UIDs are given and written: whatever was told before stays true for ever."""
    told: set[tuple[int, int, str]] = set()
    chance = random.Random(7)
    for round_ in range(KILLS):

        def work(writing: int, round_: int = round_) -> None:
            for i in range(1000):
                house.deliver("INBOX", letter(f"<{round_}.{i}@client.example>"))
                tell(house, writing)

        house.counted = round_ * 1000
        pid, reading = in_a_child(work)
        time.sleep(chance.uniform(0.005, 0.06))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        told |= announced(reading)

    with house.open() as box:
        validity, found = box.position(inbox(box)).uidvalidity, numbered(box)
    assert {v for v, _, _ in told} == {validity}
    assert len(told) > KILLS
    assert len({u for _, u, _ in told}) == len({m for _, _, m in told}) == len(told)
    assert {(u, m) for _, u, m in told} <= set(found.items())


@pytest.mark.slow
def test_several_processes_give_the_same_numbers(house: MaildirHouse) -> None:
    """`nurture check` while a run is on, and mail comes in: one numbering for all of them."""

    def works(child: int) -> Callable[[int], None]:
        def work(writing: int) -> None:
            house.counted = child * 1000
            for i in range(25):
                house.deliver("INBOX", letter(f"<{child}.{i}@client.example>"))
                tell(house, writing)

        return work

    children = [in_a_child(works(child)) for child in range(4)]
    told = set().union(*(announced(reading) for _, reading in children))
    for pid, _ in children:
        os.waitpid(pid, 0)

    assert len({m for _, _, m in told}) == 100
    assert len({v for v, _, _ in told}) == 1
    assert len({u for _, u, _ in told}) == len({m for _, _, m in told}) == len(told)


@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "replace"])
def test_a_write_that_fails_is_told_and_leaves_the_old_numbers(
    house: MaildirHouse, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room in the state folder: exit code 14, nothing half written, and the next run goes on where this one stood."""
    house.deliver("INBOX", letter("<1@client.example>"))
    with house.open() as box:
        before = numbered(box)
    kept = the_store(house).read_bytes()
    house.deliver("INBOX", letter("<2@client.example>"))
    real = getattr(os, step)

    def fails(*args: Any, **more: Any) -> Any:
        if step != "open" or ".uids." in str(args[0]):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **more)

    with monkeypatch.context() as patch, house.open() as box:
        patch.setattr(os, step, fails)
        with pytest.raises(DatabaseFault, match="No space left"):
            box.position(inbox(box))

    assert the_store(house).read_bytes() == kept
    assert [p.suffix for p in the_store(house).parent.iterdir() if p.suffix not in (".uids", ".seen", ".lock")] == []
    with house.open() as box:
        assert before.items() < numbered(box).items()


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-5],
        lambda raw: b"\xff" * len(raw),
        lambda raw: raw.replace(b"uids 1 ", b"uids 2 "),
        lambda raw: raw.replace(b"\n1 0 ", b"\n2 0 "),
        lambda raw: raw.replace(b"\n1 0 ", b"\n99 0 "),
        lambda raw: raw.replace(b"\n1 0 ", b"\n-1 0 "),
        lambda raw: raw.replace(b"\n1 0 ", b"\nx 0 "),
        lambda raw: b'{"validity": 3, "next": 1, "uids": {}}',
    ],
)
def test_damaged_numbers_are_never_believed(house: MaildirHouse, damage: Callable[[bytes], bytes]) -> None:
    """Cut short, overwritten, contradicting: a new UIDVALIDITY, so that no UID means another message."""
    for i in range(3):
        house.deliver("INBOX", letter(f"<{i}@client.example>"))
    with house.open() as box:
        before = box.position(inbox(box))
    store = the_store(house)
    store.write_bytes(damage(store.read_bytes()))
    age(house)

    with house.open() as box:
        after = box.position(inbox(box))
        assert after.uidvalidity != before.uidvalidity
        assert (after.exists, len(numbered(box))) == (3, 3)
        assert box.position(inbox(box)) == after


def test_a_message_gone_for_long_is_forgotten(house: MaildirHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a month; until then its number waits for it."""
    house.deliver("INBOX", letter("<1@client.example>"))
    house.deliver("INBOX", letter("<2@client.example>"))
    with house.open() as box:
        before = numbered(box)
    house.remove("INBOX", "<1@client.example>")
    real = time.time
    for days, lines in ((0, 2), (20, 2), (40, 1)):
        monkeypatch.setattr(time, "time", lambda days=days: real() + days * 86400)
        with house.open() as box:
            assert list(numbered(box).items()) == [(u, m) for u, m in before.items() if m == "<2@client.example>"]
        assert len(the_store(house).read_bytes().splitlines()) == lines + 2


@pytest.mark.parametrize(
    ("step", "code", "kind"),
    [
        ("fsync", errno.ENOSPC, Deferred),
        ("fsync", errno.EDQUOT, Deferred),
        ("fsync", errno.EIO, FoldersFault),
        ("rename", errno.EACCES, FoldersFault),
        ("open", errno.EROFS, FoldersFault),
    ],
)
def test_a_draft_that_cannot_be_written_is_no_draft(
    house: MaildirHouse, step: str, code: int, kind: type[NurtureError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room, a broken disk, no permission: told, and nothing is left, not even in `tmp`."""

    def fails(*_args: Any, **_more: Any) -> Any:
        raise OSError(code, os.strerror(code))

    with house.open() as box:
        drafts = the(box, Role.DRAFTS)
        with monkeypatch.context() as patch:
            patch.setattr(os, step, fails)
            with pytest.raises(kind) as refused:
                box.append(drafts, a_draft())

    assert not isinstance(refused.value, OutcomeUnknown)
    assert [p for p in house.place("Drafts").rglob("*") if p.is_file()] == []


def test_a_draft_that_may_not_survive_a_power_cut_is_of_unknown_outcome(
    house: MaildirHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies in its place, but the disk would not promise."""

    def fails(_folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with house.open() as box:
        drafts = the(box, Role.DRAFTS)
        monkeypatch.setattr("nurture.mailbox.maildir.sync_folder", fails)
        with pytest.raises(OutcomeUnknown):
            box.append(drafts, a_draft())
        assert len(box.find("<draft@atelier.example>", drafts)) == 1


def test_a_message_that_one_look_misses_keeps_its_number(house: MaildirHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program renames it while the folder is listed: listings may show neither name."""
    house.deliver("INBOX", letter("<1@client.example>"))
    house.deliver("INBOX", letter("<2@client.example>"))
    with house.open() as box:
        folder = the(box, Role.INBOX)
        before = box.uids(folder)
        real, looks = uids_module._scan, iter((True,))

        def once_blind(place: Path) -> dict[str, str]:
            found = real(place)
            return dict(list(found.items())[1:]) if next(looks, False) else found

        monkeypatch.setattr(uids_module, "_scan", once_blind)
        assert box.uids(folder) == before
