"""The library: what can be shared, and what was shared with whom. Nothing is ever deleted here; `remove` takes off the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import func, insert, select, update

from nurture.drafts import Resource
from nurture.followups import DraftState
from nurture.messages import fold
from nurture.store.session import Session
from nurture.store.tables import Drafts, Resources, Shared

LARGEST = 2**31 - 1  # number that a row can have
NEVER_SEEN = (DraftState.FAILED, DraftState.WITHDRAWN)  # proven: such a draft never left the mailbox


def all(session: Session) -> tuple[Resource, ...]:
    """What may be shared, in the order of being added."""
    rows = session.scalars(select(Resources).where(Resources.removed.is_(None)).order_by(Resources.id))
    return tuple(_value(row) for row in rows)


def ever(session: Session) -> bool:
    """Whether there ever was anything on the shelf."""
    return session.scalar(select(Resources.id).limit(1)) is not None


def get(session: Session, key: int) -> Resource | None:
    """One that may be shared."""
    if not 0 < key <= LARGEST:
        return None
    row = session.scalar(select(Resources).where(Resources.id == key, Resources.removed.is_(None)))
    return _value(row) if row else None


def twin(session: Session, resource: Resource) -> tuple[Resource, bool] | None:
    """(the same link, or without one the same title, in the same language, under another number; whether it is on the shelf)."""
    rows = session.scalars(select(Resources).where(Resources.lang == resource.lang).order_by(Resources.id))
    same = [(_value(row), row.removed is None) for row in rows if row.id != resource.key]
    return max((pair for pair in same if _is_same(pair[0], resource)), key=lambda pair: pair[1], default=None)


def _is_same(one: Resource, other: Resource) -> bool:
    return one.link == other.link if one.link or other.link else fold(one.title) == fold(other.title)


def add(session: Session, resource: Resource, now: datetime) -> Resource:
    """Put one on the shelf. What was removed once comes back under its number, so that nobody has it twice."""
    before = twin(session, resource)
    if before and not before[1]:
        session.execute(
            update(Resources).where(Resources.id == before[0].key).values(**_columns(resource), changed=now, removed=None)
        )
        return _value(session.scalars(select(Resources).where(Resources.id == before[0].key)).one())
    wanted = insert(Resources).values(**_columns(resource), added=now).returning(Resources.id)
    return replace(resource, key=session.scalars(wanted).one())


def edit(session: Session, resource: Resource, now: datetime) -> None:
    """Write one anew under its number."""
    session.execute(update(Resources).where(Resources.id == resource.key).values(**_columns(resource), changed=now))


def remove(session: Session, key: int, now: datetime) -> None:
    """Take one off the shelf; with whom it was shared stays known."""
    session.execute(update(Resources).where(Resources.id == key).values(removed=now))


def had(session: Session, person: int) -> frozenset[int]:
    """What this person was sent in a draft of ours, or may have been, before they were parted from somebody among it."""
    drafts = select(Drafts.resource).where(Drafts.person == person, Drafts.resource.is_not(None), Drafts.state.not_in(NEVER_SEEN))
    before = select(Shared.resource).where(Shared.person == person)
    return frozenset(key for rows in (drafts, before) for key in session.scalars(rows) if key is not None)


def remember(session: Session, person: int, resources: Iterable[int]) -> None:
    """These were shared with this person, whoever's the drafts are now."""
    news = sorted(set(resources) - had(session, person))
    session.each(insert(Shared), ({"person": person, "resource": key} for key in news))


def times(session: Session) -> dict[int, int]:
    """With how many people each was shared."""
    rows = session.execute(
        select(Drafts.resource, func.count(Drafts.person.distinct()))
        .where(Drafts.resource.is_not(None), Drafts.state.not_in(NEVER_SEEN))
        .group_by(Drafts.resource)
    )
    return {key: count for key, count in rows if key is not None}


def titles(session: Session) -> dict[int, str]:
    """The title of everything that there ever was."""
    return {row.id: row.title for row in session.execute(select(Resources.id, Resources.title))}


def _columns(resource: Resource) -> dict[str, object]:
    return {k: list(v) if k == "tags" else v for k, v in asdict(resource).items() if k != "key"}


def _value(row: Resources) -> Resource:
    return Resource(
        key=row.id, kind=row.kind, title=row.title, url=row.url, lang=row.lang, tags=tuple(row.tags), sentence=row.sentence,
    )  # fmt: skip
