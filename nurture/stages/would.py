"""A yes to a supposition: what they would decide if what they ask for existed. It accepts nothing (no acceptance, no client)."""

from __future__ import annotations

from nurture.stages.sentences import Letter

WOULD, YES, DOUBTS = "would-decide", "assent", "would-doubt"
NEAR = 2  # sentences from the beginning; a bare yes further down answers something else


def would(letter: Letter) -> str:
    """The sentence with the yes; "" where there is none, or where anything in the letter takes it back."""
    if any(s.hit(DOUBTS) for s in letter.body):
        return ""
    yes = letter.first(WOULD) or next((s for s in letter.body[:NEAR] if s.hit(YES)), None)
    return yes.quote if yes else ""
