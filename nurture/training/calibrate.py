"""Where a score becomes a finding: one threshold for all signals, chosen on the development conversations.

A threshold of its own for each signal fits eighty conversations better and unseen ones worse. What must never be missed is found
at a lower score. A confidence of one half is the threshold. Model and encoder are looked at together, as they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

from nurture.stages import Context, Signal, encoder
from nurture.stages.findings import chosen
from nurture.stages.lexicon import lexicon
from nurture.stages.model import Model
from nurture.stages.model.detector import scores_of
from nurture.stages.scored import confidence
from nurture.stages.sentences import letter
from nurture.training.bank import SIGNALS
from nurture.training.labelled import CORPUS, conversations

LOOKED_AT = ("{}.dev.jsonl", "trial/{}.a.jsonl")  # the development conversations; the others are only ever measured on
# A thank-you is what is left where nothing else is said.
LOOKED_FOR = tuple(Signal(signal) for signal in SIGNALS if signal != Signal.THANKS)
# Nothing is to be surer than even: what is missed costs more than what is asked about.
STEPS = [n / 100 for n in range(20, 51, 5)]
FLAT = 0.005  # of F1: steps so near the best one are as good, and the middle of them is taken
TILT = {"opt_out": -0.1, "deferral": -0.15}  # of the probability


def calibrated(lang: str, model: Model) -> list[float]:
    """For each signal the logit at which a score becomes a finding; logits are those of probabilities already."""
    seen = list(_scored(lang, model))
    reached = {step: _macro_f1(seen, step) for step in STEPS}
    good = [step for step in STEPS if reached[step] >= max(reached.values()) - FLAT]
    best = good[len(good) // 2]
    return _centres(best)


def _centres(step: float) -> list[float]:
    return [_logit(step + TILT.get(signal, 0.0)) for signal in SIGNALS]


def _logit(probability: float) -> float:
    return log(probability / (1 - probability))


def _scored(lang: str, model: Model) -> Iterator[tuple[frozenset[str], Sequence[float]]]:
    """(labels, the highest logit of each signal) of every human message of theirs, by the words that the labels call new."""
    for conversation in conversations([CORPUS / name.format(lang) for name in LOOKED_AT]):
        for mail in conversation["messages"]:
            gold = mail["gold"]
            if gold["kind"] == "human" and conversation["owner"]["address"] not in mail["from"]:
                told = letter(gold["new_text"], lexicon(lang), Context(ours=False, lang=lang))
                windows = [window.logits for window in scores_of(told, model, encoder.load())]
                yield frozenset(gold["signals"]), [max(column) for column in zip(*windows, strict=True)] or [-9.0] * len(SIGNALS)


def _macro_f1(seen: Sequence[tuple[frozenset[str], Sequence[float]]], step: float) -> float:
    centres = _centres(step)
    found = [(labels, _found(logits, centres)) for labels, logits in seen]
    each = []
    for signal in LOOKED_FOR:
        hit = sum(signal in labels and signal in said for labels, said in found)
        all_of = sum((signal in labels) + (signal in said) for labels, said in found)
        each.append(2 * hit / all_of if all_of else 1.0)
    return sum(each) / len(each)


def _found(logits: Sequence[float], centres: Sequence[float]) -> frozenset[Signal]:
    sure = {Signal(signal): confidence(logit - centre) for signal, logit, centre in zip(SIGNALS, logits, centres, strict=True)}
    return chosen({signal: sure[signal] for signal in LOOKED_FOR}, guess=True)
