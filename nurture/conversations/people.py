"""Who somebody is: the owner's own addresses, companies, role addresses, first names that can be relied on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from nurture.config import GMAIL
from nurture.conversations.conversation import Owner
from nurture.messages import fold

ROLES = frozenset(
    "contact info infos hello bonjour hi sales commercial ventes accueil admin administration secretariat direction compta comptabilite "
    "accounting accounts finance facturation billing support help service sav rh hr jobs recrutement marketing communication presse press team equipe office bureau "
    "vente ops mail email webmaster postmaster enquiries enquiry reception studio atelier agence boutique shop orders commandes kontakt contacto contatto".split()
)
NO_REPLY = re.compile(
    r"(?:^|[._+-])(?:no[._-]?reply|do[._-]?not[._-]?reply|ne[._-]?pas[._-]?repondre|pas[._-]?de[._-]?reponse|noreply[a-z0-9]*|mailer-daemon|postmaster|bounces?)(?:$|[._+-])"
)
BULK = re.compile(
    r"(?:^|[._+-])(?:news|newsletters?|lettre|notifications?|notify|alerts?|alertes?|digest|mailing|campaigns?|promo(?:tion)?s?|marketing|updates?|billing|facture|receipts?|invoices?|bounces?)(?:$|[._+-])"
)
TAGGED = GMAIL | {"icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "pm.me", "fastmail.com", "fastmail.fm"}
TAGGED_EVERYWHERE = frozenset({"outlook", "hotmail", "live"})  # hotmail.fr, live.be …


def owner_of(addresses: Iterable[str], name: str) -> Owner:
    """The owner with the domains whose people are colleagues."""
    own = frozenset(a.strip().lower() for a in addresses)
    return Owner(name=name, addresses=own, domains=frozenset(c for a in own if (c := company_of(a))))


def is_ours(address: str, owner: Owner) -> bool:
    """One of the owner's addresses, plus-addressing and Gmail's dots seen through."""
    clean = address.lower()
    local, _, domain = clean.rpartition("@")
    own = _mailboxes(owner.addresses)
    return mailbox_of(clean) in own or mailbox_of(f"{local.partition('+')[0]}@{domain}") in own


@lru_cache(maxsize=16)
def _mailboxes(addresses: frozenset[str]) -> frozenset[str]:
    return frozenset(mailbox_of(a) for a in addresses)


def mailbox_of(address: str) -> str:
    """The mailbox behind an address: one spelling for all that the provider delivers to the same person. Never an address to write to.

    Dots mean nothing at Gmail; a tag after + nothing at providers that are known for it. Elsewhere every spelling is its own.
    """
    local, at, domain = address.lower().rpartition("@")
    if domain in GMAIL:
        local, domain = local.replace(".", ""), "gmail.com"
    tagless = local.partition("+")[0]
    return f"{tagless if tagless and _is_tagged(domain) else local}{at}{domain}"


def spelled_at(address: str) -> frozenset[str]:
    """The domains at which the same mailbox may be spelled another way; none where every spelling is a mailbox of its own."""
    domain = address.lower().rpartition("@")[2]
    return GMAIL if domain in GMAIL else frozenset({domain}) if _is_tagged(domain) else frozenset()


def _is_tagged(domain: str) -> bool:
    return domain in TAGGED or domain.partition(".")[0] in TAGGED_EVERYWHERE


@lru_cache(maxsize=20_000)
def company_of(address: str) -> str | None:
    """The registrable domain of an address; None for mail providers, access providers, and what has none."""
    domain = address.rpartition("@")[2].lower().strip(".")
    if not domain or "." not in domain:
        return None
    registrable = _suffixes(domain.rpartition(".")[2]).privatesuffix(domain)
    if registrable is None or registrable in _freemail():
        return None
    return str(registrable)


def _suffixes(top: str) -> Any:
    """The list of public suffixes as far as one top-level domain needs it: parsing the whole takes ten times as long."""
    if top.startswith("xn--") or not top.isascii():
        return _every_suffix()
    return _suffixes_below(top if top in _tops() else "")


@lru_cache(maxsize=2_000)
def _suffixes_below(top: str) -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(_tops().get(top, ["// none"]))


@lru_cache(maxsize=1)
def _tops() -> dict[str, list[str]]:
    """The lines of the list by their top-level domain."""
    from publicsuffixlist import PSLFILE

    found: dict[str, list[str]] = {}
    with Path(PSLFILE).open(encoding="utf-8") as every:
        for line in every:
            if (rule := line.strip()) and not rule.startswith("//"):
                found.setdefault(rule.rpartition(".")[2], []).append(rule)
    return found


@lru_cache(maxsize=1)
def _every_suffix() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(maxsize=1)
def _freemail() -> frozenset[str]:
    """The domains of freemail.txt, « outlook. com fr » written out: under any other suffix the same name may be a company's."""
    found: set[str] = set()
    for line in (Path(__file__).parent / "freemail.txt").read_text(encoding="utf-8").splitlines():
        first, *more = ([] if line.startswith("#") else line.split()) or [""]
        found.update(f"{first}{suffix}" for suffix in more) if first.endswith(".") else found.update(filter(None, (first, *more)))
    return frozenset(found)


def is_role_address(address: str) -> bool:
    """contact@, info@ …: nobody in particular."""
    return fold(address.partition("@")[0]) in ROLES


def is_no_reply(address: str) -> bool:
    """An address that reads no answer."""
    return bool(NO_REPLY.search(address.partition("@")[0].lower()[:100]))


def looks_bulk(address: str) -> bool:
    """An address that writes to many."""
    local = address.partition("@")[0].lower()[:100]
    return bool(BULK.search(local)) or bool(NO_REPLY.search(local))
