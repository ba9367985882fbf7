"""One mailbox, many spellings: plus-addressing, Gmail's dots and its second name; a domain and the ones above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

GMAIL = frozenset({"gmail.com", "googlemail.com"})  # one mailbox under both names


def reach_of(address: str) -> str:
    """One spelling for all addresses that may reach the same mailbox: without what follows a plus, and for Gmail without its dots.

    For what the owner or a no covers, where one mailbox too many does no harm. Who is one person is told by `conversations.mailbox_of`,
    which sees through a plus only at providers that are known for it.
    """
    clean = address.strip().lower()
    local, at, domain = clean.rpartition("@")
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}{at}{domain}"


def reaching(domain: str) -> frozenset[str]:
    """The domains under which the mailboxes of this one may be written to."""
    return GMAIL if domain.lower() in GMAIL else frozenset({domain.lower()})


def domains_above(address: str) -> Iterator[str]:
    """ "@mail.client.example" and "@client.example" for somebody at mail.client.example; never a bare ending such as "@example"."""
    labels = address.strip().lower().rpartition("@")[2].strip(".").split(".")
    for start in range(max(len(labels) - 1, 1)):
        yield "@" + ".".join(labels[start:])


def covering(entries: Iterable[str], address: str) -> str:
    """The entry (an address, or a @domain with everything below it) that covers this address, or ""."""
    domains, mine = frozenset(domains_above(address)), reach_of(address)
    return next((e for e in entries if (e in domains if e.startswith("@") else reach_of(e) == mine)), "")
