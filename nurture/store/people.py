"""Who is known: people, their addresses, what was learnt about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from nurture.conversations import Directory, Person, company_of, is_role_address, mailbox_of, spelled_at
from nurture.messages import Address
from nurture.store.records import Learnt, PersonRow
from nurture.store.tables import Addresses, MessagePeople, Messages, OwnersFacts, People, PlanState, Searched

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
    # Without render_nulls people with and without a company go in statements of their own, and thousands of them.
    wanted = insert(People).returning(People.id, sort_by_parameter_order=True).execution_options(render_nulls=True)
    keys = list(session.scalars(wanted, rows))
    pairs = zip(addresses, keys, strict=True)
    session.execute(insert(Addresses), [{"address": a.addr, "person": key, "place": 0} for a, key in pairs])
    session.execute(insert(PlanState), [{"person": key, "touched": True} for key in keys])
    return keys


def join(session: Session, key: int, address: str) -> None:
    """A second address that is proven theirs; one that belongs to somebody already is left there."""
    if session.get(Addresses, address) is None:
        place = session.scalar(select(func.count()).where(Addresses.person == key)) or 0
        session.add(Addresses(address=address, person=key, place=place))
        session.flush()


def learn(session: Session, key: int, learnt: Learnt) -> None:
    """Take down what messages told about a person."""
    told = {
        "name": learnt.name[:200] if learnt.name else None, "first_name": learnt.first_name, "lang": learnt.lang, "register": learnt.register,
        "register_ours": learnt.register_ours, "role_address": learnt.role_address or None,
    }  # fmt: skip
    news = {k: v for k, v in told.items() if v is not None}
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
    chosen = select(People.id).order_by(People.id)
    return by_keys(session, session.scalars(chosen.where(People.followed) if followed_only else chosen).all())


def count_followed(session: Session) -> int:
    """How many people are followed."""
    return session.scalar(select(func.count()).select_from(People).where(People.followed)) or 0


def at_domains(session: Session, domains: Collection[str]) -> tuple[PersonRow, ...]:
    """Everybody with an address at one of these domains, or below it."""
    there = or_(*(Addresses.address.endswith(f"{mark}{domain}", autoescape=True) for domain in sorted(domains) for mark in "@."))
    return by_keys(session, session.scalars(select(Addresses.person).where(there).distinct()).all())


def by_keys(session: Session, keys: Collection[int]) -> tuple[PersonRow, ...]:
    """The people of these keys, ascending; unknown keys are left out."""
    found: list[PersonRow] = []
    for part in parts(sorted(keys)):
        rows = session.execute(select(*People.__table__.c).where(People.id.in_(part)).order_by(People.id)).all()
        addresses: dict[int, list[str]] = {}
        for address, person in session.execute(
            select(Addresses.address, Addresses.person)
            .where(Addresses.person.in_(part))
            .order_by(Addresses.person, Addresses.place)
        ):
            addresses.setdefault(person, []).append(address)
        told = _told(session, part)
        found += [_row(p, tuple(addresses.get(p.id, ())), told.get(p.id, {})) for p in rows]
    return tuple(found)


def parts(keys: Iterable[int], size: int = 500) -> Iterable[list[int]]:
    """Keys in portions that every database takes in one statement."""
    wanted = list(keys)
    return (wanted[i : i + size] for i in range(0, len(wanted), size))


def _told(session: Session, keys: list[int]) -> dict[int, dict[str, OwnersFacts]]:
    """The owner's last word on each fact that mail tells, too."""
    found: dict[int, dict[str, OwnersFacts]] = {}
    wanted = select(OwnersFacts).where(OwnersFacts.person.in_(keys), OwnersFacts.field.in_(DETECTED)).order_by(OwnersFacts.id)
    for row in session.scalars(wanted):
        found.setdefault(row.person, {})[row.field] = row
    return found


def detected(p: People | Row[Any]) -> dict[str, str | None]:
    """What mail tells of a person."""
    return {"name": p.name or None, "first_name": p.first_name, "language": p.lang, "register": p.register or p.register_ours}


def _row(p: Row[Any], addresses: tuple[str, ...], told: dict[str, OwnersFacts]) -> PersonRow:
    """The owner's word on a fact counts until mail tells something else than it did when the word was said."""
    facts = detected(p)
    said = {field: row.value for field, row in told.items() if row.value and row.detected == facts[field]}
    facts |= said
    person = Person(
        key=p.id, addresses=addresses, name=facts["name"] or "", first_name=facts["first_name"], company=p.company, role_address=p.role_address,
        lang=facts["language"], register=facts["register"],
    )  # fmt: skip
    return PersonRow(
        person=person, source=p.source, added=p.added, followed=p.followed, stopped=p.stopped, paused_until=p.paused_until,
        settled=p.settled, settled_at=p.settled_at, reopened_at=p.reopened_at,
        settled_upto=p.settled_upto, reopened_upto=p.reopened_upto, in_force=frozenset(said),
    )  # fmt: skip


def unsearched(session: Session, account: str) -> tuple[PersonRow, ...]:
    """Followed people whose past in this account has not been searched for yet."""
    done = select(Searched.person).where(Searched.account == account)
    return by_keys(session, session.scalars(select(People.id).where(People.followed, People.id.not_in(done))).all())


def searched(session: Session, account: str, keys: Collection[int]) -> None:
    """Their past in this account has been searched for."""
    session.add_all(Searched(person=key, account=account) for key in keys)


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
