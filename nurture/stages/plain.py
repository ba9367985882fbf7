"""A bare sentence about their own house that something is wrong there: « La compta a trois mois de retard. »

The model has learnt that most sentences about a firm say nothing, and hears the shortest complaints too faintly. Where nothing else claims such
a sentence, it is a problem told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, Sentence
from nurture.stages.verdict import Signal

TOPIC = "plain-need"
LONGEST = 14  # words
CLAIMED = 0.4  # from which score on another signal claims a sentence


def bare_trouble(letter: Letter, seen: Collection[Scored]) -> Iterator[Scored]:
    """Needs in short sentences of the body that ask nothing and in which nothing else was seen."""
    claimed = [one.sentence for one in seen if one.score >= CLAIMED and one.signal is not Signal.NEED]
    for sentence in letter.body:
        hit = sentence.hit(TOPIC)
        if hit and _is_bare(sentence) and not any(sentence is other for other in claimed):
            yield Scored(signal=Signal.NEED, sentence=sentence, score=hit.weight, rule=hit.name)


def _is_bare(sentence: Sentence) -> bool:
    return not sentence.asks and len(sentence.folded.split()) <= LONGEST
