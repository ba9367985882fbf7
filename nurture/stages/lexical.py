"""The detector that reads the lexicon: each rule that fires on a sentence is evidence for its topic's signal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod

from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, Role, Sentence
from nurture.stages.verdict import Awaits, Context, Signal

SIGNALS = {signal.value: signal for signal in Signal}

# What a rule may ask of the context, by the name that the lexicon gives it.
OFFERED, ANSWERING = "offer", "answering"
WHEN: Mapping[str, Callable[[Context], bool]] = {
    "": lambda _: True,
    OFFERED: lambda c: c.offer_out or c.awaits is Awaits.OFFER,
    ANSWERING: lambda c: c.awaits is not None,
}


def by_lexicon(letter: Letter) -> Iterator[Scored]:
    """Independent rules on one sentence strengthen each other. A greeting or closing line may hold an opt-out, and nothing else."""
    for sentence in letter.sentences:
        for scored in _of(sentence, letter.context):
            if sentence.role is Role.BODY or scored.signal is Signal.OPT_OUT:
                yield scored


def _of(sentence: Sentence, context: Context) -> Iterator[Scored]:
    fired: dict[Signal, list[tuple[float, str]]] = {}
    for hit in sentence.hits:
        signal = SIGNALS.get(hit.topic)
        if signal is not None and WHEN[hit.when](context):
            fired.setdefault(signal, []).append((hit.weight, hit.name))
    for signal, rules in fired.items():
        score = 1 - prod(1 - weight for weight, _ in rules)
        yield Scored(signal=signal, sentence=sentence, score=score, rule=max(rules)[1])
