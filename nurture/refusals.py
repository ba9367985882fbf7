"""Texts that were refused: tried again when something of what texts are made of has changed, else once a week.

Who was refused stands on the review sheet all the while, and whom something touches is looked at in any case. Without this, each
run would write every refused text again, however many there are.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from functools import lru_cache

from nurture import __version__
from nurture.config import to_toml
from nurture.drafts import Templates
from nurture.store import Session, cases, library, meta
from nurture.world import World

AGAIN = timedelta(days=7)  # what time alone could change in a text is not worth more
FACT = "refused-texts-made-of"


def next_try(today: date) -> date:
    """The day on which a text that is refused today is tried again, if nothing happens."""
    return today + AGAIN


def to_try_again(world: World, session: Session) -> frozenset[int]:
    """Whose refused text may come out otherwise now: templates, configuration, library or program are not what they were."""
    before = meta.get(session, FACT)
    return cases.refused(session) if before and before != made_of(world, session) else frozenset()


def remember(world: World, session: Session) -> None:
    """Take down what the texts were made of that stand refused now."""
    there = bool(cases.refused(session))
    if there or meta.get(session, FACT):
        meta.put(session, FACT, made_of(world, session) if there else "")


def made_of(world: World, session: Session) -> str:
    """A digest of everything in a text that is not of the person."""
    parts = (__version__, to_toml(world.config), repr(library.all(session)), _read(world.templates))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=2)
def _read(templates: Templates) -> str:
    """A digest of every file: once a world, as they are compiled once, also where many days are played."""
    found = hashlib.sha256()
    for folder in templates.folders:
        for path in sorted(folder.glob("*/*.txt.j2")):
            found.update(f"\n{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return found.hexdigest()
