"""Running prospects are nobody's business: no text tells one person what is known from somebody else only (P7).

What is known of whom stands in the store; this room asks by a small protocol, and the answer names things only where a text names
them already. Amounts, products and projects count where a value brought them into the text; names, addresses, domains and phone
numbers wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Protocol

from nurture.conversations import EntityKind, Mention, named_in
from nurture.drafts.draft import Capsule, Text

IN_VALUES_ONLY = frozenset({EntityKind.AMOUNT, EntityKind.PROJECT})
SAYS = {
    EntityKind.NAME: "a name", EntityKind.COMPANY: "a company", EntityKind.ADDRESS: "an address", EntityKind.DOMAIN: "a domain",
    EntityKind.PHONE: "a phone number", EntityKind.AMOUNT: "an amount", EntityKind.PROJECT: "a product or project",
}  # fmt: skip
NOT_SAID = frozenset({"lang", "register", "owner_gender", "variant_seed", "said", "used_variants", "missing"})  # steer a text


class Others(Protocol):
    """What is known of everybody but the reader of a text."""

    def known(self, found: Sequence[Mention]) -> Sequence[Mention]:
        """Those of these mentions that are known from others only."""


class Nobody:
    """Nobody else is known."""

    def known(self, found: Sequence[Mention]) -> Sequence[Mention]:  # noqa: ARG002
        """Nothing."""
        return ()


NOBODY = Nobody()


def leaks(text: Text, capsule: Capsule, others: Others) -> tuple[Mention, ...]:
    """What a text, or its subject, would tell of others. Spans are places in `whole(text)`."""
    brought = {m.key for value in values(capsule) for m in named_in(value)}
    found = [m for m in named_in(whole(text)) if m.kind not in IN_VALUES_ONLY or m.key in brought]
    return tuple(others.known(found)) if found else ()


def whole(text: Text) -> str:
    """Everything that would be read: the body, and the subject where the text brings its own."""
    return f"{text.body}\n\n{text.subject}" if text.subject else text.body


def values(of: object) -> Iterator[str]:
    """Every string that a capsule could put into a text."""
    if isinstance(of, str):
        yield of
    elif is_dataclass(of):
        for field in fields(of):
            if field.name not in NOT_SAID:
                yield from values(getattr(of, field.name))
    elif isinstance(of, Iterable):
        for part in of:
            yield from values(part)
