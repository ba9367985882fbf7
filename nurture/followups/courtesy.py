"""The relationship rules that need no text: how much may be asked, and what is to be asked before an offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nurture.followups.places import step_of
from nurture.followups.planned import DraftState, LedgerRow
from nurture.followups.scene import Scene
from nurture.followups.sequence import Answer, Step
from nurture.stages import Signal, Stage, Verdict

ASKS = ("none", "opinion", "conversation", "meeting", "agreement")  # from least to most: `asks` of a template
LIMITS = {
    Stage.STRANGER: "opinion",
    Stage.CONTACT: "conversation",
    Stage.PROSPECT: "meeting",
    Stage.QUALIFIED: "agreement",
    Stage.PROPOSAL: "agreement",
    Stage.CLIENT: "meeting",
    Stage.DECLINED: "none",
    Stage.OPTED_OUT: "none",
    Stage.UNREACHABLE: "none",
}
EXPECTED = (("result", Signal.RESULT), ("measure", Signal.MEASURE))
OFFERED = frozenset({Stage.PROPOSAL, Stage.CLIENT})
NOT_ASKED = frozenset({DraftState.FAILED, DraftState.WITHDRAWN})
CHALLENGED_FROM = frozenset({Stage.PROSPECT, Stage.QUALIFIED, Stage.PROPOSAL, Stage.CLIENT})
ANSWER = "answer:"  # how a ledger row names an answer: "answer:price_question"


def limit(verdict: Verdict) -> str:
    """`ask-fits-stage`: the most that a draft may ask. Until they have revealed something, the stranger's or contact's at most."""
    stage = LIMITS[verdict.stage]
    if verdict.revealed or verdict.stage is Stage.CLIENT:  # an acceptance reveals enough
        return stage
    early = LIMITS[Stage.CONTACT if verdict.known or verdict.stage is Stage.CONTACT else Stage.STRANGER]
    return min(stage, early, key=ASKS.index)


def may_challenge(scene: Scene) -> bool:
    """`tactful-challenge`: from prospect on, and once in a conversation. A draft that lies in Trash untouched was none."""
    return scene.verdict.stage in CHALLENGED_FROM and not had_its_challenge(scene)


def had_its_challenge(scene: Scene) -> bool:
    """A draft of ours contradicted them, at any time."""
    return any(_challenges(scene, row) for row in scene.case.ledger if row.state not in NOT_ASKED)


def _challenges(scene: Scene, row: LedgerRow) -> bool:
    """It held the owner's answer to a belief, or left them the place for one."""
    part = part_of(scene, row)
    return row.challenged or (isinstance(part, Answer) and part.to == Signal.HOW_DICTATED and not part.scope)


def as_agreed(verdict: Verdict) -> Verdict:
    """After their yes to "suppose we built it" an agreement in principle may be asked, though no offer is out and nothing is sold."""
    return replace(verdict, stage=Stage.PROPOSAL) if verdict.revealed else verdict


def allows(verdict: Verdict, asks: str) -> bool:
    """Whether a text that asks this much fits; an unknown word never does."""
    return asks in ASKS and ASKS.index(asks) <= ASKS.index(limit(verdict))


def missing(verdict: Verdict) -> tuple[str, ...]:
    """`expectations-first`: what they have not said of result and measure; nothing any more once an offer is out."""
    if verdict.offer_out or verdict.stage in OFFERED:
        return ()
    return tuple(name for name, signal in EXPECTED if signal not in verdict.known)


def to_ask(scene: Scene) -> tuple[str, ...]:
    """What is missing and was not asked yet: each is asked once."""
    lacking = missing(scene.verdict)
    asked = frozenset(_asked(scene)) if lacking else frozenset()
    return tuple(name for name in lacking if name not in asked)


def _asked(scene: Scene) -> Iterator[str]:
    for row in scene.case.ledger:
        if row.state not in NOT_ASKED and (part := part_of(scene, row)) and part.asks_for:
            yield _first_missing_then(scene, row) if part.asks_for == "either" else part.asks_for


def part_of(scene: Scene, row: LedgerRow) -> Step | Answer | None:
    """The step or answer that a ledger row was written from."""
    if not row.step.startswith(ANSWER):
        return step_of(scene.sequences, row)
    sequence = scene.sequences.get(row.sequence, row.revision)
    answers = sequence.answers if sequence else ()
    return next((a for a in answers if a.to == row.step.removeprefix(ANSWER) and a.template == row.template), None)


def _first_missing_then(scene: Scene, row: LedgerRow) -> str:
    """A text that asks for whatever is missing asked for the result, unless they had named it by then."""
    named = any(Signal.RESULT in scene.signals(e) and e.sent < row.created for e in scene.entries if not e.ours)
    return "measure" if named else "result"
