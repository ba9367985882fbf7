"""The owner's named days, as the grammar takes them."""

from __future__ import annotations

from collections.abc import Iterable

from nurture.config import OwnHoliday
from nurture.messages import fold


def feasts_of(holidays: Iterable[OwnHoliday]) -> tuple[tuple[str, str], ...]:
    """The folded name and the span of each that has a name; they count before those of the languages' tables."""
    return tuple((" ".join(fold(h.name).split()), h.span) for h in holidays if h.name.strip())
