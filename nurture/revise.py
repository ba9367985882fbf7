"""A new revision of a sequence: checked against templates, rules and the other sequences, then saved in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from nurture.drafts import SequenceFinding, Severity, Templates, TriedSequence, defaults, try_sequence
from nurture.errors import TemplateFault, WrongUsage
from nurture.followups import ANY, Lines, Sequence, readable, renamed
from nurture.shipped import shipped
from nurture.stages import Stage
from nurture.store import Author, Session, cases, sequences
from nurture.world import World

NO_DEFAULT = "the stage {stage} would be left without a sequence for everybody"


class NotSaved(TemplateFault):
    """A change that would make a sequence faulty: (line, sentence) of each fault, lines counted as they would be."""

    def __init__(self, name: str, faults: tuple[tuple[int, str], ...]) -> None:
        self.name, self.faults = name, faults
        super().__init__(f"{name} was not changed: {'; '.join(f'line {line}: {says}' for line, says in faults)}.")


class NotTakenIn(TemplateFault):
    """Texts with faults: (place, line and sentence) of each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(f"{'; '.join(faults)}. Nothing was taken in; mend that, then import again.")


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of it. `keep`: people who have begun an earlier revision and keep it; `changed`: False where it said the same."""

    name: str
    revision: int
    findings: tuple[SequenceFinding, ...] = ()
    keep: int = 0
    changed: bool = True


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


def tried(session: Session, templates: Templates, source: str, name: str = "") -> TriedSequence:
    """Every fault of a text that is to be saved, that it would leave a stage without a default among them."""
    found = try_sequence(source, templates, name=name)
    if found.sequence is None:
        return found
    before = in_force(session)
    after = [s for s in before if s.name != found.sequence.name]
    if len(after) == len(before):  # a new one, or one that is retired
        return found
    lost = sorted(defaults(before) - defaults([*after, found.sequence]))
    lines = Lines(source)
    at = lines.of(("for",)) if found.sequence.stage in lost else lines.of(("stage",))
    more = (SequenceFinding(line=at, rule="default", severity=Severity.ERROR, says=NO_DEFAULT.format(stage=s)) for s in lost)
    return replace(found, findings=tuple(sorted((*found.findings, *more), key=lambda f: f.line)))


def save(session: Session, templates: Templates, name: str, source: str, by: Author, *, seen: int) -> Saved:
    """Save a text as the revision in force. Raises NotSaved with every error, RevisedMeanwhile where `seen` is not the newest."""
    return _keep(session, name, source, tried(session, templates, source, name), by, seen)


def take_in(session: Session, templates: Templates, texts: Iterable[tuple[str, str]], by: Author) -> tuple[Saved, ...]:
    """Save texts of (place, source) together, each under the name that it bears; all of them or, with an error, none."""
    found = [(place, source, try_sequence(source, templates)) for place, source in texts]
    if faults := tuple(f"{place}, line {f.line}: {f.says}" for place, _, one in found for f in one.findings if _is_error(f)):
        raise NotTakenIn(faults)
    names = [one.sequence.name for _, _, one in found if one.sequence]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise NotTakenIn(
            (f"{', '.join(place for place, _, one in found if one.sequence and one.sequence.name == twice)} are both {twice}",)
        )
    before = defaults(in_force(session))
    saved = tuple(
        _keep(session, n, s, one, by, sequences.newest(session, n)) for n, (_, s, one) in zip(names, found, strict=True)
    )
    if lost := sorted(before - defaults(in_force(session))):
        raise NotTakenIn(tuple(NO_DEFAULT.format(stage=stage) for stage in lost))
    return saved


def _keep(session: Session, name: str, source: str, found: TriedSequence, by: Author, seen: int) -> Saved:
    if not found.sound or found.sequence is None:
        raise NotSaved(name, tuple((f.line, f.says) for f in found.findings if _is_error(f)))
    before = sequences.get(session, name)
    if before and before.in_force.source == source:
        return Saved(name=name, revision=before.in_force.number, findings=found.findings, changed=False)
    number = sequences.save(session, name, source, by, seen=seen)
    old = readable(before.in_force.source) if before else None
    touch(session, name, [s for s in (old, found.sequence) if s], anew=_serves(old) != _serves(found.sequence))
    keep = sum(revision != number for revision in sequences.pins(session, name).values())
    return Saved(name=name, revision=number, findings=found.findings, keep=keep)


def retire(session: Session, name: str, at: datetime | None) -> int:
    """Nobody begins it any more, and who has begun it goes on; None takes that back. How many go on.

    Raises WrongUsage where a stage would be left without a sequence for everybody.
    """
    there = in_force(session)
    if at and (lost := sorted(defaults(there) - defaults(s for s in there if s.name != name))):
        raise WrongUsage(f"{name} cannot be retired: {NO_DEFAULT.format(stage=lost[0])}. Make another one for it first.")
    sequences.retire(session, name, at)
    versions = [s for s in (*there, *in_force(session)) if s.name == name]
    touch(session, name, versions, anew=True)
    return len(sequences.pins(session, name))


def rename(session: Session, old: str, new: str, by: Author) -> int:
    """Everything goes on under a new name, and a new revision bears it; its number. Raises WrongUsage where that cannot be."""
    there = sequences.history(session, old)
    if any(r.author == sequences.SHIPPED for r in there):
        raise WrongUsage(
            f"{old} came with nurture, and its upgrades find it by its name. Make a copy: `nurture sequence new {new} --from {old}`, then "
            f"`nurture sequence retire {old}`."
        )
    if sequences.get(session, new):
        raise WrongUsage(f"There is a sequence {new} already.")
    current = next(r for r in there if r.in_force)
    source = renamed(current.source, new)
    sequences.rename(session, old, new)
    touch(session, new, (), anew=False)
    return sequences.save(session, new, source, by, seen=there[-1].number)


def _is_error(finding: SequenceFinding) -> bool:
    return finding.severity is Severity.ERROR


def _serves(sequence: Sequence | None) -> object:
    return (sequence.stage, sequence.criterion) if sequence else None


def touch(session: Session, name: str, versions: Iterable[Sequence], *, anew: bool) -> None:
    """The next run looks at whom it may concern: who was led by it, and where it serves `anew`, everybody at its stages."""
    stages = {s.stage for s in versions} if anew else set()
    cases.touch(session, sequences.looked_at(session, [name], {s.value for s in Stage} if ANY in stages else stages))
