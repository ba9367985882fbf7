"""The owner's own templates beside the shipped ones: which is in force, whether the shipped one has changed since, keeping, setting aside.

An own copy lies at `templates/<lang>/<file>` of the configuration folder. Beside it, under `templates/copied-from/<lang>/<file>`, stands
what the shipped one said when the copy was made; copies that were set aside lie under `templates/set-aside/<lang>/`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches, unified_diff
from pathlib import Path

from nurture.cli.whole_file import writing
from nurture.drafts import TemplateFile, Templates
from nurture.errors import TemplateFault

FRAME = "_mail"  # greeting and closing, from which every other one inherits
ENDING = ".txt.j2"
COPIED_FROM, SET_ASIDE = "copied-from", "set-aside"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One template file: the owner's copy, the shipped one, or both; the copy is in force."""

    file: TemplateFile
    own: str | None = None  # the texts
    shipped: str | None = None
    base: str | None = None  # what the shipped one said when the copy was made; None: made by hand, or no copy

    @property
    def called(self) -> str:
        """ "fr/useful-news.a", as the commands take it."""
        return self.file.called

    @property
    def text(self) -> str:
        """What is in force."""
        return (self.own if self.own is not None else self.shipped) or ""

    @property
    def moved_on(self) -> bool | None:
        """Whether the shipped one has changed since the copy was made; None: that cannot be told, or there are no two."""
        return None if self.own is None or self.base is None else self.shipped != self.base


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Both folders of templates."""

    own: Path
    shipped: Path

    @property
    def templates(self) -> Templates:
        return Templates((self.own, self.shipped))

    def all(self) -> tuple[Standing, ...]:
        """Everything in force, greeting and closing of each language first."""
        langs = sorted({path.parent.name for folder in (self.own, self.shipped) for path in folder.glob(f"*/{FRAME}{ENDING}")})
        frames = (self._frame(lang) for lang in langs)
        return tuple(self.standing(file) for file in (*frames, *self.templates.files()))

    def _frame(self, lang: str) -> TemplateFile:
        path = self.own / lang / f"{FRAME}{ENDING}"
        path = path if path.exists() else self.shipped / lang / path.name
        return TemplateFile(lang=lang, name=FRAME, variant="", path=path)

    def standing(self, file: TemplateFile) -> Standing:
        """What there is of one file."""
        own, shipped = _read(self.own / file.key), _read(self.shipped / file.key)
        return Standing(
            file=file, own=own, shipped=shipped, base=_read(self.own / COPIED_FROM / file.key) if own is not None else None
        )

    def named(self, name: str) -> tuple[Standing, ...]:
        """Those that `[LANG/]NAME[.VARIANT]` names. Raises TemplateFault, with the name that was perhaps meant."""
        everything = self.all()
        found = tuple(s for s in everything if name.removesuffix(ENDING) in set(_names(s.file)))
        if not found:
            near = get_close_matches(name, dict.fromkeys(n for s in everything for n in _names(s.file)), n=1)
            hint = f"Did you mean {near[0]}?" if near else "`nurture template list` shows their names."
            raise TemplateFault(f"There is no template {name}. {hint}")
        return found

    def one(self, name: str) -> Standing:
        """The one that is named. Raises TemplateFault where there are several."""
        found = self.named(name)
        if len(found) > 1:
            raise TemplateFault(f"{name} has several texts. Name one: {', '.join(s.called for s in found)}.")
        return found[0]

    def keep(self, file: TemplateFile, text: str) -> Path:
        """Make this text the owner's own, whole or not at all; what the shipped one says now is kept beside it."""
        shipped = _read(self.shipped / file.key)
        if shipped is not None:
            _write(self.own / COPIED_FROM / file.key, shipped)
        return _write(self.own / file.key, text)

    def set_aside(self, file: TemplateFile, now: datetime) -> Path:
        """Take the owner's copy out of force; it stays, under another name."""
        folder = self.own / SET_ASIDE / file.lang
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stem, number = f"{file.path.name.removesuffix(ENDING)}.{now:%Y-%m-%d}", 1
        while (path := folder / f"{stem}{f'-{number}' if number > 1 else ''}{ENDING}").exists():
            number += 1
        (self.own / file.key).rename(path)
        (self.own / COPIED_FROM / file.key).unlink(missing_ok=True)
        return path


def difference(before: str, after: str, names: tuple[str, str]) -> str:
    """What changed from one text to the other, as `diff -u` shows it; "" where nothing did."""
    lines = unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")
    return "\n".join(lines)


def _names(file: TemplateFile) -> Iterator[str]:
    """Every name that a file answers to."""
    for name in dict.fromkeys((file.name, file.path.name.removesuffix(ENDING))):
        yield from (name, f"{file.lang}/{name}")


def _read(path: Path) -> str | None:
    """What a file says; None: there is none. What is no text is shown as well as it can be."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = path.resolve()  # a link into a folder under git stays one
    fresh = path.with_name(f".{path.name}.new")
    with writing(path), fresh.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    return fresh.replace(path)
