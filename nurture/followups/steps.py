"""Which step of which sequence is next in a silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property

from nurture.followups.courtesy import missing as missing_of
from nurture.followups.courtesy import to_ask
from nurture.followups.places import place, was_for
from nurture.followups.planned import OPEN_STATES, Case, DraftState, LedgerRow
from nurture.followups.policy import Policy
from nurture.followups.revisions import Sequences
from nurture.followups.scene import DONE, Scene
from nurture.followups.sequence import CEILING, Sequence, Step
from nurture.stages import Awaits

BROUGHT_SOMETHING = frozenset({Awaits.OFFER, Awaits.DOCUMENT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where somebody stands in the sequence of their stage, whatever holds them back: steps drafted in this silence, and the next."""

    sequence: str = ""
    had: tuple[str, ...] = ()
    ahead: str = ""
    wait: str = ""  # of the step ahead


def standing(case: Case, sequences: Sequences, policy: Policy, now: datetime, tz: tzinfo) -> Standing:
    """The place that the planner would see them in once a draft that lies open is sent."""
    sent = tuple(replace(r, state=DraftState.SENT) if r.state in OPEN_STATES else r for r in case.ledger)
    course = Course(scene=Scene(case=replace(case, ledger=sent), sequences=sequences, policy=policy, now=now, tz=tz))
    if case.verdict is None or course.sequence is None:
        return Standing()
    name = course.sequence.name
    had = (r.step for r in course.scene.rows_in_silence if r.sequence == name and r.state is not DraftState.FAILED)
    ahead, wait = (course.next.name, str(course.next.after)) if course.next else ("", "")
    return Standing(sequence=name, had=tuple(dict.fromkeys(had)), ahead=ahead, wait=wait)


@dataclass(frozen=True, kw_only=True)
class Course:
    """One person's way through the sequences during this silence."""

    scene: Scene

    @cached_property
    def sequence(self) -> Sequence | None:
        """That of their stage."""
        scene = self.scene
        return scene.sequences.for_stage(scene.verdict.stage, scene.lang, scene.case.pinned, scene.case.outside)

    @cached_property
    def always(self) -> Sequence | None:
        return self.scene.sequences.always(self.scene.lang, self.scene.case.pinned, self.scene.case.outside)

    @property
    def ceiling(self) -> int:
        return min(CEILING, self.sequence.ceiling) if self.sequence else CEILING

    @property
    def full(self) -> bool:
        """As many of ours lie in this silence as may."""
        return self.scene.reminders >= self.ceiling

    def special(self, on: str) -> Step | None:
        """The step for a deferral that falls due, or for after a rest."""
        return (
            next(
                (s for s in self.always.steps if s.on == on and s.criterion.fits(self.scene.lang, self.scene.case.outside)), None
            )
            if self.always
            else None
        )

    @cached_property
    def next(self) -> Step | None:
        """The next step for this silence: never back behind one that was done; the last one allowed is the sequence's last."""
        if self.sequence is None or self.full:
            return None
        left = list(self._left(self.sequence))
        one_more = self.scene.reminders >= 1 and self.ceiling - self.scene.reminders == 1
        if one_more and self.scene.awaits not in BROUGHT_SOMETHING:
            return left[-1] if left else None
        return left[0] if left else None

    def _left(self, sequence: Sequence) -> Iterator[Step]:
        return (step for step in sequence.silent_steps if not self.passed_over(sequence, step))

    def passed_over(self, sequence: Sequence, step: Step) -> str:
        """Why a step can come no more in this silence, or not for them; "" where it can."""
        steps, over = sequence.silent_steps, list(self._over(sequence))
        if any(row.step == step.name for row in over):
            return "it is done in this silence"
        if (at := place(self.scene.sequences, over, sequence)) > steps.index(step):
            return f"{steps[at - 1].name}, which comes after it, is done"
        if not step.criterion.fits(self.scene.lang, self.scene.case.outside):
            return "it is meant for others (its lang, tag or list)"
        if step.asks_for and step.asks_for not in self._asking:
            missing = step.asks_for in missing_of(self.scene.verdict)
            wait = f"the {self._asking[0]} is asked first" if self._asking else f"their {step.asks_for} was asked already"
            return wait if missing else f"their {step.asks_for} is known, or an offer is out"
        return ""

    @cached_property
    def _asking(self) -> tuple[str, ...]:
        """What of their expectations a step may ask next: one thing at a time."""
        return to_ask(self.scene)[:1]

    def _over(self, sequence: Sequence) -> Iterator[LedgerRow]:
        """What was done of it in this silence. A step that was taken back is over only when we have written since, or when the
        sequence has it no more."""
        names = {s.name for s in sequence.steps}
        for row in self.scene.rows_in_silence:
            taken_back = row.state is DraftState.WITHDRAWN and (row.step not in names or not self._pending(row))
            if row.sequence == sequence.name and (row.state in DONE or taken_back):
                yield row

    def _pending(self, row: LedgerRow) -> bool:
        written = self.scene.ours is not None and row.created <= self.scene.ours.sent
        return not written and not self.scene.talked_since(row.created)

    def withdrawn(self, sequence: str, step: str) -> LedgerRow | None:
        """The draft of this step that was taken back untouched: whether it is still wanted is the owner's to say."""
        rows = (r for r in self.scene.rows_in_silence if r.sequence == sequence and r.step == step)
        return next((r for r in rows if r.state is DraftState.WITHDRAWN and self._pending(r)), None)

    @cached_property
    def measure(self) -> Step | None:
        """The question on the day of a client's measure, unless it was asked already, at any time."""
        steps = self.sequence.steps if self.sequence else ()
        step = next((s for s in steps if s.on == "measure" and s.criterion.fits(self.scene.lang, self.scene.case.outside)), None)
        had = (r for r in self.scene.case.ledger if step and was_for(self.scene.sequences, r, step))
        return step if step and not any(self._is_over(r) for r in had) else None

    def _is_over(self, row: LedgerRow) -> bool:
        """It was not taken back for what they wrote, nor is the owner still asked about it."""
        if row.state is DraftState.WITHDRAWN:
            return row in self.scene.rows_in_silence and not self._pending(row)
        return row.state is not DraftState.FAILED

    @cached_property
    def had_its_letter(self) -> bool:
        """The one letter after a rest has been written, at any time."""
        step = self.special("rest")
        letters = (r for r in self.scene.case.ledger if step and was_for(self.scene.sequences, r, step))
        return step is None or any(r.state is not DraftState.FAILED for r in letters)

    @property
    def may_write_after_rest(self) -> bool:
        return self.scene.ever_answered and not self.had_its_letter
