"""The day of a meeting that somebody's words name."""

from __future__ import annotations

from datetime import date

from nurture.stages.dates import first_day
from nurture.stages.sentences import Letter, Sentence

THEIRS = ("meeting",)
OURS = ("ours-agrees-meeting", "ours-names-meeting")
OFF = "meeting-off"  # « jeudi ne marche plus »


def meeting_on(letter: Letter) -> date | None:
    """A day that they propose or accept; a day that we agree to. What is called off or still a question of ours is none."""
    sent = letter.context.sent
    if sent is None:
        return None
    lang, own = letter.lexicon.lang, letter.context.feasts
    days = (first_day(s.folded, sent, lang, own) for s in letter.body if _counts(s, ours=letter.context.ours))
    return next((day for day in days if day), None)


def _counts(sentence: Sentence, *, ours: bool) -> bool:
    if sentence.hit(OFF) or (ours and sentence.asks):
        return False
    return any(sentence.hit(topic) for topic in (OURS if ours else THEIRS))
