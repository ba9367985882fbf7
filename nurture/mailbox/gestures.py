"""The folders of gestures, below the one of the review sheet: what the owner copies into one of them is a word on that person."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from nurture.mailbox.contract import Folder, Role
from nurture.mailbox.folders import SHEET, prefix_of

DELIMITERS = "/.\\^"  # those of servers that exist; a folder whose name holds another is none of ours


class Gesture(StrEnum):
    """What a copied message says, in the order in which gestures are heeded: a no comes before everything."""

    NEVER = "never"
    FOLLOW = "follow"
    LATER = "later"

    @property
    def folder(self) -> str:
        """What the folder is called by who makes it: `make_folder` puts the server's own delimiter in."""
        return f"{SHEET}/{self.value.capitalize()}"


def gesture_folders(folders: Sequence[Folder]) -> tuple[tuple[Gesture, Folder], ...]:
    """Those that are there, by gesture; whoever made them by hand may have written them in other capitals."""
    names = _names(prefix_of(folders))
    found = [(names[f.name.lower()], f) for f in folders if f.selectable and f.role is Role.OTHER and f.name.lower() in names]
    order = list(Gesture)
    return tuple(sorted(found, key=lambda pair: (order.index(pair[0]), pair[1].name)))


def _names(prefix: str) -> dict[str, Gesture]:
    """Every spelling: "Nurture/Never", "Nurture.Never", and below INBOX where everything lies there."""
    below = {"", prefix, *(f"INBOX{d}" for d in DELIMITERS)}
    return {f"{start}{SHEET}{d}{g.value}".lower(): g for start in below for d in DELIMITERS for g in Gesture}
