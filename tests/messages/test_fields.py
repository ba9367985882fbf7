"""Header fields: strict grammars for what may travel on, cleaned text for the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.messages import HEADER_FIELDS, Mark, check_address, check_message_id, headers_of, parse_addresses, parse_headers
from nurture.messages.fields import split_header
from tests.messages.builders import a_mail

RECEIVED = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("Paul@Bois.Example", "paul@bois.example"), (" a.b+c@x-y.example ", "a.b+c@x-y.example"), ("é@x.example", None), ("paul@évry.example", "paul@xn--vry-9la.example"),
        ("a@b", None), ("a b@x.example", None), ("a@@x.example", None), ("a@x.example\r\nBcc: b@x.example", None), ('"a"@x.example', None), (".a@x.example", None),
        ("a@-x.example", None), ("", None), ("@x.example", None), ("a" * 65 + "@x.example", None), ("a@" + "x" * 400 + ".example", None), ("a@x..example", None),
        ("alice@example.org)bob@example.org", None), ("a@\udcff.example", None),
    ],
)  # fmt: skip
def test_an_address_is_checked_not_mended(text: str, checked: str | None) -> None:
    """Lower case, ASCII domain, the narrow grammar; anything else is no address."""
    assert check_address(text) == checked


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Paul Marchand <paul@bois.example>", [("paul@bois.example", "Paul Marchand")]),
        ('"Marchand, Paul" <paul@bois.example>, b@x.example', [("paul@bois.example", "Marchand, Paul"), ("b@x.example", "")]),
        ("=?utf-8?q?L=C3=A9a?= <lea@x.example>", [("lea@x.example", "Léa")]),
        ("Equipe: a@x.example, B <b@x.example>;", [("a@x.example", ""), ("b@x.example", "B")]),
        ("a@x.example (Paul (le vrai)), b@x.example", [("a@x.example", ""), ("b@x.example", "")]),
        ('"ceo@bank.example" <evil@x.example>', [("evil@x.example", "")]),
        ("<a@x.example> trailing", []), ("<a@x.example", []), ("nobody", []), ("", []), ("<>", []), ('"a\\"b" <a@x.example>', [("a@x.example", 'a"b')]),
        ("((((((a@x.example", []), ("Evil\u202e <a@x.example>", [("a@x.example", "Evil")]), (",;,", []),
    ],
)  # fmt: skip
def test_addresses_of_a_field(value: str, found: list[tuple[str, str]]) -> None:
    """Only valid ones; a name that poses as an address is none; comments and groups are passed over."""
    assert [(a.addr, a.name) for a in parse_addresses(value)] == found


def test_no_more_than_two_hundred_addresses() -> None:
    """A list without end is cut."""
    assert len(parse_addresses(", ".join(f"a{i}@x.example" for i in range(500)))) == 200


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("<a.1@x.example>", "<a.1@x.example>"), (" <a@x>\n", "<a@x>"), ("a@x", None), ("<a@x> <b@x>", None), ('<"a"@x>', None), ("<a\r\nX1 MOVE@x>", None),
        ("<[@>", None), ("<a b@x>", None), ("<" + "a" * 300 + "@x>", None), ("<a\\b@x>", None),
    ],
)  # fmt: skip
def test_a_message_id_that_may_reach_a_server(text: str, checked: str | None) -> None:
    """One atom, an at sign, one atom; no space, quote, backslash or control character."""
    assert check_message_id(text) == checked


def test_a_whole_header() -> None:
    """Everything that judging needs, decoded and checked."""
    read = parse_headers(
        a_mail(
            "x", From="=?iso-8859-1?q?Ren=E9?= <rene@x.example>", Subject="=?utf-8?q?Une_vid=C3=A9o?=\n =?utf-8?q?_d=27atelier?=", Message_ID="<m1@x.example>",
            In_Reply_To="<a@y.example>", References="<z@y.example>\n <a@y.example>", Cc="c@x.example", Reply_To="r@x.example", X_Failed_Recipients="f@x.example, broken",
        )
    )  # fmt: skip

    assert (read.sender and read.sender.name, read.subject) == ("René", "Une vidéo d'atelier")
    assert (read.message_id, read.parents) == ("<m1@x.example>", ("<z@y.example>", "<a@y.example>"))
    assert [a.addr for a in (*read.to, *read.cc, *read.reply_to)] == ["claire@morvanfilms.example", "c@x.example", "r@x.example"]
    assert (read.sent, read.offset) == (datetime(2026, 3, 4, 9, 0, tzinfo=UTC), 60)
    assert read.failed_recipients == ("f@x.example",)


def test_an_endless_chain_keeps_its_first_and_its_newest() -> None:
    """Of five hundred references the first and the last hundred and ninety-nine stay."""
    read = parse_headers(a_mail("x", References=" ".join(f"<{i}@x>" for i in range(500))))

    assert len(read.references) == 200
    assert (read.references[0], read.references[-1]) == ("<0@x>", "<499@x>")


@pytest.mark.parametrize(
    ("date", "sent", "offset"),
    [
        ("Wed, 04 Mar 2026 10:00:00 +0100", RECEIVED, 60), ("4 Mar 2026 09:00 GMT", RECEIVED, 0), ("Wed, 04 Mar 2026 10:00:00", RECEIVED + timedelta(hours=1), 0),
        ("", RECEIVED, None), ("gestern", RECEIVED, None), ("Thu, 01 Jan 1970 00:00:00 +0000", RECEIVED, None), ("Wed, 04 Mar 2099 10:00:00 +0000", RECEIVED, None),
        ("Wed, 04 Mar 2026 10:00:00 +9900", RECEIVED, None), ("Wed, 99 Mar 2026 10:00:00 +0000", RECEIVED, None),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_the_moment_of_receipt(date: str, sent: datetime, offset: int | None) -> None:
    """Absent, absurd, before 1990 or in the future: then the server's word counts, and no zone is known."""
    read = parse_headers(a_mail("x", Date=date), RECEIVED)

    assert (read.sent, read.offset) == (sent, offset)


@pytest.mark.parametrize(("hours", "kept"), [(1, True), (3, False), (30, False), (-24 * 4000, True)])
def test_a_date_after_the_arrival_cannot_be(hours: int, kept: bool) -> None:
    """Clocks differ by an hour, not by three; one that is far too old stays, since mail is filed anew."""
    stated = RECEIVED + timedelta(hours=hours)

    assert parse_headers(a_mail("x", Date=format_datetime(stated)), RECEIVED).sent == (stated if kept else RECEIVED)


def test_an_arrival_before_there_was_mail_tells_nothing() -> None:
    """A Maildir whose time stamps were lost."""
    lost = datetime(1970, 1, 1, tzinfo=UTC)

    assert parse_headers(a_mail("x", Date=format_datetime(RECEIVED)), lost).sent == RECEIVED


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ("From: Roux, Anna <anna@client.example>", "anna@client.example"),
        ('From: "Anna <anna@client.example>', "anna@client.example"),
        ("From: =?x-nowhere?q?Anna?= <anna@client.example>", "anna@client.example"),
        ("From: =?utf-8?b?////?= <anna@client.example>", "anna@client.example"),
        ("From: Anna\r\n <anna@client.example>", "anna@client.example"),
        ("From : anna@client.example", "anna@client.example"),
        ("From: anna@client.example\r\nFrom: Anna <ANNA@client.example>", "anna@client.example"),
        ("From: Team: anna@client.example, paul@client.example;", "anna@client.example"),
        ("From: anna@client.example, paul@client.example\r\nSender: paul@client.example", "paul@client.example"),
        ("From: anna@client.example\r\nFrom: evil@elsewhere.example", None),
        ("From: anna@client.example\r\nFrom: evil@elsewhere.example\r\nSender: evil@elsewhere.example", "evil@elsewhere.example"),
        ("From: <evil@@elsewhere.example>, Anna <anna@client.example>", None),
        ("From: undisclosed:;", None), ("From: <>", None), ('From: "" <>', None), ("From:", None), ("From: ,,;,", None),
        ("From: anna@client.example\x00", None), ("From: an\x07na@client.example", None), ("From: anna@client.example\x1f", None),
        ("From: \u212aatie@client.example", None),
        ("From: katie@stra\u00dfe.example", None),
        ("From: anna@client.example <evil@elsewhere.example>", "evil@elsewhere.example"),
        ("From: =?utf-8?q?anna=40client=2Eexample?= <evil@elsewhere.example>", "evil@elsewhere.example"),
        ("From: =?utf-8?q?anna=40client=2Eexample=2C?= <evil@elsewhere.example>", "evil@elsewhere.example"),
        ("From: <@relay.example:anna@client.example>", None),
        ("X: 1\r\n From: evil@elsewhere.example\r\nFrom: anna@client.example", "anna@client.example"),
    ],
)  # fmt: skip
def test_a_mail_is_its_authors_or_nobodys(fields: str, author: str | None) -> None:
    """Odd charsets, folds, repeats, groups, empty addresses, control characters, letters that only look like others."""
    read = parse_headers(fields.encode() + b"\r\nTo: us@x.example\r\n\r\n", RECEIVED)

    assert (read.sender.addr if read.sender else None) == author


@given(
    st.lists(st.sampled_from(["From", "From ", "To", "Sender", "Date", "Message-ID", "References", "Bcc"]), max_size=6), st.data()
)
def test_whatever_stands_in_a_field_the_author_is_named_in_it(names: list[str], data: st.DataObject) -> None:
    """Nothing raises, and nobody who is not named by a From field is the author."""
    alphabet = st.text(alphabet='<>@.,;:"()\\ \t\r\n=?anbcé\u212a\x00\x1f', max_size=60)
    head = "".join(f"{name}: {data.draw(alphabet)}\r\n" for name in names)
    read = parse_headers(head.encode() + b"\r\n", RECEIVED)

    assert read.sender is None or read.sender.addr in head.lower()


def test_without_any_date() -> None:
    """Neither the mail nor the server says when."""
    assert parse_headers(b"From: a@x.example\n\n").sent is None


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"Auto_Submitted": "auto-replied (vacation)"}, Mark.AUTO_REPLIED), ({"X_Autoreply": "yes"}, Mark.AUTO_REPLIED), ({"Precedence": "auto_reply"}, Mark.AUTO_REPLIED),
        ({"Auto_Submitted": "auto-generated"}, Mark.AUTO_GENERATED), ({"List_Unsubscribe": "<https://x.example>"}, Mark.LIST), ({"Precedence": "Bulk"}, Mark.BULK),
        ({"Feedback_ID": "1:2"}, Mark.BULK), ({"Return_Path": "< >"}, Mark.NULL_SENDER), ({"Content_Type": "multipart/report; report-type=delivery-status"}, Mark.REPORT),
        ({"X_MS_Exchange_Message_Is_Ndr": " "}, Mark.REPORT), ({"Content_Type": "text/calendar; method=REPLY"}, Mark.CALENDAR), ({"Content_Type": 'multipart/mixed; boundary=x; method="REQUEST"'}, Mark.CALENDAR), ({"From": "postmaster@x.example"}, Mark.MAILER_DAEMON),
        ({"From": "Mail Delivery System <x@x.example>"}, Mark.MAILER_DAEMON), ({"From": "<MAILER-DAEMON>"}, Mark.MAILER_DAEMON), ({"From": "no-reply@x.example"}, Mark.NO_REPLY),
        ({"From": "ne-pas-repondre@x.example"}, Mark.NO_REPLY),
    ],
)  # fmt: skip
def test_marks(fields: dict[str, str], mark: Mark) -> None:
    """What the headers say of the kind of sender."""
    assert mark in parse_headers(a_mail("x", **fields)).marks


@pytest.mark.parametrize(
    "fields", [{}, {"Auto_Submitted": "no"}, {"From": "noreen.reply@x.example"}, {"X_Auto_Response_Suppress": "All"}]
)
def test_no_mark_without_reason(fields: dict[str, str]) -> None:
    """A person's mail has none."""
    assert parse_headers(a_mail("x", **fields)).marks == frozenset()


def test_fields_are_split_without_trust() -> None:
    """Folded, repeated, broken and 8-bit fields; no more than twenty of a name."""
    fields = split_header(b"A: 1\r\n 2\r\nb: caf\xe9\nB: caf\xc3\xa9\nnot a field\nC:\n" + b"D: x\n" * 30 + b"\nE: body")

    assert fields["a"] == ["1  2"]
    assert [v.partition(" ")[0] for v in fields["b"]] == ["café", "café"]
    assert fields["c"] == [""]
    assert len(fields["d"]) == 20
    assert "e" not in fields
    assert split_header(b"\nA: body") == {}


def test_headers_of_a_mail_that_never_was_bytes() -> None:
    """Names and subject as they are; given fields make marks; a list and a string of recipients are both fine."""
    read = headers_of(
        sender="Léa <lea@x.example>", to=["a@x.example", "B <b@x.example>"], date="2026-03-04T10:00:00+01:00", subject="Où ?", headers={"auto-submitted": "auto-replied"},
    )  # fmt: skip

    assert (read.sender and read.sender.name, [a.addr for a in read.to], read.subject) == (
        "Léa",
        ["a@x.example", "b@x.example"],
        "Où ?",
    )
    assert (read.sent, read.offset, read.marks) == (RECEIVED, 60, frozenset({Mark.AUTO_REPLIED}))
    assert headers_of(sender="", to="a@x.example", date=RECEIVED, subject="").to[0].addr == "a@x.example"


def test_nothing_breaks_out_of_its_field() -> None:
    """Line breaks in a value, values that are no text, dates that are none."""
    read = headers_of(
        sender="a@x.example",
        to=[],
        date="someday",
        subject="x\r\nAuto-Submitted: auto-replied",
        headers={"Precedence": None, "X\nList-Id": "y", "From": "b@x.example"},
    )

    assert (read.subject, read.sent, read.marks) == ("x Auto-Submitted: auto-replied", None, frozenset())
    assert read.sender is not None
    assert read.sender.addr == "a@x.example"


@given(st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes) -> None:
    """Whatever comes, headers come of it."""
    assert parse_headers(raw, RECEIVED).sent is not None


def test_fields_to_fetch_are_named_once() -> None:
    """What is asked of a server has no repeats."""
    assert len({name.lower() for name in HEADER_FIELDS}) == len(HEADER_FIELDS)
