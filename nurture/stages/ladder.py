"""The stage: one table from the strongest statement down; the first that is proven counts (docs/labels.md)."""

from __future__ import annotations

from collections.abc import Callable

from nurture.stages.standing import Standing
from nurture.stages.verdict import Evidence, Signal, Stage

REVEALING = frozenset(
    {
        Signal.INTEREST,
        Signal.NEED,
        Signal.RESULT,
        Signal.MEASURE,
        Signal.PRICE_QUESTION,
        Signal.FEATURE_REQUEST,
        Signal.INFO_REQUEST,
        Signal.MEETING,
        Signal.PROPOSAL_REQUEST,
    }
)
REOPENING = REVEALING | {Signal.ACCEPTANCE}


def _qualified(standing: Standing) -> Evidence | None:
    """Both the result they expect and how they will judge success, said in any of their messages; the later one proves it."""
    result, measure = standing.known.get(Signal.RESULT), standing.known.get(Signal.MEASURE)
    if result is None or measure is None:
        return None
    said = list(standing.known)
    return measure if said.index(Signal.MEASURE) > said.index(Signal.RESULT) else result


Proof = Callable[[Standing], Evidence | None]

LADDER: tuple[tuple[str, Stage, Proof], ...] = (  # first hit wins: the order is the law
    ("they-asked-to-stop", Stage.OPTED_OUT, lambda s: s.opted_out),
    ("address-dead", Stage.UNREACHABLE, lambda s: s.dead),
    ("they-said-no", Stage.DECLINED, lambda s: s.declined),
    ("they-accepted", Stage.CLIENT, lambda s: s.accepted),
    ("offer-out", Stage.PROPOSAL, lambda s: s.offer),
    ("result-and-measure-known", Stage.QUALIFIED, _qualified),
    ("they-revealed", Stage.PROSPECT, lambda s: s.revealed),
    ("they-wrote", Stage.CONTACT, lambda s: s.met),
)


def stage(standing: Standing) -> tuple[Stage, str, Evidence]:
    """(the stage, the rule that set it, the sentence that proves it)."""
    for rule, found, proof in LADDER:
        if (evidence := proof(standing)) is not None:
            return found, rule, evidence
    return Stage.STRANGER, "not-answered", Evidence()
