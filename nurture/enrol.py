"""The owner brings people along in a file: what is odd about each is said before anything is kept, then all of them are kept, or none.

A no is a no whatever a file says (P6): who is on the list of those who said no, or was stopped, is never followed by it; whom the file
itself marks as stopped or unsubscribed goes on that list. What is known of somebody already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from nurture.conversations import company_of, first_name, is_no_reply, is_ours, is_role_address, mailbox_of
from nurture.exchange import Contact
from nurture.messages import Address, check_address, fold, parse_addresses
from nurture.store import Brought, Learnt, PersonRow, Session, bring, cases, outside, people, words
from nurture.world import World

SOURCE = "import"


class Odd(StrEnum):
    """What is to be said of an entry. The first ones keep it out."""

    NO_ADDRESS = "no-address"
    INVALID = "invalid-address"
    TWICE = "twice"
    OWN = "own-address"
    EXCLUDED = "excluded"
    NO_REPLY = "no-reply"
    SAID_NO = "said-no"
    SAYS_NO = "says-no"  # by the file itself
    UNFOLLOWED = "unfollowed"
    KNOWN = "known"
    NO_NAME = "no-name"
    NAME_IS_ADDRESS = "name-is-address"
    ROLE = "role-address"
    PRIVATE = "private-mailbox"
    OTHERS = "others-address"


KEPT_OUT = frozenset(
    {Odd.NO_ADDRESS, Odd.INVALID, Odd.TWICE, Odd.OWN, Odd.EXCLUDED, Odd.NO_REPLY, Odd.SAID_NO, Odd.SAYS_NO, Odd.UNFOLLOWED}
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One contact, looked at: its valid addresses, who of those known it is, and what is odd."""

    contact: Contact
    addresses: tuple[str, ...] = ()
    name: str = ""
    first_name: str = ""
    known: PersonRow | None = None
    odd: tuple[tuple[Odd, str], ...] = ()  # with what it is about: an address, a name

    @property
    def kept_out(self) -> bool:
        return any(odd in KEPT_OUT for odd, _ in self.odd)

    @property
    def new(self) -> bool:
        return not self.kept_out and self.known is None


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """What came of it: people who are new, known ones of whom something new was told, those put on the list of noes, tags and lists given."""

    new: int
    completed: int
    stopped: int
    labelled: int


@dataclass
class _Desk:
    world: World
    rows: Mapping[str, PersonRow]  # by mailbox
    seen: dict[str, int] = field(default_factory=dict)  # mailbox -> line


def look(world: World, session: Session, contacts: Iterable[Contact]) -> tuple[Entry, ...]:
    """Every contact of a file, judged. Nothing is kept."""
    rows = {mailbox_of(address): row for row in people.all(session) for address in row.person.addresses}
    desk = _Desk(world=world, rows=rows)
    return tuple(_looked_at(desk, contact) for contact in contacts)


def _looked_at(desk: _Desk, contact: Contact) -> Entry:
    found = [(stated, _address(stated)) for stated in contact.addresses]
    invalid = [(Odd.INVALID, stated) for stated, address in found if address is None]
    valid = list(dict.fromkeys(address.addr for _, address in found if address))
    name, first, odd = _named(contact, next((a.name for _, a in found if a and a.name), ""), next(iter(valid), ""))
    if not valid:
        odd = [*(invalid[:1] or [(Odd.NO_ADDRESS, contact.name or contact.company)]), *odd]
        return Entry(contact=contact, name=name, first_name=first, odd=tuple(odd))
    known = _known(desk, valid, name)
    addresses, aside = _theirs(desk, valid, known)
    reasons = _noes(desk, contact, valid) or _reasons(desk, contact, addresses, known)
    told = [(kind, what or addresses[0]) for kind, what in (*odd, *_remarks(contact, addresses, known), *aside, *_noted(invalid))]
    return Entry(contact=contact, addresses=addresses, name=name, first_name=first, known=known, odd=tuple(reasons or told))


def _noted(invalid: Sequence[tuple[Odd, str]]) -> list[tuple[Odd, str]]:
    """A second address that is none keeps nobody out."""
    return [(Odd.OTHERS, f"{stated} is no address") for _, stated in invalid]


def _address(stated: str) -> Address | None:
    """The address in what somebody wrote into a cell."""
    plain = "".join(c for c in stated if c.isprintable() or c == " ").replace("\u00a0", " ").strip()
    plain = plain.removeprefix("mailto:").removeprefix("MAILTO:").partition("?")[0]
    if "<" in plain:
        return next(iter(parse_addresses(plain[:1000])), None)
    address = check_address(plain)
    return Address(addr=address) if address else None


def _named(contact: Contact, beside: str, address: str) -> tuple[str, str, list[tuple[Odd, str]]]:
    """Name and first name; a name that is an address is none."""
    name = contact.name or beside
    if "@" in name:
        return "", "", [(Odd.NAME_IS_ADDRESS, name)]
    first = contact.first_name if "@" not in contact.first_name else ""
    return name, first or first_name(name, address) or "", [] if name else [(Odd.NO_NAME, "")]


def _known(desk: _Desk, valid: Sequence[str], name: str) -> PersonRow | None:
    """Who it is of those known: by the first address; by a further one only where the names do not say otherwise."""
    rows = [desk.rows.get(mailbox_of(address)) for address in valid]
    return rows[0] or next((row for row in rows[1:] if row and _agree(name, row.person.name)), None)


def _agree(one: str, other: str) -> bool:
    return not one or not other or sorted(fold(one).split()) == sorted(fold(other).split())


def _theirs(desk: _Desk, valid: Sequence[str], known: PersonRow | None) -> tuple[tuple[str, ...], list[tuple[Odd, str]]]:
    """The addresses that are this person's alone; a shared one, or somebody else's, is theirs only where it is the first."""
    kept, aside = [valid[0]], []
    for address in valid[1:]:
        row = desk.rows.get(mailbox_of(address))
        if row and row is not known:
            aside.append((Odd.OTHERS, f"{address} belongs to {row.person.addresses[0]}"))
        elif not is_role_address(address) and not is_no_reply(address) and not is_ours(address, desk.world.owner):
            kept.append(address)
    return tuple(kept), aside


def _noes(desk: _Desk, contact: Contact, valid: Sequence[str]) -> list[tuple[Odd, str]]:
    """A no under any address of the entry, whoever is known by it, is a no of the whole entry."""
    rows = [row for address in valid if (row := desk.rows.get(mailbox_of(address)))]
    everything = tuple(dict.fromkeys((*valid, *(a for row in rows for a in row.person.addresses))))
    if desk.world.suppressed(everything) or any(row.stopped for row in rows):
        return [(Odd.SAID_NO, valid[0])]
    return [(Odd.SAYS_NO, valid[0])] if contact.refused else []


def _reasons(desk: _Desk, contact: Contact, addresses: tuple[str, ...], known: PersonRow | None) -> list[tuple[Odd, str]]:
    """Why else they are kept out; at most one reason."""
    world, first = desk.world, addresses[0]
    line = next((desk.seen[m] for a in addresses if (m := mailbox_of(a)) in desk.seen), None)
    for address in addresses:
        desk.seen.setdefault(mailbox_of(address), contact.line)
    if line is not None:
        return [(Odd.TWICE, f"{first}, as in line {line}")]
    if is_ours(first, world.owner) or company_of(first) in world.owner.domains:
        return [(Odd.OWN, first)]
    if entry := world.excluded((*addresses, *(known.person.addresses if known else ()))):
        return [(Odd.EXCLUDED, f"{first}, by {entry}")]
    if is_no_reply(first):
        return [(Odd.NO_REPLY, first)]
    return [(Odd.UNFOLLOWED, first)] if not contact.followed or (known and not known.followed) else []


def _remarks(contact: Contact, addresses: tuple[str, ...], known: PersonRow | None) -> list[tuple[Odd, str]]:
    first = addresses[0]
    told = [(Odd.KNOWN, first)] if known else []
    if is_role_address(first):
        told.append((Odd.ROLE, first))
    if contact.company and company_of(first) is None and not _domain(contact):
        told.append((Odd.PRIVATE, f"{first} ({contact.company})"))
    return told


def _domain(contact: Contact) -> str:
    """The company's domain, where the file names it."""
    for text in (contact.site, contact.company):
        host = text.lower().partition("://")[2] or text.lower()
        host = host.partition("/")[0].partition(":")[0].removeprefix("www.")
        if "." in host and check_address(f"someone@{host}") and (company := company_of(f"someone@{host}")):
            return company
    return ""


def enrol(world: World, session: Session, entries: Sequence[Entry], labels: Sequence[tuple[str, str]], now: datetime) -> Enrolled:
    """Keep everybody who is not kept out: new people are followed, known ones learn what was not known. One transaction, the caller's.

    `labels` ("tag" or "list", name) are given to all of them.
    """
    new = [entry for entry in entries if entry.new]
    bring(session, [_brought(entry, labels) for entry in new], source=SOURCE, now=now)
    known = [(e, e.known.person.key) for e in entries if e.known and not e.kept_out]
    completed = sum(_complete(session, entry, key) for entry, key in known)
    labelled = sum(_label(session, entry, key, labels, now) for entry, key in known)
    return Enrolled(
        new=len(new), completed=completed, stopped=_stop(world, session, entries, now),
        labelled=labelled + sum(bool((*labels, *e.contact.labels)) for e in new),
    )  # fmt: skip


def _brought(entry: Entry, labels: Sequence[tuple[str, str]]) -> Brought:
    """What the file says of somebody new."""
    contact, domain = entry.contact, _domain(entry.contact)
    elsewhere = domain if domain != company_of(entry.addresses[0]) else ""
    facts = {"country": contact.country, "company": elsewhere}
    for kind, name_of in (("tag", "tags"), ("list", "lists")):
        facts[name_of] = outside.labels_value({name for k, name in (*labels, *contact.labels) if k == kind})
    return Brought(
        addresses=entry.addresses, name=entry.name, first_name=entry.first_name or None, lang=contact.language, register=contact.register,
        company=elsewhere or None, facts=tuple((name, value) for name, value in facts.items() if value),
    )  # fmt: skip


def _complete(session: Session, entry: Entry, key: int) -> bool:
    """What was not known of somebody who is; nothing that is known, or that the owner said, is changed."""
    assert entry.known is not None
    was, contact = entry.known.person, entry.contact
    learnt = Learnt(
        name=entry.name if not was.name and entry.name else None,
        first_name=entry.first_name if not was.first_name and entry.first_name and not was.name else None,
        lang=contact.language if not was.lang else None, register=contact.register if not was.register else None,
    )  # fmt: skip
    fresh = [a for a in entry.addresses if mailbox_of(a) not in {mailbox_of(known) for known in was.addresses}]
    for address in fresh:
        people.join(session, key, address)
    if fresh:
        people.search_again(session, key)
    if learnt != Learnt():
        people.learn(session, key, learnt)
    if fresh or learnt != Learnt():
        cases.touch(session, {key})
        return True
    return False


def _label(session: Session, entry: Entry, key: int, labels: Sequence[tuple[str, str]], now: datetime) -> bool:
    wanted = (*labels, *entry.contact.labels)
    if not wanted:
        return False
    saying = outside.Saying(person=key, address=entry.addresses[0], at=now, via=SOURCE)
    return outside.label(session, saying, wanted)


def _stop(world: World, session: Session, entries: Sequence[Entry], now: datetime) -> int:
    """Whom the file marks as stopped: a no more than was known."""
    said = [entry for entry in entries if any(odd is Odd.SAYS_NO for odd, _ in entry.odd)]
    for entry in said:
        for address in entry.addresses:
            world.suppression.add(address, SOURCE, now)
        if entry.known:
            words.stop(session, entry.known.person.key, now)
            cases.touch(session, {entry.known.person.key})
    return len(said)
