"""Templates: live files, sandboxed, strict. Whatever came by mail is data to them, never template.

`<lang>/<name>.<variant>.txt.j2`, the owner's own folder before the shipped one. The first line is a comment that holds TOML
fields; the block `body` is the text, greeting and closing come by inheritance from `<lang>/_mail.txt.j2`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nurture.drafts.capsule import full_capsule, values_of
from nurture.drafts.draft import Capsule, TemplateMeta, Text
from nurture.drafts.paragraphs import PART, laid_out, slots_of
from nurture.errors import TemplateFault
from nurture.stages import Stage

if TYPE_CHECKING:  # Jinja2 is loaded where a text is rendered: most commands read rows only
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

ASKS = ("none", "opinion", "conversation", "meeting", "agreement")
GIVES = ("nothing", "resource", "answer", "memory", "slot")
KEYS = {"asks", "gives", "offers", "stages"}
LARGEST = 64 * 1024  # bytes of a template file
_FIRST = re.compile(r"\{#-?\s*(.*?)\s*-?#\}\s*$")
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9]{1,20})\.txt\.j2")


class BadTemplate(TemplateFault):
    """A file that cannot be used: which, what is wrong, and in which line where that can be told."""

    def __init__(self, path: Path, says: str, line: int | None = None) -> None:
        self.path, self.says, self.line = path, says, line
        place = f", line {line}" if line else ""
        super().__init__(f"{path}{place}: {says}. Correct it, then run `nurture check`.")


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateFile:
    """One variant of one template: `key` is what the loader calls it ("fr/useful-news.a.txt.j2")."""

    lang: str
    name: str
    variant: str
    path: Path

    @property
    def key(self) -> str:
        return f"{self.lang}/{self.path.name}"

    @property
    def called(self) -> str:
        """ "fr/useful-news.a", as the commands take it."""
        return self.key.removesuffix(".txt.j2")


class Templates:
    """All templates of the given folders; a file in an earlier folder stands in for the same file in a later one."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self._metas: dict[str, TemplateMeta] = {}
        self._digests: dict[str, str] = {}

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        made = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(f) for f in self.folders]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals.clear()
        return made

    def files(self, lang: str | None = None, name: str | None = None) -> tuple[TemplateFile, ...]:
        """The files in force, by language, name and variant."""
        found: dict[str, TemplateFile] = {}
        for folder in reversed(self.folders):
            for path in sorted(folder.glob("*/*.txt.j2")):
                if parsed := _NAME.fullmatch(path.name):
                    file = TemplateFile(lang=path.parent.name, name=parsed[1], variant=parsed[2], path=path)
                    found[file.key] = file
        chosen = (f for f in found.values() if lang in (None, f.lang) and name in (None, f.name))
        return tuple(sorted(chosen, key=lambda f: (f.lang, f.name, f.variant)))

    def variants(self, name: str, capsule: Capsule) -> Iterator[TemplateFile]:
        """The variants of a template in the capsule's language: those that this person has not had first, in an order of their own."""
        files = self.files(capsule.lang, name)
        if not files:
            raise TemplateFault(f"There is no template {name} in {capsule.lang}. `nurture check` lists what is missing.")

        def order(file: TemplateFile) -> tuple[bool, str]:
            used = f"{file.name}.{file.variant}" in capsule.used_variants
            return used, hashlib.sha256(f"{capsule.variant_seed}|{file.key}".encode()).hexdigest()

        yield from sorted(files, key=order)

    def meta(self, file: TemplateFile) -> TemplateMeta:
        """What the first line says. Raises TemplateFault that names the file."""
        if file.key not in self._metas:
            self._metas[file.key] = parse_meta(self._source(file), file)
        return self._metas[file.key]

    def _source(self, file: TemplateFile) -> str:
        try:
            raw = file.path.read_bytes()
            if len(raw) > LARGEST:
                raise BadTemplate(file.path, f"it is larger than {LARGEST} bytes")
            return raw.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadTemplate(file.path, f"it cannot be read ({type(error).__name__})") from error

    def render(self, file: TemplateFile, capsule: Capsule) -> Text:
        """The text of one variant. Raises TemplateFault that names the file and says what is wrong."""
        from jinja2 import TemplateError

        meta = self.meta(file)
        try:
            template = self._environment.get_template(file.key)
            used: set[str] = set()
            values = values_of(capsule, used)
            raw = template.render(values)
            subject = _block(template, "subject", values)
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError, LookupError, AttributeError) as error:
            raise BadTemplate(file.path, _says(error), _line(error)) from error
        greeting, body, closing = _parts(raw)
        text = laid_out(greeting, body, closing, capsule.lang)
        said = "\n\n".join(part for part in text if part)
        return Text(
            body=said, said=text[1], greeting=text[0], template=file.name, variant=file.variant, digest=self._digest(file), meta=meta,
            subject=" ".join(subject.split()) or None, slots=slots_of(said), holds=frozenset(used),
        )  # fmt: skip

    def _digest(self, file: TemplateFile) -> str:
        """SHA-256 over the file and all that it inherits from."""
        if file.key not in self._digests:
            self._digests[file.key] = self._digested(file)
        return self._digests[file.key]

    def _digested(self, file: TemplateFile) -> str:
        from jinja2.meta import find_referenced_templates

        seen: dict[str, str] = {}
        waiting = [file.key]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            source, _, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]  # a loader is given above
            seen[name] = source
            waiting += [n for n in find_referenced_templates(self._environment.parse(source)) if n]
        return hashlib.sha256("\x00".join(seen[n] for n in sorted(seen)).encode()).hexdigest()

    def check(self, name: str) -> int:
        """Render every variant in every language, for somebody known well and for somebody hardly known. How many files there are.

        Raises TemplateFault for the first fault, or where a language that is served lacks the template.
        """
        files = self.files(name=name)
        for lang in sorted({f.lang for f in self.files()} - {f.lang for f in files}):
            raise TemplateFault(f"There is no template {name} in {lang}.")
        if not files:
            raise TemplateFault(f"There is no template {name}.")
        for file in files:
            for register in ("tu", "vous"):
                known = replace(full_capsule(file.lang), register=register)
                self.render(file, known)
                self.render(file, Capsule(lang=file.lang, register=register, owner_name=known.owner_name))
        return len(files)


def parse_meta(source: str, file: TemplateFile) -> TemplateMeta:
    """The TOML fields of the first line."""
    first = source.partition("\n")[0]
    found = _FIRST.match(first)
    if not found:
        says = 'the first line must be a comment such as {# asks = "opinion", gives = "slot", stages = ["stranger"] #}'
        raise BadTemplate(file.path, says, 1)
    try:
        fields = tomllib.loads(f"meta = {{ {found[1]} }}")["meta"]
    except tomllib.TOMLDecodeError as error:
        raise BadTemplate(file.path, f"the first line holds no TOML fields ({error})", 1) from error
    return _checked_meta(fields, file)


def _checked_meta(fields: dict[str, Any], file: TemplateFile) -> TemplateMeta:
    stages = fields.get("stages", [])
    faults = [f"{key} is no field here" for key in sorted(fields.keys() - KEYS)]
    if fields.get("asks") not in ASKS:
        faults.append(f"asks must be one of {', '.join(ASKS)}")
    if fields.get("gives") not in GIVES:
        faults.append(f"gives must be one of {', '.join(GIVES)}")
    if not isinstance(fields.get("offers", False), bool):
        faults.append("offers must be true or false")
    if not isinstance(stages, list) or any(s not in set(Stage) for s in stages):
        faults.append(f"stages must be a list of {', '.join(Stage)}")
    if faults:
        raise BadTemplate(file.path, "; ".join(faults), 1)
    return TemplateMeta(asks=fields["asks"], gives=fields["gives"], offers=fields.get("offers", False), stages=tuple(stages))


def _parts(raw: str) -> tuple[str, str, str]:
    """Greeting, body, closing; a template that does not inherit from `_mail` is all body."""
    parts = raw.split(PART)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", raw.replace(PART, "\n\n"), "")


def _block(template: Template, name: str, values: dict[str, Any]) -> str:
    block = template.blocks.get(name)
    return "".join(block(template.new_context(values))) if block else ""


def _line(error: BaseException) -> int | None:
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    place = error.__traceback__
    lines = []
    while place:
        if place.tb_frame.f_code.co_filename.endswith(".j2"):
            lines.append(place.tb_lineno)
        place = place.tb_next
    return lines[-1] if lines else None


def _says(error: BaseException) -> str:
    said = str(error).rstrip(".") or type(error).__name__
    return " ".join(said.split())[:200]
