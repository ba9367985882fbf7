"""The gallery: every template, variant and register as its reader would see it, in one page a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nurture.drafts.draft import Capsule, Text
from nurture.drafts.imagined import REGISTERS, known_well, uses
from nurture.drafts.template import TemplateFile, Templates
from nurture.followups import Sequences

TITLES = {"fr": "French", "en": "English"}
HEAD = """# The templates in {title}

Every text as somebody would receive it: Anna, of whom everything is known, and somebody of whom nothing is. ⟦Slots⟧ are what only
you can say. Made by `make docs`; a test compares this page with the templates.
"""


def gallery(templates: Templates, lang: str) -> str:
    """The page of one language."""
    names = dict.fromkeys(f.name for f in templates.files(lang))
    parts = [HEAD.format(title=TITLES.get(lang, lang)), *(_template(templates, lang, name) for name in names)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _template(templates: Templates, lang: str, name: str) -> str:
    files = templates.files(lang, name)
    meta = templates.meta(files[0])
    serves = "; ".join(_serving(name)) or "no shipped sequence yet"
    lines = [f"## {name}\n", f"Serves: {serves}. Asks: {meta.asks}. Gives: {meta.gives}.\n"]
    lines += [line for file in files for line in _variant(templates, file)]
    return "\n".join(lines)


def _serving(name: str) -> Iterator[str]:
    for sequence in Sequences.shipped().in_force:
        for step in sequence.steps:
            if step.template == name:
                yield f"{sequence.name}, step {step.name}"
        for answer in sequence.answers:
            if answer.template == name:
                scope = f", {answer.scope}" if answer.scope else ""
                yield f"the answer to {answer.to.replace('_', ' ')}{scope}{', late' if answer.late else ''}"


def _variant(templates: Templates, file: TemplateFile) -> Iterator[str]:
    stages = templates.meta(file).stages
    yield f"### {file.name} {file.variant}{' (' + ', '.join(stages) + ')' if stages else ''}\n"
    for title, capsule in _readers(file):
        yield f"{title}\n\n{_shown(templates.render(file, capsule))}\n"


def _readers(file: TemplateFile) -> Iterator[tuple[str, Capsule]]:
    full = known_well(file.lang)
    needed = uses().get(file.name)
    missing = tuple(sorted(needed.needs_missing, reverse=True)) if needed else ()
    known = replace(full, missing=missing, words=replace(full.words, **dict.fromkeys(missing, "")))
    for register in REGISTERS[file.lang]:
        yield (f"*{register}:*" if file.lang == "fr" else "*Known well:*"), replace(known, register=register)
    yield "*Hardly known:*", replace(
        Capsule(lang=file.lang, register="vous", owner_name=full.owner_name, owner_signature=full.owner_signature), missing=missing or ("result", "measure")
    )  # fmt: skip


def _shown(text: Text) -> str:
    """The text as a quotation, its lines as they are."""
    return "\n".join(f"> {line}  " if line else ">" for line in text.body.split("\n"))
