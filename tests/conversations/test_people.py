"""Who somebody is: own addresses, companies, role addresses, first names that can be relied on."""

from __future__ import annotations

from pathlib import Path

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList

from nurture.conversations import company_of, is_no_reply, is_ours, is_role_address, looks_bulk, owner_of, people

OWNER = owner_of(["Camille@Atelier-Laurent.example", "camille.laurent@gmail.com"], "Camille Laurent")


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("camille@atelier-laurent.example", True),
        ("CAMILLE@atelier-laurent.example", True),
        ("camille+news@atelier-laurent.example", True),
        ("camille.laurent@gmail.com", True),
        ("camille@client.example", False),
        ("paul@atelier-laurent.example", False),
        ("camille", False),
    ],
)
def test_the_owners_addresses_are_known_with_their_plus_forms(address: str, ours: bool) -> None:
    """A message of ours is never a reply, wherever it lies."""
    assert is_ours(address, OWNER) is ours


def test_the_owners_domains_are_those_of_a_company_only() -> None:
    """At a mail provider nobody is a colleague."""
    assert OWNER.domains == {"atelier-laurent.example"}


@pytest.mark.parametrize(
    ("address", "company"),
    [
        ("a@client.example", "client.example"),
        ("a@mail.eu.client.co.uk", "client.co.uk"),
        ("a@client.asso.fr", "client.asso.fr"),
        ("a@gmail.com", None),
        ("a@orange.fr", None),
        ("a@wanadoo.fr", None),
        ("a@laposte.net", None),
        ("a@yahoo.fr", None),
        ("a@hotmail.co.uk", None),
        ("a@localhost", None),
        ("a@", None),
        ("nonsense", None),
        ("a@live.be", None),
        ("a@live.theatre", "live.theatre"),
        ("a@gmx.li", None),
        ("a@gmx.coffee", "gmx.coffee"),
        ("a@yahoo.com.au", None),
        ("a@fibre.zeop.re", None),
        ("a@tele.dk", None),
        ("a@icloud.com.example", "com.example"),
    ],
)
def test_a_company_is_a_registrable_domain_that_is_no_mail_providers(address: str, company: str | None) -> None:
    """By the bundled public suffix list."""
    assert company_of(address) == company


def test_what_is_listed_as_nobodys_is_what_can_be_registered() -> None:
    """A deeper or a shorter domain in the list would never be met."""
    whole = PublicSuffixList()

    assert {domain for domain in people._freemail() if whole.privatesuffix(domain) != domain} == set()


def test_what_is_read_of_the_public_suffixes_is_what_the_whole_list_says() -> None:
    """One top-level domain is read at a time; nothing that a domain's end depends on may be left out by that."""
    whole = PublicSuffixList()
    with Path(PSLFILE).open(encoding="utf-8") as lines:
        rules = [line.strip() for line in lines if line.strip() and not line.startswith("//")]
    some = [rule.lstrip("!").replace("*.", "any.") for rule in rules[::23]] + [
        "www.ck",
        "a.b.city.kawasaki.jp",
        "x.xn--p1ai",
        "ее.рф",
    ]
    for end in some:
        address = f"someone@deep.there.{end}"
        assert company_of(address) in {whole.privatesuffix(f"deep.there.{end}"), None}
        assert people._suffixes(end.rpartition(".")[2]).privatesuffix(f"there.{end}") == whole.privatesuffix(f"there.{end}")


def test_role_addresses_and_machines_are_told_apart_from_people() -> None:
    """contact@ is nobody in particular, no-reply@ reads nothing, newsletter@ writes to many."""
    assert [is_role_address(f"{local}@c.example") for local in ("contact", "info", "anna", "secrétariat")] == [
        True,
        True,
        False,
        True,
    ]
    assert [is_no_reply(f"{local}@c.example") for local in ("no-reply", "ne-pas-repondre", "noreply-x", "bounces+1", "nora")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert [looks_bulk(f"{local}@c.example") for local in ("newsletter", "news", "marketing", "no-reply", "anna")] == [
        True,
        True,
        True,
        True,
        False,
    ]
