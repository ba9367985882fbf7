"""Where a score becomes a finding: one threshold for all signals, chosen on the development conversations.

A threshold of its own for each signal fits eighty conversations better and unseen ones worse. What must never be missed is found
at a lower score. A confidence of one half is the threshold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path

from nurture.stages import Context, Signal
from nurture.stages.lexicon import lexicon
from nurture.stages.model import Model
from nurture.stages.model.detector import scores_of
from nurture.stages.sentences import letter
from nurture.training.bank import SIGNALS

CORPUS = Path(__file__).parents[2] / "tests" / "data" / "corpus"
STEPS = [n / 100 for n in range(30, 66, 5)]
TILT = {"opt_out": -0.1, "deferral": -0.15}  # of the probability


def calibrated(lang: str, model: Model) -> tuple[list[float], list[float]]:
    """(slopes, centres): logits are probabilities already, so that every slope is one; the centre is the threshold."""
    seen = list(_scored(lang, model))
    best = max(STEPS, key=lambda step: _macro_f1(seen, step))
    return [1.0] * len(SIGNALS), [_logit(best + TILT.get(signal, 0.0)) for signal in SIGNALS]


def _logit(probability: float) -> float:
    return log(probability / (1 - probability))


def _scored(lang: str, model: Model) -> Iterator[tuple[frozenset[str], Sequence[float]]]:
    """(labels, the highest logit of each signal) of every human message of theirs, by the words that the labels call new."""
    for line in (CORPUS / f"{lang}.dev.jsonl").read_text(encoding="utf-8").splitlines():
        conversation = json.loads(line)
        for mail in conversation["messages"]:
            gold = mail["gold"]
            if gold["kind"] == "human" and conversation["owner"]["address"] not in mail["from"]:
                told = letter(gold["new_text"], lexicon(lang), Context(ours=False, lang=lang))
                windows = [found for _, found in scores_of(told, model)]
                yield frozenset(gold["signals"]), [max(column) for column in zip(*windows, strict=True)] or [-9.0] * len(SIGNALS)


def _macro_f1(seen: Sequence[tuple[frozenset[str], Sequence[float]]], step: float) -> float:
    each = []
    for at, signal in enumerate(SIGNALS):
        if signal != Signal.THANKS.value:
            centre = _logit(step + TILT.get(signal, 0.0))
            hit = sum(signal in labels and logits[at] > centre for labels, logits in seen)
            all_of = sum((signal in labels) + (logits[at] > centre) for labels, logits in seen)
            each.append(2 * hit / all_of if all_of else 1.0)
    return sum(each) / len(each)
