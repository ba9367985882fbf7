"""Which of the things they said is answered, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nurture.config import Near
from nurture.conversations import Entry
from nurture.followups.policy import Policy
from nurture.followups.scene import Scene
from nurture.followups.sequence import ANY, Answer, Sequence
from nurture.messages import fold
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
            scope = scope_of(finding.quote, scene.policy) if signal is Signal.FEATURE_REQUEST else ""
            yield signal, Evidence(quote=finding.quote, entry=entry.key, message_id=entry.message_id), scope


def reply(scene: Scene, *, late: bool) -> Reply | None:
    """The answer to the strongest signal that any sequence of theirs answers."""
    sequences = [s for s in (_own(scene), scene.sequences.always(scene.lang, scene.case.pinned)) if s]
    for signal, evidence, scope in strongest(scene):
        for sequence in sequences:
            if answer := _fitting(sequence, signal, scope, scene.lang, late=late):
                return Reply(signal=signal, evidence=evidence, sequence=sequence, answer=answer, scope=scope)
    return None


def _own(scene: Scene) -> Sequence | None:
    return scene.sequences.for_stage(scene.verdict.stage, scene.lang, scene.case.pinned)


def _fitting(sequence: Sequence, signal: Signal, scope: str, lang: str | None, *, late: bool) -> Answer | None:
    """The most particular answer: the signal before "any", its scope before none, a language before none."""
    fits = [
        a
        for a in sequence.answers
        if a.late == late and a.to in (signal, ANY) and a.scope in ("", scope) and a.criterion.fits(lang)
    ]
    return min(fits, key=lambda a: (a.to == ANY, a.scope != scope, a.criterion.everybody), default=None)


def scope_of(quote: str, policy: Policy) -> str:
    """ "outside" or "near" where the configuration names what they ask for and is of one mind; else "": a question, never a promise."""
    words = _plain(quote)
    outside, near = _names(policy.outside, words), _names(policy.near, words)
    return "" if outside == near else "outside" if outside else "near"


def _names(offers: tuple[Near, ...], words: str) -> bool:
    return any(_plain(name) in words for offer in offers for name in (offer.name, *offer.fr, *offer.en) if name.strip())


def _plain(text: str) -> str:
    """Folded words between single spaces, without a plural's last letter."""
    spaced = "".join(c if c.isalnum() else " " for c in fold(text))
    return f" {' '.join(w.rstrip('sx') or w for w in spaced.split())} "
