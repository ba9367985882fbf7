"""P4, the person has the last word: what becomes of a draft, told from evidence, and what follows from it."""

from __future__ import annotations

from base64 import encodebytes
from pathlib import Path
from quopri import decodestring

import pytest

from nurture.errors import MailboxSuspicious
from nurture.followups import Action, DraftState
from nurture.mailbox import Appended, Folder, MemoryMailbox, Role
from nurture.run import Report
from nurture.store import cases, ledger, people
from tests.whole.house import ANNA, LETTER, NO, PAUL, PRICE, House, a_mail
from tests.whole.test_faults import at

WEEK = 9  # days after which a stranger's first step is due


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A letter went to Anna, nine days passed, one draft lies in Drafts."""
    found = House(tmp_path)
    found.write()
    found.later(days=WEEK)
    report = found.run()
    assert [str(a.done) for a in report.applied] == ["appended"], report.items
    return found


def state(house: House) -> list[DraftState]:
    """Of every draft that there ever was for Anna."""
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, "anna@client.example")
        assert row is not None
        return [d.state for d in ledger.for_person(session, row.person.key)]


def rule(report: Report) -> str:
    """What was decided about Anna."""
    return next(i.rule for i in report.items if i.address == "anna@client.example")


def test_a_draft_is_what_a_human_would_have_begun(house: House) -> None:
    """To Anna, in the thread, in French, from the owner; flags as a client sets them."""
    [uid] = house.drafts()
    head = house.header(uid)

    assert [a.addr for a in head.to] == ["anna@client.example"]
    assert head.sender is not None
    assert head.sender.addr == "camille@atelier.example"
    assert head.subject == "Re: Vos clients"
    assert head.references[-1] == head.in_reply_to[0] == house.header(1, "Sent").message_id
    assert house.box.shelves["Drafts"].messages[uid].flags == {"\\Draft", "\\Seen"}
    assert house.body(uid).startswith("Bonjour")


def test_a_second_run_adds_nothing(house: House) -> None:
    """The same day, and on the next ones."""
    for days in (0, 1, 2):
        report = house.later(days=days).run()
        assert report.applied == []
    assert len(house.drafts()) == 1


def test_a_sent_draft_is_done_and_the_next_step_waits_its_time(house: House) -> None:
    """Recognised in Sent by its identity; the open door comes when its own wait is over, and nothing after it."""
    house.send(house.drafts()[0])
    report = house.later(minutes=20).run()
    assert state(house) == [DraftState.SENT]
    assert rule(report) == "step-not-due"

    house.later(days=30)
    [again] = house.run().applied
    assert again.written.item.step == "open-door"
    house.send(house.drafts()[0])
    house.later(minutes=20).run()
    house.later(days=40)
    assert house.run().applied == []
    assert state(house) == [DraftState.SENT, DraftState.SENT]


def test_an_edited_draft_is_theirs_for_ever(house: House) -> None:
    """Never replaced, never taken back, whatever comes."""
    [uid] = house.drafts()
    new = house.replace_draft(uid, house.raw(uid).replace(b"Bonjour", b"Ch=C3=A8re Madame"))
    house.later(minutes=20).run()
    assert state(house) == [DraftState.EDITED]

    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    house.later(days=30)
    report = house.run()

    assert report.withdrawn == []
    assert report.applied == []
    assert house.drafts() == [new]


def test_a_draft_saved_under_another_message_id_is_recognised_by_its_token(house: House) -> None:
    """Thunderbird gives every save a new Message-ID and drops what it does not know."""
    [uid] = house.drafts()
    mine = house.header(uid).message_id
    assert mine
    house.replace_draft(uid, house.raw(uid).replace(mine.encode(), b"<new@thunderbird.example>"))
    house.later(minutes=20).run()
    assert state(house) == [DraftState.EDITED]

    house.send(house.drafts()[0])
    house.later(minutes=20).run()
    assert state(house) == [DraftState.SENT]


def test_a_deleted_draft_is_a_lasting_no_to_that_step(house: House) -> None:
    """Found in Trash: never written again; the next step's wait begins that day."""
    house.box.carry("Drafts", house.drafts()[0], "Trash")
    report = house.later(minutes=20).run()
    assert state(house) == [DraftState.DELETED]
    assert rule(report) == "step-not-due"

    house.later(days=5)
    assert house.run().applied == []
    house.later(days=20)
    [again] = house.run().applied
    assert again.written.item.step == "open-door"


def test_a_draft_that_is_gone_without_a_trace_leaves_its_person_alone(house: House) -> None:
    """NeoMutt expunges at recall: gone is not deleted."""
    raw = house.raw(house.drafts()[0])
    house.box.shelves["Drafts"].messages.clear()
    report = house.later(minutes=20).run()
    assert state(house) == [DraftState.MISSING]
    assert rule(report) == "open-draft"

    house.later(days=60)
    assert house.run().applied == []

    house.box.deliver("Drafts", raw, house.now)  # postponed again
    house.run()
    assert state(house) == [DraftState.EDITED]


def test_the_owner_says_that_it_was_thrown_away(house: House) -> None:
    """`run --drafts-gone`."""
    house.box.shelves["Drafts"].messages.clear()
    house.later(minutes=20).run()
    house.later(minutes=20).run(drafts_gone=True)

    assert state(house) == [DraftState.DELETED]


def test_many_drafts_gone_at_once_stop_the_run(tmp_path: Path) -> None:
    """Drafts suddenly empty looks wrong; nothing is concluded, until the owner says so."""
    house = House(tmp_path)
    for n in range(6):
        house.later(minutes=1).write(f"P{n} Roux <p{n}@c{n}.example>", LETTER, subject=f"Vos clients {n}")
    house.later(days=WEEK)
    assert len(house.run().applied) == 6
    house.box.shelves["Drafts"].messages.clear()

    with pytest.raises(MailboxSuspicious, match="--drafts-gone"):
        house.later(minutes=20).run()
    report = house.later(minutes=20).run(drafts_gone=True)
    assert {o.state for o in report.outcomes} == {DraftState.DELETED}


def test_an_answer_takes_an_untouched_draft_back(house: House) -> None:
    """It lies in Trash afterwards, and their question is answered when that is due."""
    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    report = house.later(minutes=20).run()

    assert [(w.rule, w.done) for w in report.withdrawn] == [("they-wrote", True)]
    assert house.drafts() == []
    assert len(house.box.shelves["Trash"].messages) == 1
    house.later(minutes=20).run()
    assert state(house) == [DraftState.WITHDRAWN]
    [answer] = house.later(days=1).run().applied
    assert answer.written.item.signal == "price_question"


def test_a_no_takes_it_back_and_is_for_ever(house: House) -> None:
    """P6: on the list beside the configuration; a lost database changes nothing."""
    house.receive(ANNA, NO, answers=str(house.header(1, "Sent").message_id))
    report = house.later(minutes=20).run()
    assert [w.done for w in report.withdrawn] == [True]
    assert rule(report) == "opted-out"

    for path in (house.folder / "state").iterdir():
        path.unlink()
    house.later(days=30)
    report = house.run()
    assert report.applied == []
    assert rule(report) == "opted-out"


def test_the_owners_own_mail_takes_it_back(house: House) -> None:
    """A mail written by hand counts more than any plan."""
    house.write(answers=str(house.header(1, "Sent").message_id), subject="Re: Vos clients")
    report = house.later(minutes=20).run()

    assert [w.rule for w in report.withdrawn] == ["owner-wrote"]
    assert house.drafts() == []


def test_the_owners_own_draft_holds_everything(tmp_path: Path) -> None:
    """Somebody's hand is writing to her already."""
    house = House(tmp_path)
    house.write()
    house.box.deliver("Drafts", a_mail("camille@atelier.example", ANNA, house.now, "Chère Anna").as_bytes(), house.now)

    report = house.later(days=WEEK).run()

    assert rule(report) == "own-draft"
    assert len(house.drafts()) == 1


def test_an_old_untouched_draft_is_taken_back_and_its_step_asked_of_the_owner(house: House) -> None:
    """After ten working days."""
    house.later(days=20)
    report = house.run()

    assert [w.done for w in report.withdrawn] == [True]
    assert house.drafts() == []
    report = house.later(minutes=20).run()
    assert next(i for i in report.items if i.address == "anna@client.example").action is Action.SHEET


def touch(house: House) -> None:
    """The client saves in place: the same size, the same UID."""
    [uid] = house.drafts()
    stored = house.box.shelves["Drafts"].messages[uid]
    stored.raw = stored.raw.replace(b"Bonjour", b"Bonsoir")


def test_a_draft_that_somebody_touched_in_the_last_second_stays(house: House) -> None:
    """Proven untouched to the byte, or not at all: the client saved between our look and our move."""
    uids = house.drafts()
    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    with at("before_withdraw", lambda: touch(house)):
        report = house.later(minutes=20).run()

    assert [w.done for w in report.withdrawn] == [False]
    assert house.drafts() == uids
    house.later(minutes=20).run()
    assert state(house) == [DraftState.EDITED]


def test_an_edit_that_changes_neither_place_nor_size_is_seen(house: House) -> None:
    """What is in Drafts is compared, not that something is there."""
    touch(house)
    house.later(minutes=20).run()
    assert state(house) == [DraftState.EDITED]


def test_an_edit_before_anybody_looked_back_is_the_owners(tmp_path: Path) -> None:
    """A run died right after its APPEND, and the owner changed the draft before the next one came."""
    house = House(tmp_path)
    house.write()
    house.later(days=WEEK)

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), at("after_append", die):
        house.run()
    touch(house)
    house.later(minutes=20).run()
    assert state(house) == [DraftState.EDITED]


@pytest.mark.parametrize("stored", ["base64", "lf", "more headers"])
def test_a_server_that_stores_a_mail_in_its_own_way_is_no_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: str
) -> None:
    """Another transfer encoding, other line ends, fields of its own: the words are what was appended."""
    house = House(tmp_path)
    house.write()
    real = MemoryMailbox.append

    def rewriting(box: MemoryMailbox, folder: Folder, message: bytes) -> Appended:
        done = real(box, folder, message)
        assert done.uid
        house.box.shelves["Drafts"].messages[done.uid].raw = rewritten(message, stored)
        return done

    monkeypatch.setattr(MemoryMailbox, "append", rewriting)
    house.later(days=WEEK).run()
    assert state(house) == [DraftState.OPEN]
    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    report = house.later(minutes=20).run()
    assert [w.done for w in report.withdrawn] == [True]


def rewritten(raw: bytes, how: str) -> bytes:
    """The same mail as another server keeps it."""
    if how == "lf":
        return raw.replace(b"\r\n", b"\n")
    if how == "more headers":
        return b"X-Store-Info: abc\r\nReceived: from here\r\n" + raw
    head, _, body = raw.partition(b"\r\n\r\n")
    return head.replace(b"quoted-printable", b"base64") + b"\r\n\r\n" + encodebytes(decodestring(body)).replace(b"\n", b"\r\n")


def test_a_folder_numbered_anew_leaves_an_untouched_draft_ours(house: House) -> None:
    """Every byte is as it was: the numbers are the server's."""
    shelf = house.box.shelves["Drafts"]
    [(uid, stored)] = shelf.messages.items()
    shelf.messages.clear()
    shelf.uidvalidity += 1
    shelf.messages[uid + 40] = stored
    house.later(minutes=20).run()
    assert state(house) == [DraftState.OPEN]

    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    report = house.later(minutes=20).run()
    assert [w.done for w in report.withdrawn] == [True]


def test_a_copy_that_a_client_left_beside_the_draft_is_a_hand(house: House) -> None:
    """Saved anew, and the old one not taken away."""
    raw = house.raw(house.drafts()[0])
    house.box.deliver("Drafts", raw.replace(b"Bonjour", b"Bonsoir"), house.now, ["\\Draft"])
    house.later(minutes=20).run()
    assert state(house) == [DraftState.EDITED]


def test_without_a_trash_a_draft_stays_and_it_is_said_once(house: House) -> None:
    """Nothing is ever deleted; the run goes on; when there is a Trash, the draft goes there."""
    folders = house.box._folders
    house.box._folders = [f for f in folders if f.role is not Role.TRASH]
    house.receive(ANNA, PRICE, answers=str(house.header(1, "Sent").message_id))
    reports = [house.later(minutes=20).run() for _ in range(3)]

    assert [len(r.problems) for r in reports] == [1, 0, 0]
    assert "[account.folders] trash" in reports[0].problems[0]
    assert [w.done for r in reports for w in r.withdrawn] == [False] * len([w for r in reports for w in r.withdrawn])
    assert len(house.drafts()) == 1
    assert state(house) == [DraftState.OPEN]

    house.box._folders = folders
    house.later(minutes=20)
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, "anna@client.example")
        assert row is not None
        cases.touch(session, {row.person.key})
    house.run()
    assert house.drafts() == []


def test_a_colleague_answers_in_the_thread(house: House) -> None:
    """The draft is taken back; a new person is never a recipient."""
    house.receive(
        PAUL,
        "Bonjour,\n\nAnna m'a transmis votre message. Pouvez-vous m'appeler ?\n\nPaul Petit",
        answers=str(house.header(1, "Sent").message_id),
    )
    report = house.later(minutes=20).run()
    assert [w.done for w in report.withdrawn] == [True]

    report = house.later(days=3).run()
    assert report.applied == []
    assert rule(report) == "colleague-answered"
