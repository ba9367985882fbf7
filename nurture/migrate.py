"""People who have begun a sequence go on with another revision of it: who they are, what changes for them, and the move itself.

What each would get next is the planner's own word, asked twice: as things stand, and as they would stand afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nurture.errors import TemplateFault
from nurture.followups import Action, Case, Item, Sequences, Standing, plan_one, standing
from nurture.store import Session, cases, sequences, words
from nurture.verdicts import judged
from nurture.world import World

OPEN_DRAFT = "open-draft"  # the hold after which a next step is sure to be counted


@dataclass(frozen=True, kw_only=True)
class Next:
    """What comes next for somebody: the planner's decision, and where they stand, which a hold does not tell."""

    item: Item
    standing: Standing

    @property
    def gist(self) -> tuple[object, ...]:
        """What makes a difference to them."""
        i = self.item
        coming = (i.due, i.sequence, i.step, i.template) if i.action in (Action.DRAFT, Action.WAIT) else ()
        return i.action, i.rule, coming, self.standing.ahead, self.standing.wait if i.rule == OPEN_DRAFT else ""


@dataclass(frozen=True, kw_only=True)
class Move:
    """One person. `began`: their revision now, None where they have had nothing from it yet. `gone`: steps of theirs, done or ahead,
    that the new revision does not have."""

    person: int
    address: str
    began: int | None
    before: Next
    after: Next
    gone: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        return self.before.gist != self.after.gist


@dataclass(frozen=True, kw_only=True)
class Migration:
    """A move that is planned. `pins` and `current` are how things stood when it was."""

    name: str
    to: int
    current: int
    pins: dict[int, int]
    moves: tuple[Move, ...]


def planned(world: World, name: str, to: int, now: datetime) -> Migration:
    """Everybody who has begun another revision, and, where another one is in force, who waits for a first step of it."""
    with world.store.begin() as session:
        rows = sequences.everything(session)
        row = sequences.get(session, name)
        assert row is not None  # the caller has looked
        pins, waiting = sequences.pins(session, name), sequences.looked_at(session, [name], [])
    current = row.in_force.number
    there, then = Sequences.of(rows), Sequences.of(_in_force_then(rows, name, to))
    begun = {person for person, revision in pins.items() if revision != to}
    keys = begun | ({p for p in waiting if p not in pins} if current != to else set())
    moves = tuple(_moves(world, keys, (there, then), (name, to), now))
    return Migration(name=name, to=to, current=current, pins=pins, moves=moves)


def _in_force_then(rows: tuple[tuple[str, int, str, bool], ...], name: str, to: int) -> Iterator[tuple[str, int, str, bool]]:
    retired = not any(current for n, _, _, current in rows if n == name)
    for n, revision, source, current in rows:
        yield n, revision, source, (revision == to and not retired) if n == name else current


def _moves(
    world: World, keys: set[int], known: tuple[Sequences, Sequences], wanted: tuple[str, int], now: datetime
) -> Iterator[Move]:
    today = now.astimezone(world.tz).date()
    since = now - timedelta(days=30.5 * world.config.lookback_months)
    for case in judged(world, keys, today, since=since, owners=frozenset(), complete=True):
        if case.word.followed:
            yield _move(world, case, known, wanted, now)


def _move(world: World, case: Case, known: tuple[Sequences, Sequences], wanted: tuple[str, int], now: datetime) -> Move:
    name, to = wanted
    began = dict(case.pinned).get(name)
    moved = replace(case, pinned=tuple((n, to if n == name else r) for n, r in case.pinned))
    before, after = (_next(world, c, s, now) for c, s in zip((case, moved), known, strict=True))
    old, new = known[0].get(name, began) if began else None, known[1].get(name, to)
    kept = {s.name for s in new.steps} if new else set()
    theirs = (*(before.standing.had if before.standing.sequence == name else ()), before.item.step, before.standing.ahead)
    person = case.conversation.person
    return Move(
        person=person.key, address=person.addresses[0], began=began, before=before, after=after,
        gone=tuple(dict.fromkeys(s.name for s in (old.steps if old else ()) if s.name in theirs and s.name not in kept)),
    )  # fmt: skip


def _next(world: World, case: Case, known: Sequences, now: datetime) -> Next:
    return Next(
        item=plan_one(case, known, world.policy, now, world.tz), standing=standing(case, known, world.policy, now, world.tz)
    )


def migrate(session: Session, migration: Migration, now: datetime) -> None:
    """The move, in one transaction. Raises TemplateFault where things are not any more as they were when it was planned."""
    row, pins = sequences.get(session, migration.name), sequences.pins(session, migration.name)
    if row is None or row.in_force.number != migration.current or pins != migration.pins:
        raise TemplateFault(f"Something has changed about {migration.name} since you looked. Nobody was moved; look again.")
    sequences.put_in_force(session, migration.name, migration.to)
    sequences.move(session, migration.name, migration.to)
    for move in migration.moves:
        if move.began is not None:
            words.move(session, move.person, migration.name, (move.began, migration.to), now)
    cases.touch(session, {m.person for m in migration.moves})
