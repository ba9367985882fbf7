"""Entries -> the conversation with one person, in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from nurture.conversations.conversation import Conversation, Entry, Person

DELAYED = timedelta(
    days=7
)  # mail may be so long on its way; what is older by its Date than that was filed anew, or its clock is wrong
AGAIN = timedelta(days=2)  # copies of one message have one Date, or arrivals that are not far from each other
ROUNDS = 20  # of putting answers after what they answer; forged circles end here
NEXT = timedelta(seconds=1)


def converse(person: Person, entries: Iterable[Entry]) -> Conversation:
    """The whole exchange, oldest first, each message once: copies in two folders or accounts are one message.

    An answer comes after what it answers, and what was long on its way after what we wrote meanwhile, whatever their Dates say.
    """
    kept = _in_order(_answers_after(_delayed(_once(entries))))
    first = next((e for e in kept if e.ours), None)
    return Conversation(person=person, entries=kept, to_set=frozenset(a.addr for a in first.to) if first else frozenset())


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: (e.sent, e.key)))


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Without copies; the best one stays. One Message-ID under two senders, or days apart, is two messages: some programs use one for all."""
    kept: list[Entry] = []
    seen: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (not e.ours, e.trashed, e.junk, e.sent, e.key)):
        same = seen.setdefault(entry.message_id, []) if entry.message_id else []
        if any(s.sender.addr == entry.sender.addr and abs(entry.sent - s.sent) <= AGAIN for s in same):
            continue
        same.append(entry)
        kept.append(entry)
    return tuple(kept)


def _delayed(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What was written before a mail of ours and arrived after it is a word that this mail did not know."""
    ours = [e for e in entries if e.ours]

    def moved(entry: Entry) -> Entry:
        if entry.ours or entry.received is None or not NEXT < entry.received - entry.sent <= DELAYED:
            return entry
        crossed = any(entry.sent < o.sent and entry.came_after(o) for o in ours)
        return replace(entry, sent=entry.received) if crossed else entry

    return tuple(moved(e) for e in entries)


def _answers_after(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Every answer after what it answers."""
    moments = {e.key: e.sent for e in entries}
    by_id = {e.message_id: e.key for e in reversed(entries) if e.message_id}
    for _ in range(ROUNDS):
        moved = False
        for entry in sorted(entries, key=lambda e: moments[e.key]):
            parents = (by_id[p] for p in entry.parents if p in by_id)
            latest = max((moments[p] for p in parents if p != entry.key), default=None)
            if latest is not None and moments[entry.key] <= latest:
                moments[entry.key], moved = latest + NEXT, True
        if not moved:
            break
    return tuple(e if moments[e.key] == e.sent else replace(e, sent=moments[e.key]) for e in entries)
