"""What one sheet says: drafts to read, in order; what only the owner can decide; counts of the rest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

MOST = 10  # lines of a section; the rest is counted


@dataclass(frozen=True, kw_only=True)
class ToRead:
    """One draft that lies in Drafts untouched. Sentences of nurture's own are in English here; `wording` says them."""

    address: str
    name: str = ""
    company: str = ""
    stage: str = ""
    why: str = ""
    quote: str = ""  # their sentence
    asks: str = ""
    gives: str = ""
    resource: str = ""  # the title of what it shares
    slots: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    question: str = ""  # what the owner is asked beside it
    note: str = ""  # the owner's own last note on them


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing that waits for the owner's word, or that was done at it."""

    address: str
    rule: str
    why: str
    name: str = ""
    company: str = ""
    stage: str = ""
    quote: str = ""
    note: str = ""
    folder: str = ""  # in which the mail lies that the owner pointed at; `quote` is its subject then


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One day's sheet. `heeded`: what was done at the owner's gestures; `quiet`: (name of a fact, how many), none of them zero."""

    day: date
    read: tuple[ToRead, ...] = ()
    asks: tuple[Ask, ...] = ()
    heeded: tuple[Ask, ...] = ()
    quiet: tuple[tuple[str, int], ...] = ()

    @property
    def waits(self) -> bool:
        """Whether anything calls for the owner: then the sheet is unread, else it comes as read."""
        return bool(self.read or self.asks)

    @property
    def tells(self) -> bool:
        """Whether it says anything at all but numbers."""
        return self.waits or bool(self.heeded)

    @property
    def gist(self) -> str:
        """Two sheets that say the same have the same; what is only counted does not matter."""
        said = [
            [[r.address, r.why, r.slots, r.warnings, r.question] for r in self.read],
            *([[a.address, a.rule, a.why] for a in told] for told in (self.asks, self.heeded)),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()
