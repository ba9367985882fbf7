"""A sequence tried before it is kept: is it TOML of the right form, are its templates there, does what they ask fit its stage?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from nurture.drafts.draft import Severity, TemplateMeta
from nurture.drafts.template import TemplateFile, Templates
from nurture.errors import TemplateFault
from nurture.followups import ANY, ASKS, LIMITS, Answer, Lines, Sequence, SequenceFault, Step, parse_sequence
from nurture.shipped import LANGUAGES
from nurture.stages import Stage

EARLY = (Stage.STRANGER, Stage.CONTACT)  # nothing is offered to them
EVERY_STAGE = ("deferral", "rest", "no-go", "welcome", "talk")  # looked for in the sequence of every stage, and nowhere else


@dataclass(frozen=True, kw_only=True)
class SequenceFinding:
    """Something wrong with a sequence, at its line. An error keeps it from being saved."""

    line: int
    rule: str
    severity: Severity
    says: str


@dataclass(frozen=True, kw_only=True)
class TriedSequence:
    """What came of it; `sequence` is None where it could not be read."""

    sequence: Sequence | None
    findings: tuple[SequenceFinding, ...] = ()

    @property
    def sound(self) -> bool:
        return not any(f.severity is Severity.ERROR for f in self.findings)


def try_sequence(source: str, templates: Templates, *, name: str = "") -> TriedSequence:
    """Every fault of one document, by line. `name`: what it must be called."""
    try:
        sequence = parse_sequence(source)
    except SequenceFault as fault:
        return TriedSequence(sequence=None, findings=tuple(_error(line, "form", says) for line, says in fault.faults))
    lines = Lines(source)
    found = [*_named(sequence, lines, name), *_conditions(sequence, lines)]
    for part, path in _parts(sequence):
        found += _placed(sequence, part, lines.of(path))
        found += _template(sequence, part, templates, lines.of((*path, "template")))
    found += (*_at_once(sequence, lines), *_twice(sequence, lines))
    return TriedSequence(sequence=sequence, findings=tuple(sorted(found, key=lambda f: f.line)))


def _error(line: int, rule: str, says: str) -> SequenceFinding:
    return SequenceFinding(line=line, rule=rule, severity=Severity.ERROR, says=says)


def _warning(line: int, rule: str, says: str) -> SequenceFinding:
    return SequenceFinding(line=line, rule=rule, severity=Severity.WARNING, says=says)


def _parts(sequence: Sequence) -> Iterator[tuple[Step | Answer, tuple[str | int, ...]]]:
    yield from ((step, ("steps", n)) for n, step in enumerate(sequence.steps))
    yield from ((answer, ("answers", n)) for n, answer in enumerate(sequence.answers))


def _named(sequence: Sequence, lines: Lines, name: str) -> Iterator[SequenceFinding]:
    if name and sequence.name != name:
        says = f"name: is {sequence.name!r}, and this is {name}; to call it otherwise, use `nurture sequence rename`"
        yield _error(lines.of(("name",)), "form", says)


def _conditions(sequence: Sequence, lines: Lines) -> Iterator[SequenceFinding]:
    """Conditions that nobody meets."""
    for part, path in (*_parts(sequence), (sequence, ("for",))):
        lang = part.criterion.lang
        if lang and lang not in LANGUAGES:
            yield _warning(lines.of((*path, "lang")), "for-nobody", f"lang: there are no texts in {lang!r}")


def _placed(sequence: Sequence, part: Step | Answer, line: int) -> Iterator[SequenceFinding]:
    """A step that stands where it is never looked for."""
    if isinstance(part, Answer):
        return
    if sequence.stage == ANY and part.on not in EVERY_STAGE:
        yield _warning(line, "never-taken", f'{part.name}: a step for "{part.on}" belongs to the sequence of a stage')
    if sequence.stage != ANY and part.on in EVERY_STAGE:
        yield _warning(line, "never-taken", f'{part.name}: a step for "{part.on}" belongs to the sequence of stage "any"')


def _at_once(sequence: Sequence, lines: Lines) -> Iterator[SequenceFinding]:
    """A follow-up on the very day of our own mail is no silence."""
    for n, step in enumerate(sequence.steps):
        if step.on == "silence" and step.after.count < 1:
            says = f"after: {step.name} would come on the day of our own mail; wait for one day at least"
            yield _error(lines.of(("steps", n, "after")), "no-pressure", says)


def _twice(sequence: Sequence, lines: Lines) -> Iterator[SequenceFinding]:
    seen: set[tuple[str, str]] = set()
    for n, step in enumerate(sequence.steps):
        if (step.template, step.criterion.lang) in seen and step.on == "silence":
            says = f"{step.template} stands here twice; who had one of its texts gets another, or ⟦slots⟧ where none is left"
            yield _warning(lines.of(("steps", n, "template")), "not-twice", says)
        seen.add((step.template, step.criterion.lang))


def _template(sequence: Sequence, part: Step | Answer, templates: Templates, line: int) -> Iterator[SequenceFinding]:
    wanted = part.criterion.lang or sequence.criterion.lang
    files = templates.files(name=part.template)
    there = {f.lang for f in files}
    if not files or (wanted and wanted not in there):
        yield _error(line, "template", _no_template(part.template, wanted, templates))
        return
    for lang in sorted({*LANGUAGES} - there if not wanted else ()):
        yield _warning(line, "template", f"{part.template} is not there in {lang}: nobody is written to in {lang} with it")
    for lang in sorted({wanted} if wanted else there):
        yield from _fits(sequence, part, templates, tuple(f for f in files if f.lang == lang), line)


def _no_template(name: str, lang: str, templates: Templates) -> str:
    near = get_close_matches(name, sorted({f.name for f in templates.files(lang or None)}), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"there is no template {name}{f' in {lang}' if lang else ''}{hint}"


def _fits(
    sequence: Sequence, part: Step | Answer, templates: Templates, files: tuple[TemplateFile, ...], line: int
) -> Iterator[SequenceFinding]:
    """The relationship rules, as far as the first lines of the files tell: no variant that fits is an error."""
    metas: list[TemplateMeta] = []
    for file in files:
        try:
            metas.append(templates.meta(file))
        except TemplateFault as fault:
            yield _error(line, "template", str(fault))
    wrong = [list(_misfits(sequence, part, meta)) for meta in metas]
    if wrong and all(wrong):
        yield from (_error(line, rule, f"{part.template} in {files[0].lang} {says}") for rule, says in wrong[0])
    else:
        for file, faults in zip(files, wrong, strict=False):
            yield from (_warning(line, rule, f"{file.lang}/{file.path.name} {says}; it is never used") for rule, says in faults)
    if isinstance(part, Step) and sequence.stage != ANY and metas and all(m.gives == "nothing" for m in metas):
        yield _warning(line, "gives-something", f"{part.template} brings them nothing")


def _misfits(sequence: Sequence, part: Step | Answer, meta: TemplateMeta) -> Iterator[tuple[str, str]]:
    if sequence.stage == ANY:
        return
    stage, scope = Stage(sequence.stage), getattr(part, "scope", "")
    most = LIMITS[Stage.PROPOSAL if scope == "agreed" else stage]  # their yes to a supposition counts as an offer
    if ASKS.index(meta.asks) > ASKS.index(most):
        yield "ask-fits-stage", f"asks for {meta.asks}, and of a {stage} {most} is the most that may be asked"
    if meta.stages and stage not in meta.stages and scope != "agreed":
        yield "ask-fits-stage", f"is written for {', '.join(meta.stages)}, not for {stage}"
    if meta.offers and stage in EARLY:
        yield "expectations-first", f"hands over an offer, and to a {stage} nothing is offered"


def defaults(sequences: Iterable[Sequence]) -> frozenset[str]:
    """The stages for which there is a sequence for everybody."""
    return frozenset(s.stage for s in sequences if s.criterion.everybody)
