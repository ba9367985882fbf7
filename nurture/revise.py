"""A new revision of a sequence: checked against templates, rules and the other sequences, then saved in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from nurture.drafts import SequenceFinding, Severity, Templates, TriedSequence, defaults, try_sequence
from nurture.errors import TemplateFault
from nurture.followups import ANY, Lines, Sequence, SequenceFault, parse_sequence, shipped_sequences
from nurture.shipped import shipped
from nurture.stages import Stage
from nurture.store import Author, Session, cases, sequences
from nurture.world import World


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of it. `keep`: people who have begun an earlier revision and keep it; `changed`: False where it said the same."""

    name: str
    revision: int
    findings: tuple[SequenceFinding, ...] = ()
    keep: int = 0
    changed: bool = True


def seed(world: World, now: datetime) -> None:
    """The shipped sequences are there, and their upgrades wait."""
    with world.store.begin() as session:
        sequences.seed(session, shipped_sequences(), now)


def templates_of(world: World) -> Templates:
    """The owner's, and the shipped ones."""
    return Templates((world.home.templates, shipped("templates")))


def in_force(session: Session) -> tuple[Sequence, ...]:
    """The sequences that people begin; one that cannot be read is left out, so that it can be mended."""
    found: list[Sequence] = []
    for name, number, source, current in sequences.everything(session):
        if current and (read := readable(source)):
            found.append(replace(read, name=name, revision=number))
    return tuple(found)


def readable(source: str) -> Sequence | None:
    """The sequence of a text, or None."""
    try:
        return parse_sequence(source)
    except TemplateFault:
        return None


def tried(session: Session, templates: Templates, source: str, name: str = "") -> TriedSequence:
    """Every fault of a text that is to be saved, that it would leave a stage without a default among them."""
    found = try_sequence(source, templates, name=name)
    if found.sequence is None:
        return found
    before = in_force(session)
    after = [s for s in before if s.name != found.sequence.name]
    if len(after) == len(before):  # a new one, or one that is retired
        return found
    lines, missing = Lines(source), sorted(defaults(before) - defaults([*after, found.sequence]))
    at = lines.of(("for",)) if found.sequence.stage in missing else lines.of(("stage",))
    lost = tuple(
        SequenceFinding(line=at, rule="default", severity=Severity.ERROR, says=f"the stage {stage} would be left without a sequence for everybody")
        for stage in missing
    )  # fmt: skip
    return replace(found, findings=tuple(sorted((*found.findings, *lost), key=lambda f: f.line)))


def save(session: Session, templates: Templates, name: str, source: str, by: Author, *, seen: int) -> Saved:
    """Save a text as the revision in force. Raises SequenceFault with every error, RevisedMeanwhile where `seen` is not the newest."""
    found = tried(session, templates, source, name)
    if not found.sound or found.sequence is None:
        raise SequenceFault(name, tuple((f.line, f.says) for f in found.findings if f.severity is Severity.ERROR))
    before = sequences.get(session, name)
    if before and before.in_force.source == source:
        return Saved(name=name, revision=before.in_force.number, findings=found.findings, changed=False)
    number = sequences.save(session, name, source, by, seen=seen)
    old = readable(before.in_force.source) if before else None
    touch(session, name, [s for s in (old, found.sequence) if s], anew=_serves(old) != _serves(found.sequence))
    keep = sum(revision != number for revision in sequences.pins(session, name).values())
    return Saved(name=name, revision=number, findings=found.findings, keep=keep)


def _serves(sequence: Sequence | None) -> object:
    return (sequence.stage, sequence.criterion) if sequence else None


def touch(session: Session, name: str, versions: Iterable[Sequence], *, anew: bool) -> None:
    """The next run looks at whom it may concern: who was led by it, and where it serves `anew`, everybody at its stages."""
    stages = {s.stage for s in versions} if anew else set()
    cases.touch(session, sequences.looked_at(session, [name], {s.value for s in Stage} if ANY in stages else stages))
