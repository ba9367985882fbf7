"""Servers that are odd, or have fewer talents than others, but at no fault."""

from __future__ import annotations

import pytest

from nurture.cli.init import made_folders
from nurture.errors import FoldersFault, MailboxSuspicious, NurtureError, OutcomeUnknown
from nurture.mailbox import Position, Role, gesture_folders, sheet_folder
from nurture.mailbox.imap import ImapMailbox
from tests.mailbox.letters import a_draft, letter
from tests.mailbox.opened import a_box, the
from tests.servers.scripted import CUT, Scripted, Session


def test_without_uidvalidity_nothing_is_read() -> None:
    """A number without it means nothing."""
    reply = b"* 3 EXISTS\r\nTAG OK done\r\n"
    with (
        Scripted(replies={"EXAMINE": reply}) as server,
        a_box(server) as box,
        pytest.raises(MailboxSuspicious, match="UIDVALIDITY"),
    ):
        box.position(the(box, Role.INBOX))


def test_without_uidnext_it_is_counted() -> None:
    """It is optional in IMAP4rev1."""
    reply = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 4] v\r\nTAG OK done\r\n"
    with Scripted(replies={"EXAMINE": reply}, messages={3: a_draft(), 9: a_draft()}) as server, a_box(server) as box:
        assert box.position(the(box, Role.INBOX)) == Position(uidvalidity=4, uidnext=10, exists=2, told=False)


def test_only_what_states_its_uid_is_believed() -> None:
    """A flag change by another session, told by sequence number, is not taken for the flags of that UID; NIL means gone."""
    reply = b"* 3 FETCH (FLAGS (\\Deleted))\r\n* 1 FETCH (FLAGS (\\Seen) UID 3)\r\n* 9 FETCH (UID 77 FLAGS ())\r\nTAG OK done\r\n"
    gone = b"* 1 FETCH (UID 3 FLAGS (\\Deleted) BODY[]<0> NIL)\r\nTAG OK done\r\n"
    with Scripted(replies={"UID FETCH": [reply, gone]}, messages={3: a_draft()}) as server, a_box(server) as box:
        assert box.flags(the(box, Role.INBOX), [3, 4]) == {3: frozenset({"\\Seen"})}
        assert list(box.bodies(the(box, Role.INBOX), [3], 100)) == []


def test_answers_of_other_forms_are_read() -> None:
    """Items in another order, a quoted body, escapes, several records for one message, SEARCH in two lines and with MODSEQ."""
    rows = (
        b'* 1 FETCH (BODY[HEADER.FIELDS ("FROM")] "From: \\"A\\" <a@b.example>" RFC822.SIZE 12 UID 3 INTERNALDATE " 3-Feb-2026 05:05:06 +0100")\r\n'
        b"* 2 FETCH (UID 4 RFC822.SIZE 5)\r\n"
        b'* 2 FETCH (UID 4 MODSEQ (12) INTERNALDATE "nonsense" BODY[HEADER.FIELDS (FROM)] {4}\r\nX:y\n FLAGS (\\Seen $Junk [x]))\r\n'
        b"TAG OK done\r\n"
    )
    search = b"* SEARCH 4\r\n* SEARCH 3 (MODSEQ 917162500)\r\n* SEARCH \r\nTAG OK done\r\n"
    with Scripted(replies={"UID FETCH": [rows], "UID SEARCH": [search]}) as server, a_box(server) as box:
        inbox = the(box, Role.INBOX)
        first, second = box.rows_of(inbox, [3, 4])
        assert (first.uid, first.size, first.header) == (3, 12, b'From: "A" <a@b.example>')
        assert first.received.isoformat() == "2026-02-03T04:05:06+00:00"
        assert (second.uid, second.size, second.header) == (4, 5, b"X:y\n")
        assert second.received.tzinfo is not None
        assert box.uids(inbox) == (3, 4)


def test_the_last_message_is_not_new_each_time() -> None:
    """`UID n:*` always names the last message (RFC 3501): it is not read again where n lies beyond it."""
    sparse = {10: a_draft(), 4_000_000: a_draft("<b@x.example>")}
    with Scripted(messages=sparse) as server, a_box(server) as box:
        inbox = the(box, Role.INBOX)
        assert [r.uid for r in box.rows(inbox, 11)] == [4_000_000]
        server.replies["EXAMINE"] = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 9000000] n\r\nTAG OK done\r\n"
        assert list(box.rows(inbox, 4_000_001)) == []
        assert any("4000001:*" in line for line in server.said)


@pytest.mark.parametrize(
    "reply",
    [
        b"TAG BAD unknown search key HEADER\r\n",
        b"TAG NO [CANNOT] no\r\n",
        b"* SEARCH\r\nTAG OK lagging\r\n",
        b"* SEARCH 5\r\nTAG OK\x20wrong\r\n",
    ],
    ids=["bad", "no", "empty", "others only"],
)
def test_a_draft_is_found_where_searching_headers_does_not_work(reply: bytes) -> None:
    """Refused, or from an index that lags behind: the newest messages are looked through here."""
    messages = {n: letter(f"<{n}@client.example>") for n in range(3, 8)} | {8: a_draft()}

    def search(session: Session, tag: bytes, rest: bytes) -> None:
        if b"HEADER" in rest:
            session.reply(tag, reply)
        else:
            session.send(b"* SEARCH 3 4 5 6 7 8\r\n")
            session.ok(tag)

    with Scripted(messages=messages, replies={"UID SEARCH": search}) as server, a_box(server) as box:
        drafts = the(box, Role.DRAFTS)
        assert [f.uid for f in box.find("<draft@atelier.example>", drafts)] == [8]
        assert [f.uid for f in box.find("<token@atelier.example>", drafts)] == [8]
        assert box.find("<draft@atelier.example>", drafts, first_uid=9) == ()
        assert box.find("<raft@atelier.example>", drafts) == ()
        assert sum(line.startswith("UID FETCH") and "3,4,5,6,7,8" in line for line in server.said) == 1  # looked through once


def test_a_server_may_find_too_much() -> None:
    """Substrings, other cases: only the exact id counts."""
    reply = b"* SEARCH 3 4\r\nTAG OK done\r\n"
    messages = {3: letter("<xdraft@atelier.example>"), 4: a_draft()}
    with Scripted(messages=messages, replies={"UID SEARCH": reply}) as server, a_box(server) as box:
        assert [f.uid for f in box.find("<draft@atelier.example>", the(box, Role.DRAFTS))] == [4]


def test_folder_names_go_back_as_they_came() -> None:
    """Raw UTF-8, broken modified UTF-7, digits, quotes, literals, no delimiter, no name: shown as well as can be, named exactly."""
    folders = (
        b'(\\HasNoChildren) "/" "INBOX"', b'() "/" "Entw&APw-rfe"', "() \"/\" \"Gelöscht\"".encode(), b'() "/" "caf\xe9"', b'() "/" "a&b-c&"',
        b'() NIL "Notes \\"x\\" \\\\"', b'() "/" 2024', b'() "/" "2025"', b"() \"/\" {5}\r\nA(b)%", b'() "/" "Caf\x1b[2J"', b'(\\Noselect) "/" "[Gmail]"',
        b'() "/" "&AOk-"', '() "/" "é"'.encode(), b'() "/" NIL',
    )  # fmt: skip
    with Scripted(folders=folders) as server, a_box(server) as box:
        names = {f.name: f for f in box.folders()}
        assert {
            "Entwürfe",
            "Gelöscht",
            "café",
            'Notes "x" \\',
            "2024",
            "2025",
            "A(b)%",
            "Caf\N{REPLACEMENT CHARACTER}[2J",
        } <= set(names)
        assert len([n for n in names if n.startswith("é")]) == 2  # two folders, two names
        assert (names["Entwürfe"].role, names["Gelöscht"].role, names["[Gmail]"].selectable) == (Role.DRAFTS, Role.TRASH, False)
        for shown, wire in {
            "Entwürfe": b'"Entw&APw-rfe"', "Gelöscht": '"Gelöscht"'.encode(), "café": b'"caf\xe9"', 'Notes "x" \\': b'"Notes \\"x\\" \\\\"',
            "2024": b'"2024"', "A(b)%": b'"A(b)%"',
        }.items():  # fmt: skip
            before = len(server.received)
            box.position(names[shown])
            assert server.received[before:].partition(b" ")[2] == b"EXAMINE " + wire + b"\r\n"
        with pytest.raises(NurtureError):
            box.position(names["Caf\N{REPLACEMENT CHARACTER}[2J"])  # a control character is said to nobody


def a_withdrawal(box: ImapMailbox, uid: int = 3) -> bool:
    """Take the draft back that the server holds."""
    import hashlib

    drafts, trash = the(box, Role.DRAFTS), the(box, Role.TRASH)
    return box.withdraw(drafts, uid, 7, hashlib.sha256(a_draft()).hexdigest(), trash)


def writes(server: Scripted) -> list[str]:
    """What was said that changes anything."""
    return [
        line
        for line in server.said
        if line.split(" ")[0] in ("SELECT", "APPEND", "CREATE") or " ".join(line.split(" ")[:2]) in WRITING
    ]


WRITING = ("UID MOVE", "UID COPY", "UID STORE", "UID EXPUNGE", "EXPUNGE", "STORE", "CLOSE")


def test_without_uidplus_a_draft_has_no_number() -> None:
    """It is looked up by its id afterwards."""
    with Scripted(capability="IMAP4rev1") as server, a_box(server) as box:
        drafts = the(box, Role.DRAFTS)
        done = box.append(drafts, a_draft())
        assert (done.uid, done.uidvalidity) == (None, None)
        assert [f.uid for f in box.find("<draft@atelier.example>", drafts)] == [1]


def test_a_folder_is_opened_anew_after_a_draft_was_written() -> None:
    """A server need not show in an open folder what came since: the look back would miss the draft."""
    with Scripted() as server, a_box(server) as box:
        drafts = the(box, Role.DRAFTS)
        box.position(drafts)
        uid = box.append(drafts, a_draft()).uid
        assert uid is not None
        assert len(list(box.bodies(drafts, [uid], 1000))) == 1
        assert [line.split(" ")[0] for line in server.said][-4:] == ["EXAMINE", "APPEND", "EXAMINE", "UID"]


def test_a_draft_is_moved_in_one_command_where_it_can_be() -> None:
    """MOVE is atomic; nothing else is written."""
    with Scripted(messages={3: a_draft()}) as server, a_box(server) as box:
        assert a_withdrawal(box) is True
        assert writes(server) == ['SELECT "Drafts"', 'UID MOVE 3 "Trash"']
        box.position(the(box, Role.INBOX))
        assert server.said[-1] == 'EXAMINE "INBOX"'  # and read-only from here on


def test_without_move_it_is_copied_and_that_one_expunged() -> None:
    """By its UID only: a plain EXPUNGE would take the owner's own deleted mail with it."""
    with Scripted(messages={3: a_draft()}, capability="IMAP4rev1 UIDPLUS") as server, a_box(server) as box:
        assert a_withdrawal(box) is True
        assert writes(server) == [
            'SELECT "Drafts"', 'UID COPY 3 "Trash"', "UID STORE 3 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 3",
        ]  # fmt: skip


@pytest.mark.parametrize("capability", ["IMAP4rev1", "IMAP4rev1 LITERAL+ IDLE"])
def test_without_either_nothing_is_done(capability: str) -> None:
    """One message alone cannot be removed there."""
    with Scripted(messages={3: a_draft()}, capability=capability) as server, a_box(server) as box:
        assert a_withdrawal(box) is False
        assert writes(server) == []


@pytest.mark.parametrize(("capability", "verb"), [("IMAP4rev1 UIDPLUS MOVE", "UID MOVE"), ("IMAP4rev1 UIDPLUS", "UID COPY")])
def test_what_vanished_at_the_last_moment_was_not_taken_back(capability: str, verb: str) -> None:
    """The owner saved it anew between our look and our command: the server says OK to a UID that is gone."""
    with (
        Scripted(messages={3: a_draft()}, capability=capability, replies={verb: b"TAG OK done\r\n"}) as server,
        a_box(server) as box,
    ):
        assert a_withdrawal(box) is False
        assert not any("STORE" in line or "EXPUNGE" in line for line in server.said)


@pytest.mark.parametrize(("capability", "verb"), [("IMAP4rev1 UIDPLUS MOVE", "UID MOVE"), ("IMAP4rev1 UIDPLUS", "UID COPY")])
def test_a_refused_removal_changes_nothing(capability: str, verb: str) -> None:
    """Told, and nothing after it is said."""
    reply = {verb: b"TAG NO [TRYCREATE] no such folder\r\n"}
    with Scripted(messages={3: a_draft()}, capability=capability, replies=reply) as server, a_box(server) as box:
        with pytest.raises(FoldersFault):
            a_withdrawal(box)
        assert writes(server)[-1].startswith(verb)
        assert 3 in server.messages


@pytest.mark.parametrize("verb", ["UID MOVE", "UID COPY", "UID STORE", "UID EXPUNGE"])
def test_a_removal_cut_off_is_of_unknown_outcome(verb: str) -> None:
    """Whether it happened is for the next run to find out."""
    capability = "IMAP4rev1 UIDPLUS MOVE" if verb == "UID MOVE" else "IMAP4rev1 UIDPLUS"
    with Scripted(messages={3: a_draft()}, capability=capability, replies={verb: CUT}) as server, a_box(server) as box:
        with pytest.raises(OutcomeUnknown):
            a_withdrawal(box)
        assert writes(server)[-1].startswith(verb)


def test_a_drafts_folder_that_nobody_may_write_is_told() -> None:
    """The server opens it read-only: no command is given there."""
    reply = b"* 1 EXISTS\r\nTAG OK [READ-ONLY] done\r\n"
    with Scripted(messages={3: a_draft()}, replies={"SELECT": reply}) as server, a_box(server) as box:
        with pytest.raises(FoldersFault, match="lets nobody write"):
            a_withdrawal(box)
        assert writes(server) == ['SELECT "Drafts"']
        assert box.uids(the(box, Role.DRAFTS)) == (3,)


GESTURES = ("Follow", "Later", "Never")
NAMES = (b"INBOX", b"Drafts", b"Sent", b"Trash")


def a_tree(delimiter: bytes, prefix: bytes = b"") -> tuple[bytes, ...]:
    """The usual folders, as a server lists them that has this between the levels, and everything below this."""
    said = b"NIL" if delimiter == b"" else b'"%s"' % delimiter.replace(b"\\", b"\\\\")
    return tuple(b'() %s "%s"' % (said, (b"" if name == b"INBOX" else prefix) + name) for name in NAMES)


def made_as_asked(session: Session, tag: bytes, rest: bytes) -> None:
    """CREATE, by a server that lists what it has made."""
    like = session.server.folders[-1].rpartition(b' "')[0]
    session.server.folders += (like + b" " + rest.strip(),)
    session.ok(tag)


@pytest.mark.parametrize(
    ("delimiter", "prefix", "made"),
    [
        (b"/", b"", "Nurture/{}"), (b".", b"", "Nurture.{}"), (b".", b"INBOX.", "INBOX.Nurture.{}"), (b"/", b"INBOX/", "INBOX/Nurture/{}"),
        (b"\\", b"", "Nurture\\{}"),
    ],
)  # fmt: skip
def test_folders_for_gestures_are_made_whatever_stands_between_the_levels(delimiter: bytes, prefix: bytes, made: str) -> None:
    """By `init --make-folders`, beside the one of the sheet; asked for again, none is made; all are found by the next run."""
    with Scripted(folders=a_tree(delimiter, prefix), replies={"CREATE": made_as_asked}) as server:
        with a_box(server) as box:
            told = made_folders(box)
            assert made_folders(box) == []
        with a_box(server) as box:
            assert [f.name for _, f in gesture_folders(box.folders())] == [made.format(g) for g in ("Never", "Follow", "Later")]
            assert sheet_folder(box.folders()) is not None
        assert sum(line.startswith("CREATE") for line in server.said) == 4
    assert told[1] == f"made the folders {', '.join(made.format(g) for g in GESTURES)}, for your gestures"


def test_where_folders_hold_no_folders_there_are_no_gestures() -> None:
    """A server without levels: the folder of the sheet is made all the same, and the reason is told."""
    with Scripted(folders=a_tree(b""), replies={"CREATE": made_as_asked}) as server, a_box(server) as box:
        told = made_folders(box)

        assert told[0] == "made the folder Nurture, for the review sheet"
        assert "no folders within folders" in told[1]
        assert writes(server) == ['CREATE "Nurture"']


def test_a_server_that_refuses_a_folder_within_another_is_told() -> None:
    """An mbox that holds mail can hold no folders: what could be made stays."""
    refuse = b"TAG NO [CANNOT] Nurture holds messages\r\n"
    with Scripted(folders=a_tree(b"/"), replies={"CREATE": [made_as_asked, refuse]}) as server, a_box(server) as box:
        told = made_folders(box)

        assert told[0] == "made the folder Nurture, for the review sheet"
        assert told[1].startswith("no folders for gestures: ")
