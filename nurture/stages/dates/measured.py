"""The day on which what somebody wants to measure can be measured."""

from __future__ import annotations

from datetime import date

from nurture.messages import fold
from nurture.stages.dates.choice import Own
from nurture.stages.dates.grammar import MAX, grammar
from nurture.stages.dates.named import PASSING, Edge
from nurture.stages.lexicon import languages

NO_DAY = PASSING | {"range", "weekday"}  # "from 10 to 20 leads" counts leads, « le lundi » is every Monday


def measure_day(sentence: str, said: date, lang: str, own: Own = ()) -> date | None:
    """The last day that a sentence about success names, behind the day on which it was said; None where it names none."""
    if lang not in languages():
        return None
    folded = " ".join(fold(sentence).split())[:MAX]
    named = grammar(lang, own).named(folded, said)
    ends = (n.period.end for n in named if n.edge not in (Edge.NOT, Edge.SINCE) and n.kind not in NO_DAY)
    return max((end for end in ends if end > said), default=None)
