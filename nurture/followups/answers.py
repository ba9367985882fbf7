"""Which of the things they said is answered, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nurture.conversations import Entry
from nurture.followups.courtesy import may_challenge, part_of, to_ask
from nurture.followups.planned import DraftState
from nurture.followups.policy import Policy
from nurture.followups.scene import Scene
from nurture.followups.scope import AGREED, QUESTION, scope_of
from nurture.followups.sequence import ANY, Answer, Sequence
from nurture.stages import Evidence, Finding, Signal, Stage

FIRST = (Signal.OPT_OUT, Signal.DECLINE)  # whatever order the owner prefers
ORDER = (
    Signal.ACCEPTANCE,
    Signal.PROPOSAL_REQUEST,
    Signal.PRICE_QUESTION,
    Signal.MEETING,
    Signal.FEATURE_REQUEST,
    Signal.INFO_REQUEST,
    Signal.HOW_DICTATED,
    Signal.HOW_QUESTION,
    Signal.PRICE_CHALLENGE,
    Signal.OBJECTION_BUDGET,
    Signal.OBJECTION_TIMING,
    Signal.OBJECTION_AUTHORITY,
    Signal.OBJECTION_INCUMBENT,
    Signal.OBJECTION_TRUST,
    Signal.REFERRAL,
    Signal.INTEREST,
    Signal.NEED,
    Signal.RESULT,
    Signal.MEASURE,
)
BUT = frozenset(s for s in Signal if s.startswith("objection_")) | {Signal.DECLINE, Signal.DEFERRAL, Signal.PRICE_CHALLENGE}
SAID_YES = "They said yes to what was only supposed"
SAID = {
    Signal.DECLINE: "They said no",
    Signal.ACCEPTANCE: "They accepted",
    Signal.PROPOSAL_REQUEST: "They asked for an offer",
    Signal.PRICE_QUESTION: "They asked for a price",
    Signal.MEETING: "They spoke of a meeting",
    Signal.FEATURE_REQUEST: "They require something that was not offered",
    Signal.INFO_REQUEST: "They asked for information",
    Signal.HOW_DICTATED: "They want it done in a way of their own",
    Signal.HOW_QUESTION: "They asked how the work is done",
    Signal.PRICE_CHALLENGE: "They find the price hard to justify",
    Signal.OBJECTION_BUDGET: "They have no money for it",
    Signal.OBJECTION_TIMING: "They say that it is not the moment",
    Signal.OBJECTION_AUTHORITY: "They need somebody else's word",
    Signal.OBJECTION_INCUMBENT: "They have somebody for it already",
    Signal.OBJECTION_TRUST: "They have doubts",
    Signal.REFERRAL: "They pointed to somebody else",
    Signal.INTEREST: "They are interested",
    Signal.NEED: "They told what they need",
    Signal.RESULT: "They told what result they expect",
    Signal.MEASURE: "They told how they will judge success",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What is answered, by which answer of which sequence."""

    signal: Signal
    evidence: Evidence
    sequence: Sequence
    answer: Answer
    scope: str = ""


def order(policy: Policy) -> tuple[Signal, ...]:
    """Strongest first: the owner's order, then the design's for what the owner did not name; an opt-out and a no lead always."""
    known = {s.value: s for s in ORDER}
    own = (known[name] for name in policy.cadence.answer_order if name in known)
    return tuple(dict.fromkeys((*FIRST, *own, *ORDER)))


def findings(scene: Scene) -> Iterator[tuple[Finding, Entry]]:
    """What the person's unanswered words say, newest message first. After new interest an older no counts no more."""
    declined = scene.verdict.stage is Stage.DECLINED
    for entry in reversed([e for e in scene.pending if e.by == "them"]):
        reading = scene.reading(entry)
        for finding in reading.findings if reading else ():
            if (finding.signal is Signal.DECLINE) == declined:
                yield finding, entry


def strongest(scene: Scene) -> Iterator[tuple[Signal, Evidence, str]]:
    """(signal, evidence, scope) of what was said, strongest first, each signal once."""
    said: dict[Signal, tuple[Finding, Entry]] = {}
    for finding, entry in findings(scene):
        said.setdefault(finding.signal, (finding, entry))
    for signal in order(scene.policy):
        if signal in said:
            finding, entry = said[signal]
            scope = _scope(scene, signal, finding.quote)
            yield signal, Evidence(quote=finding.quote, entry=entry.key, message_id=entry.message_id), scope


def reply(scene: Scene, *, late: bool) -> Reply | None:
    """The answer to the strongest signal that any sequence of theirs answers."""
    sequences = [s for s in (_own(scene), scene.sequences.always(scene.lang, scene.case.pinned, scene.case.outside)) if s]
    for signal, evidence, scope in (*agreed(scene), *strongest(scene)):
        for sequence in sequences:
            answer = _fitting(scene, sequence, signal, scope, late=late)
            if answer and (scope != AGREED or answer.scope == AGREED):
                return Reply(signal=signal, evidence=evidence, sequence=sequence, answer=answer, scope=scope)
    return None


def _scope(scene: Scene, signal: Signal, quote: str) -> str:
    """Among the ways in which a signal is answered, the one that fits; "" for the plain one."""
    if signal is Signal.FEATURE_REQUEST:
        return scope_of(quote, scene.policy)
    return QUESTION if signal is Signal.HOW_DICTATED and not may_challenge(scene) else ""


def agreed(scene: Scene) -> Iterator[tuple[Signal, Evidence, str]]:
    """Their yes to "suppose we built it", where nothing about their expectations is left to ask: an agreement in principle."""
    if not supposed(scene) or to_ask(scene) or scene.verdict.offer_out:
        return
    for entry in reversed([e for e in scene.pending if e.by == "them"]):
        reading = scene.reading(entry)
        if reading is None or reading.unsure or reading.signals & BUT:
            return
        yes = next((f.quote for f in reading.findings if f.signal is Signal.ACCEPTANCE), "") or reading.would
        if yes:
            yield Signal.FEATURE_REQUEST, Evidence(quote=yes, entry=entry.key, message_id=entry.message_id), AGREED
            return


def supposed(scene: Scene) -> bool:
    """Our last mail is the draft that asked what they would decide if it existed: sent, and nothing written by hand since."""
    row = max((r for r in scene.case.ledger if r.state is DraftState.SENT), key=lambda r: r.created, default=None)
    part = part_of(scene, row) if row else None
    if row is None or part is None or getattr(part, "scope", "") != "near":
        return False
    return sum(e.ours and e.sent > row.created for e in scene.entries) <= 1


def _own(scene: Scene) -> Sequence | None:
    return scene.sequences.for_stage(scene.verdict.stage, scene.lang, scene.case.pinned, scene.case.outside)


def _fitting(scene: Scene, sequence: Sequence, signal: Signal, scope: str, *, late: bool) -> Answer | None:
    """The most particular answer: the signal before "any", its scope before none, a language before none."""
    fits = [
        a
        for a in sequence.answers
        if a.late == late
        and a.to in (signal, ANY)
        and a.scope in ("", scope)
        and a.criterion.fits(scene.lang, scene.case.outside)
    ]
    return min(fits, key=lambda a: (a.to == ANY, a.scope != scope, a.criterion.everybody), default=None)
