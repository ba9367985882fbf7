"""What one person's draft must not tell: everything known from others, but for what they know themselves and what is open to all.

Clear are the configuration, what the owner has cleared, and what stands in the person's own exchange. The shipped templates name
nobody by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nurture.config import Config
from nurture.conversations import EXCHANGE, Entity, EntityKind, Mention, card_of, named_in
from nurture.drafts import values
from nurture.followups import Case
from nurture.stages import Reading
from nurture.store import Session, Store, known
from nurture.world import World


@dataclass
class KnownOfOthers:
    """What is known of everybody but one person. `found` is what it answered, for the owner to look at."""

    store: Store
    person: int | None
    clear: frozenset[Entity]
    found: list[Mention] = field(default_factory=list)

    def known(self, found: Sequence[Mention]) -> Sequence[Mention]:
        """Those of these mentions that are known from others only."""
        clear = [m.span for m in found if m.key in self.clear]
        asked = [m for m in found if not any(a <= m.span[0] and m.span[1] <= b for a, b in clear)]
        if not asked:
            return ()
        with self.store.begin() as session:
            answer = known.of_others(session, self.person, asked)
        self.found += answer
        return answer


def open_to_all(session: Session, config: Config) -> frozenset[Entity]:
    """What the configuration says, and what the owner has cleared. Whoever has become known since is taken in first."""
    return _owners(session, config) | _named(values((config.offer, config.convictions)))


def _owners(session: Session, config: Config) -> frozenset[Entity]:
    """Who the owner is, and what the owner has cleared."""
    known.catch_up(session)
    said = (*values(config.owner), *(text for text, _ in known.cleared(session)))
    return card_of(config.owner.addresses, config.owner.name) | _named(said)


def of_others(world: World, case: Case, clear: frozenset[Entity]) -> KnownOfOthers:
    """What a draft for this person must not tell."""
    person = case.conversation.person
    own = card_of(person.addresses, person.name) | _named(_their_exchange(case))
    return KnownOfOthers(store=world.store, person=person.key, clear=clear | own)


def of_anybody(world: World, text: str) -> tuple[Mention, ...]:
    """What a text that is for everybody would tell of somebody: a template of the owner's, a resource, a note."""
    return of_each(world, [text])[0]


def of_each(world: World, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
    """The same of several texts, each thing once a text."""
    with world.store.begin() as session:
        clear = open_to_all(session, world.config)
    return [_told(world, clear, text) for text in texts]


def of_configuration(world: World) -> tuple[Mention, ...]:
    """What offer and convictions would tell of somebody; the owner's prices are the owner's. Drafts are never held back for what
    stands there, so the owner is told."""
    with world.store.begin() as session:
        clear = _owners(session, world.config)
    found = _told(world, clear, "\n".join(values((world.config.offer, world.config.convictions))))
    return tuple(m for m in found if m.kind is not EntityKind.AMOUNT)


def _told(world: World, clear: frozenset[Entity], text: str) -> tuple[Mention, ...]:
    found = KnownOfOthers(store=world.store, person=None, clear=clear).known(named_in(text))
    return tuple({m.key: m for m in found}.values())


def _named(texts: Sequence[str] | Iterator[str]) -> frozenset[Entity]:
    return frozenset(m.key for text in texts for m in named_in(text))


def _their_exchange(case: Case) -> Iterator[str]:
    """Every word that is kept of what was exchanged with them, and who stood in its headers; and what they said to the owner aloud."""
    for entry in case.conversation.entries:
        if entry.by in EXCHANGE:
            yield entry.subject
            for address in (entry.sender, *entry.to, *entry.cc):
                yield from (address.addr, address.name)
            if reading := case.readings.get(entry.key):
                yield from _quotes(reading)
    yield from (h.words for h in case.outside.heard if h.quoted)


def _quotes(reading: Reading) -> Iterator[str]:
    yield from (f.quote for f in (*reading.findings, *reading.unsure))
    yield from (reading.greeting, reading.promise, reading.awaits_quote)
