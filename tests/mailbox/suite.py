"""What every mailbox does. Each kind of mailbox runs these same tests: `class TestIt(MailboxSuite)` and a fixture `house`."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest

from nurture.config import FolderChoices
from nurture.errors import FoldersFault, OutOfBounds
from nurture.mailbox import Folder, Mailbox, Role, Row, reading_folders
from nurture.messages import HEADER_FIELDS, parse_headers
from tests.mailbox.houses import House, role_of
from tests.mailbox.letters import ANNA, ARRIVED, OWNER, a_draft, letter, lf

LANGUAGES = {
    "en": ("Sent Items", "Drafts", "Deleted Items", "Junk E-mail"),
    "fr": ("Éléments envoyés", "Brouillons", "Corbeille", "Courrier indésirable"),
    "de": ("Gesendete Elemente", "Entwürfe", "Papierkorb", "Spam"),
    "es": ("Elementos enviados", "Borradores", "Elementos eliminados", "Correo no deseado"),
    "it": ("Posta inviata", "Bozze", "Cestino", "Posta indesiderata"),
    "nl": ("Verzonden items", "Concepten", "Prullenbak", "Ongewenste e-mail"),
    "pt": ("Itens enviados", "Rascunhos", "Itens eliminados", "Lixo Eletrônico"),
}
ROLES = ("sent", "drafts", "trash", "junk")


def the(box: Mailbox, role: Role) -> Folder:
    """The one folder of a role."""
    (found,) = [f for f in box.folders() if f.role is role]
    return found


def ids(rows: Iterable[Row]) -> list[str | None]:
    """The Message-IDs of rows, in their order."""
    return [parse_headers(row.header).message_id for row in rows]


def digest(raw: bytes) -> str:
    """What a draft is recognised by."""
    return hashlib.sha256(raw).hexdigest()


class MailboxSuite:
    """The contract of `nurture.mailbox.Mailbox`."""

    @pytest.fixture
    def in_paris(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """The machine stands where summer has another offset than winter."""
        monkeypatch.setenv("TZ", "Europe/Paris")
        time.tzset()
        yield
        monkeypatch.undo()
        time.tzset()

    # -- folders --------------------------------------------------------------------------------------------------

    def test_the_usual_folders_have_their_roles(self, house: House) -> None:
        """INBOX, Sent, Drafts, Trash, Junk."""
        with house.open() as box:
            assert {f.name: f.role.value for f in box.folders()} == {
                "INBOX": "inbox", "Sent": "sent", "Drafts": "drafts", "Trash": "trash", "Junk": "junk",
            }  # fmt: skip

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_folders_are_known_by_name_in_seven_languages(self, house: House, language: str) -> None:
        """Where a server states no roles, names tell them, accents and all."""
        for name in ("Sent", "Drafts", "Trash", "Junk"):
            house.drop(name)
        house.make(*LANGUAGES[language])

        with house.open() as box:
            assert [role_of(box.folders(), name) for name in LANGUAGES[language]] == list(ROLES)

    def test_two_sent_folders_are_normal(self, house: House) -> None:
        """A mail client made its own beside the server's: both are read as what the owner sent."""
        house.make("Messages envoyés")

        with house.open() as box:
            assert sorted(f.name for f in box.folders() if f.role is Role.SENT) == ["Messages envoyés", "Sent"]

    def test_two_drafts_folders_are_refused_by_name(self, house: House) -> None:
        """Where nothing says which is the right one, both are named and none is taken."""
        house.drop("Drafts")
        house.make("Brouillons", "Entwürfe")

        with house.open() as box, pytest.raises(FoldersFault, match=r"drafts") as refused:
            box.folders()
        assert "Brouillons" in str(refused.value)
        assert "Entwürfe" in str(refused.value)

    def test_an_outbox_is_never_picked(self, house: House) -> None:
        """What lies in an outbox may be sent: it is not read, not written, and no Drafts folder even if asked for."""
        house.make("Outbox", "Boîte d’envoi")
        with house.open() as box:
            found = box.folders()
            outboxes = [f for f in found if f.role is Role.OUTBOX]
            assert sorted(f.name for f in outboxes) == ["Boîte d’envoi", "Outbox"]
            assert not set(outboxes) & set(reading_folders(found))
            for outbox in outboxes:
                with pytest.raises(OutOfBounds):
                    box.append(outbox, a_draft())
        for key in ("drafts", "trash"):
            house.choices = FolderChoices(**{key: "Outbox"})  # type: ignore[arg-type]  # both are str
            with house.open() as box, pytest.raises(FoldersFault, match="outbox"):
                box.folders()

    def test_configured_names_win(self, house: House) -> None:
        """Over special use, and over known names; the folders that lose are no Drafts and no Sent any more."""
        house.make("Vorlagen", "Mes envois", "Poubelle")
        house.choices = FolderChoices(drafts="Vorlagen", sent=("Mes envois",), trash="Poubelle")

        with house.open() as box:
            assert (the(box, Role.DRAFTS).name, the(box, Role.SENT).name) == ("Vorlagen", "Mes envois")
            assert next(f.name for f in box.folders() if f.role is Role.TRASH) == "Poubelle"
            assert "Drafts" not in {f.name for f in reading_folders(box.folders())}

    def test_a_configured_name_that_is_missing_is_told(self, house: House) -> None:
        """Nothing else is taken instead."""
        house.choices = FolderChoices(drafts="Brouillons")

        with house.open() as box, pytest.raises(FoldersFault, match="Brouillons"):
            box.folders()

    def test_a_folder_of_the_owners_own_is_no_sent_folder(self, house: House) -> None:
        """Only what lies at the top or just below it is judged by its name."""
        house.make("Projets.2024.Sent", "Projets.2024.Drafts")

        with house.open() as box:
            assert role_of(box.folders(), "Projets.2024.Sent") == "other"
            assert the(box, Role.DRAFTS).name == "Drafts"

    def test_ignored_folders_are_not_read(self, house: House) -> None:
        """By name, in the configuration."""
        house.make("Listes & co", "Clients")
        house.choices = FolderChoices(ignore=("Listes & co",))

        with house.open() as box:
            read = {f.name for f in reading_folders(box.folders())}
        assert "Clients" in read
        assert "Listes & co" not in read

    def test_folder_names_may_be_anything(self, house: House) -> None:
        """Accents, other scripts, an ampersand, quotes, blanks: listed as the user sees them, and readable."""
        names = ("Déjà vu", "日本語", "R&D", 'Le "grand" projet', "x  y", "Ünï & Ço — 1 % (a)", "{5}", "*")
        house.make(*names)
        for name in names:
            house.deliver(name, letter("<in@client.example>"))

        with house.open() as box:
            found = {f.name: f for f in box.folders()}
            assert [ids(box.rows(found[name])) for name in names] == [["<in@client.example>"]] * len(names)

    def test_a_folder_can_be_made(self, house: House) -> None:
        """Once; asked for again, it is the same."""
        with house.open() as box:
            made = box.make_folder("Nurture")

            assert made.name == "Nurture"
            assert made in box.folders()
            assert box.make_folder("Nurture") == made
            assert box.position(made).exists == 0

    @pytest.mark.parametrize("name", ["", "../up", "a/../b", "Nur\r\nture", 'x" "y', "Brouillons é", "x" * 100])
    def test_no_folder_of_an_odd_name_is_made(self, house: House, name: str) -> None:
        """`make_folder` is for one name of nurture's own."""
        with house.open() as box:
            before = box.folders()
            with pytest.raises(OutOfBounds):
                box.make_folder(name)
            assert box.folders() == before

    # -- positions ------------------------------------------------------------------------------------------------

    def test_a_position_tells_what_is_new(self, house: House) -> None:
        """UIDs grow; UIDVALIDITY stays, also in the next run."""
        with house.open() as box:
            empty = box.position(the(box, Role.INBOX))
        house.deliver("INBOX", letter("<1@client.example>"))
        house.deliver("INBOX", letter("<2@client.example>"))
        with house.open() as box:
            full = box.position(the(box, Role.INBOX))
            uids = box.uids(the(box, Role.INBOX))

        assert (empty.exists, full.exists) == (0, 2)
        assert empty.uidvalidity == full.uidvalidity
        assert empty.uidnext <= uids[0] < uids[1] < full.uidnext

    def test_mail_that_comes_while_the_mailbox_is_open_is_seen(self, house: House) -> None:
        """No answer is an old one."""
        with house.open() as box:
            inbox = the(box, Role.INBOX)
            assert (box.position(inbox).exists, box.uids(inbox), list(box.rows(inbox))) == (0, (), [])
            house.deliver("INBOX", letter("<new@client.example>"))

            assert len(box.uids(inbox)) == 1
            assert box.search_address(inbox, ANNA) == box.uids(inbox)
            assert box.position(inbox).exists == 1
            assert ids(box.rows(inbox)) == ["<new@client.example>"]
            house.mark("INBOX", "<new@client.example>", "\\Flagged")
            assert "\\Flagged" in box.flags(inbox, box.uids(inbox))[box.uids(inbox)[0]]

    def test_a_folder_made_anew_gives_no_old_number_to_a_new_message(self, house: House) -> None:
        """Deleted and created again: UIDVALIDITY and UID together never mean another message."""
        house.make("Clients")
        house.deliver("Clients", letter("<old@client.example>"))
        with house.open() as box:
            folder = next(f for f in box.folders() if f.name == "Clients")
            before = {(box.position(folder).uidvalidity, uid) for uid in box.uids(folder)}
        house.drop("Clients")
        house.make("Clients")
        house.deliver("Clients", letter("<new@client.example>"))
        with house.open() as box:
            folder = next(f for f in box.folders() if f.name == "Clients")
            after = {(box.position(folder).uidvalidity, uid) for uid in box.uids(folder)}

        assert len(before) == len(after) == 1
        assert not before & after

    def test_a_folder_that_is_gone_is_told(self, house: House) -> None:
        """Deleted by somebody after it was listed."""
        house.make("Clients")
        with house.open() as box:
            folder = next(f for f in box.folders() if f.name == "Clients")
            house.drop("Clients")

            for attempt in (
                lambda: box.position(folder),
                lambda: box.uids(folder),
                lambda: list(box.rows(folder)),
                lambda: box.find("<a@b.example>", folder),
                lambda: box.search_address(folder, ANNA),
            ):
                with pytest.raises(FoldersFault, match=r"Clients.*`nurture check`"):
                    attempt()

    def test_drafts_that_are_gone_are_told(self, house: House) -> None:
        """Nothing is written, and nothing made."""
        with house.open() as box:
            drafts = the(box, Role.DRAFTS)
            house.drop("Drafts")

            with pytest.raises(FoldersFault):
                box.append(drafts, a_draft())
        with house.open() as box:
            assert "Drafts" not in {f.name for f in box.folders()}

    # -- reading --------------------------------------------------------------------------------------------------

    def test_a_row_is_the_wanted_fields_and_no_others(self, house: House) -> None:
        """As raw bytes, folded lines kept, whatever their case; the size and the moment of arrival are the store's."""
        house.deliver("INBOX", letter("<a@client.example>", "REFERENCES: <b@x.example>\r\n\t<c@x.example>", "x-autoreply: yes"))

        with house.open() as box:
            (row,) = box.rows(the(box, Role.INBOX))

        fields = {line.partition(b":")[0].decode().lower() for line in row.header.split(b"\r\n") if line[:1].strip()}
        assert fields <= {name.lower() for name in HEADER_FIELDS}
        assert {"from", "to", "subject", "date", "message-id", "references", "content-type", "x-autoreply"} <= fields
        assert b"<b@x.example>\r\n\t<c@x.example>" in row.header
        assert row.header.endswith(b"\r\n\r\n")
        assert row.received == ARRIVED
        (size,) = {len(raw) for raw in house.content("INBOX")}
        assert size <= row.size <= size + 20  # LF or CRLF

    @pytest.mark.usefixtures("in_paris")
    def test_arrival_does_not_depend_on_the_season(self, house: House) -> None:
        """A message of July read in winter: the hour is the server's, not shifted by today's offset."""
        for month in (1, 7):
            house.deliver("INBOX", letter(f"<{month}@client.example>"), received=ARRIVED.replace(month=month))

        with house.open() as box:
            assert [row.received for row in box.rows(the(box, Role.INBOX))] == [ARRIVED.replace(month=m) for m in (1, 7)]

    def test_rows_come_in_windows_ascending_and_from_a_uid(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """All of them, once, also where a window ends; nothing below the UID asked for, and nothing beyond the last."""
        monkeypatch.setattr("nurture.mailbox.imap.WINDOW", 5)
        for i in range(12):
            house.deliver("INBOX", letter(f"<{i}@client.example>"), received=ARRIVED + timedelta(seconds=i))
        house.remove("INBOX", "<3@client.example>")

        with house.open() as box:
            inbox = the(box, Role.INBOX)
            rows = list(box.rows(inbox))
            assert ids(rows) == [f"<{i}@client.example>" for i in range(12) if i != 3]
            assert [r.uid for r in rows] == sorted(r.uid for r in rows) == list(box.uids(inbox))
            assert list(box.rows(inbox, rows[5].uid)) == rows[5:]
            assert list(box.rows(inbox, box.position(inbox).uidnext)) == []
            assert list(box.rows(inbox, box.position(inbox).uidnext + 50)) == []

    def test_rows_of_given_uids(self, house: House) -> None:
        """Each once, ascending; missing ones are left out."""
        for i in range(3):
            house.deliver("INBOX", letter(f"<{i}@client.example>"), received=ARRIVED + timedelta(seconds=i))

        with house.open() as box:
            inbox = the(box, Role.INBOX)
            first, second, third = box.uids(inbox)
            house.remove("INBOX", "<1@client.example>")
            assert [r.uid for r in box.rows_of(inbox, [third, first, third, second, 4_000_000])] == [first, third]
            assert list(box.rows_of(inbox, [])) == []

    def test_bodies_are_whole_up_to_a_cap(self, house: House) -> None:
        """Byte for byte but for line ends; 8-bit and NUL-free binary survive."""
        raw = letter("<a@client.example>", body="é" * 500 + "\r\n" + "".join(map(chr, range(32, 127))) + "\r\n")
        house.deliver("INBOX", raw)

        with house.open() as box:
            inbox = the(box, Role.INBOX)
            ((uid, body),) = box.bodies(inbox, box.uids(inbox), 1_000_000)
            assert lf(body) == lf(raw)
            assert [(u, len(b)) for u, b in box.bodies(inbox, [uid], 100)] == [(uid, 100)]
            assert list(box.bodies(inbox, [uid + 1], 100)) == []
            assert list(box.bodies(inbox, [], 100)) == []

    def test_what_vanishes_while_it_is_read_is_left_out(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """The owner deletes and marks while a run reads: no error, nothing else missing."""
        monkeypatch.setattr("nurture.mailbox.imap.WINDOW", 1)
        monkeypatch.setattr("nurture.mailbox.imap.BODY_WINDOW", 1)
        for i in range(5):
            house.deliver("INBOX", letter(f"<{i}@client.example>"), received=ARRIVED + timedelta(seconds=i))

        with house.open() as box:
            inbox = the(box, Role.INBOX)
            rows = box.rows(inbox)
            seen = [next(rows)]
            house.remove("INBOX", "<2@client.example>")
            house.mark("INBOX", "<3@client.example>", "\\Seen")  # in a Maildir: the file has another name now
            assert ids([*seen, *rows]) == [f"<{i}@client.example>" for i in (0, 1, 3, 4)]

            uids = box.uids(inbox)
            bodies = box.bodies(inbox, uids, 10_000)
            read = [next(bodies)[0]]
            house.remove("INBOX", "<3@client.example>")
            house.mark("INBOX", "<4@client.example>", "\\Flagged")
            assert [*read, *(uid for uid, _ in bodies)] == [uids[0], uids[1], uids[3]]

    def test_reading_changes_no_flag(self, house: House) -> None:
        """Everything is read in every way; the store has every flag as it was (P2)."""
        house.make("Clients")
        names = ["INBOX", "Sent", "Drafts", "Trash", "Junk", "Clients"]
        for name in names:
            house.deliver(name, letter("<unseen@client.example>"))
            house.deliver(name, letter("<seen@client.example>"), "\\Seen")
            house.deliver(name, letter("<all@client.example>"), "\\Seen", "\\Answered", "\\Flagged", "\\Draft", "\\Deleted")
        before = {name: house.content(name) for name in names}

        with house.open() as box:
            for folder in box.folders():
                uids = box.uids(folder)
                assert box.position(folder).exists == len(list(box.rows(folder))) == len(list(box.bodies(folder, uids, 100))) == 3
                assert len(list(box.rows_of(folder, uids))) == len(box.search_address(folder, ANNA)) == 3
                assert len(box.find("<seen@client.example>", folder)) == 1
                assert sorted(map(len, box.flags(folder, uids).values())) == [0, 1, 5]

        assert {name: house.content(name) for name in names} == before

    @pytest.mark.parametrize(
        "raw",
        [
            b"\r\nonly a body\r\nFrom: x@y.example\r\n\r\n",
            b"no header at all",
            b"From: a@b.example\r\n",
            b"Subject: \xff\xfe caf\xe9\r\nMessage-ID: <x@y.example>\r\n\r\n\x80\x81",
            b" folded at once\r\nFrom: a@b.example\r\n\r\n",
            b"From a@b.example Tue Feb  3 04:05:06 2026\r\nMessage-ID: <x@y.example>\r\n\r\nmbox\r\n",
            b"Message-ID: <x@y.example>\r\nMessage-ID: <z@y.example>\r\n\r\ntwice\r\n",
            b"X: " + b"y" * 100_000 + b"\r\nMessage-ID: <late@y.example>\r\n\r\n",
            b"To: " + b",\r\n ".join(b"p%d@y.example" % i for i in range(3000)) + b"\r\nMessage-ID: <many@y.example>\r\n\r\n",
        ],
        ids=["no-head", "no-line", "no-end", "8-bit", "folded", "mbox", "twice", "long", "many"],
    )
    def test_odd_messages_are_rows_too(self, house: House, raw: bytes) -> None:
        """Nothing that a message may be makes a row fail or take another with it; all mailboxes read the same."""
        house.deliver("INBOX", letter("<before@client.example>"), received=ARRIVED)
        house.deliver("INBOX", raw, received=ARRIVED + timedelta(seconds=1))
        house.deliver("INBOX", letter("<after@client.example>"), received=ARRIVED + timedelta(seconds=2))

        with house.open() as box:
            first, odd, last = box.rows(the(box, Role.INBOX))
        assert ids([first, last]) == ["<before@client.example>", "<after@client.example>"]
        expected = {b"\r\nonly": None, b"no hea": None, b"From: ": None, b" folde": None, b"To: p0": "<many@y.example>"}
        shown = expected.get(raw[:6], "<late@y.example>" if raw[:2] == b"X:" else "<x@y.example>")
        assert parse_headers(odd.header).message_id == shown

    # -- searching ------------------------------------------------------------------------------------------------

    def test_an_address_is_found_wherever_it_stands(self, house: House) -> None:
        """From, To, Cc, in whatever case; who is not named is not found."""
        house.deliver("INBOX", letter("<from@x.example>", sender="Anna <ANNA@Client.example>"))
        house.deliver("INBOX", letter("<to@x.example>", sender=OWNER, to=f"x@y.example, {ANNA}"))
        house.deliver("INBOX", letter("<cc@x.example>", f'Cc: "Anna, née B" <{ANNA}>', sender=OWNER, to="x@y.example"))
        house.deliver("INBOX", letter("<else@x.example>", sender="bob@other.example", to="x@y.example"))

        with house.open() as box:
            inbox = the(box, Role.INBOX)
            found = box.search_address(inbox, ANNA)
            assert set(ids(box.rows_of(inbox, found))) == {"<from@x.example>", "<to@x.example>", "<cc@x.example>"}
            assert list(found) == sorted(found)
            assert box.search_address(inbox, "nobody@nowhere.example") == ()

    def test_a_message_is_found_by_its_id_and_by_references_exactly(self, house: House) -> None:
        """A longer id, a shorter one, or one that holds it is another."""
        wanted = "<token.1@atelier.example>"
        house.deliver("Sent", letter(wanted), received=ARRIVED)
        house.deliver("Sent", letter("<reply@x.example>", f"References: <first@x.example>\r\n {wanted} <z@x.example>"))
        house.deliver("Sent", letter("<xtoken.1@atelier.example>"))
        house.deliver("Sent", letter("<token.1@atelier.example.test>"))
        house.deliver("Sent", letter("<TOKEN.1@atelier.example>"))
        house.deliver("Sent", letter("<other@x.example>", "References: <token.12@atelier.example>", body=wanted))
        house.deliver("Sent", letter("<third@x.example>", f"X-Note: {wanted}"))

        with house.open() as box:
            sent = the(box, Role.SENT)
            found = box.find(wanted, sent)
            assert {parse_headers(f.header).message_id for f in found} == {wanted, "<reply@x.example>"}
            assert {f.uidvalidity for f in found} == {box.position(sent).uidvalidity}
            assert all(f.folder == sent and f.size > 100 for f in found)
            assert box.find(wanted, sent, first_uid=max(f.uid for f in found) + 1) == ()
            assert box.find(wanted, the(box, Role.TRASH)) == ()

    def test_the_same_id_twice_is_found_twice(self, house: House) -> None:
        """Legal, and what a zombie APPEND leaves behind."""
        house.deliver("Drafts", a_draft())
        house.deliver("Drafts", lf(a_draft()).replace(b"mardi", b"jeudi").replace(b"\n", b"\r\n"))

        with house.open() as box:
            assert len(box.find("<draft@atelier.example>", the(box, Role.DRAFTS))) == 2

    @pytest.mark.parametrize(
        "odd", ["<a(b@x.example>", "<a{5}@x.example>", "<a%*@x.example>", "<a)@x.example>", "<x@[192.0.2.1]>"]
    )
    def test_ids_of_unusual_letters_are_found(self, house: House, odd: str) -> None:
        """Parentheses, braces and wildcards mean something to a server, but not here."""
        house.deliver("Sent", letter(odd))
        house.deliver("Sent", letter("<b@x.example>"))

        with house.open() as box:
            assert len(box.find(odd, the(box, Role.SENT))) == 1

    # -- writing --------------------------------------------------------------------------------------------------

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
