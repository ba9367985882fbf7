"""Every template tried before anybody is written to: rendered for imagined people, read by lint, compared with its variants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from nurture.drafts.draft import Remark, Severity, Text
from nurture.drafts.imagined import SHARED, Imagined, people, uses
from nurture.drafts.linter import lint
from nurture.drafts.page import Page, Reader
from nurture.drafts.template import BadTemplate, TemplateFile, Templates
from nurture.errors import TemplateFault
from nurture.followups import ASKS, LIMITS
from nurture.messages import sentence_hashes, sentences
from nurture.shipped import LANGUAGES
from nurture.stages import Stage, Turn, Verdict

THEM = "anna@societe.example"
OWNERS = frozenset(shared.sentence for shared in SHARED.values())


@dataclass(frozen=True, kw_only=True)
class TrialFinding:
    """Something wrong with one file: where, for whom, and why. `times`: for how many of the imagined people."""

    file: TemplateFile
    rule: str
    severity: Severity
    says: str
    line: int | None = None
    called: str = ""
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of it."""

    files: int
    texts: int
    findings: tuple[TrialFinding, ...]

    @property
    def sound(self) -> bool:
        return not any(f.severity is Severity.ERROR for f in self.findings)


def try_all(templates: Templates, name: str | None = None, lang: str | None = None) -> Tried:
    """Every file of every template, or of one, or of one language. Raises TemplateFault where there is no template of this name."""
    files = templates.files(lang, name)
    if not files:
        near = get_close_matches(name or "", {f.name for f in templates.files()}, n=1)
        hint = f"Did you mean {near[0]}?" if near else "Without a name all of them are tried."
        raise TemplateFault(f"There is no template {name}. {hint}" if name else "There are no templates.")
    findings: list[TrialFinding] = [*_strays(templates, name), *_one_language(templates.files(name=name))]
    said: dict[tuple[str, str], list[tuple[TemplateFile, str]]] = defaultdict(list)
    texts = 0
    for file in files:
        found, rendered = _tried(templates, file)
        findings += found
        texts += len(rendered)
        for key, sentence in {h: s for text in rendered for s in sentences(text.said) for h in sentence_hashes(s, b"")}.items():
            said[file.lang, key].append((file, sentence))
    findings += _repeated(said)
    return Tried(
        files=len(files),
        texts=texts,
        findings=tuple(sorted(findings, key=lambda f: (f.severity is not Severity.ERROR, f.file.key))),
    )


def _tried(templates: Templates, file: TemplateFile) -> tuple[list[TrialFinding], list[Text]]:
    try:
        meta = templates.meta(file)
    except TemplateFault as fault:
        return [_broken(file, fault, "")], []
    found: dict[tuple[str, str], TrialFinding] = {}
    rendered: list[Text] = []
    for one in people(file.lang, tuple(Stage(s) for s in meta.stages) or _stages(meta.asks), uses().get(file.name)):
        try:
            text = templates.render(file, one.capsule)
        except TemplateFault as fault:
            return [_broken(file, fault, one.called)], rendered
        rendered.append(text)
        for remark in lint(_page(text, one)):
            key = (remark.rule, remark.says)
            earlier = found.get(key)
            found[key] = (
                _finding(file, remark, text, one, times=earlier.times + 1) if earlier else _finding(file, remark, text, one)
            )
    return list(found.values()), rendered


def _stages(asks: str) -> tuple[Stage, ...]:
    """A text for any stage is for those that allow what it asks."""
    return tuple(s for s in Stage if s not in (Stage.OPTED_OUT, Stage.UNREACHABLE) and ASKS.index(asks) <= ASKS.index(LIMITS[s]))


def _page(text: Text, one: Imagined) -> Page:
    offered = one.stage in (Stage.PROPOSAL, Stage.CLIENT)
    verdict = Verdict(stage=one.stage, turn=Turn.OURS, rule="imagined", revealed=one.revealed, offer_out=offered)
    return Page(text=text, reader=Reader(capsule=one.capsule, verdict=verdict, to=THEM))


def _finding(file: TemplateFile, remark: Remark, text: Text, one: Imagined, *, times: int = 1) -> TrialFinding:
    words = text.said[slice(*remark.span)]
    return TrialFinding(
        file=file,
        rule=remark.rule,
        severity=remark.severity,
        says=remark.says,
        line=_line_of(file, words),
        called=one.called,
        times=times,
    )


def _broken(file: TemplateFile, fault: TemplateFault, called: str) -> TrialFinding:
    says, line = (fault.says, fault.line) if isinstance(fault, BadTemplate) else (str(fault), None)
    return TrialFinding(file=file, rule="complete", severity=Severity.ERROR, says=says, line=line, called=called)


def _line_of(file: TemplateFile, words: str) -> int | None:
    """The line of the file that these words come from: the one that holds most of them in a row."""
    wanted = words.split()
    source = [" ".join(line.split()) for line in file.path.read_text(encoding="utf-8", errors="replace").split("\n")]
    for length in range(min(len(wanted), 8), 0, -1):
        for start in range(len(wanted) - length + 1):
            part = " ".join(wanted[start : start + length])
            if number := next((n for n, line in enumerate(source, 1) if part in line), None):
                return number
    return None


def _repeated(said: dict[tuple[str, str], list[tuple[TemplateFile, str]]]) -> Iterator[TrialFinding]:
    """A sentence in two files: who has had the one cannot be sent the other."""
    for places in said.values():
        for file, sentence in places[1:]:
            if any(mark in sentence for mark in "«“⟦") or sentence in OWNERS:
                continue  # theirs, or the owner's
            yield TrialFinding(
                file=file, rule="not-twice", severity=Severity.WARNING, line=_line_of(file, sentence), says=f"{places[0][0].key} says it, too: {sentence[:120]!r}"
            )  # fmt: skip


def _one_language(files: Iterable[TemplateFile]) -> Iterator[TrialFinding]:
    names: dict[str, list[TemplateFile]] = defaultdict(list)
    for file in files:
        names[file.name].append(file)
    for there in names.values():
        for lang in sorted(set(LANGUAGES) - {f.lang for f in there}):
            yield TrialFinding(
                file=there[0], rule="complete", severity=Severity.WARNING, says=f"there is none in {lang}: nobody is drafted to in {lang} with it"
            )  # fmt: skip


def _strays(templates: Templates, name: str | None) -> Iterator[TrialFinding]:
    """Files that are nobody's template: a misspelt name is never used, and nothing else would say so."""
    for folder in templates.folders if name is None else ():
        known = {f.path for f in templates.files()}
        for path in sorted(folder.glob("*/*")):
            if path.is_file() and path not in known and not path.name.startswith(("_", ".")) and not _stands_in(templates, path):
                yield TrialFinding(
                    file=TemplateFile(lang=path.parent.name, name=path.stem, variant="", path=path), rule="complete", severity=Severity.ERROR,
                    says=f"{path.name} is no template: its name must be NAME.VARIANT.txt.j2, in small letters, digits and hyphens",
                )  # fmt: skip


def _stands_in(templates: Templates, path: Path) -> bool:
    """A shipped file that a file of the owner's takes the place of."""
    return any(f.key == f"{path.parent.name}/{path.name}" for f in templates.files())
