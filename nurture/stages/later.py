"""The detector of a pause by its day: who asks for something and names a day some way ahead asks to be written to then.

The linear model sees figures as all alike; the grammar of days knows which of them lie ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from nurture.stages.dates import Edge, named
from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, Sentence
from nurture.stages.verdict import Signal

AHEAD = timedelta(days=4)  # sooner is a call or an answer, no pause
SURE = 0.7
BRIEF = 14  # words; in a longer sentence the day may belong to anything
BARE = 4  # words: "Chase me.": the day stands in the sentence before
BESIDE = 3  # words beside the day
LONG = 60  # words, from which on no day is looked for
LEXICON = 0.75  # the weight from which on a rule of the lexicon needs nothing but the day
OTHER = ("meeting-hour", "not-deferral", "opposite-deferral", "info_request", "proposal_request", "price_question", "acceptance")
NOT_THEN = frozenset({Edge.SINCE, Edge.NOT, Edge.BY, Edge.BEFORE})


def by_day(letter: Letter) -> Iterator[Scored]:
    """Sentences of the body that ask to be written to, with a day ahead in them."""
    sent, before = letter.context.sent, None
    for sentence in letter.body if sent else ():
        told = [sentence, before] if before and len(sentence.folded.split()) <= BARE else [sentence]
        before = sentence
        if _asks(sentence) and sent and any(_day_ahead(s, sent, letter.lexicon.lang) for s in told):
            hit = sentence.hit(Signal.DEFERRAL.value)
            yield Scored(signal=Signal.DEFERRAL, sentence=sentence, score=SURE, rule=hit.name if hit else "asks-for-a-day")


def _asks(sentence: Sentence) -> bool:
    words = len(sentence.folded.split())
    if words > LONG or any(sentence.hit(topic) for topic in OTHER):
        return False
    known, asking = sentence.hit(Signal.DEFERRAL.value), sentence.hit("asks-again")
    if known and known.weight >= LEXICON:
        return True
    return asking is not None and words <= BRIEF


def _day_ahead(sentence: Sentence, sent: date, lang: str) -> bool:
    """A day ahead is named. A mere "please" asks to be written to then only where nothing but the day stands beside it."""
    asking, known = sentence.hit("asks-again"), sentence.hit(Signal.DEFERRAL.value)
    bare = known is None and asking is not None and asking.name == "please"
    for day in named(sentence.folded, sent, lang):
        beside = f"{sentence.folded[: day.at]} {sentence.folded[day.end :]}"
        if day.period.start - sent >= AHEAD and day.edge not in NOT_THEN and not (bare and len(beside.split()) > BESIDE):
            return True
    return False
