"""A candidate: what a detector hands back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp

from nurture.stages.sentences import Letter, Sentence
from nurture.stages.verdict import Signal

NEVER_DROPPED = frozenset({Signal.OPT_OUT, Signal.DECLINE, Signal.DEFERRAL})  # worth a doubt
LOWEST = -50.0  # of a logit: below it nothing can be told apart, and `exp` ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """A signal that a detector sees in one sentence, with a score of 0..1 and the name of what saw it (or what finds the name:
    few scores become findings).
    """

    signal: Signal
    sentence: Sentence
    score: float
    rule: str | Callable[[], str]
    by_one: bool = False  # a final word that the linear model alone would find, whatever the encoder hears

    @property
    def fired(self) -> str:
        return self.rule if isinstance(self.rule, str) else self.rule()


def confidence(logit: float) -> float:
    """The logistic function: 0..1 of a logit."""
    return 1 / (1 + exp(-max(logit, LOWEST)))


Detector = Callable[[Letter], Iterable[Scored]]
