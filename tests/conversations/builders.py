"""Header fields and entries by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from nurture.conversations import Directory, Entry, owner_of
from nurture.messages import Address, Headers

OWNER_ADDRESS = "camille@atelier.example"
OWNER = owner_of([OWNER_ADDRESS], "Camille Laurent")
ANNA = Address(addr="anna@client.example", name="Anna Roux")
PAUL = Address(addr="paul@client.example", name="Paul Petit")
OTHER = Address(addr="zoe@elsewhere.example", name="Zoé Martin")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def headers(sender: Address | None, *to: Address, at: int = 0, **more: Any) -> Headers:
    """Header fields of a mail `at` days after the start."""
    facts: dict[str, Any] = {
        "message_id": f"<{at}.{sender.addr if sender else 'x'}>",
        "sender": sender,
        "to": to,
        "sent": START + timedelta(days=at),
    }
    return Headers(**(facts | more))


def from_us(*to: Address, **more: Any) -> Headers:
    """A mail of the owner's."""
    return headers(Address(addr=OWNER_ADDRESS, name="Camille Laurent"), *to, **more)


def to_us(sender: Address, **more: Any) -> Headers:
    """A mail to the owner."""
    return headers(sender, Address(addr=OWNER_ADDRESS), **more)


def a_directory() -> Directory:
    """Anna is person 1, at a company; a letter to her went out."""
    directory = Directory()
    directory.add_person(1, ANNA)
    directory.add_message(1, "<letter@atelier.example>", "Vos clients")
    return directory


def entry(key: int, *, by: str = "us", at: int = 0, **more: Any) -> Entry:
    """One message of a conversation."""
    facts: dict[str, Any] = {"message_id": f"<{key}@x.example>", "sent": START + timedelta(days=at), "sender": ANNA}
    return Entry(key=key, by=by, **(facts | more))
