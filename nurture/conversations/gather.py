"""Entries -> the conversation with one person."""

from __future__ import annotations

from collections.abc import Iterable

from nurture.conversations.conversation import Conversation, Entry, Person


def converse(person: Person, entries: Iterable[Entry]) -> Conversation:
    """The whole exchange, oldest first, each message once (the same Message-ID in two folders or accounts is one message)."""
    seen: set[str] = set()
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda e: (e.sent, e.key)):
        if entry.message_id and entry.message_id in seen:
            continue
        seen.add(entry.message_id or "")
        kept.append(entry)
    first = next((e for e in kept if e.ours), None)
    return Conversation(person=person, entries=tuple(kept), to_set=frozenset(a.addr for a in first.to) if first else frozenset())
