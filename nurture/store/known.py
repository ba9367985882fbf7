"""What is known of whom, and so not for others (P7); what drafts were held back for; what the owner has cleared.

No index is built in memory: a draft names some dozens of things at most, and the database's own index finds each of them among
those of a hundred thousand people (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, case, cast, delete, exists, func, insert, select, update

from nurture.conversations import Entity, EntityKind, Mention, card_of, name_words
from nurture.messages import one_line
from nurture.store.people import by_keys, parts
from nurture.store.session import Session
from nurture.store.tables import Cleared, Held, Known, People

COMMON = 3  # companies that speak of the same product: it is nobody's own
PORTION = 2_000  # people taken in at once


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """How something is known of somebody."""

    secret: bool  # it came from their side: not for others
    own: bool  # it stands in what they have written or read: clear for them
    itself: bool = False  # it is who they are

    def with_(self, other: Mark) -> Mark:
        """Both together."""
        return Mark(secret=self.secret or other.secret, own=self.own or other.own, itself=self.itself or other.itself)


THEIRS = Mark(secret=True, own=True)  # from them, or a colleague in the thread
OURS = Mark(secret=False, own=True)  # from us to them
ASIDE = Mark(secret=True, own=False)  # from somebody else in the thread: they may not have seen it
SELF = Mark(secret=True, own=True, itself=True)
MARKS = {"us": OURS, "them": THEIRS, "thread": THEIRS, "other": ASIDE, "company": ASIDE}  # by whom a message is (see Entry)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldText:
    """A text for which drafts were held back, for how many people."""

    text: str
    kind: EntityKind
    people: int


def keep(session: Session, told: Mapping[int, Mapping[Entity, Mark]]) -> None:
    """Take down what is known of people; what is known already may become known in one more way."""
    for part in parts(told, 100):
        there = _there(session, part)
        new, more = [], []
        for person in part:
            for (kind, form), mark in told[person].items():
                row = {"person": person, "kind": kind.value, "form": form[:320]}
                known = there.get((person, kind.value, form[:320]))
                if known is None:
                    new.append(row | _columns(mark))
                elif (both := known.with_(mark)) != known:
                    more.append((row, both))
        session.each(insert(Known), new)
        for row, both in more:
            chosen = (Known.person == row["person"], Known.kind == row["kind"], Known.form == row["form"])
            session.execute(update(Known).where(*chosen).values(**_columns(both)))


def _there(session: Session, people: Collection[int]) -> dict[tuple[int, str, str], Mark]:
    rows = session.execute(
        select(Known.person, Known.kind, Known.form, Known.secret, Known.own, Known.itself).where(Known.person.in_(people))
    )
    return {(p, k, f): Mark(secret=s, own=o, itself=i) for p, k, f, s, o, i in rows}


def _columns(mark: Mark) -> dict[str, bool]:
    return {"secret": mark.secret, "own": mark.own, "itself": mark.itself}


def introduce(session: Session, person: int, addresses: Sequence[str], name: str = "") -> None:
    """Take down who somebody is: an address or a name of theirs has become known."""
    keep(session, {person: dict.fromkeys(card_of(addresses, name), SELF)})


def join(session: Session, into: int, other: int) -> None:
    """Two people become one: what is known of either is known of both."""
    keep(session, {into: {(EntityKind(k), f): m for (_, k, f), m in _there(session, [other]).items()}})


def split(session: Session, sides: Mapping[int, tuple[Sequence[str], str]]) -> None:
    """One becomes two, person -> (addresses, name): nobody knows any more whose words told what, so that it is clear for neither."""
    session.execute(update(Known).where(Known.person.in_(sides)).values(own=False, itself=False))
    for person, (addresses, name) in sides.items():
        introduce(session, person, addresses, name)


def catch_up(session: Session) -> None:
    """Take down who those are that nobody has taken down yet: most are met by the thousand, and never drafted to."""
    card = and_(Known.person == People.id, Known.kind == EntityKind.ADDRESS.value, Known.itself)
    unknown = select(People.id).where(~exists().where(card))
    for part in parts(session.scalars(unknown).all(), PORTION):
        rows = by_keys(session, part)
        keep(session, {r.person.key: dict.fromkeys(card_of(r.person.addresses, r.person.name), SELF) for r in rows})


def of_others(session: Session, person: int | None, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Those mentions of a text that are known, and do not stand in what `person` has written or read; None: a text for everybody."""
    keys = {m.key for m in found}
    mine = _own(session, person, keys) if person is not None else set()
    spans = [m.span for m in found if m.key in mine]
    asked = [m for m in found if m.key not in mine and not any(a <= m.span[0] and m.span[1] <= b for a, b in spans)]
    secrets = _secrets(session, {m.key for m in asked if not m.plain})
    plain = _with_their_people(session, person, [m for m in asked if m.plain], found)
    return tuple(m for m in asked if (m.key in secrets if not m.plain else m.key in plain))


def _own(session: Session, person: int, keys: Collection[Entity]) -> set[Entity]:
    found: set[Entity] = set()
    for part in _forms(keys):
        rows = session.execute(select(Known.kind, Known.form).where(Known.person == person, Known.form.in_(part), Known.own))
        found |= {(EntityKind(kind), form) for kind, form in rows}
    return found


def _secrets(session: Session, keys: Collection[Entity]) -> set[Entity]:
    found: dict[Entity, bool] = {}
    for part in _forms(keys):
        itself = func.max(case((Known.itself, 1), else_=0))
        rows = session.execute(
            select(Known.kind, Known.form, itself).where(Known.form.in_(part), Known.secret).group_by(Known.form, Known.kind)
        )
        found |= {(EntityKind(kind), form): bool(who) for kind, form, who in rows}
    return {key for key, itself in found.items() if key in keys and (itself or not _is_public(session, key))}


def _is_public(session: Session, key: Entity) -> bool:
    """A product, a site or a person that several companies speak of."""
    if key[0] not in (EntityKind.PROJECT, EntityKind.DOMAIN, EntityKind.NAME):
        return False
    speaks = func.coalesce(People.company, cast(People.id, String))
    rows = (
        select(speaks)
        .join(Known, Known.person == People.id)
        .where(Known.kind == key[0].value, Known.form == key[1], Known.secret)
    )
    return len(session.scalars(rows.distinct().limit(COMMON)).all()) >= COMMON


def _with_their_people(session: Session, person: int | None, plain: Sequence[Mention], found: Sequence[Mention]) -> set[Entity]:
    """Companies that are called by an everyday word, named together with somebody of theirs."""
    words = {m.form for m in found if m.kind is EntityKind.COMPANY and not m.first}
    hits: set[Entity] = set()
    for part in _forms({m.key for m in plain if not m.first}):
        rows = session.execute(
            select(Known.form, People.name)
            .join(People, People.id == Known.person)
            .where(Known.form.in_(part), Known.kind == EntityKind.COMPANY.value, Known.secret, Known.person != (person or 0))
        )
        hits |= {(EntityKind.COMPANY, form) for form, name in rows if (name_words(name) - {form}) & words}
    return hits


def _forms(keys: Collection[Entity]) -> Iterable[list[str]]:
    forms = sorted({form for _, form in keys})
    return (forms[i : i + 500] for i in range(0, len(forms), 500))


# What drafts were held back for, and what the owner has cleared.


def hold(session: Session, person: int, found: Sequence[Mention], now: datetime) -> None:
    """What the newest draft for a person was held back for, in place of what was held before; nothing: it is held no more."""
    if session.scalar(select(Held.person).where(Held.person == person).limit(1)) is not None:
        session.execute(delete(Held).where(Held.person == person))
    rows = [
        {"person": person, "kind": m.kind.value, "form": m.form[:320], "text": one_line(m.text), "at": now}
        for m in {m.key: m for m in found}.values()
    ]
    session.each(insert(Held), rows)


def held(session: Session) -> tuple[HeldText, ...]:
    """What drafts are held back for; without what nobody is known by any more."""
    gone = ~exists().where(and_(Known.form == Held.form, Known.kind == Held.kind, Known.secret))
    session.execute(delete(Held).where(gone))
    rows = session.execute(select(Held.text, Held.kind, func.count(func.distinct(Held.person))).group_by(Held.text, Held.kind))
    return tuple(
        HeldText(text=text, kind=EntityKind(kind), people=many) for text, kind, many in sorted(rows, key=lambda row: row[:2])
    )


def held_for(session: Session, forms: Collection[Entity]) -> frozenset[int]:
    """The people whose drafts are held back for one of these."""
    rows = [
        r for part in _forms(forms) for r in session.execute(select(Held.person, Held.kind, Held.form).where(Held.form.in_(part)))
    ]
    return frozenset(person for person, kind, form in rows if (EntityKind(kind), form) in forms)


def clear(session: Session, text: str, now: datetime) -> None:
    """The owner's word: this may be told to anybody."""
    session.put(Cleared, {"text": text[:200]}, {"at": now})


def forget(session: Session, text: str) -> bool:
    """Take that back. False: it was never said."""
    return session.execute(delete(Cleared).where(Cleared.text == text[:200])).rowcount > 0


def cleared(session: Session) -> tuple[tuple[str, datetime], ...]:
    """What the owner has cleared, in order of the alphabet."""
    return tuple(sorted((text, at) for text, at in session.execute(select(Cleared.text, Cleared.at))))
