"""Servers that refuse, throttle, hang up, hang, talk nonsense or too much: always one of nurture's own errors, never a guess."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurture.errors import Deferred, FoldersFault, MailboxSuspicious, NurtureError, Offline, OutcomeUnknown, Throttled
from nurture.mailbox import Folder, Position, Role
from nurture.mailbox.imap import ImapMailbox
from tests.mailbox.letters import a_draft, letter
from tests.servers.scripted import CUT, SILENCE, Scripted, Session, trickle

THROTTLES = [
    (b"TAG NO Request is throttled. Suggested Backoff Time: 299609 milliseconds\r\n", 299.609),
    (b"TAG BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds\r\n* BYE Connection closed. 14\r\n", 1.5),
    (b"TAG BAD User is authenticated but not connected.\r\n", None),
    (b"TAG NO [LIMIT] Maximum number of connections from user+IP exceeded\r\n", None),
    (b"TAG NO [UNAVAILABLE] Temporary failure\r\n", None),
    (b"TAG NO Account exceeded command or bandwidth limits. (Failure)\r\n", None),
    (b"TAG NO [ALERT] Too many simultaneous connections. (Failure)\r\n", None),
]
READS = ("LIST", "EXAMINE", "UID SEARCH", "UID FETCH")
NONSENSE = [
    b"nonsense\r\n",
    b"* \r\n",
    b"TAG\r\n",
    b"TAG OK\n",
    b"A9999 OK done\r\n",
    b"\r\n",
    b"+ go on\r\n",
    b"\xff\xfe\x00\x01\r\n",
    b"* OK [\r\nTAG WHAT done\r\n",
]


@contextmanager
def a_box(server: Scripted, **more: Any) -> Iterator[ImapMailbox]:
    """The scripted server's mailbox, opened; its folders listed."""
    with ImapMailbox(server.account(**more), "secret") as box:
        box.folders()
        yield box


def the(box: ImapMailbox, role: Role) -> Folder:
    """The folder of a role."""
    return next(f for f in box.folders() if f.role is role)


def read_everything(box: ImapMailbox) -> tuple[Any, ...]:
    """Every way to read one folder."""
    folder = next((f for f in box.folders() if f.role is Role.DRAFTS), box.folders()[0])
    uids = box.uids(folder)
    return (
        box.position(folder), uids, list(box.rows(folder)), list(box.rows_of(folder, uids)), list(box.bodies(folder, uids, 1000)),
        box.flags(folder, uids), box.search_address(folder, "anna@client.example"), box.find("<a@b.example>", folder),
    )  # fmt: skip


# -- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [*READS, "APPEND", "LOGIN"])
@pytest.mark.parametrize(("text", "seconds"), THROTTLES)
def test_throttling_is_understood_wherever_it_comes(verb: str, text: bytes, seconds: float | None) -> None:
    """Exchange's, Gmail's and Dovecot's words; the wait that the server names is kept."""
    with Scripted(messages={3: a_draft()}, replies={verb: text}) as server:
        with pytest.raises(Deferred) as asked, a_box(server) as box:
            box.append(the(box, Role.DRAFTS), a_draft()) if verb == "APPEND" else read_everything(box)
        assert server.appended == []

    assert isinstance(asked.value, Throttled)
    assert asked.value.seconds == seconds


def test_a_throttled_success_is_a_success() -> None:
    """Gmail says OK Success [THROTTLED]: the answer counts."""
    with Scripted(replies={"UID SEARCH": b"* SEARCH 1 2\r\nTAG OK Success [THROTTLED]\r\n"}) as server, a_box(server) as box:
        assert box.uids(the(box, Role.INBOX)) == (1, 2)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b"TAG NO [OVERQUOTA] Quota exceeded\r\n", Deferred),
        (b"TAG NO [SERVERBUG] Internal error occurred\r\n", Deferred),
        (b"TAG NO Mailbox is full\r\n", Deferred),
        (b"TAG NO [TRYCREATE] Mailbox does not exist\r\n", FoldersFault),
        (b"TAG NO [NOPERM] no\r\n", FoldersFault),
        (b"TAG BAD Command argument error\r\n", FoldersFault),
    ],
)
@pytest.mark.parametrize("when", ["before the literal", "after it"])
def test_a_refused_draft_is_no_draft(text: bytes, kind: type[NurtureError], when: str) -> None:
    """The reason is told; nothing is stored, nothing tried again, and the connection lives on."""

    def after(session: Session, tag: bytes, rest: bytes) -> None:
        session.literal(rest)
        session.reply(tag, text)

    with Scripted(replies={"APPEND": text if when == "before the literal" else after}) as server, a_box(server) as box:
        with pytest.raises(kind) as refused:
            box.append(the(box, Role.DRAFTS), a_draft())

        assert not isinstance(refused.value, OutcomeUnknown | Offline)
        assert box.uids(the(box, Role.DRAFTS)) == ()
        assert sum(line.startswith("APPEND") for line in server.said) == 1
        assert (b"mardi" in server.received) == (when == "after it")


@pytest.mark.parametrize("verb", ["EXAMINE", "UID SEARCH", "UID FETCH"])
def test_a_refused_read_names_no_one(verb: str) -> None:
    """What a server repeats of an address is not repeated in an error that cron mails (P7)."""
    reply = b"TAG NO cannot search anna@client.example or <a@b.example>\r\n"
    with Scripted(messages={3: a_draft()}, replies={verb: reply}) as server, a_box(server) as box:
        with pytest.raises(FoldersFault) as refused:
            list(box.rows(the(box, Role.DRAFTS))), box.search_address(the(box, Role.DRAFTS), "anna@client.example")
        assert "@" not in str(refused.value)


# -- lost -----------------------------------------------------------------------------------------------------------


def the_size(direction: str) -> int:
    """How many bytes one APPEND is, each way."""
    with Scripted() as server, a_box(server) as box:
        before = len(server.received)
        server.cut_out = 10_000
        box.append(the(box, Role.DRAFTS), a_draft())
        return len(server.received) - before if direction == "in" else 10_000 - server.cut_out


@pytest.mark.parametrize("reset", [False, True], ids=["fin", "rst"])
@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_draft_cut_off_anywhere_is_of_unknown_outcome(direction: str, reset: bool) -> None:
    """At every byte of the command, the literal and the answer: unknown, never tried again, the connection given up."""
    size = the_size(direction)
    cuts = range(0, size, 3 if reset else 1)
    stored = 0
    for cut in cuts:
        with Scripted(reset=reset) as server, a_box(server) as box:
            drafts = the(box, Role.DRAFTS)
            setattr(server, f"cut_{direction}", cut)
            with pytest.raises(OutcomeUnknown):
                box.append(drafts, a_draft())
            stored += len(server.appended)
            assert len(server.appended) <= 1
            assert sum(line.startswith("APPEND") for line in server.said) <= 1
            with pytest.raises(Offline):
                box.uids(drafts)

    # Once the literal was let through it is stored, and nobody knows.
    assert stored == (0 if direction == "in" else sum(cut > len(b"+ go on\r\n") for cut in cuts))


def test_without_a_continuation_nothing_is_sent() -> None:
    """The server does not say go on: unknown, and not a byte of the draft left."""
    with Scripted(replies={"APPEND": SILENCE}) as server, a_box(server, timeout=0.15) as box:
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            box.append(the(box, Role.DRAFTS), a_draft())
        assert time.monotonic() - began < 3
        assert b"mardi" not in server.received


def test_an_answer_that_never_comes_is_unknown() -> None:
    """The draft was handed over whole; the server may yet store it."""

    def mute(session: Session, _tag: bytes, rest: bytes) -> None:
        session.literal(rest)

    with Scripted(replies={"APPEND": mute}) as server, a_box(server, timeout=0.15) as box:
        with pytest.raises(OutcomeUnknown):
            box.append(the(box, Role.DRAFTS), a_draft())
        assert b"mardi" in server.received


@pytest.mark.parametrize("verb", READS)
@pytest.mark.parametrize("reply", [CUT, b"* BYE shutting down\r\n", b"TAG OK do", b"* 1 FETCH (BODY[] {500}\r\nonly this"])
def test_a_connection_lost_while_reading_waits_for_the_next_run(verb: str, reply: bytes) -> None:
    """Offline, and nothing more is asked on this connection."""

    def hang_up(session: Session, tag: bytes, _rest: bytes) -> None:
        session.reply(tag, reply)
        session.reply(tag, CUT)

    with Scripted(messages={3: a_draft()}, replies={verb: hang_up}) as server, pytest.raises(Offline), a_box(server) as box:
        read_everything(box)


@pytest.mark.parametrize("verb", READS)
def test_a_server_that_falls_silent_is_left(verb: str) -> None:
    """Each answer is waited for so long and no longer; leaving does not wait again."""
    with Scripted(messages={3: a_draft()}, replies={verb: SILENCE}) as server:
        began = time.monotonic()
        with pytest.raises(Offline), a_box(server, timeout=0.15) as box:
            read_everything(box)
        assert time.monotonic() - began < 3


def test_a_server_that_does_not_answer_the_goodbye_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything was done: nothing is made of it."""
    monkeypatch.setattr("nurture.mailbox.gateway.GOODBYE", 0.2)
    for reply in (SILENCE, CUT, b"nonsense\r\n", b"TAG BAD no\r\n"):
        with Scripted(replies={"LOGOUT": reply}) as server:
            with a_box(server):
                began = time.monotonic()
            assert time.monotonic() - began < 3


# -- nonsense -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", NONSENSE)
@pytest.mark.parametrize("verb", READS)
def test_nonsense_is_concluded_from_by_nobody(verb: str, reply: bytes) -> None:
    """Either it cannot be read, and says so, or the connection counts as lost; it is closed in any case."""
    told: list[type[NurtureError]] = []

    def then_hang_up(session: Session, tag: bytes, _rest: bytes) -> None:
        session.reply(tag, reply)
        session.reply(tag, CUT)

    server = Scripted(messages={3: a_draft()}, replies={verb: then_hang_up})
    with server, suppress(MailboxSuspicious, Offline), a_box(server) as box:
        try:
            read_everything(box)
        except NurtureError as error:
            told.append(type(error))
            server.replies.clear()
            with pytest.raises(Offline, match="closed"):
                box.position(Folder(name="Drafts", role=Role.DRAFTS, wire="Drafts"))
    assert told in ([], [MailboxSuspicious], [Offline])
    if reply.startswith((b"nonsense", b"A9999", b"\xff", b"TAG\r", b"TAG OK\n")) and verb != "LIST":
        assert told == [MailboxSuspicious]


@pytest.mark.parametrize("reply", NONSENSE)
@pytest.mark.parametrize("after", [False, True], ids=["at once", "after the literal"])
def test_nonsense_about_a_draft_leaves_its_outcome_unknown(reply: bytes, after: bool) -> None:
    """A refusal it is not."""

    def nonsense(session: Session, tag: bytes, rest: bytes) -> None:
        if after:
            session.literal(rest)
        session.reply(tag, reply)
        session.reply(tag, CUT)

    with Scripted(replies={"APPEND": nonsense}) as server, a_box(server) as box, pytest.raises(OutcomeUnknown):
        box.append(the(box, Role.DRAFTS), a_draft())


@pytest.mark.parametrize("reply", [b"TAG OK done\r\n", b'* LIST () "/" "Drafts"\r\nTAG OK done\r\n'])
def test_a_list_without_inbox_is_no_empty_mailbox(reply: bytes) -> None:
    """Every account has one: from a list that leaves it out no silence follows."""
    server = Scripted(replies={"LIST": reply})
    with server, ImapMailbox(server.account(), "secret") as box, pytest.raises(MailboxSuspicious, match="INBOX"):
        box.folders()


@given(
    st.sampled_from([*READS, "APPEND"]),
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.sampled_from(
                [
                    b"* SEARCH 1 2", b"* 1 FETCH (UID 3 ", b"BODY[] {5}\r\nhello", b"BODY[HEADER.FIELDS (X)] {3}\r\nX:y", b")", b"(", b'"',
                    b"\r\n", b"* ", b"TAG OK ", b"TAG NO ", b"TAG BAD ", b"* 5 EXISTS\r\n", b"* OK [UIDNEXT 9] x\r\n", b"[", b"]", b"NIL",
                    b"* OK [UIDVALIDITY 3] x\r\n", b"FLAGS (\\Seen)", b'INTERNALDATE "03-Feb-2026 05:05:06 +9900"', b"RFC822.SIZE 9",
                    b'* LIST (\\Drafts) "/" ', b"{99999999999}\r\n", b" ", b"-1", b"4294967296", b"+ \r\n", b"\\",
                ]
            ),
        ),
        max_size=12,
    ),
)  # fmt: skip
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_answer_whatever_raises_anything_else(verb: str, parts: list[bytes]) -> None:
    """Bytes at random, and bits of real answers in any order: a value or one of nurture's errors."""

    def answer(session: Session, tag: bytes, rest: bytes) -> None:
        session.reply(tag, b"".join(parts))
        session.reply(tag, CUT)

    with Scripted(messages={3: a_draft()}, replies={verb: answer}) as server, suppress(NurtureError), a_box(server) as box:
        if verb == "APPEND":
            box.append(the(box, Role.DRAFTS), a_draft())
            assert b"TAG OK" in b"".join(parts)
        else:
            read_everything(box)


# -- too much -------------------------------------------------------------------------------------------------------


def test_an_absurd_literal_is_not_waited_for() -> None:
    """Ten gigabytes announced: nothing is allocated, nothing read."""
    with Scripted(messages={3: a_draft()}, replies={"UID FETCH": b"* 1 FETCH (UID 3 BODY[] {9999999999}\r\n"}) as server:
        began = time.monotonic()
        with pytest.raises(Offline), a_box(server) as box:
            read_everything(box)
        assert time.monotonic() - began < 2


def flood(session: Session, _tag: bytes, _rest: bytes) -> None:
    """Untagged lines without end."""
    while True:
        session.send(b"* OK still here\r\n" * 1000)


def endless(session: Session, _tag: bytes, _rest: bytes) -> None:
    """One line without end."""
    session.send(b"* SEARCH")
    while True:
        session.send(b" 123456789" * 1000)


@pytest.mark.parametrize("how", [flood, endless])
def test_an_answer_without_end_is_cut_off(how: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines without end, a line without end."""
    monkeypatch.setattr("nurture.mailbox.wire.MAX_ANSWER", 2_000_000)
    monkeypatch.setattr("nurture.mailbox.wire.MAX_LINE", 500_000)
    with Scripted(replies={"UID SEARCH": how}) as server, pytest.raises((Offline, MailboxSuspicious)), a_box(server) as box:
        box.uids(the(box, Role.INBOX))


def test_a_server_that_trickles_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then keeps no run for ever, though no single wait is too long."""
    monkeypatch.setattr("nurture.mailbox.wire.MOST_TIMEOUTS", 2)
    slow = trickle(b"* SEARCH" + b" 1" * 500 + b"\r\nTAG OK done\r\n", 0.02)
    with Scripted(replies={"UID SEARCH": slow}) as server:
        began = time.monotonic()
        with pytest.raises(Offline), a_box(server, timeout=0.3) as box:
            box.uids(the(box, Role.INBOX))
        assert time.monotonic() - began < 3


def test_a_search_over_a_big_mailbox_is_read() -> None:
    """200,000 UIDs are one line of more than a megabyte, where imaplib gives up."""
    line = b"* SEARCH " + b" ".join(b"%d" % n for n in range(1, 200_001)) + b"\r\nTAG OK done\r\n"
    with Scripted(replies={"UID SEARCH": line}) as server, a_box(server) as box:
        assert len(line) > 1_000_000
        assert box.uids(the(box, Role.INBOX)) == tuple(range(1, 200_001))


# -- odd, but no fault ----------------------------------------------------------------------------------------------


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
        assert box.position(the(box, Role.INBOX)) == Position(uidvalidity=4, uidnext=10, exists=2)


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


# -- servers with fewer talents -------------------------------------------------------------------------------------


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
