"""What was known before a message: folded from the messages before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from nurture.stages.verdict import Context, Reading, Signal

Feasts = tuple[tuple[str, str], ...]


class Told(Protocol):
    """An earlier message of the same exchange; `reading` is None where it was never read."""

    @property
    def ours(self) -> bool: ...
    @property
    def lang(self) -> str | None: ...
    @property
    def reading(self) -> Reading | None: ...


def context_after(before: Sequence[Told], *, ours: bool, sent: date, feasts: Feasts = ()) -> Context:
    """The context of a message, whose own day is `sent`, after those before it (oldest first)."""
    last = next((told.reading for told in reversed(before) if told.ours and told.reading), None)
    return Context(
        ours=ours,
        lang=next((told.lang for told in reversed(before) if told.lang), None),
        awaits=last.awaits if last else None,
        awaits_quote=last.awaits_quote if last else "",
        first=not before,
        offer_out=any(told.ours and told.reading and Signal.PROPOSAL_SENT in told.reading.signals for told in before),
        sent=sent,
        feasts=feasts,
    )
