"""Nothing from a message can say anything to a server: one well-formed command a call, or none at all (threat T1)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurture.errors import FoldersFault, OutOfBounds
from nurture.mailbox import Role
from nurture.mailbox.gateway import Gateway
from nurture.messages import HEADER_FIELDS, parse_headers
from tests.mailbox.houses import DovecotHouse
from tests.mailbox.letters import a_draft, letter
from tests.servers.dovecot import Dovecot
from tests.servers.scripted import Scripted

INJECTED = "x\r\nX1 MOVE 1:* Trash\r\nX2 NOOP"
ENCODED = "=?utf-8?q?x=0D=0AX1_MOVE_1:*_Trash=0D=0AX2_NOOP?="
FIELDS = " ".join(HEADER_FIELDS)
COMMANDS = re.compile(
    r'LIST Q Q|EXAMINE Q|SELECT Q|UID SEARCH UID \d+:\*|UID SEARCH OR FROM Q OR TO Q CC Q'
    r'|UID SEARCH UID \d+:\* OR HEADER Message-ID Q HEADER References Q'
    r"|UID FETCH \d+(?:,\d+)* \((?:FLAGS|FLAGS BODY\.PEEK\[\]<0\.\d+>|INTERNALDATE RFC822\.SIZE BODY\.PEEK\[HEADER\.FIELDS \(" + re.escape(FIELDS) + r"\)\])\)"
    r"|APPEND Q \(\\Draft \\Seen\) \{\d+\}|APPEND Q \((?:\\Seen)?\) \{\d+\}|UID MOVE \d+ Q|CREATE Q|LOGOUT"
)  # fmt: skip
QUOTED = re.compile(r'"(?:[^"\\\x00-\x1f\x7f-\xff]|\\["\\])*"')


def commands(raw: bytes) -> list[str]:
    """What was said, without tags, quoted strings shown as Q; every byte must belong to a well-formed command or its literal."""
    said, at = [], 0
    while at < len(raw):
        line, end, _ = raw[at:].partition(b"\r\n")
        assert end, raw
        at += len(line) + 2
        found = re.fullmatch(r"[A-P]{4}\d+ (.+)", line.decode("latin-1"))
        assert found, line
        shown = QUOTED.sub("Q", found[1])
        assert COMMANDS.fullmatch(shown), line
        if literal := re.search(r"\{(\d+)\}$", shown):
            at += int(literal[1])
            assert raw[at : at + 2] == b"\r\n"
            at += 2
        said.append(shown)
    return said


hostile = st.sampled_from(
    [
        INJECTED, "a\r\nb@c.example", "<a@b.example>\r\nX1 NOOP", "<a\r\nb@c.example>", '<a"@b.example>', "<a\\@b.example>", '"', "{5}", "{5+}\r\nhello",
        "<a@b.example> <c@d.example>", "<a b@c.example>", "<a@b.example", "a@b.example OR ALL", 'a"b@c.example', "", " ", "\0", "<é@b.example>", "é@b.example",
        "INBOX\r\nX", "INBOX ", "inbox", "../x", "*", "%", "Drafts\0", "1:*", "*:1", "1,2", "4294967296", "<a@b.example>\n", "anna@client.example\n",
        "ANNA@client.example", " anna@client.example", "<" + "a" * 300 + "@b.example>", "(ALL)", "a)(b@c.example", "<)@x.example>", "Nurture\r\nX", 'Nurture"', "Nurture/../x",
    ]
)  # fmt: skip
near = st.sampled_from(
    [
        "INBOX",
        "Drafts",
        "Trash",
        "<a@b.example>",
        "<a(}{%*)@b.example>",
        "anna@client.example",
        "o'neill+{x}%@client.example",
        "Nurture",
    ]
)
texts = st.one_of(hostile, near, st.text(max_size=40))
numbers = st.one_of(st.integers(-5, 20), st.integers(), st.sampled_from([2**31, 2**32 - 1, 2**32, 2**64]))
anything = st.one_of(
    texts,
    texts.map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.binary(max_size=40),
    numbers,
    st.none(),
    st.booleans(),
    st.floats(),
)
uids = st.one_of(st.lists(st.one_of(numbers, numbers, anything), max_size=4), texts, st.binary(max_size=5))

calls = st.one_of(
    st.tuples(st.just("examine"), anything),
    st.tuples(st.just("search_uids"), anything, anything),
    st.tuples(st.just("search_address"), st.one_of(st.just("Drafts"), anything), anything),
    st.tuples(st.just("search_domain"), st.one_of(st.just("Drafts"), anything), anything),
    st.tuples(st.just("search_id"), st.one_of(st.just("Drafts"), anything), anything, st.one_of(st.just(1), anything)),
    st.tuples(st.just("fetch_rows"), st.one_of(st.just("Drafts"), anything), uids),
    st.tuples(st.just("fetch_flags"), st.one_of(st.just("Drafts"), anything), uids),
    st.tuples(st.just("fetch_bodies"), st.one_of(st.just("Drafts"), anything), uids, anything),
    st.tuples(st.just("append"), st.one_of(st.just("Drafts"), anything), anything),
    st.tuples(st.just("append_sheet"), st.one_of(st.just("Drafts"), anything), anything, st.booleans()),
    st.tuples(st.just("move"), st.one_of(st.just("Drafts"), anything), anything, st.one_of(st.just("Trash"), anything)),
    st.tuples(st.just("create"), anything),
)


def test_every_call_is_one_well_formed_command_or_none() -> None:
    """For whatever is handed to any method: exactly one command of a known form, or OutOfBounds before a byte is written."""
    with Scripted(messages={3: a_draft()}) as server:
        gateway = Gateway(server.account())
        gateway.connect("secret")
        gateway.list_folders()

        @given(calls)
        @settings(max_examples=700, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
        def check(call: tuple[Any, ...]) -> None:
            method, *args = call
            gateway.examine("Drafts")
            before = len(server.received)
            server.messages.setdefault(3, a_draft())
            try:
                kept = {"seen": args.pop()} if method == "append_sheet" else {}
                answer = getattr(gateway, method)(*args, **kept)
            except OutOfBounds:
                assert len(server.received) == before
                return
            said = commands(bytes(server.received[before:]))
            if method == "move":
                assert said == ["SELECT Q", f"UID MOVE {args[1]} Q"]
            elif method.startswith("fetch") and not args[1]:
                assert (said, answer) == ([], {})
            else:
                other_folder = method.startswith(("search", "fetch")) and args[0] != "Drafts"
                assert len(said) == 1 + other_folder
                assert said[0] == "EXAMINE Q" or not other_folder

        check()
        gateway.log_out()


def test_all_methods_are_tried() -> None:
    """The test above knows every public method that says something."""
    known = {
        "examine",
        "search_uids",
        "search_address",
        "search_domain",
        "search_id",
        "fetch_rows",
        "fetch_flags",
        "fetch_bodies",
        "append",
        "append_sheet",
        "move",
        "create",
    }
    others = {"connect", "drop", "log_out", "list_folders"}

    assert {name for name in vars(Gateway) if not name.startswith("_")} == known | others


def test_only_folders_that_the_server_listed_can_be_named() -> None:
    """Not even INBOX, before it was listed."""
    with Scripted() as server:
        gateway = Gateway(server.account())
        gateway.connect("secret")
        for attempt in _naming(gateway, "INBOX"):
            with pytest.raises(OutOfBounds):
                attempt()
        gateway.list_folders()
        gateway.examine("INBOX")
        gateway.log_out()


def _naming(gateway: Gateway, name: str) -> list[Callable[[], object]]:
    return [
        lambda: gateway.examine(name), lambda: gateway.search_uids(name, 1), lambda: gateway.search_address(name, "a@b.example"),
        lambda: gateway.fetch_flags(name, []), lambda: gateway.append(name, a_draft()), lambda: gateway.move(name, 1, name),
    ]  # fmt: skip


@pytest.mark.dovecot
def test_hostile_headers_move_no_mail(dovecot: Dovecot) -> None:
    """Mails whose headers decode to IMAP commands are delivered, read and searched for by every value in them: all stay.

    With the standard library's own decoding and IMAPClient's own search, the first of these empties the INBOX.
    """
    house = DovecotHouse(dovecot)
    hostile = [
        letter("<1@evil.example>", f"References: {ENCODED}", f"In-Reply-To: {ENCODED}"),
        letter(ENCODED, f"X-Subject: {ENCODED}"),
        letter('<a"@evil.example>', 'References: <b"\\@evil.example> <c {5}@evil.example>'),
        letter("<d@evil.example>", f"Subject: {ENCODED}", f"Reply-To: {ENCODED} <x@evil.example>", sender=f"{ENCODED} <y@evil.example>"),
        letter("<(e)%*@evil.example>", 'Cc: "x\\"" <{5}@evil.example>', sender="{9}@evil.example"),
        letter("<f@evil.example>\rX1 MOVE 1:* Trash\rX2 NOOP"),
    ]  # fmt: skip
    for raw in hostile:
        house.deliver("INBOX", raw)
    before = house.content("INBOX")
    assert INJECTED in str(email.message_from_bytes(hostile[0], policy=email.policy.default)["References"])

    with house.open() as box:
        inbox = next(f for f in box.folders() if f.role is Role.INBOX)
        found = {raw: parse_headers(row.header) for raw, row in zip(hostile, box.rows(inbox), strict=True)}
        values = {INJECTED, ENCODED}
        for raw, headers in found.items():
            lenient = email.message_from_bytes(raw)
            values |= {str(v) for f in HEADER_FIELDS for v in lenient.get_all(f, [])}
            with suppress(Exception):  # the standard library fails at some of these
                values |= {str(v) for v in email.message_from_bytes(raw, policy=email.policy.default).values()}
            values |= {*filter(None, (headers.message_id, headers.subject)), *headers.references, *headers.in_reply_to}
            values |= {a.addr for a in (headers.sender, *headers.to, *headers.cc, *headers.reply_to) if a}
        tried = 0
        for value in sorted(values):
            for attempt in (box.find, lambda v, f: box.search_address(f, v)):
                with suppress(OutOfBounds):
                    attempt(value, inbox)
                    tried += 1
        assert tried > 5
        assert [f.uid for f in box.find("<(e)%*@evil.example>", inbox)] == [5]

    assert house.content("INBOX") == before
    assert house.content("Trash") == {}
    house.close()  # looks through every command


@pytest.mark.dovecot
def test_a_hostile_folder_name_selects_nothing_else(dovecot: Dovecot) -> None:
    """Only what was listed, byte for byte."""
    house = DovecotHouse(dovecot)
    with house.open() as box:
        inbox = next(f for f in box.folders() if f.role is Role.INBOX)
        for wire in ("INBOX\r\nX1 NOOP", 'INBOX" "', "Nowhere", ""):
            from dataclasses import replace

            with pytest.raises((OutOfBounds, FoldersFault)):
                box.position(replace(inbox, wire=wire))
    house.close()
