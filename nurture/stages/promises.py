"""What we say that we will do, and by when: it comes before anything that we ask."""

from __future__ import annotations

from datetime import date

from nurture.stages.dates import last_day
from nurture.stages.sentences import Letter

PROMISE = "ours-promises"


def promise(letter: Letter) -> tuple[str, date | None]:
    """(the sentence, the day by which it is expected); ("", None) where nothing is promised."""
    sentence = letter.last(PROMISE)
    if sentence is None:
        return "", None
    sent, own = letter.context.sent, letter.context.feasts
    return sentence.quote, last_day(sentence.folded, sent, letter.lexicon.lang, own) if sent else None
