"""What somebody says that they will do, and by when: ours comes before anything that we ask, theirs before any reminder."""

from __future__ import annotations

from datetime import date, timedelta

from nurture.stages.dates import last_day
from nurture.stages.sentences import Letter

FAR = timedelta(days=270)  # a day of theirs behind that is a year gone by (« je reviens sur votre mail de février »)
OURS, THEIRS = "ours-promises", "theirs-promises"


def promise(letter: Letter) -> tuple[str, date | None]:
    """(the sentence, the day by which it is expected); ("", None) where nothing is promised."""
    sentence = letter.last(OURS if letter.context.ours else THEIRS)
    if sentence is None:
        return "", None
    sent, own = letter.context.sent, letter.context.feasts
    by = last_day(sentence.folded, sent, letter.lexicon.lang, own) if sent else None
    near = by is not None and sent is not None and by - sent <= FAR
    return sentence.quote, by if near or letter.context.ours else None
