"""What they tell of their own time by hand: « je vous réponds vendredi », « je suis en congé jusqu'au 15 »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nurture.followups.cadence import LATEST
from nurture.followups.scene import Scene
from nurture.stages import Evidence

GRACE = 3  # working days behind the day that they named
UNDATED = 10  # working days behind a word without a day


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """They answer by themselves, or are away until a day: `day` as they named it, `until` with a decent wait behind it."""

    said: date
    day: date | None
    until: date
    evidence: Evidence


def their_promise(scene: Scene) -> Word | None:
    """What their last word says of when they come back to it; over or not. Whatever they write later takes its place."""
    entry = scene.word
    reading = scene.reading(entry) if entry else None
    if entry is None or reading is None or not reading.promise:
        return None
    day = min(reading.promise_on, LATEST) if reading.promise_on else None
    until = scene.calendar.add_working_days(day or entry.day, GRACE if day else UNDATED)
    if scene.talk and scene.talked_over(entry) and (day is None or scene.talk.day >= day):
        return None  # they came back to it by word of mouth
    evidence = Evidence(quote=reading.promise, entry=entry.key, message_id=entry.message_id)
    return Word(said=entry.day, day=day, until=until, evidence=evidence)
