"""A sheet, and parts of it, with nothing in them that a test does not name."""

from __future__ import annotations

from datetime import date
from typing import Any

from nurture.sheet import Ask, Sheet, ToRead

DAY = date(2026, 3, 11)
WHY = "They asked for a price on 9 March 2026; an answer has been due since 10 March 2026."


def to_read(address: str = "anna@client.example", **more: Any) -> ToRead:
    """One draft."""
    facts = {
        "name": "Anna Roux",
        "company": "client.example",
        "stage": "contact",
        "why": WHY,
        "asks": "opinion",
        "gives": "answer",
    }
    return ToRead(address=address, **(facts | more))


def ask(address: str = "paul@client.example", rule: str = "challenge", why: str = "They said no.", **more: Any) -> Ask:
    """One question."""
    return Ask(address=address, rule=rule, why=why, **more)


def a_sheet(
    *, read: int | tuple[ToRead, ...] = 0, asks: int | tuple[Ask, ...] = 0, quiet: tuple[tuple[str, int], ...] = ()
) -> Sheet:
    """With these drafts and questions, or so many of them."""
    if isinstance(read, int):
        read = tuple(to_read(f"reader{n}@client.example") for n in range(read))
    if isinstance(asks, int):
        asks = tuple(ask(f"asked{n}@client.example") for n in range(asks))
    return Sheet(day=DAY, read=read, asks=asks, quiet=quiet)
