"""Whom a message concerns. Addresses join on proof (thread and name), never on a name alone; a message of ours is never a reply.

Ours is what comes from an address of ours, and what lies in a Sent folder, whatever alias it was sent from. A person is
recognised by their mailbox, however its address is spelled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from nurture.conversations.conversation import Owner
from nurture.conversations.first_names import NOT_A_PERSON
from nurture.conversations.people import company_of, is_no_reply, is_ours, is_role_address, looks_bulk, mailbox_of
from nurture.conversations.threads import base_subject
from nurture.messages import Address, Headers, Mark, fold

_PARTS = re.compile(r"[._-]+")
SYSTEM = frozenset({Mark.MAILER_DAEMON, Mark.REPORT})
MASS = frozenset({Mark.LIST, Mark.BULK})


@dataclass(frozen=True, kw_only=True)
class Relation:
    """Whom one message concerns and how (`by`: person key -> see Entry); addresses proven theirs; to whom ours was written."""

    ours: bool
    by: Mapping[int, str] = field(default_factory=dict)
    joins: tuple[tuple[int, str], ...] = ()
    written_to: tuple[Address, ...] = ()


class Directory:
    """Everybody known, in memory: by address, by company, by what was exchanged."""

    def __init__(self) -> None:
        self._person: dict[str, int] = {}
        self._names: dict[int, set[str]] = defaultdict(set)
        self._called: dict[str, set[int]] = defaultdict(set)
        self._companies: dict[str, set[int]] = defaultdict(set)
        self._messages: dict[str, set[int]] = defaultdict(set)
        self._subjects: dict[str, set[int]] = defaultdict(set)

    def add_person(self, person: int, address: Address) -> None:
        """A person with an address of theirs, and the name that stands beside it."""
        self.add_address(person, address.addr)
        if key := name_key(address.name):
            self._names[person].add(key)
        if called := key or _spelled_out(address):
            self._called[called].add(person)

    def add_address(self, person: int, address: str) -> None:
        """An address of theirs."""
        self._person.setdefault(mailbox_of(address), person)
        if company := company_of(address):
            self._companies[company].add(person)

    def add_message(self, person: int, message_id: str | None, subject: str) -> None:
        """A message of the exchange with them."""
        if message_id:
            self._messages[message_id].add(person)
        if base := base_subject(subject):
            self._subjects[base].add(person)

    def person_of(self, address: str) -> int | None:
        """The person whose mailbox this is."""
        return self._person.get(mailbox_of(address))

    def holds(self, message_id: str) -> bool:
        """Whether a message of this id was exchanged with anybody."""
        return message_id in self._messages

    def people_of_thread(self, headers: Headers) -> set[int]:
        """With whom the messages were exchanged that this one answers."""
        return {person for parent in headers.parents for person in self._messages.get(parent, ())}

    def people_of_company(self, address: str) -> set[int]:
        """Everybody known at the company of an address."""
        company = company_of(address)
        return set(self._companies.get(company, ())) if company else set()

    def people_of_subject(self, headers: Headers) -> set[int]:
        """With whom a subject was exchanged, where this is an answer to it."""
        base = base_subject(headers.subject)
        return set(self._subjects.get(base, ())) if base and base != fold(headers.subject).strip() else set()

    def people_called(self, sender: Address) -> set[int]:
        """Everybody known under the full name of a sender: the same person at another address, perhaps."""
        called = called_by(sender)
        return set(self._called.get(called, ())) if called else set()

    def is_named(self, person: int, name: str) -> bool:
        """Whether they are known under this very name (two words at least)."""
        key = name_key(name)
        return bool(key) and key in self._names.get(person, ())


def name_key(name: str) -> str:
    """A name whose words may stand in either order; "" for less than two words."""
    words = sorted(fold(name).replace(",", " ").replace(".", " ").split())
    return " ".join(words) if len(words) >= 2 and "@" not in name else ""


@lru_cache(maxsize=8192)
def called_by(address: Address) -> str:
    """The full name of a human, by the display name or else by an address such as anna.roux@…; "" for a role, a team, a machine."""
    if is_role_address(address.addr) or looks_bulk(address.addr):
        return ""
    key = name_key(address.name) or _spelled_out(address)
    words = key.split()
    return (
        key
        if all(len(w) > 1 and w.strip("-'").replace("-", "").replace("'", "").isalpha() for w in words)
        and not NOT_A_PERSON.intersection(words)
        else ""
    )


def _spelled_out(address: Address) -> str:
    """The name in anna.roux@… where none is displayed."""
    return "" if address.name.strip() else name_key(" ".join(_PARTS.split(address.addr.partition("@")[0])))


def relate(headers: Headers, directory: Directory, owner: Owner, *, in_sent: bool = False) -> Relation:
    """Whom a message concerns, by its header fields and by lying in a Sent folder or not. Nobody: `by` is empty."""
    sender = headers.sender
    if is_our_hand(headers, directory, owner, in_sent=in_sent):
        return _ours(headers, directory, owner)
    failed = {p for a in headers.failed_recipients if (p := directory.person_of(a)) is not None}
    by_hand = (
        sender is not None and directory.person_of(sender.addr) is not None and not headers.marks & (SYSTEM | {Mark.NULL_SENDER})
    )
    if failed and not by_hand:
        return Relation(ours=False, by=dict.fromkeys(failed, "other"))
    if sender is None:
        return Relation(ours=False, by=dict.fromkeys(directory.people_of_thread(headers), "other"))
    return _theirs(headers, sender, directory)


def is_our_hand(headers: Headers, directory: Directory, owner: Owner, *, in_sent: bool) -> bool:
    """Whether the owner wrote it. In Sent everything is the owner's, but what somebody known wrote and was filed there."""
    sender = headers.sender
    if sender is not None and is_ours(sender.addr, owner):
        return True
    return in_sent and (sender is None or directory.person_of(sender.addr) is None)


def _ours(headers: Headers, directory: Directory, owner: Owner) -> Relation:
    everybody = (*headers.to, *headers.cc, *headers.bcc)
    written_to = tuple(a for a in everybody if not is_ours(a.addr, owner) and not looks_bulk(a.addr) and not is_no_reply(a.addr))
    people = {p for a in everybody if (p := directory.person_of(a.addr)) is not None}
    # An owner's word in the thread without the person (a forward to a colleague) is no letter to them.
    return Relation(ours=True, by=dict.fromkeys(people, "us"), written_to=written_to)


def _theirs(headers: Headers, sender: Address, directory: Directory) -> Relation:
    by: dict[int, str] = {}
    thread = directory.people_of_thread(headers)
    # List headers are put on by groups and CRMs too: what answers our exchange is no mass mail.
    automatic = bool(headers.marks & SYSTEM) or (
        bool(headers.marks & MASS) and not thread and not directory.people_of_subject(headers)
    )
    company = directory.people_of_company(sender.addr)
    known = directory.person_of(sender.addr)
    joins: tuple[tuple[int, str], ...] = ()
    if known is None and not automatic and (proven := _same_person(headers, sender, directory, thread)) is not None:
        known, joins = proven, ((proven, sender.addr),)
    for person in thread - {known}:
        by[person] = "thread" if person in company else "other"
    if not automatic:
        for person in (company | directory.people_called(sender)) - thread - {known}:
            by[person] = "company"  # or somebody of their name: no proof, and a doubt
    if known is not None:
        by[known] = "them"
    return Relation(ours=False, by=by, joins=joins)


def _same_person(headers: Headers, sender: Address, directory: Directory, thread: set[int]) -> int | None:
    """A second address of somebody: in the same thread (or answering the same subject), under the same first and last name."""
    if is_role_address(sender.addr):
        return None
    candidates = thread or directory.people_of_subject(headers)
    named = [p for p in candidates if directory.is_named(p, sender.name)]
    return named[0] if len(named) == 1 else None
