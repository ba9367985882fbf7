"""With what a belief of theirs is contradicted. When it may be is the plan's to say (`courtesy.may_challenge`)."""

from __future__ import annotations

from collections.abc import Iterable

from nurture.config import Conviction
from nurture.drafts.draft import Challenge
from nurture.drafts.memory import Memory
from nurture.followups import Item
from nurture.messages import detect_language, sentence_hashes, stems
from nurture.stages import Signal

ENOUGH, PART = 2, 0.5  # words shared with the belief: so many, or all where it has fewer; and what part of them


def challenge_of(item: Item, convictions: tuple[Conviction, ...], lang: str, memory: Memory) -> Challenge | None:
    """The owner's answer to the belief behind what they dictate; None where the plan says "a question", or no belief is like it.

    An answer that they have had from us, by whatever hand, counts as the one challenge.
    """
    if item.signal != Signal.HOW_DICTATED or item.scope:
        return None
    if any(sentence_hashes(c.answer, memory.key) & memory.said for c in convictions):
        return None
    found = likest(item.evidence.quote, (c for c in convictions if _is_in(c, lang)))
    return Challenge(answer=found.answer, reason=found.reason) if found else None


def likest(quote: str, convictions: Iterable[Conviction]) -> Conviction | None:
    """The conviction whose belief shares most with their words; the first of two equals; None where all share too little."""
    words = frozenset(stems(quote))
    ranked = [(_likeness(frozenset(stems(c.belief)), words), n, c) for n, c in enumerate(convictions)]
    best = max(ranked, key=lambda row: (row[0], -row[1]), default=None)
    return best[2] if best and best[0] > 0 else None


def _likeness(belief: frozenset[str], words: frozenset[str]) -> float:
    shared = len(belief & words)
    if not belief or shared < min(ENOUGH, len(belief)) or shared / len(belief) < PART:
        return 0.0
    return shared / len(belief) + shared / 100  # of two that are covered alike the one that says more


def _is_in(conviction: Conviction, lang: str) -> bool:
    """Not plainly in another language: answer and reason stand in the letter as they are."""
    return detect_language(f"{conviction.answer}. {conviction.reason}") in (None, lang)
