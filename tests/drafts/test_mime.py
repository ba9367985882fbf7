"""Bytes are what was meant: headers by their list, flowed text, nothing that a mail put into a value can break out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.drafts import Draft, compose, references, verify
from nurture.errors import OutOfBounds
from nurture.messages import Address, parse, parse_headers
from tests.drafts.builders import ANNA, OWNER, a_draft, a_text

HOSTILE = [
    "=?utf-8?q?x=0D=0ABcc:_evil@x.example?=", "A 😀 subject=?UTF-8?Q?=0A?=Bcc: x@x.example", "x\r\nBcc: evil@x.example", "x\nX-Evil: 1", "x\x00y", "x\u2028Bcc: e",
    '"; <evil@x.example>', "a" * 500, "é" * 300, "{{7*7}}", "%s{0}", "\u202eevil", "(((((", "a,b <c@d.example>", "=?x?y?z?=", "",
]  # fmt: skip


def shown(draft: Draft) -> bytes:
    """Composed and verified."""
    raw = compose(draft)
    verify(raw, draft)
    return raw


def test_the_headers_are_exactly_the_intended_ones() -> None:
    """No Bcc, no Reply-To, no header of a client's or of ours."""
    parsed = message_from_bytes(shown(a_draft()))

    assert parsed.keys() == [
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]  # fmt: skip
    assert parsed["From"] == f"Camille Laurent <{OWNER}>"
    assert parsed["To"] == f"Anna Roux <{ANNA}>"
    assert parsed["Date"] == "Wed, 11 Mar 2026 08:00:00 +0100"
    assert parsed["Content-Type"] == "text/plain; charset=utf-8; format=flowed"


def test_the_token_stands_second_and_the_anchor_last() -> None:
    """Where every client keeps it, and where Thunderbird looks for what is answered."""
    assert references(a_draft()) == ("<1@atelier.example>", "<t1@atelier.example>", "<2@client.example>")
    assert references(a_draft(references=("<2@client.example>",))) == ("<t1@atelier.example>", "<2@client.example>")
    assert references(a_draft(references=())) == ("<t1@atelier.example>",)


def test_a_chain_without_end_keeps_its_first_and_its_newest() -> None:
    """References stay below the length at which Thunderbird would cut the token away."""
    chain = tuple(f"<{n:040}@client.example>" for n in range(500))
    raw = shown(a_draft(references=chain))
    found = parse_headers(raw).references

    assert found[0] == chain[0]
    assert found[-1] == chain[-1]
    assert "<t1@atelier.example>" in found
    assert sum(len(i) + 1 for i in found) <= 986


def test_paragraphs_are_one_line_for_who_unflows_them_and_short_for_who_does_not() -> None:
    """RFC 3676."""
    long = "Un paragraphe qui est bien plus long que soixante-douze colonnes, pour que ses lignes soient repliées deux fois au moins dans le message."
    raw = shown(a_draft(text=a_text(f"{long}\n\n> un chevron\nFrom nowhere\n- un\n- deux")))

    assert parse(raw).text.split("\n")[2] == long
    body = message_from_bytes(raw, policy=policy.default).get_content()
    assert all(len(line) <= 74 for line in body.split("\n"))
    assert "\n > un chevron" in body
    assert "\n From nowhere" in body


def test_line_ends_are_crlf_and_the_text_is_ascii_on_the_wire() -> None:
    """Quoted-printable: no server or client has to guess."""
    raw = shown(a_draft(subject="Re: Vos élèves à l’été", text=a_text("Où en êtes-vous ? « Ça dépend » — œuvre 😀")))

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert parse(raw).text.split("\n")[2] == "Où en êtes-vous ? « Ça dépend » — œuvre 😀"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_subject_or_name_stays_in_its_header(hostile: str) -> None:
    """Read back, the header list is the intended one."""
    raw = shown(
        a_draft(subject=f"Re: {hostile}", to=(Address(addr=ANNA, name=hostile),), sender=Address(addr=OWNER, name=hostile))
    )
    parsed = message_from_bytes(raw, policy=policy.default)

    assert len(parsed.keys()) == 10
    assert not {"bcc", "x-evil"} & {k.lower() for k in parsed}
    assert [a.addr for a in parse_headers(raw).to] == [ANNA]


@given(subject=st.text(max_size=300), name=st.text(max_size=80), said=st.text(max_size=600))
def test_whatever_the_words_are_they_come_out_as_they_went_in(subject: str, name: str, said: str) -> None:
    """Or the draft is refused by `verify`; nothing else is ever appended."""
    draft = a_draft(subject=subject, to=(Address(addr=ANNA, name=name),), text=a_text(" ".join(said.split()) or "rien"))
    raw = compose(draft)
    try:
        verify(raw, draft)
    except OutOfBounds:
        return
    assert len(message_from_bytes(raw).keys()) == 10
    assert parse(raw).headers.message_id == "<d1@atelier.example>"


@pytest.mark.parametrize(
    "broken",
    [
        {"in_reply_to": "<a@b.example>\r\nBcc: x@y.example"},
        {"in_reply_to": "no id"},
        {"references": ("<a b@c.example>",)},
        {"to": (Address(addr="anna@client.example\r\nBcc: x@y.example"),)},
        {"to": (Address(addr="Anna@Client.example"),)},
        {"date": datetime(2026, 3, 11)},
    ],
)
def test_what_is_no_atom_is_refused_before_a_byte_is_made(broken: dict[str, object]) -> None:
    """Ids, addresses and moments have been checked long before; here they are refused, not mended."""
    with pytest.raises(OutOfBounds):
        compose(a_draft(**broken))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"Subject:", b"Bcc: evil@x.example\r\nSubject:"),
        lambda raw: raw.replace(b"To: Anna", b"To: evil@x.example, Anna"),
        lambda raw: raw.replace(b"Merci", b"Pardon"),
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: raw.replace(b"<t1@", b"<t2@"),
        lambda raw: raw + b"x" * 2000,
    ],
)
def test_verify_sees_every_difference(change: object) -> None:
    """A message that is not what was meant is never written."""
    draft = a_draft()
    with pytest.raises(OutOfBounds):
        verify(change(compose(draft)), draft)  # type: ignore[operator]  # one of the functions above


def test_the_signature_separator_survives() -> None:
    """`-- ` keeps its space, so that clients know what is a signature."""
    draft = a_draft()
    draft = replace(draft, text=replace(draft.text, body="Bonjour,\n\nMerci.\n\n-- \nCamille"))

    assert b"\r\n--=20\r\n" in shown(draft)
