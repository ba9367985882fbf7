"""What every mailbox writes and takes back. See `suite`."""

from __future__ import annotations

import pytest

from nurture.errors import OutOfBounds
from nurture.mailbox import Folder, Mailbox, Role, sheet_folder
from tests.mailbox.contents import digest, ids, the
from tests.mailbox.houses import House
from tests.mailbox.letters import a_draft, letter, lf


class WritingSuite:
    """Drafts appended, looked back at, taken back."""

    def test_a_draft_is_appended_and_looked_back_at(self, house: House) -> None:
        r"""With \Draft and \Seen, byte for byte, under a UID that was not there before."""
        with house.open() as box:
            drafts = the(box, Role.DRAFTS)
            before = box.position(drafts)
            done = box.append(drafts, a_draft())

            assert done.uid is not None
            assert (done.uid >= before.uidnext, done.uidvalidity) == (True, before.uidvalidity)
            ((uid, raw),) = box.bodies(drafts, [done.uid], 100_000)
            assert (uid, lf(raw)) == (done.uid, lf(a_draft()))
            assert box.flags(drafts, [done.uid]) == {done.uid: frozenset({"\\Draft", "\\Seen"})}
            assert [f.uid for f in box.find("<draft@atelier.example>", drafts, before.uidnext)] == [done.uid]
            assert [f.uid for f in box.find("<token@atelier.example>", drafts)] == [done.uid]
        assert house.content("Drafts") == {lf(a_draft()): frozenset({"\\Draft", "\\Seen"})}

    def test_a_draft_is_written_as_often_as_it_is_said(self, house: House) -> None:
        """A mailbox decides nothing: that none is written twice is the ledger's care."""
        with house.open() as box:
            drafts = the(box, Role.DRAFTS)
            assert box.append(drafts, a_draft()) != box.append(drafts, a_draft())
            assert box.position(drafts).exists == 2

    @pytest.mark.parametrize("role", [r for r in Role if r not in (Role.DRAFTS, Role.ALL, Role.ARCHIVE, Role.OUTBOX, Role.OTHER)])
    def test_nothing_is_appended_elsewhere(self, house: House, role: Role) -> None:
        """Drafts only."""
        with house.open() as box, pytest.raises(OutOfBounds):
            box.append(the(box, role), a_draft())

        assert all(house.content(name) == {} for name in ("INBOX", "Sent", "Drafts", "Trash", "Junk"))

    def test_an_untouched_draft_is_taken_back(self, house: House) -> None:
        """It leaves Drafts and lies in Trash, with every byte; everything else stays."""
        house.deliver("Drafts", letter("<theirs@atelier.example>"), "\\Draft")
        with house.open() as box:
            drafts, trash = the(box, Role.DRAFTS), the(box, Role.TRASH)
            done = box.append(drafts, a_draft())
            assert done.uid is not None
            assert done.uidvalidity is not None
            ((_, raw),) = box.bodies(drafts, [done.uid], 100_000)

            assert box.withdraw(drafts, done.uid, done.uidvalidity, digest(raw), trash) is True

            assert ids(box.rows(drafts)) == ["<theirs@atelier.example>"]
            assert ids(box.rows(trash)) == ["<draft@atelier.example>"]
            assert box.withdraw(drafts, done.uid, done.uidvalidity, digest(raw), trash) is False
        assert list(house.content("Trash")) == [lf(a_draft())]

    @pytest.mark.parametrize("touch", ["changed", "deleted", "gone", "other number", "other validity", "other text"])
    def test_a_draft_that_was_touched_stays(self, house: House, touch: str) -> None:
        """Whatever a hand did to it, and whatever is not surely it: nothing is done at all."""
        with house.open() as box:
            drafts, trash = the(box, Role.DRAFTS), the(box, Role.TRASH)
            done = box.append(drafts, a_draft())
            assert done.uid is not None
            assert done.uidvalidity is not None
            ((_, raw),) = box.bodies(drafts, [done.uid], 100_000)
            uid, validity, wanted = done.uid, done.uidvalidity, digest(raw)
            if touch in ("changed", "gone"):
                house.remove("Drafts", "<draft@atelier.example>")
            if touch == "changed":  # a client saves a new message and removes the old one
                house.deliver("Drafts", a_draft().replace(b"mardi", b"jeudi"), "\\Draft")
            if touch == "deleted":
                house.mark("Drafts", "<draft@atelier.example>", "\\Deleted")
            uid += touch == "other number"
            validity += touch == "other validity"
            wanted = digest(b"another") if touch == "other text" else wanted
            before = house.content("Drafts")

            assert box.withdraw(drafts, uid, validity, wanted, trash) is False

        assert house.content("Drafts") == before
        assert house.content("Trash") == {}

    def test_flags_alone_are_no_touch(self, house: House) -> None:
        """A client that shows a draft marks it as it likes."""
        with house.open() as box:
            drafts, trash = the(box, Role.DRAFTS), the(box, Role.TRASH)
            done = box.append(drafts, a_draft())
            assert done.uid is not None
            assert done.uidvalidity is not None
            ((_, raw),) = box.bodies(drafts, [done.uid], 100_000)
            house.mark("Drafts", "<draft@atelier.example>", "\\Flagged")

            assert box.withdraw(drafts, done.uid, done.uidvalidity, digest(raw), trash) is True

    def test_only_from_drafts_to_trash(self, house: House) -> None:
        """Nothing else can be moved, nor anywhere else."""
        house.deliver("INBOX", letter("<theirs@client.example>"))
        with house.open() as box:
            drafts, trash, inbox = the(box, Role.DRAFTS), the(box, Role.TRASH), the(box, Role.INBOX)
            (uid,) = box.uids(inbox)
            ((_, raw),) = box.bodies(inbox, [uid], 100_000)
            validity = box.position(inbox).uidvalidity
            for source, target in ((inbox, trash), (drafts, inbox), (trash, trash)):
                with pytest.raises(OutOfBounds):
                    box.withdraw(source, uid, validity, digest(raw), target)

        assert len(house.content("INBOX")) == 1

    @pytest.mark.parametrize("seen", [True, False])
    def test_a_sheet_is_appended_to_its_folder(self, house: House, seen: bool) -> None:
        r"""Read or unread, never a \Draft; found by its identity, and taken back to Trash while nobody has touched it."""
        with house.open() as box:
            box.make_folder("Nurture")
            folder, trash = the_sheet_folder(box), the(box, Role.TRASH)

            done = box.append_sheet(folder, a_draft(), seen=seen)

            assert done.uid is not None
            assert done.uidvalidity is not None
            assert box.flags(folder, [done.uid]) == {done.uid: frozenset({"\\Seen"} if seen else ())}
            assert [f.uid for f in box.find("<draft@atelier.example>", folder)] == [done.uid]
            ((_, raw),) = box.bodies(folder, [done.uid], 100_000)
            assert lf(raw) == lf(a_draft())
            assert box.withdraw(folder, done.uid, done.uidvalidity, digest(raw), trash) is True
            assert box.uids(folder) == ()
        assert list(house.content("Trash")) == [lf(a_draft())]

    def test_a_sheet_that_was_touched_stays(self, house: House) -> None:
        """Other bytes than those that were written."""
        with house.open() as box:
            box.make_folder("Nurture")
            folder = the_sheet_folder(box)
            done = box.append_sheet(folder, a_draft(), seen=False)
            assert done.uid is not None
            assert done.uidvalidity is not None

            assert box.withdraw(folder, done.uid, done.uidvalidity, digest(b"another"), the(box, Role.TRASH)) is False
            assert box.uids(folder) == (done.uid,)

    @pytest.mark.parametrize("role", [Role.INBOX, Role.SENT, Role.DRAFTS, Role.TRASH, Role.JUNK])
    def test_no_sheet_is_appended_elsewhere(self, house: House, role: Role) -> None:
        """Its folder only, even where there is none."""
        for _ in range(2):
            with house.open() as box:
                with pytest.raises(OutOfBounds):
                    box.append_sheet(the(box, role), a_draft(), seen=False)
                box.make_folder("Nurture")

        assert all(house.content(name) == {} for name in ("INBOX", "Sent", "Drafts", "Trash", "Junk"))

    def test_a_folder_of_another_name_is_none_for_sheets(self, house: House) -> None:
        """Nor for taking anything back."""
        house.make("Projects")
        house.deliver("Projects", letter("<theirs@client.example>"))
        with house.open() as box:
            other = next(f for f in box.folders() if f.name == "Projects")
            ((uid, raw),) = box.bodies(other, box.uids(other), 100_000)
            with pytest.raises(OutOfBounds):
                box.append_sheet(other, a_draft(), seen=False)
            with pytest.raises(OutOfBounds):
                box.withdraw(other, uid, box.position(other).uidvalidity, digest(raw), the(box, Role.TRASH))

        assert len(house.content("Projects")) == 1


def the_sheet_folder(box: Mailbox) -> Folder:
    """The folder Nurture, which is there."""
    found = sheet_folder(box.folders())
    assert found is not None
    return found
