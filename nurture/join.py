"""The owner joins two people into one, or parts one into two. A no of either is a no of both (P6), whatever becomes of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from nurture.config import reach_of
from nurture.errors import WrongUsage
from nurture.followups import Case, Sequences, plan_one
from nurture.store import PersonRow, Session, joining, outside, people, words
from nurture.verdicts import judged
from nurture.world import World


def case_of(world: World, key: int, now: datetime) -> Case:
    """One person's judged case, as far as the database knows."""
    today = now.astimezone(world.tz).date()
    since = now - timedelta(days=30.5 * world.config.lookback_months)
    return next(iter(judged(world, [key], today, since=since, owners=frozenset(), complete=True)))


def said_no(world: World, case: Case, now: datetime) -> bool:
    """They asked for no more mail, or the owner stopped it; be they followed or not."""
    asked = replace(case, word=replace(case.word, followed=True, excluded=""))
    return plan_one(asked, Sequences.shipped(), world.policy, now, world.tz).rule == "opted-out"


def merge(world: World, one: PersonRow, address: str, now: datetime) -> bool:
    """`address`, and everybody known under it, becomes one person with `one`. Returns whether a no of either closes both."""
    with world.store.lock():
        with world.store.begin() as session:
            other = people.by_address(session, address)
        if other and other.person.key == one.person.key:
            raise WrongUsage(f"{address} is theirs already: `nurture person show {address}` tells all addresses.")
        rows = [row for row in (one, other) if row]
        closed = any(said_no(world, case_of(world, row.person.key, now), now) for row in rows) or world.suppressed((address,))
        with world.store.begin() as session:
            if other and joining.both_have_drafts(session, one.person.key, other.person.key):
                raise WrongUsage(
                    "For both of them a draft is open, and one person has at most one. Send or delete one of the two, run "
                    "`nurture run`, then merge."
                )
        everybody = dict.fromkeys([address, *(a for row in rows for a in row.person.addresses)])
        if closed:
            _close(world, everybody, now)
        with world.store.begin() as session:
            _merge(session, one, other, address, now)
            if closed:
                words.stop(session, one.person.key, now)
    return closed


def _merge(session: Session, one: PersonRow, other: PersonRow | None, address: str, now: datetime) -> None:
    key = one.person.key
    if other:
        joining.merge(session, key, other.person.key)
    else:
        people.join(session, key, address)
        joining.settle_relations(session, key)
        people.search_again(session, key)
        people.touch(session, key)
    _note(session, key, one.person.addresses[0], outside.MERGE, address, now)


def split(world: World, row: PersonRow, address: str, now: datetime) -> tuple[tuple[str, ...], bool]:
    """The address becomes a person of its own; returns it in the spellings that were known, and whether a no closes both."""
    leaving = tuple(a for a in row.person.addresses if reach_of(a) == reach_of(address))
    staying = [a for a in row.person.addresses if a not in leaving]
    if not staying:
        raise WrongUsage(f"{address} is the only address of this person. There is nothing to part.")
    with world.store.lock():
        closed = said_no(world, case_of(world, row.person.key, now), now)
        if closed:
            _close(world, row.person.addresses, now)
        with world.store.begin() as session:
            new = joining.part(session, row.person.key, leaving, now)
            for key, mine, theirs in ((row.person.key, staying[0], leaving[0]), (new, leaving[0], staying[0])):
                _note(session, key, mine, outside.SPLIT, theirs, now)
                if closed:
                    words.stop(session, key, now)
    return leaving, closed


def _close(world: World, addresses: Iterable[str], now: datetime) -> None:
    """On the list before anything else is changed: a crash in between leaves a no too many, never one too few."""
    for address in addresses:
        if not world.suppression.contains(address):
            world.suppression.add(address, "joined", now)


def _note(session: Session, key: int, address: str, kind: str, other: str, now: datetime) -> None:
    saying = outside.Saying(person=key, address=address, at=now, via=f"person {kind}")
    outside.log(session, saying, kind, happened=now, day=now.date(), text=other)
