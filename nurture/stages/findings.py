"""From scored candidates to what is said: thresholds, honest unsureness, and a thank-you that stands alone."""

from __future__ import annotations

from collections.abc import Iterable

from nurture.stages.answers import by_answer
from nurture.stages.lexical import by_lexicon
from nurture.stages.scored import Detector, Scored
from nurture.stages.sentences import Letter
from nurture.stages.verdict import Finding, Signal

DETECTORS: tuple[Detector, ...] = (by_lexicon, by_answer)

THRESHOLD = 0.5
NEVER_DROPPED = frozenset({Signal.OPT_OUT, Signal.DECLINE, Signal.DEFERRAL})
SUSPECT = 0.25  # from here on one of those is held against writing
LONG_THANKS = 4  # sentences; a longer letter says more than thanks


def findings(letter: Letter, detectors: Iterable[Detector] = DETECTORS) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(what the letter says, what is only suspected): each signal once, with its surest sentence, in the order of the letter."""
    best: dict[Signal, Scored] = {}
    for detector in detectors:
        for scored in detector(letter):
            if scored.signal not in best or scored.score > best[scored.signal].score:
                best[scored.signal] = scored
    best.pop(Signal.PROPOSAL_SENT, None)
    thanks = best.pop(Signal.THANKS, None)
    sure = [s for s in best.values() if s.score >= THRESHOLD]
    unsure = [s for s in best.values() if SUSPECT <= s.score < THRESHOLD and s.signal in NEVER_DROPPED]
    if not sure and not unsure and thanks and len(letter.body) <= LONG_THANKS:
        sure = [thanks]
    return tuple(map(_finding, sure)), tuple(map(_finding, unsure))


def findings_of_ours(letter: Letter) -> tuple[Finding, ...]:
    """An offer, a quote or an agreement in principle that our own mail hands over; our mails carry no other signal."""
    best = max((s for s in by_lexicon(letter) if s.signal is Signal.PROPOSAL_SENT), key=lambda s: s.score, default=None)
    return (_finding(best),) if best and best.score >= THRESHOLD else ()


def _finding(scored: Scored) -> Finding:
    return Finding(signal=scored.signal, quote=scored.sentence.quote, confidence=round(scored.score, 3), rule=scored.rule)
