"""Who is known: people, their addresses, what was learnt about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, true, update

from nurture.conversations import Directory, Person, company_of, is_role_address, mailbox_of, spelled_at
from nurture.messages import Address
from nurture.store.person_rows import Learnt, PersonRow
from nurture.store.session import Session
from nurture.store.tables import Addresses, MessagePeople, Messages, OwnersFacts, People, PlanState, Searched

ALWAYS = ("id", "company", "role_address")  # columns of a person: what stands …
BY_MAIL = ("name", "first_name", "lang", "register", "register_ours")  # … what mail tells …
BY_OWNER = (  # … and what is the owner's, called as in PersonRow
    "source", "added", "followed", "stopped", "paused_until", "settled", "settled_at", "settled_upto", "reopened_at", "reopened_upto",
)  # fmt: skip
DETECTED = ("name", "first_name", "language", "register")  # facts that mail tells


def add(session: Session, *, address: str, name: str, source: str, followed: bool, now: datetime) -> int:
    """A person by their address; one who is known already is followed if asked, and keeps everything else."""
    known = _person_of(session, address)
    if known is not None:
        if followed:
            follow(session, known, now)
        return known
    return meet(session, [Address(addr=address, name=name)], source=source, followed=followed, now=now)[0]


def _person_of(session: Session, address: str) -> int | None:
    """Whose address this is, also where their mailbox is known under another spelling."""
    found = session.scalar(select(Addresses.person).where(Addresses.address == address))
    domains = spelled_at(address)
    if found is not None or not domains:
        return found
    there = or_(*(Addresses.address.endswith(f"@{domain}", autoescape=True) for domain in sorted(domains)))
    rows = session.execute(select(Addresses.address, Addresses.person).where(there).order_by(Addresses.person))
    return next((person for other, person in rows if mailbox_of(other) == mailbox_of(address)), None)


def meet(session: Session, addresses: Sequence[Address], *, source: str, followed: bool, now: datetime) -> list[int]:
    """People who were not known before, all at once; returns their keys in order."""
    if not addresses:
        return []
    rows = [
        {
            "name": a.name[:200], "company": company_of(a.addr), "role_address": is_role_address(a.addr), "source": source, "added": now,
            "followed": followed,
        }
        for a in addresses
    ]  # fmt: skip
    wanted = insert(People).returning(People.id, sort_by_parameter_order=True)
    keys = list(session.scalars(wanted, rows))
    pairs = zip(addresses, keys, strict=True)
    session.execute(insert(Addresses), [{"address": a.addr, "person": key, "place": 0} for a, key in pairs])
    session.execute(insert(PlanState), [{"person": key, "touched": True} for key in keys])
    return keys


def join(session: Session, key: int, address: str) -> None:
    """A second address that is proven theirs; one that belongs to somebody already is left there."""
    if session.scalar(select(Addresses.person).where(Addresses.address == address)) is None:
        place = session.scalar(select(func.count()).where(Addresses.person == key)) or 0
        session.execute(insert(Addresses).values(address=address, person=key, place=place))


def learn(session: Session, key: int, learnt: Learnt) -> None:
    """Take down what messages told about a person."""
    if learnt.name and learnt.first_name is None:  # whether what they were called goes with this name
        learnt = Learnt(first_name=session.scalar(select(People.first_name).where(People.id == key))).then(learnt)
    told = {
        "name": learnt.name[:200] if learnt.name else None, "first_name": learnt.first_name, "lang": learnt.lang, "register": learnt.register,
        "register_ours": learnt.register_ours, "role_address": learnt.role_address or None,
    }  # fmt: skip
    news = {k: v or None for k, v in told.items() if v is not None}  # `NOBODY` takes a first name away
    if news:
        session.execute(update(People).where(People.id == key).values(**news))


def follow(session: Session, key: int, now: datetime) -> None:  # noqa: ARG001
    """Follow a person; their past is searched at the next run."""
    session.execute(update(People).where(People.id == key).values(followed=True))
    session.execute(update(PlanState).where(PlanState.person == key).values(touched=True))


def unfollow(session: Session, key: int, now: datetime) -> None:  # noqa: ARG001
    """Follow a person no more."""
    session.execute(update(People).where(People.id == key).values(followed=False))
    session.execute(update(PlanState).where(PlanState.person == key).values(touched=True))


def touch(session: Session, key: int) -> None:
    """The next plan looks at them."""
    session.execute(update(PlanState).where(PlanState.person == key).values(touched=True))


def by_address(session: Session, address: str) -> PersonRow | None:
    """The person of an address."""
    key = _person_of(session, address)
    return next(iter(by_keys(session, [key])), None) if key is not None else None


def all(session: Session, *, followed_only: bool = False) -> tuple[PersonRow, ...]:
    """Everybody, in the order of becoming known."""
    return _rows(session, _everybody(followed_only=followed_only))


def called(session: Session, *, followed_only: bool = False) -> tuple[tuple[str, str], ...]:
    """The first address and the name of everybody, in the order of becoming known: as `all` has them, without the rest."""
    wanted = _everybody(followed_only=followed_only)
    told = _told(session, wanted)
    rows = select(People.id, People.name, Addresses.address).join(Addresses, Addresses.person == People.id).where(wanted)
    found: dict[int, tuple[str, str]] = {}
    for key, name, address in session.execute(rows.order_by(People.id, Addresses.place)):
        said, then = told.get(key, {}).get("name", ("", None))
        found.setdefault(key, (address, said if said and then == (name or None) else name))
    return tuple(found.values())


def _everybody(*, followed_only: bool) -> ColumnElement[bool]:
    return People.followed.is_(True) if followed_only else true()


def followed_addresses(session: Session) -> frozenset[str]:
    """Every address of everybody who is followed."""
    return frozenset(
        session.scalars(select(Addresses.address).join(People, People.id == Addresses.person).where(People.followed))
    )


def count_followed(session: Session) -> int:
    """How many people are followed."""
    return session.scalar(select(func.count()).select_from(People).where(People.followed)) or 0


def at_domains(session: Session, domains: Collection[str]) -> tuple[PersonRow, ...]:
    """Everybody with an address at one of these domains, or below it."""
    there = or_(*(Addresses.address.endswith(f"{mark}{domain}", autoescape=True) for domain in sorted(domains) for mark in "@."))
    return by_keys(session, session.scalars(select(Addresses.person).where(there).distinct()).all())


def by_keys(session: Session, keys: Collection[int]) -> tuple[PersonRow, ...]:
    """The people of these keys, ascending; unknown keys are left out."""
    return tuple(row for part in parts(sorted(keys)) for row in _rows(session, People.id.in_(part)))


def _rows(session: Session, wanted: ColumnElement[bool]) -> tuple[PersonRow, ...]:
    """The people of whom something is true, ascending: three statements, since there may be thousands."""
    theirs = select(Addresses.person, Addresses.address).join(People, People.id == Addresses.person).where(wanted)
    addresses: dict[int, list[str]] = {}
    for person, address in session.execute(theirs.order_by(Addresses.person, Addresses.place)):
        addresses.setdefault(person, []).append(address)
    told = _told(session, wanted)
    columns = (People.__table__.c[name] for name in (*ALWAYS, *BY_MAIL, *BY_OWNER))
    rows = session.execute(select(*columns).where(wanted).order_by(People.id))
    return tuple(_row(p, tuple(addresses.get(p[0], ())), told.get(p[0], {})) for p in rows)


def parts(keys: Iterable[int], size: int = 500) -> Iterable[list[int]]:
    """Keys in portions that every database takes in one statement."""
    wanted = list(keys)
    return (wanted[i : i + size] for i in range(0, len(wanted), size))


def _told(session: Session, wanted: ColumnElement[bool]) -> dict[int, dict[str, tuple[str, str | None]]]:
    """The owner's last word on each fact that mail tells, too, and what mail told when it was said."""
    said = select(OwnersFacts.person, OwnersFacts.field, OwnersFacts.value, OwnersFacts.detected)
    rows = said.join(People, People.id == OwnersFacts.person).where(wanted, OwnersFacts.field.in_(DETECTED))
    found: dict[int, dict[str, tuple[str, str | None]]] = {}
    for person, field, value, then in session.execute(rows.order_by(OwnersFacts.id)):
        found.setdefault(person, {})[field] = (value, then)
    return found


def detected(p: People) -> dict[str, str | None]:
    """What mail tells of a person."""
    return _detected(p.name, p.first_name, p.lang, p.register, p.register_ours)


def _detected(
    name: str, first_name: str | None, lang: str | None, register: str | None, register_ours: str | None
) -> dict[str, str | None]:
    return {"name": name or None, "first_name": first_name, "language": lang, "register": register or register_ours}


def _row(p: Sequence[Any], addresses: tuple[str, ...], told: Mapping[str, tuple[str, str | None]]) -> PersonRow:
    """The owner's word on a fact counts until mail tells something else than it did when the word was said."""
    key, company, role_address, *more = p
    facts = _detected(*more[: len(BY_MAIL)])
    said = {field: value for field, (value, then) in told.items() if value and then == facts[field]}
    facts |= said
    person = Person(
        key=key, addresses=addresses, name=facts["name"] or "", first_name=facts["first_name"], company=company, role_address=role_address,
        lang=facts["language"], register=facts["register"],
    )  # fmt: skip
    rest = zip(BY_OWNER, more[len(BY_MAIL) :], strict=True)
    return PersonRow(person=person, in_force=frozenset(said), **dict(rest))


def newest_message(session: Session, person: int) -> int:
    """The key of the message that was kept last of all that concern this person; 0: none."""
    return session.scalar(select(func.max(MessagePeople.message)).where(MessagePeople.person == person)) or 0


def unsearched(session: Session, account: str) -> tuple[PersonRow, ...]:
    """Followed people whose past in this account has not been searched for yet."""
    done = select(Searched.person).where(Searched.account == account)
    return by_keys(session, session.scalars(select(People.id).where(People.followed, People.id.not_in(done))).all())


def searched(session: Session, account: str, keys: Collection[int]) -> None:
    """Their past in this account has been searched for."""
    session.each(insert(Searched), ({"person": key, "account": account} for key in keys))


def forget_searches(session: Session, account: str) -> None:
    """Search again for everybody's past (the folders were numbered anew)."""
    session.execute(delete(Searched).where(Searched.account == account))


def search_again(session: Session, key: int) -> None:
    """Search again for somebody's past: an address of theirs has become known."""
    session.execute(delete(Searched).where(Searched.person == key))


def directory(session: Session) -> Directory:
    """Everything by which a message is recognised as concerning somebody, in memory."""
    found = Directory()
    names = {key: (name, company) for key, name, company in session.execute(select(People.id, People.name, People.company))}
    for address, person in session.execute(
        select(Addresses.address, Addresses.person).order_by(Addresses.person, Addresses.place)
    ):
        found.add_person(person, Address(addr=address, name=names[person][0]))
    rows = select(MessagePeople.person, Messages.message_id, Messages.subject).join(
        Messages, Messages.id == MessagePeople.message
    )
    for person, message_id, subject in session.execute(rows.where(MessagePeople.by != "company")):
        found.add_message(person, message_id, subject)
    return found
