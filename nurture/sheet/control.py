"""Control warnings: whoever asks again and again how the work is done, or dictates it, tells something of the time to come."""

from __future__ import annotations

from datetime import date

from nurture.followups import in_words

FROM = 3  # times; fewer are curiosity


def control(count: int, last: date) -> str:
    """What it may mean, and what to suggest; never more."""
    return (
        f"They have asked how the work is done, or said how to do it, {count} times, last on {in_words(last)}. It may mean that "
        "they want to steer the craft rather than judge the result. Suggest the frame: the result that counts, how it is measured, "
        "and the course of the work in outline."
    )
