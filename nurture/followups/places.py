"""Where somebody stands in a sequence whose steps have changed: nobody loses a place, and no step comes twice."""

from __future__ import annotations

from collections.abc import Iterable

from nurture.followups.planned import LedgerRow
from nurture.followups.revisions import Sequences
from nurture.followups.sequence import Sequence, Step


def step_of(sequences: Sequences, row: LedgerRow) -> Step | None:
    """The step that a ledger row was written from, in the revision of then."""
    sequence = sequences.get(row.sequence, row.revision)
    return next((s for s in sequence.steps if s.name == row.step), None) if sequence else None


def was_for(sequences: Sequences, row: LedgerRow, step: Step) -> bool:
    """Whether a row was written for the same as a step that comes once: by its name, or by what it is for, renamed or not."""
    written = step_of(sequences, row)
    return row.step == step.name or (written is not None and written.on == step.on)


def place(sequences: Sequences, rows: Iterable[LedgerRow], sequence: Sequence) -> int:
    """How many of the sequence's steps for a silence lie behind somebody for whom these rows are over."""
    return max((behind(sequences.get(r.sequence, r.revision), r.step, sequence) for r in rows), default=0)


def behind(old: Sequence | None, step: str, new: Sequence) -> int:
    """How many of the new one's steps lie behind who has had `step` of the old one.

    A step that is there no more counts as the place before the nearest later one that is; where none of those is left, what
    counts is how many had come.
    """
    names = [s.name for s in new.silent_steps]
    before = [s.name for s in old.silent_steps] if old else []
    if step in names:
        return names.index(step) + 1
    if step not in before:
        return 0
    at = before.index(step)
    return next((names.index(later) for later in before[at + 1 :] if later in names), min(at + 1, len(names)))
