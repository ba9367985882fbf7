"""The other side of one message: who wrote it, or to whom we did."""

from __future__ import annotations

import pytest

from nurture.conversations import other_side, owner_of
from nurture.messages import parse_headers

OWNER = owner_of(["camille@atelier.example", "c.laurent@gmail.com"], "Camille Laurent")


@pytest.mark.parametrize(
    ("head", "ours", "found"),
    [
        ("From: Anna <anna@client.example>\nTo: camille@atelier.example", False, ["anna@client.example"]),
        ("From: anna@client.example\nReply-To: other@evil.example\nTo: camille@atelier.example", False, ["anna@client.example"]),
        ("From: camille@atelier.example\nTo: anna@client.example\nCc: paul@client.example", True, ["anna@client.example"]),
        ("From: camille@atelier.example\nTo: anna@client.example, paul@client.example", True, ["anna@client.example", "paul@client.example"]),
        ("From: camille@atelier.example\nTo: Anna <anna.roux@gmail.com>, annaroux@gmail.com", True, ["anna.roux@gmail.com"]),
        ("From: camille@atelier.example\nTo: C.Laurent@gmail.com, anna@client.example", True, ["anna@client.example"]),
        ("From: camille@atelier.example\nTo: camille@atelier.example\nBcc: anna@client.example", True, ["anna@client.example"]),
        ("From: camille@atelier.example\nCc: anna@client.example", True, []),
        ("From: alias@elsewhere.example\nTo: anna@client.example", True, ["anna@client.example"]),
        ("From: claurent+news@gmail.com\nTo: camille@atelier.example", False, []),
        ("To: camille@atelier.example", False, []),
        ("From: undisclosed\nTo: camille@atelier.example", False, []),
    ],
)  # fmt: skip
def test_the_other_side_is_never_guessed(head: str, ours: bool, found: list[str]) -> None:
    """Never oneself under any spelling, never Reply-To, never who only reads along; one mailbox once."""
    headers = parse_headers((head + "\n\n").encode())

    assert [a.addr for a in other_side(headers, OWNER, ours=ours)] == found
