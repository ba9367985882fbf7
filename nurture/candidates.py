"""`nurture candidates`: read the headers of the whole mailbox, keep nothing, and rank who looks like a prospect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from nurture.conversations import Candidate, rank
from nurture.mailbox import Mailbox, Role, reading_folders
from nurture.messages import Headers, parse_headers
from nurture.store import people
from nurture.world import World


def find(world: World, openers: Iterable[Callable[[], Mailbox]], now: datetime) -> tuple[Candidate, ...]:
    """People who might be followed and are not yet, best first. Memory is bounded by the number of people, not of messages."""
    with world.store.begin() as session:
        known = people.followed_addresses(session)
    found = rank(_headers(world, openers), world.owner, now)
    return tuple(c for c in found if c.address not in known and not _unwanted(world, c))


def _headers(world: World, openers: Iterable[Callable[[], Mailbox]]) -> Iterator[Headers]:
    for opener in openers:
        with opener() as box:
            for folder in reading_folders(box.folders()):
                if folder.role is Role.JUNK:
                    continue
                total = box.position(folder).exists
                for number, row in enumerate(box.rows(folder), 1):
                    world.progress(f"Looking through {folder.name}", number, total)
                    yield parse_headers(row.header, row.received)


def _unwanted(world: World, candidate: Candidate) -> bool:
    """Excluded by the configuration, or on the list of those who said no."""
    return bool(world.config.excludes(candidate.address)) or world.suppressed((candidate.address,))
