"""What is written as vCards is what address books read, and comes in again as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.exchange import Contact, as_cards, read_people
from nurture.exchange.card_file import WIDTH, folded

ANAIS: dict[str, Any] = {
    "addresses": ["anais@lefevre.example", "anais.l@example.com"], "name": "Anaïs Lefèvre", "first_name": "Anaïs", "company": "Lefèvre, fils; SARL",
    "language": "fr", "register": "tu", "followed": True, "stopped": False, "country": "FR", "tags": ["vip", "presse"], "lists": ["salon-2026"],
}  # fmt: skip
NOBODY: dict[str, Any] = dict.fromkeys(ANAIS) | {
    "addresses": ["contact@usine.example"], "followed": True, "stopped": False, "tags": [], "lists": [],
}  # fmt: skip
CARD = r"""BEGIN:VCARD
VERSION:3.0
N:Lefèvre;Anaïs;;;
FN:Anaïs Lefèvre
EMAIL;TYPE=INTERNET,PREF:anais@lefevre.example
EMAIL;TYPE=INTERNET:anais.l@example.com
ORG:Lefèvre\, fils\; SARL
ADR;TYPE=WORK:;;;;;;FR
LANG:fr
CATEGORIES:vip,presse
X-NURTURE-REGISTER:tu
X-NURTURE-TAGS:vip|presse
X-NURTURE-LISTS:salon-2026
END:VCARD
"""


def back(folder: Path, *people: dict[str, Any]) -> tuple[Contact, ...]:
    """These people, written and read."""
    path = folder / "people.vcf"
    path.write_bytes(as_cards(people).encode())
    return read_people(path).contacts


def test_a_card_is_plain_rfc_2426() -> None:
    """Lines that end in CR LF, marks escaped, the address that is written to first."""
    assert as_cards([ANAIS]) == CARD.replace("\n", "\r\n")


def test_everything_comes_back(tmp_path: Path) -> None:
    """Register, tags and lists too, which stand in fields of nurture's own."""
    [found] = back(tmp_path, ANAIS)

    assert (list(found.addresses), found.name, found.first_name) == (ANAIS["addresses"], "Anaïs Lefèvre", "Anaïs")
    assert (found.company, found.language, found.register, found.country) == ("Lefèvre, fils; SARL", "fr", "tu", "FR")
    assert found.labels == (("tag", "vip"), ("tag", "presse"), ("list", "salon-2026"))
    assert (found.refused, found.followed) == (False, True)


@pytest.mark.parametrize(
    ("facts", "told"), [({"stopped": True}, (True, True)), ({"followed": False}, (False, False)), ({}, (False, True))]
)
def test_a_no_comes_back(tmp_path: Path, facts: dict[str, Any], told: tuple[bool, bool]) -> None:
    """Who was stopped, and who was not followed."""
    [found] = back(tmp_path, ANAIS | facts)

    assert (found.refused, found.followed) == told


@pytest.mark.parametrize("company", [None, "Usine SARL"])
def test_who_has_no_name_gets_none(tmp_path: Path, company: str | None) -> None:
    """A card must bear one: the company's, or the address; neither comes back as a person's."""
    text = as_cards([NOBODY | {"company": company}])
    [found] = back(tmp_path, NOBODY | {"company": company})

    assert f"\r\nFN:{company or 'contact@usine.example'}\r\n" in text
    assert (found.name, found.first_name, found.company) == ("", "", company or "")


@given(st.text())
def test_no_line_is_too_long_and_no_letter_is_cut(text: str) -> None:
    """75 octets, and what was folded unfolds to what it was."""
    line = "".join(c for c in text if c not in "\r\n" and c.isprintable()) * 5
    rows = folded(line).split("\r\n")

    assert max(len(row.encode()) for row in rows) <= WIDTH
    assert "".join([rows[0], *(row[1:] for row in rows[1:])]) == line


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Z")), min_size=1, max_size=60))
def test_whatever_stands_in_a_name_stays_in_it(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Marks of vCard, of spreadsheets, of any script: nothing is taken for another field."""
    [found] = back(
        tmp_path_factory.mktemp("names"), ANAIS | {"name": name, "first_name": None, "company": name, "tags": [], "lists": []}
    )

    assert (found.name, found.company) == (name, name)
    assert list(found.addresses) == ANAIS["addresses"]


def test_what_a_terminal_would_obey_is_not_written() -> None:
    """A file may go to one; and a line break in a name makes no line."""
    text = as_cards([ANAIS | {"name": "A\x1b[31m\r\nNOTE:x"}])

    assert all(c.isprintable() for c in text.replace("\r\n", ""))
    assert "\r\nNOTE" not in text
