"""How every mailbox is read and searched. See `suite`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from nurture.mailbox import Role
from nurture.messages import HEADER_FIELDS, parse_headers
from tests.mailbox.contents import ids, the
from tests.mailbox.houses import House
from tests.mailbox.letters import ANNA, ARRIVED, OWNER, a_draft, letter, lf


class ReadingSuite:
    """Rows, bodies, flags, searches."""

    @pytest.fixture
    def in_paris(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """The machine stands where summer has another offset than winter."""
        monkeypatch.setenv("TZ", "Europe/Paris")
        time.tzset()
        yield
        monkeypatch.undo()
        time.tzset()

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

    def test_an_address_is_found_wherever_it_stands(self, house: House) -> None:
        """From, To, Cc, Bcc, in whatever case; who is not named is not found."""
        house.deliver("INBOX", letter("<from@x.example>", sender="Anna <ANNA@Client.example>"))
        house.deliver("INBOX", letter("<to@x.example>", sender=OWNER, to=f"x@y.example, {ANNA}"))
        house.deliver("INBOX", letter("<cc@x.example>", f'Cc: "Anna, née B" <{ANNA}>', sender=OWNER, to="x@y.example"))
        house.deliver("INBOX", letter("<bcc@x.example>", f"Bcc: {ANNA}", sender=OWNER, to="x@y.example"))
        house.deliver("INBOX", letter("<else@x.example>", sender="bob@other.example", to="x@y.example"))

        with house.open() as box:
            inbox = the(box, Role.INBOX)
            found = box.search_address(inbox, ANNA)
            there = {"<from@x.example>", "<to@x.example>", "<cc@x.example>", "<bcc@x.example>"}
            assert set(ids(box.rows_of(inbox, found))) == there
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

    def test_a_thread_and_a_company_are_found(self, house: House) -> None:
        """By References and by In-Reply-To alone; whoever writes from the domain or below it. More may be found, never less."""
        asked = "<asked@atelier.example>"
        house.deliver("INBOX", letter("<one@x.example>", f"References: <z@x.example> {asked}", sender="bob@other.example"))
        house.deliver("INBOX", letter("<two@x.example>", f"In-Reply-To: {asked}", sender="Paul <paul@mail.client.example>"))
        house.deliver("INBOX", letter("<three@x.example>", sender=ANNA))
        house.deliver("INBOX", letter("<four@x.example>", sender="bob@other.example"))

        with house.open() as box:
            inbox = the(box, Role.INBOX)
            thread, company = box.search_thread(inbox, asked), box.search_domain(inbox, "client.example")
            assert set(ids(box.rows_of(inbox, thread))) == {"<one@x.example>", "<two@x.example>"}
            assert set(ids(box.rows_of(inbox, company))) == {"<two@x.example>", "<three@x.example>"}
            assert box.search_thread(inbox, "<nobody@x.example>") == box.search_domain(inbox, "nowhere.example") == ()

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
