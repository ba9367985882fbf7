"""FETCH answers, header blocks and exact identities, as pure functions."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.mailbox.answers import moment, read_fetch
from nurture.mailbox.rows import header_block, matches
from nurture.messages import HEADER_FIELDS
from tests.mailbox.letters import letter


def test_a_usual_answer() -> None:
    """As Dovecot gives it: a pair for the literal, the rest of the line."""
    data = [
        (b'1 (UID 3 INTERNALDATE "03-Feb-2026 05:05:06 +0100" RFC822.SIZE 99 BODY[HEADER.FIELDS (FROM TO)] {7}', b"From: x"),
        b")",
    ]

    assert read_fetch(data) == {
        3: {b"UID": 3, b"INTERNALDATE": b"03-Feb-2026 05:05:06 +0100", b"RFC822.SIZE": 99, b"BODY": b"From: x"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([b"1 (UID 3 FLAGS (\\Seen $Label [odd]))"], {b"FLAGS": (b"\\Seen", b"$Label", b"[odd]")}),
        ([b"1 (FLAGS () UID 3)"], {b"FLAGS": ()}),
        ([b"1 (uid 3 body[] NIL)"], {b"BODY": None}),
        ([(b"1 (UID 3 BODY[]<0> {2}", b"ab"), b" FLAGS (\\Draft))"], {b"BODY": b"ab", b"FLAGS": (b"\\Draft",)}),
        ([b'1 (UID 3 BODY[]<0> "a \\"b\\" c")'], {b"BODY": b'a "b" c'}),
        ([b'1 (UID 3 ENVELOPE ("x" (NIL) ("y" NIL)) RFC822.SIZE 5)'], None),
        ([(b"1 (UID 3 X-ODD {2}", b"zz"), (b" BODY[] {2}", b"ab"), b")"], {b"X-ODD": b"zz", b"BODY": b"ab"}),
        ([b"1 (UID 3 MODSEQ (12) RFC822.SIZE 5)"], {b"RFC822.SIZE": 5}),
        ([b"1 (UID 3 RFC822.SIZE 5)", b"1 (UID 3 RFC822.SIZE 6)"], {b"RFC822.SIZE": 6}),
    ],
)
def test_answers_of_other_forms(data: list[Any], expected: dict[bytes, Any] | None) -> None:
    """Order, case, quoting, partial bodies, items nobody asked for, two records of one message."""
    if expected is None:
        with pytest.raises((ValueError, IndexError, TypeError, AttributeError)):
            read_fetch(data)
        return
    found = read_fetch(data)
    assert set(found) == {3}
    assert expected.items() <= found[3].items()


@pytest.mark.parametrize(
    "data",
    [
        [],
        [b"1 (FLAGS (\\Seen))"],
        [b"5 (FLAGS (\\Seen) RFC822.SIZE 3)"],
        [(b"9 (BODY[] {2}", b"ab"), b")"],
        [b'1 (UID "3" FLAGS ())'],
    ],
)
def test_what_states_no_uid_counts_nothing(data: list[Any]) -> None:
    """Its sequence number is nobody's UID."""
    assert read_fetch(data) == {}


@pytest.mark.parametrize(
    "data", [[b"x"], [b"1 (UID 3"], [b"1 UID 3)"], [(b"1 (UID 3 BODY[] {5}", b"ab"), b")"], [(b"1 (UID 3 BODY[] {2}", b"ab")]]
)
def test_a_broken_answer_is_no_answer(data: list[Any]) -> None:
    """It raises, and the connection is closed by whoever asked."""
    from imapclient.exceptions import ProtocolError

    with pytest.raises((ValueError, ProtocolError, TypeError, StopIteration)):
        read_fetch(data)


@pytest.mark.parametrize("unit", [b"A", b"(", b'"', b"[", b"\\", b" ", b"1", b"{", b"BODY[", b"A (", b'"\\', b"NIL "])
def test_no_answer_takes_long_to_read(unit: bytes) -> None:
    """Linear in its length."""
    began = time.perf_counter()
    for head in (b"1 (UID 3 ", b"1 (UID 3 BODY[", b"", b'1 (UID 3 X "'):
        with suppress(Exception):  # any: only the time is looked at
            read_fetch([head + unit * (200_000 // len(unit)) + b")"])
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"03-Feb-2026 05:05:06 +0100", datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)),
        (b" 3-feb-2026 05:05:06 -0530", datetime(2026, 2, 3, 10, 35, 6, tzinfo=UTC)),
        (b"31-Dec-9999 23:59:59 -0100", None),
        (b"01-Jan-0001 00:00:00 +0100", None),
        (b"30-Feb-2026 00:00:00 +0000", None),
        (b"03-Foo-2026 00:00:00 +0000", None),
        (b"03-Feb-2026 00:00:00", None),
        (b"", None),
        (None, None),
        (5, None),
        (datetime(2026, 2, 3, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC)),
        (datetime(2026, 2, 3), None),  # naive on purpose
    ],
)
def test_the_moment_of_arrival(text: object, expected: datetime | None) -> None:
    """In UTC, whatever the zone; what is none is None."""
    assert moment(text) == expected


@given(st.binary(max_size=300))
def test_a_header_block_holds_wanted_fields_only(raw: bytes) -> None:
    """Of anything at all; it ends as a header ends, and asking again changes nothing."""
    block = header_block(raw)

    assert block.endswith(b"\r\n")
    fields = [line.partition(b":")[0].strip().lower() for line in block.split(b"\r\n") if line and line[:1] not in b" \t"]
    assert all(field.decode("latin-1") in {name.lower() for name in HEADER_FIELDS} for field in fields)
    assert header_block(block) == block


def test_a_body_is_no_header() -> None:
    """What follows the first empty line, even where nothing stands before it."""
    assert header_block(b"\r\nFrom: x@y.example\r\n\r\n").strip() == b""
    assert header_block(b"\nFrom: x@y.example\n\n").strip() == b""
    assert header_block(b"To: a@b.example\n\nFrom: x@y.example\n") == b"To: a@b.example\r\n\r\n"


def test_an_identity_is_compared_exactly() -> None:
    """Message-ID or References; not In-Reply-To, not a part of an id, not another field."""
    wanted = "<a@x.example>"
    assert matches(letter(wanted), wanted)
    assert matches(letter("<b@x.example>", f"References: <c@x.example>\r\n\t{wanted}"), wanted)
    for other in (
        letter("<b@x.example>", f"In-Reply-To: {wanted}"), letter("<aa@x.example>"), letter("<a@x.example.test>"), letter("<b@x.example>", f"Comments: {wanted}"),
        letter("<b@x.example>", f"References: <x{wanted[1:]}"), letter("<A@x.example>"),
    ):  # fmt: skip
        assert not matches(other, wanted)
