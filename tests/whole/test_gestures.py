"""Gestures in the mail client: a copied message is a word, once; nobody is guessed, and no mail of a human's is touched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from nurture.config import AccountConfig, MailboxUrl
from nurture.followups import DraftState
from nurture.mailbox import Folder, Gesture, MemoryMailbox, Role, gesture_folders
from nurture.mailbox.memory import FOLDERS
from nurture.post import Posted
from nurture.run import Report
from nurture.steps import unwatch, watch
from nurture.store import PersonRow, gestures, ledger, messages, people, words
from nurture.summarise import summarise
from tests.whole.house import ANNA, LETTER, MONDAY, PAUL, PRICE, US, House, a_config, a_mail
from tests.whole.test_faults import Killed

WEEK = 9
ACCOUNT = AccountConfig(mailbox=MailboxUrl(scheme="maildir", path="/nowhere"))
NURTURE = ("Nurture", "Nurture/Follow", "Nurture/Later", "Nurture/Never")
ADDRESS = "anna@client.example"


def a_house(folder: Path, follow: str = "listed", *, names: tuple[str, ...] = NURTURE, **changes: object) -> House:
    """With the folders of gestures."""
    folders = (*FOLDERS, *(Folder(name=name, wire=name) for name in names))
    config = replace(a_config(), follow=follow, **changes)  # type: ignore[arg-type]
    return House(folder, box=MemoryMailbox(ACCOUNT.key, folders), config=config)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return a_house(tmp_path)


def copy(house: House, source: str, target: str, uid: int | None = None) -> int:
    """The owner's hand: the newest message of a folder, or this one, is copied."""
    shelf = house.box.shelves[source].messages
    stored = shelf[uid if uid is not None else max(shelf)]
    return house.box.shelves[f"Nurture/{target}"].put(replace(stored))


def person(house: House, address: str = ADDRESS) -> PersonRow | None:
    with house.world() as world, world.store.begin() as session:
        return people.by_address(session, address)


def the_person(house: House, address: str = ADDRESS) -> PersonRow:
    found = person(house, address)
    assert found is not None
    return found


def closed(house: House, address: str = ADDRESS) -> bool:
    with house.world() as world:
        return world.suppression.contains(address)


def rules(report: Report) -> list[str]:
    return [row.rule for row in report.heeded]


def say(house: House, word: str, address: str = ADDRESS) -> None:
    """The owner's word by command."""
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, address)
        if word == "reopen":
            world.suppression.reopen(address, "owner", house.now)
        if row and word == "reopen":
            words.reopen(session, row.person.key, house.now)
        if row and word == "unfollow":
            people.unfollow(session, row.person.key, house.now)


def told(house: House) -> str:
    """The plain part of the sheet that lies there, on one line."""
    shelf = house.box.shelves["Nurture"].messages
    mail = message_from_bytes(shelf[max(shelf)].raw, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().replace("\u00a0", " ").split())


# what each says


def test_follow_follows_whom_we_wrote_to(house: House) -> None:
    """The copy of a sent mail makes its recipient followed, and their past is read in the same run."""
    house.write()
    copy(house, "Sent", "Follow")

    report = house.later(days=WEEK).run()

    assert rules(report) == ["gesture-follow"]
    row = the_person(house)
    assert (row.followed, row.source, row.person.name) == (True, "gesture", "Anna Roux")
    assert len(house.drafts()) == 1  # a week's silence was seen in the same run
    assert house.header(house.drafts()[0]).to[0].addr == ADDRESS


def test_follow_follows_who_wrote(house: House) -> None:
    """The copy of a mail that came in makes its sender followed."""
    house.receive(ANNA, PRICE)
    copy(house, "INBOX", "Follow")

    report = house.later(days=2).run()

    assert rules(report) == ["gesture-follow"]
    assert the_person(house).followed
    assert len(house.drafts()) == 1


def test_later_is_a_pause_of_a_month(tmp_path: Path) -> None:
    """Nothing is drafted until its end."""
    house = a_house(tmp_path, "all")
    house.write()
    copy(house, "Sent", "Later")

    report = house.later(days=WEEK).run()

    assert rules(report) == ["gesture-later"]
    assert the_person(house).paused_until == date(2026, 4, 11)
    assert house.drafts() == []
    assert "jusqu’au 11 avril" in told(house)


def test_never_stops_for_good(tmp_path: Path) -> None:
    """On the list beside the configuration and in the database; an untouched draft is taken back in the same run."""
    house = a_house(tmp_path, "all")
    house.write()
    house.later(days=WEEK).run()
    assert len(house.drafts()) == 1
    copy(house, "Sent", "Never")

    report = house.later(days=1).run()

    assert rules(report) == ["gesture-never"]
    assert closed(house)
    assert the_person(house).stopped
    assert house.drafts() == []


def test_never_of_a_stranger_leaves_no_person(house: House) -> None:
    """Only the keyed fingerprint of the address is kept, and who it was goes from the record when it has been told."""
    house.receive("Vera Vente <vera@vendor.example>", "Bonjour,\n\nUn outil pour vous ?\n\nVera")
    copy(house, "INBOX", "Never")

    house.run()
    assert closed(house, "vera@vendor.example")
    assert person(house, "vera@vendor.example") is None
    assert "vera@vendor.example" in told(house)

    house.later(days=8).run()
    with house.world() as world, world.store.begin() as session:
        (row,) = gestures.since(session, MONDAY, ["gesture-never"])
    assert (row.addresses, row.name, row.subject, row.why) == ((), "", "", "")


def test_a_no_comes_before_everything(house: House) -> None:
    """The same mail in all three folders: nothing is drafted, and the sheet says that following does not reopen."""
    house.write()
    for gesture in ("Follow", "Later", "Never"):
        copy(house, "Sent", gesture)

    report = house.later(days=WEEK).run()

    assert rules(report) == ["gesture-never", "gesture-stopped", "gesture-later"]
    assert house.drafts() == []
    assert closed(house)


def test_follow_does_not_reopen(house: House) -> None:
    """Whoever was stopped is followed and stays stopped (P6); the sheet names the command."""
    with house.world() as world:
        world.suppression.add(ADDRESS, "owner", house.now)
    house.write()
    copy(house, "Sent", "Follow")

    report = house.later(days=WEEK).run()

    assert rules(report) == ["gesture-stopped"]
    assert closed(house)
    assert house.drafts() == []
    assert f"nurture reopen {ADDRESS}" in told(house)


def test_a_second_address_in_the_thread_is_the_same_person(tmp_path: Path) -> None:
    """What is new is read before gestures: an answer from a private address means the one who was written to."""
    house = a_house(tmp_path, "all")
    first = house.write()
    house.later(days=1).run()
    house.receive("Anna Roux <anna.roux@private.example>", PRICE, answers=first, subject="Re: Vos clients")
    copy(house, "INBOX", "Never")

    house.later(days=1).run()

    assert set(the_person(house).person.addresses) == {ADDRESS, "anna.roux@private.example"}
    assert the_person(house).stopped


def test_later_of_somebody_unknown_is_told(house: House) -> None:
    """A pause is of somebody."""
    house.receive(ANNA, PRICE)
    copy(house, "INBOX", "Later")

    report = house.run()

    assert rules(report) == ["gesture-unknown"]
    assert person(house) is None
    assert f"nurture pause {ADDRESS} --until DAY" in told(house)


def test_a_longer_pause_stays(tmp_path: Path) -> None:
    """A gesture never shortens what was said."""
    house = a_house(tmp_path, "all")
    house.write()
    house.run()
    with house.world() as world, world.store.begin() as session:
        words.pause(session, the_person(house).person.key, date(2026, 9, 1), house.now)
    copy(house, "Sent", "Later")

    assert rules(house.later(days=1).run()) == ["gesture-later"]
    assert the_person(house).paused_until == date(2026, 9, 1)


# nobody is guessed


@pytest.mark.parametrize("gesture", ["Follow", "Never"])
def test_several_recipients_are_not_guessed(house: House, gesture: str) -> None:
    """Nobody is followed and nobody stopped; the sheet asks who is meant."""
    mail = a_mail(US, f"{ANNA}, {PAUL}", house.now, LETTER)
    house.box.deliver("Sent", mail.as_bytes(), house.now)
    copy(house, "Sent", gesture)

    report = house.run()

    assert rules(report) == ["gesture-several"]
    assert report.heeded[0].addresses == (ADDRESS, "paul@client.example")
    assert (person(house), closed(house)) == (None, False)
    assert "anna@client.example, paul@client.example" in told(house)


def test_who_reads_along_is_not_meant(house: House) -> None:
    """One in To, others in Cc: the one in To."""
    house.box.deliver("Sent", a_mail(US, ANNA, house.now, LETTER, Cc=PAUL).as_bytes(), house.now)
    copy(house, "Sent", "Follow")

    assert rules(house.run()) == ["gesture-follow"]
    assert person(house, "paul@client.example") is None


@pytest.mark.parametrize(
    ("sender", "headers", "rule"),
    [
        (US, {}, "gesture-nobody"),
        ("Camille <CAMILLE+me@atelier.example>", {}, "gesture-nobody"),
        ("Rose <rose@atelier.example>", {}, "gesture-excluded"),
        ("No Reply <no-reply@shop.example>", {}, "gesture-machine"),
        ("News <newsletter@shop.example>", {}, "gesture-machine"),
        ("Le Club <club@shop.example>", {"List-Unsubscribe": "<https://shop.example/u>", "List-Id": "<club.shop.example>"}, "gesture-machine"),
        ("Mail Delivery System <MAILER-DAEMON@mx.example>", {}, "gesture-machine"),
        ("", {}, "gesture-nobody"),
        ("Max <max@excluded.example>", {}, "gesture-excluded"),
    ],
)  # fmt: skip
def test_who_is_nobody_to_follow_is_told(tmp_path: Path, sender: str, headers: dict[str, str], rule: str) -> None:
    """The owner, the house, mailings, machines, excluded ones: nobody is followed, and the sheet says why."""
    house = a_house(tmp_path, exclude=("@excluded.example",))
    mail = a_mail(sender or "x@y.example", US, house.now, "Bonjour.")
    if not sender:
        del mail["From"]
    for name, value in headers.items():
        mail[name] = value
    house.box.deliver("INBOX", mail.as_bytes(), house.now)
    copy(house, "INBOX", "Follow")

    report = house.run()

    assert rules(report) == [rule]
    assert house.run().heeded == []
    with house.world() as world, world.store.begin() as session:
        assert people.all(session) == ()
    assert "Nurture/Follow" in told(house)


def test_an_excluded_one_can_be_stopped(tmp_path: Path) -> None:
    """The configuration may change; a no does not."""
    house = a_house(tmp_path, exclude=("@client.example",))
    house.receive(ANNA, PRICE)
    copy(house, "INBOX", "Never")

    assert rules(house.run()) == ["gesture-never"]
    assert closed(house)


def test_a_list_does_not_make_a_known_person_a_machine(tmp_path: Path) -> None:
    """Groups put list headers on a person's mail."""
    house = a_house(tmp_path, "all")
    house.write()
    house.run()
    house.receive(ANNA, "Bonjour à tous.", List_Id="<groupe.example>", Precedence="list")
    copy(house, "INBOX", "Never")

    assert rules(house.later(days=1).run()) == ["gesture-never"]


# once


def test_a_copy_acts_once(house: House) -> None:
    """The contrary word of later counts, though the copy lies there still."""
    house.write()
    copy(house, "Sent", "Never")
    house.run()
    say(house, "reopen")

    assert house.later(days=1).run().heeded == []
    assert not closed(house)


def test_a_copy_that_is_taken_out_undoes_nothing(house: House) -> None:
    """A word was said."""
    house.write()
    uid = copy(house, "Sent", "Never")
    house.run()
    del house.box.shelves["Nurture/Never"].messages[uid]

    assert house.later(days=1).run().heeded == []
    assert closed(house)


def test_a_copy_taken_out_before_it_was_read_says_nothing(house: House) -> None:
    """Marked as deleted is how IMAP takes out."""
    house.write()
    uid = copy(house, "Sent", "Never")
    house.box.shelves["Nurture/Never"].messages[uid].flags = frozenset({"\\Deleted"})

    assert house.run().heeded == []
    assert not closed(house)


def test_the_same_message_twice_acts_once(house: House) -> None:
    """Two copies in one run, a third in a later one: told once."""
    house.write()
    copy(house, "Sent", "Follow")
    copy(house, "Sent", "Follow")
    assert rules(house.run()) == ["gesture-follow"]
    copy(house, "Sent", "Follow")

    assert house.later(days=1).run().heeded == []


def test_a_copy_made_after_the_contrary_word_is_a_new_word(house: House) -> None:
    """Stopped by gesture, reopened by command, stopped by gesture again: the newest word counts, whoever says it."""
    house.write()
    copy(house, "Sent", "Never")
    house.run()
    say(house, "reopen")
    house.later(days=1).run()
    copy(house, "Sent", "Never")

    assert rules(house.later(days=1).run()) == ["gesture-never"]
    assert closed(house)


@pytest.mark.parametrize("gesture", ["Follow", "Never"])
def test_a_folder_numbered_anew_says_nothing_again(house: House, gesture: str) -> None:
    """By Message-ID; a no that was reopened is asked about, and stays reopened."""
    house.write()
    copy(house, "Sent", gesture)
    house.run()
    say(house, "unfollow" if gesture == "Follow" else "reopen")
    house.box.shelves[f"Nurture/{gesture}"].uidvalidity = 77

    report = house.later(days=1).run()

    assert rules(report) == ([] if gesture == "Follow" else ["gesture-again"])
    assert not closed(house)
    assert person(house) is None or not the_person(house).followed
    assert house.later(days=1).run().heeded == []


def test_a_folder_that_counts_backwards_says_nothing_again(house: House) -> None:
    """A server put back from a backup: what is there is told apart by Message-ID, what is new is heeded."""
    house.write()
    for _ in range(3):
        copy(house, "Sent", "Follow")
    house.run()
    say(house, "unfollow")
    shelf = house.box.shelves["Nurture/Follow"]
    shelf.messages, shelf.uidnext = {1: shelf.messages[1]}, 2
    house.write(PAUL, LETTER, subject="Vos outils")
    copy(house, "Sent", "Follow")

    report = house.later(days=1).run(mailbox_changed=True)

    assert [row.addresses for row in report.heeded] == [("paul@client.example",)]
    assert not the_person(house).followed
    assert house.later(days=1).run().heeded == []


def test_a_database_put_back_loses_no_contrary_word(house: House) -> None:
    """The list beside the configuration knows which copy it was: what was reopened since is asked about, not stopped."""
    house.write()
    copy(house, "Sent", "Never")
    house.run()
    say(house, "reopen")
    for path in (house.folder / "state").glob("nurture.db*"):
        path.unlink()

    assert rules(house.later(days=1).run()) == ["gesture-again"]
    assert not closed(house)


def test_a_lost_database_finds_the_stop_again(tmp_path: Path) -> None:
    """The new one learns that the owner stopped them."""
    house = a_house(tmp_path, "all")
    house.write()
    copy(house, "Sent", "Never")
    house.run()
    for path in (house.folder / "state").glob("nurture.db*"):
        path.unlink()

    house.later(days=WEEK).run()

    assert the_person(house).stopped
    assert house.drafts() == []


@contextmanager
def killing(point: str, times: int) -> Iterator[None]:
    """The run dies when it comes to a point for the so-manieth time."""
    left = times

    def watcher(name: str) -> None:
        nonlocal left
        left -= name == point
        if name == point and left == 0:
            raise Killed

    watch(watcher)
    try:
        yield
    finally:
        unwatch(watcher)


KILLED_AT = ("select", "rows", "commit_rows", "gesture_stop", "commit_gestures", "commit_reading", "commit_plan", "commit_sheet_intent", "after_sheet")  # fmt: skip


@pytest.mark.parametrize("point", KILLED_AT)
@pytest.mark.parametrize("times", [1, 2])
def test_a_run_that_dies_anywhere_loses_no_gesture(tmp_path: Path, point: str, times: int) -> None:
    """The next run ends where an undisturbed one would have: each said once, the no on the list, the sheet telling all."""
    house = a_house(tmp_path)
    house.write()
    copy(house, "Sent", "Follow")
    house.write(PAUL, LETTER, subject="Vos outils")
    copy(house, "Sent", "Never")
    house.box.carry("Sent", max(house.box.shelves["Sent"].messages), "Nurture/Later")

    with killing(point, times), suppress(Killed):  # a point that is not reached so often kills nothing
        house.later(days=1).run()
    house.later(minutes=20).run()

    assert the_person(house).followed
    assert closed(house, "paul@client.example")
    with house.world() as world:
        sheet = summarise(world, house.now)
        assert sorted(a.rule for a in (*sheet.heeded, *sheet.asks) if a.folder) == [
            "gesture-follow",
            "gesture-never",
            "gesture-unknown",
        ]
        assert [a.folder for a in (*sheet.heeded, *sheet.asks) if "moved" in a.why] == ["Nurture/Never", "Nurture/Later"]
    assert len(house.box.shelves["Nurture"].messages) == 1
    lines = (house.folder / "config" / "suppression.list").read_text().splitlines()
    assert len(lines) == 1


# moved, not copied


def test_a_moved_mail_is_honoured_named_and_stays_part_of_the_exchange(tmp_path: Path) -> None:
    """Their answer was moved out of INBOX before any run saw it: it is read, answers the silence, and lies where it was put."""
    house = a_house(tmp_path)
    first = house.write()
    house.later(days=1).receive(ANNA, PRICE, answers=first, subject="Re: Vos clients")
    uid = house.box.carry("INBOX", 1, "Nurture/Follow")

    report = house.later(days=2).run()

    assert report.heeded[0].moved
    assert "Vous y avez déplacé le mail" in told(house)
    assert list(house.box.shelves["Nurture/Follow"].messages) == [uid]
    (draft,) = house.drafts()
    assert "fourchette" in house.body(draft)  # their price question was read


def test_a_mail_that_was_read_before_it_was_moved_is_looked_for_where_it_lies(tmp_path: Path) -> None:
    """Its place in the record is the folder of gestures; a copy taken out again leaves the record as it was."""
    house = a_house(tmp_path, "all")
    mid = house.write()
    house.run()
    copied = copy(house, "Sent", "Later")
    house.later(days=1).run()
    with house.world() as world, world.store.begin() as session:
        place = messages.place(session, ACCOUNT.key, mid)
        assert place is not None
        assert place.folder == "Sent"
    del house.box.shelves["Nurture/Later"].messages[copied]
    house.box.carry("Sent", 1, "Nurture/Follow")

    assert house.later(days=1).run().heeded[0].moved
    with house.world() as world, world.store.begin() as session:
        place = messages.place(session, ACCOUNT.key, mid)
        assert place is not None
        assert place.folder == "Nurture/Follow"


def test_an_answer_that_lies_elsewhere_is_no_copy(tmp_path: Path) -> None:
    """It names the moved mail among its References, and is another mail."""
    house = a_house(tmp_path, "all")
    mid = house.write()
    house.later(days=1).receive(ANNA, PRICE, answers=mid, subject="Re: Vos clients")
    house.box.carry("Sent", 1, "Nurture/Follow")

    assert [row.moved for row in house.run().heeded] == [True]


def test_many_moved_mails_raise_no_alarm(tmp_path: Path) -> None:
    """Thirty mails of INBOX moved at once: the mailbox has lost nothing."""
    house = a_house(tmp_path)
    for n in range(30):
        house.receive(f"Person {n} <p{n}@company{n}.example>", PRICE, subject=f"Sujet {n}")
    house.run()
    for uid in list(house.box.shelves["INBOX"].messages):
        house.box.carry("INBOX", uid, "Nurture/Never")

    report = house.later(days=1).run()

    assert len(report.heeded) == 30
    assert sum(bool(row.moved) for row in report.heeded) == 20  # the others are looked for by the next run
    house.later(days=1).run()
    with house.world() as world:
        assert sum("moved" in a.why for a in summarise(world, house.now).heeded) == 30
    assert len(house.box.shelves["Nurture/Never"].messages) == 30


def test_drafts_moved_to_later_are_put_away_and_raise_no_alarm(tmp_path: Path) -> None:
    """Four drafts of nurture's, moved at once: each is a no to its step and a pause; none counts as a mail that was sent."""
    house = a_house(tmp_path, "all")
    for n in range(4):
        house.write(f"Person {n} <p{n}@company{n}.example>", LETTER, subject=f"Sujet {n}")
    house.later(days=WEEK).run()
    assert len(house.drafts()) == 4
    for uid in house.drafts():
        house.box.carry("Drafts", uid, "Nurture/Later")

    report = house.later(days=1).run()

    assert rules(report) == ["gesture-later"] * 4
    assert [o.state for o in report.outcomes] == [DraftState.DELETED] * 4
    with house.world() as world, world.store.begin() as session:
        for n in range(4):
            row = people.by_address(session, f"p{n}@company{n}.example")
            assert row is not None
            assert row.paused_until is not None
            assert [d.state for d in ledger.for_person(session, row.person.key)] == [DraftState.DELETED]
            assert people.newest_message(session, row.person.key) <= 4


# odd ones


def test_no_folder_is_nothing(tmp_path: Path) -> None:
    """Nothing is looked for, nothing is kept."""
    house = a_house(tmp_path, names=("Nurture",))
    house.write()

    assert house.run().heeded == []


def test_what_cannot_be_read_is_told_and_tried_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told once; heeded by the run that can read it."""
    house.write()
    uid = copy(house, "Sent", "Never")
    real = house.box.rows_of

    def failing(folder: Folder, uids: list[int]) -> object:
        return real(folder, [u for u in uids if folder.name != "Nurture/Never" or u != uid])

    with monkeypatch.context() as broken:
        broken.setattr(house.box, "rows_of", failing)
        assert rules(house.run()) == ["gesture-unreadable"]
        assert house.later(days=1).run().heeded == []
    assert not closed(house)

    assert rules(house.later(days=1).run()) == ["gesture-never"]
    assert closed(house)


def test_a_huge_message_is_heeded_by_its_headers(house: House) -> None:
    """Only header fields are read; ten thousand recipients are several."""
    house.receive(ANNA, "x" * 20_000_000)
    copy(house, "INBOX", "Never")
    crowd = ", ".join(f"p{n}@crowd.example" for n in range(10_000))
    mail = (
        a_mail(US, PAUL, house.now, LETTER, subject="À tous")
        .as_bytes()
        .replace(b"To: Paul Petit <paul@client.example>", b"To: " + crowd.encode())
    )
    house.box.deliver("Sent", mail, house.now)
    copy(house, "Sent", "Follow")

    report = house.run()

    assert rules(report) == ["gesture-never", "gesture-several"]
    assert len(report.heeded[1].addresses) == 10


def test_what_came_by_mail_is_harmless_on_the_sheet(house: House) -> None:
    """A subject and a name with commands, marks of HTML and control characters in them."""
    mail = a_mail('"<b>`rm -rf`</b>" <anna@client.example>', US, house.now, "Bonjour.", subject="<script>`nurture stop` \x1b[31m")
    house.box.deliver("INBOX", mail.as_bytes(), house.now)
    copy(house, "INBOX", "Follow")
    house.run()

    raw = house.box.shelves["Nurture"].messages[1].raw
    mail_out = message_from_bytes(raw, policy=policy.default)
    page = mail_out.get_body(("html",))
    assert page is not None
    assert "<script>" not in page.get_content()
    assert "\x1b" not in told(house)


def test_a_sheet_that_only_tells_of_gestures_comes_as_read(house: House) -> None:
    """It waits for nobody, and is not repeated."""
    house.write()
    copy(house, "Sent", "Follow")

    assert house.run().sheet is Posted.POSTED
    assert house.box.shelves["Nurture"].messages[1].flags == {"\\Seen"}
    assert "Fait à votre signe".upper() in told(house)
    assert house.later(days=1).run().sheet is Posted.UNCHANGED


def test_two_accounts_say_it_once(tmp_path: Path) -> None:
    """A copy in either is a word; the second finds it said."""
    house = a_house(tmp_path)
    other = MemoryMailbox("memory:other", house.box.folders())
    house.write()
    copy(house, "Sent", "Never")
    other.deliver("Nurture/Never", house.raw(1, "Sent"), house.now)

    report = house.run(house.box, other)

    assert rules(report) == ["gesture-never", "gesture-never"]
    assert [row.why for row in report.heeded] == [
        "They will not be written to any more.", "They were stopped already, or said no themselves.",
    ]  # fmt: skip


def test_nothing_in_the_mailbox_is_touched(house: House) -> None:
    """No flag, no message, in any folder but that of the sheet."""
    house.write()
    house.receive(ANNA, PRICE)
    for gesture in ("Follow", "Later", "Never"):
        copy(house, "INBOX", gesture)
    before = {n: {u: (m.raw, m.flags) for u, m in s.messages.items()} for n, s in house.box.shelves.items() if n != "Nurture"}

    house.run()

    assert before == {
        n: {u: (m.raw, m.flags) for u, m in s.messages.items()} for n, s in house.box.shelves.items() if n != "Nurture"
    }


def test_on_gmail_labels_are_folders(tmp_path: Path) -> None:
    """All Mail holds everything: the labels are read for gestures alone, and nothing looks moved."""
    folders = (
        Folder(name="INBOX", role=Role.INBOX), Folder(name="[Gmail]/All Mail", role=Role.ALL), Folder(name="[Gmail]/Sent", role=Role.SENT),
        Folder(name="[Gmail]/Drafts", role=Role.DRAFTS), Folder(name="[Gmail]/Bin", role=Role.TRASH), *(Folder(name=n, wire=n) for n in NURTURE),
    )  # fmt: skip
    house = House(tmp_path, box=MemoryMailbox(ACCOUNT.key, folders), config=replace(a_config(), follow="listed"))
    mail = a_mail(ANNA, US, house.now, PRICE)
    for name in ("[Gmail]/All Mail", "Nurture/Follow"):
        house.box.deliver(name, mail.as_bytes(), house.now)

    report = house.run()

    assert rules(report) == ["gesture-follow"]
    assert report.heeded[0].moved is False
    assert house.run().heeded == []


@pytest.mark.parametrize(
    "names",
    [
        ("Nurture/Follow", "Nurture/Later", "Nurture/Never"),
        ("Nurture.Follow", "Nurture.Later", "Nurture.Never"),
        ("INBOX.Nurture.Follow", "INBOX.Nurture.Later", "INBOX.Nurture.Never"),
        ("INBOX/Nurture/Follow", "INBOX/Nurture/Later", "INBOX/Nurture/Never"),
        ("nurture/FOLLOW", "Nurture/later", "NURTURE/Never"),
    ],
)
def test_folders_of_gestures_are_known_by_name(names: tuple[str, ...]) -> None:
    """Whatever stands between the levels; a no first."""
    folders = [Folder(name="INBOX", role=Role.INBOX), *(Folder(name=n, wire=n) for n in names)]

    assert [g for g, _ in gesture_folders(folders)] == [Gesture.NEVER, Gesture.FOLLOW, Gesture.LATER]


@pytest.mark.parametrize(
    "folder",
    [
        Folder(name="Never"), Folder(name="NurtureNever"), Folder(name="Nurture-Never"), Folder(name="Archive/Nurture/Never"),
        Folder(name="Nurture/Never/Old"), Folder(name="Nurture/Never", selectable=False), Folder(name="Nurture/Never", role=Role.TRASH),
    ],
)  # fmt: skip
def test_others_are_none(folder: Folder) -> None:
    """Another place, a folder that the owner ignores, or one with a role of its own."""
    assert gesture_folders([Folder(name="INBOX", role=Role.INBOX), folder]) == ()


def test_every_rule_of_a_copy_is_kept_with_it(house: House) -> None:
    """What was told long ago says only that it was heeded."""
    house.write()
    copy(house, "Sent", "Follow")
    house.run()
    house.later(days=8).run()

    with house.world() as world, world.store.begin() as session:
        (row,) = gestures.since(session, MONDAY - timedelta(days=1), ["gesture-follow"])
    assert (row.addresses, row.subject, row.why, row.rule) == ((), "", "", "gesture-follow")
