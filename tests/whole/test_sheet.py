"""The review sheet in the mailbox: one at most, ours to move only while nobody has touched it, whatever stops the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from nurture.config import AccountConfig, MailboxUrl, Privacy
from nurture.errors import FoldersFault, OutcomeUnknown
from nurture.mailbox import Folder, Found, MemoryMailbox
from nurture.mailbox.memory import FOLDERS
from nurture.post import Posted
from nurture.steps import POINTS
from nurture.store import meta, outside
from nurture.store.tables import Sheets
from nurture.summarise import once_each, summarise
from tests.sheet.builders import a_sheet, ask, to_read
from tests.whole.house import ANNA, LETTER, NO, PRICE, US, House, a_config, a_mail
from tests.whole.test_faults import killed_runs

WEEK = 7
ACCOUNT = AccountConfig(mailbox=MailboxUrl(scheme="maildir", path="/nowhere"))
SHEET_POINTS = tuple(p for p in POINTS if "sheet" in p)


def a_house(folder: Path, *names: str, **privacy: str) -> House:
    """With the folder for the sheet, and an account that the configuration knows."""
    folders = (*FOLDERS, *(Folder(name=name, wire=name) for name in names or ("Nurture",)))
    config = replace(a_config(), privacy=Privacy(**privacy))  # type: ignore[arg-type]
    return House(folder, box=MemoryMailbox(ACCOUNT.key, folders), config=config)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return a_house(tmp_path)


def sheets(house: House) -> list[int]:
    """UIDs in the folder Nurture."""
    return sorted(house.box.shelves["Nurture"].messages)


def flags(house: House, uid: int) -> frozenset[str]:
    return house.box.shelves["Nurture"].messages[uid].flags


def words(house: House, uid: int) -> str:
    """The plain part of a sheet, on one line."""
    mail = message_from_bytes(house.raw(uid, "Nurture"), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def a_draft_due(house: House) -> House:
    """A letter that nobody has answered for a week."""
    house.write()
    return house.later(days=WEEK)


def test_a_draft_is_on_the_sheet(house: House) -> None:
    """Unread, to the owner alone, with who, why, and what it asks; the subject names nobody."""
    report = a_draft_due(house).run()

    assert report.sheet is Posted.POSTED
    (uid,) = sheets(house)
    assert flags(house, uid) == frozenset()
    assert "1. Anna Roux (" in words(house, uid)
    assert "resté sans réponse" in words(house, uid)
    head = house.header(uid, "Nurture")
    assert [a.addr for a in head.to] == ["camille@atelier.example"]
    assert head.sender is not None
    assert head.sender.addr == "camille@atelier.example"
    assert "Anna" not in head.subject


def test_nothing_to_say_is_no_sheet(house: House) -> None:
    """No draft, no question: no mail."""
    house.write()

    assert house.later(days=1).run().sheet is Posted.UNCHANGED
    assert sheets(house) == []


def test_a_dry_run_posts_none(house: House) -> None:
    """It writes nothing at all."""
    assert a_draft_due(house).run(dry_run=True).sheet is None
    assert sheets(house) == []


def test_the_same_is_not_said_again(house: House) -> None:
    """Neither on the same day nor on the next."""
    a_draft_due(house).run()
    before = sheets(house)

    assert house.later(minutes=30).run().sheet is Posted.UNCHANGED
    assert house.later(days=1).run().sheet is Posted.UNCHANGED
    assert sheets(house) == before


def test_one_a_day_calls_for_the_owner(house: House) -> None:
    """What comes to wait after the sheet of the day waits for tomorrow's, which takes its place."""
    a_draft_due(house).run()
    house.write("Zoé Martin <zoe@other.example>", LETTER, subject="Vos élèves")
    house.receive("Zoé Martin <zoe@other.example>", "Bonjour,\n\nPas sûr que nous continuions.\n\nZoé", folder="Junk")
    before = sheets(house)

    assert house.later(minutes=60).run().sheet is Posted.UNCHANGED
    assert sheets(house) == before
    assert house.later(days=1).run().sheet is Posted.POSTED
    assert len(sheets(house)) == 1
    assert sheets(house) != before
    assert len(house.box.shelves["Trash"].messages) == 1


def test_a_sheet_that_is_over_is_replaced_by_a_quiet_one(house: House) -> None:
    """The draft was sent: the old sheet would lie. The new one comes as read, and is the last."""
    a_draft_due(house).run()
    house.send(house.drafts()[0])

    assert house.later(days=1).run().sheet is Posted.POSTED
    (uid,) = sheets(house)
    assert flags(house, uid) == {"\\Seen"}
    assert "Rien ne vous attend." in words(house, uid)
    assert house.later(days=1).run().sheet is Posted.UNCHANGED


@pytest.mark.parametrize("flag", ["\\Flagged", "\\Answered", "$Forwarded", "$label1", "$MailFlagBit0", "plus-tard"])
def test_a_sheet_that_the_owner_kept_stays(house: House, flag: str) -> None:
    """It is theirs; the next one lies beside it, and the one after replaces only its own."""
    a_draft_due(house).run()
    (kept,) = sheets(house)
    house.box.shelves["Nurture"].messages[kept].flags |= {flag}
    house.send(house.drafts()[0])
    house.later(days=1).run()

    assert kept in sheets(house)
    assert len(sheets(house)) == 2
    assert house.box.shelves["Trash"].messages == {}


@pytest.mark.parametrize("flag", ["\\Seen", "NonJunk", "$NotJunk"])
def test_a_sheet_that_was_read_is_replaced(house: House, flag: str) -> None:
    """Reading is no touch, nor is what a filter thinks of it."""
    a_draft_due(house).run()
    (old,) = sheets(house)
    house.box.shelves["Nurture"].messages[old].flags |= {flag}
    house.send(house.drafts()[0])
    house.later(days=1).run()

    assert len(sheets(house)) == 1
    assert len(house.box.shelves["Trash"].messages) == 1


def test_a_sheet_with_other_bytes_is_not_ours(house: House) -> None:
    """Somebody saved it anew, under its own Message-ID: never moved."""
    a_draft_due(house).run()
    (old,) = sheets(house)
    raw = house.raw(old, "Nurture")
    del house.box.shelves["Nurture"].messages[old]
    theirs = house.box.deliver("Nurture", raw.replace(b"Anna", b"Hanna"), house.now)
    house.send(house.drafts()[0])
    house.later(days=1).run()

    assert theirs in sheets(house)
    assert house.box.shelves["Trash"].messages == {}


def test_other_mail_in_the_folder_is_left_alone(house: House) -> None:
    """Whatever the owner keeps there."""
    letter = a_mail(US, US, house.now, "Ne pas oublier le pain.")
    own = house.box.deliver("Nurture", letter.as_bytes(), house.now)
    a_draft_due(house).run()
    house.send(house.drafts()[0])
    house.later(days=1).run()

    assert own in sheets(house)
    assert len(sheets(house)) == 2


def test_a_sheet_that_was_thrown_away_is_not_written_again(house: House) -> None:
    """Until something changes."""
    a_draft_due(house).run()
    house.box.carry("Nurture", sheets(house)[0], "Trash")

    assert house.later(days=1).run().sheet is Posted.UNCHANGED
    assert sheets(house) == []


def test_without_the_folder_there_is_none(tmp_path: Path) -> None:
    """And no error."""
    house = a_house(tmp_path, "Other")

    assert a_draft_due(house).run().sheet is Posted.NO_FOLDER
    assert len(house.drafts()) == 1


def test_without_a_trash_the_old_one_stays_and_none_comes(tmp_path: Path) -> None:
    """Two would be too many."""
    house = House(
        tmp_path,
        box=MemoryMailbox(ACCOUNT.key, [*(f for f in FOLDERS if f.name != "Trash"), Folder(name="Nurture", wire="Nurture")]),
    )
    a_draft_due(house).run()
    before = sheets(house)
    house.send(house.drafts()[0])

    assert house.later(days=1).run().sheet is Posted.STAYS
    assert sheets(house) == before


@pytest.mark.parametrize(
    ("refusal", "posted"), [(FoldersFault("read-only"), Posted.STAYS), (OutcomeUnknown("lost"), Posted.LATER)]
)
def test_a_sheet_that_cannot_be_moved_fails_no_run(house: House, refusal: Exception, posted: Posted) -> None:
    """The folder may not be written to, Trash is full, the answer is lost: the drafts are done, the old sheet lies there alone."""

    def refuse(name: str) -> None:
        if name == "withdraw":
            raise refusal

    a_draft_due(house).run()
    before = sheets(house)
    house.send(house.drafts()[0])
    house.box.before = refuse

    assert house.later(days=1).run().sheet is posted
    assert sheets(house) == before
    house.box.before = lambda _name: None
    assert house.later(minutes=20).run().sheet is Posted.POSTED
    assert len(sheets(house)) == 1


class Unreadable(MemoryMailbox):
    """It lists the folder Nurture and lets nobody look into it, until `open`."""

    open = False

    def find(self, message_id: str, folder: Folder, first_uid: int = 1) -> tuple[Found, ...]:
        if folder.name == "Nurture" and not self.open:
            raise FoldersFault("no rights")
        return super().find(message_id, folder, first_uid)


def test_a_folder_that_cannot_be_read_fails_no_run(tmp_path: Path) -> None:
    """Whatever the server lets be seen of it; and the sheet comes once it may."""
    box = Unreadable(ACCOUNT.key, (*FOLDERS, Folder(name="Nurture", wire="Nurture")))
    house = House(tmp_path, box=box, config=replace(a_config(), privacy=Privacy()))

    assert a_draft_due(house).run().sheet is Posted.REFUSED
    assert house.later(minutes=20).run().sheet is Posted.REFUSED
    assert len(house.drafts()) == 1
    box.open = True
    house.later(minutes=20).run()
    house.later(minutes=20).run()
    assert len(sheets(house)) == 1


def test_a_full_mailbox_is_asked_again_and_leaves_no_trace(house: House) -> None:
    """Refused by every run until there is room; then it comes, and nothing has piled up."""

    def refuse(name: str) -> None:
        if name == "append_sheet":
            raise FoldersFault("over quota")

    a_draft_due(house)
    house.box.before = refuse
    assert [house.later(minutes=10).run().sheet for _ in range(3)] == [Posted.REFUSED] * 3
    house.box.before = lambda _name: None

    assert house.later(minutes=10).run().sheet is Posted.POSTED
    with house.world() as world, world.store.begin() as session:
        assert session.scalars(select(Sheets.state)).all() == ["open"]


def test_never_means_never(tmp_path: Path) -> None:
    """The owner's word in the configuration."""
    house = a_house(tmp_path, sheet="never")

    assert a_draft_due(house).run().sheet is Posted.NEVER
    assert sheets(house) == []


@pytest.mark.parametrize(("privacy", "posted"), [("own", Posted.SHARED), ("shared", Posted.POSTED)])
@pytest.mark.parametrize("how", ["colleague", "role"])
def test_where_others_read_it_needs_consent(tmp_path: Path, how: str, privacy: str, posted: Posted) -> None:
    """Somebody else of the domain writes from it, or its address is nobody's in particular."""
    house = a_house(tmp_path, sheet=privacy)
    if how == "role":
        config = replace(house.config.owner, addresses=("contact@atelier.example", "camille@atelier.example"))
        house.config = replace(house.config, owner=config)
    else:
        mail = a_mail("Marc Dubois <marc@atelier.example>", "Ida Blanc <ida@third.example>", house.now, LETTER)
        house.box.deliver("Sent", mail.as_bytes(), house.now)

    assert a_draft_due(house).run().sheet is posted
    assert len(sheets(house)) == (posted is Posted.POSTED)


def test_an_alias_of_the_owner_is_no_colleague(house: House) -> None:
    """The same name under an address that the configuration forgot."""
    mail = a_mail("Camille Laurent <c.laurent@atelier.example>", "Ida Blanc <ida@third.example>", house.now, LETTER)
    house.box.deliver("Sent", mail.as_bytes(), house.now)

    assert a_draft_due(house).run().sheet is Posted.POSTED


@pytest.mark.parametrize("landed", [True, False])
def test_an_outcome_that_nobody_knows_is_left_to_the_next_run(house: House, landed: bool) -> None:
    """Whether the APPEND happened: found out, never tried again in doubt; one sheet in the end, and the run itself is done."""

    def lose(name: str) -> None:
        if name == "append_sheet":
            raise OutcomeUnknown("lost")

    a_draft_due(house)
    if landed:
        house.box.after = lose
    else:
        house.box.before = lose
    assert house.run().sheet is Posted.LATER
    house.box.after = house.box.before = lambda _name: None

    assert house.later(minutes=5).run().sheet is (Posted.UNCHANGED if landed else Posted.LATER)
    house.later(minutes=20).run()
    assert len(sheets(house)) == 1


def test_a_lost_database_writes_no_second_one(house: House, tmp_path: Path) -> None:
    """The key lies beside the configuration: the sheet of the day is recognised."""
    a_draft_due(house).run()
    for path in (tmp_path / "state").glob("nurture.db*"):
        path.unlink()

    house.later(minutes=20).run()

    assert len(sheets(house)) == 1


@pytest.mark.parametrize("second", [None, "commit_sheet_intent", "after_sheet"])
@pytest.mark.parametrize("point", SHEET_POINTS)
def test_killed_anywhere_there_is_one_sheet_at_most(house: House, point: str, second: str | None) -> None:
    """At each write of the sheet, and once more during the recovery: never two, and in the end the one that is right."""
    a_draft_due(house).run()
    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    house.later(days=3)
    for _ in killed_runs(house, point, second):
        assert len(sheets(house)) <= 1
    for _ in range(2):
        house.later(minutes=20).run()

    (uid,) = sheets(house)
    assert "a demandé un prix" in words(house, uid)


def test_who_asked_to_stop_is_on_no_sheet(house: House) -> None:
    """A no is no question."""
    house.write()
    house.later(days=1).receive(ANNA, NO)
    house.later(days=1).run()

    assert sheets(house) == []


HOW = "Bonjour,\n\nCombien d'heures passez-vous sur chaque atelier, et avec quels outils travaillez-vous ?\n\nAnna Roux"


def test_the_third_question_about_the_how_is_a_warning(house: House) -> None:
    """Counted over all their messages; two are curiosity. What it may mean, the frame, and no more."""
    house.write()
    said = []
    for _ in range(3):
        anchor = house.later(days=2).receive(ANNA, HOW)
        house.later(minutes=5).write(text="Bonjour Madame Roux,\n\nMerci de votre message.\n\nCamille", answers=anchor)
        house.run()
        with house.world() as world:
            said.append([a.why for a in summarise(world, house.now).asks if a.rule == "control"])

    assert said[0] == []
    assert len(said[-1]) == 1
    assert "Suggest the frame" in said[-1][0]
    with house.world() as world:
        assert not [a for a in summarise(world, house.now + timedelta(days=90)).asks if a.rule == "control"]


def test_nobody_stands_in_two_places() -> None:
    """What is remarked of whoever has a draft there is said beside it; what asks for a command stays a question."""
    remark, other, question = ask("anna@client.example", "control", "Often."), ask("paul@client.example", "control", "Too."), ask("anna@client.example", "challenge")  # fmt: skip
    sheet = once_each(a_sheet(read=(to_read("anna@client.example", warnings=("w",)),), asks=(remark, other, question)))

    assert sheet.read[0].warnings == ("w", "Often.")
    assert sheet.asks == (other, question)


def test_the_owners_note_stands_beside_the_draft(house: House) -> None:
    """Noted for `why` and the sheet."""
    a_draft_due(house).run()
    with house.world() as world, world.store.begin() as session:
        saying = outside.Saying(person=1, address="anna@client.example", at=house.now, via="note")
        outside.log(session, saying, "note", happened=house.now, day=house.now.date(), text="Rencontrée au salon.")

    with house.world() as world:
        assert [r.note for r in summarise(world, house.now).read] == ["Rencontrée au salon."]


def test_a_sheet_is_nobodys_mail(house: House) -> None:
    """Neither where it lies nor in Trash does it count for anything that is read."""
    a_draft_due(house).run()
    house.send(house.drafts()[0])
    house.later(days=1).run()

    read = house.later(days=1).run().read

    assert sum(r.kept for r in read if r.folder in ("Nurture", "Trash")) == 0


def test_a_folder_made_later_is_seen(tmp_path: Path) -> None:
    """What stood in the way is not told any more, though nothing is due."""
    house = a_house(tmp_path, "Other")
    house.write()
    assert house.run().sheet is Posted.NO_FOLDER

    house.box.make_folder("Nurture")

    assert house.run().sheet is Posted.UNCHANGED
    with house.world() as world, world.store.begin() as session:
        assert meta.get(session, "sheet") == "unchanged"
