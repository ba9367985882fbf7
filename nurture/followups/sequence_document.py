"""A sequence as a TOML document -> values, with every fault at its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from nurture.followups.cadence import Wait
from nurture.followups.sequence import (
    ALL_SCOPES,
    ANSWERED,
    ANY,
    AT_ONCE,
    CEILING,
    EXPECTATIONS,
    LADDER,
    LONGEST,
    OCCASIONS,
    SCOPES,
    Answer,
    Criterion,
    Sequence,
    SequenceFault,
    Step,
)  # fmt: skip
from nurture.followups.toml_lines import Lines

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT = re.compile(r"\(at line (\d+), column \d+\)$")  # only there: the words before it may be quoted


@lru_cache(maxsize=256)
def parse_sequence(source: str) -> Sequence:
    """Read one document. Raises `SequenceFault` (a TemplateFault) with every fault and its line."""
    if len(source) > LONGEST:
        raise SequenceFault("(unnamed)", ((1, f"longer than {LONGEST} characters"),))
    try:
        document = tomllib.loads(source.removeprefix("\ufeff"))  # some editors begin with a byte order mark
    except RecursionError:
        deep = max(enumerate(source.split("\n"), 1), key=lambda line: line[1].count("[") + line[1].count("{"))[0]
        raise SequenceFault("(unnamed)", ((deep, "nested too deeply"),)) from None
    except ValueError as error:
        at = _AT.search(str(error)) or (0, source.rstrip().count("\n") + 1)
        raise SequenceFault("(unnamed)", ((int(at[1]), f"no TOML: {error}"),)) from None
    reader = _Reader(lines=Lines(source))
    sequence = reader.sequence(document)
    if reader.faults:
        name = document.get("name")
        raise SequenceFault(
            name if isinstance(name, str) and _NAME.fullmatch(name) else "(unnamed)", tuple(sorted(reader.faults))
        )
    return sequence


@dataclass
class _Reader:
    """One reading: takes what it can, and notes what is wrong."""

    lines: Lines
    faults: list[tuple[int, str]] = field(default_factory=list)

    def sequence(self, document: Mapping[str, Any]) -> Sequence:
        table = _Table(self, document, ())
        read = Sequence(
            name=table.name("name"),
            title=table.text("title", needed=True),
            stage=table.choice("stage", (*LADDER, ANY), needed=True),
            ceiling=table.number("ceiling", CEILING, 0, CEILING),
            criterion=table.criterion("for"),
            steps=tuple(self.step(t) for t in table.tables("steps")),
            answers=tuple(self.answer(t) for t in table.tables("answers")),
        )
        table.finish()
        if not read.steps and not read.answers and not self.faults:
            self.faults.append((1, "neither [[steps]] nor [[answers]]"))
        return read

    def step(self, table: _Table) -> Step:
        on = table.choice("on", OCCASIONS) or "silence"
        read = Step(
            name=table.name("name", once="steps"),
            template=table.name("template"),
            after=table.wait("after", needed=on == "silence"),
            on=on,
            asks_for=table.choice("asks_for", EXPECTATIONS[:2]),
            criterion=table.conditions(),
        )
        table.finish()
        return read

    def answer(self, table: _Table) -> Answer:
        read = Answer(
            to=table.choice("to", ANSWERED, needed=True),
            template=table.name("template"),
            scope=table.choice("scope", ALL_SCOPES),
            late=table.flag("late"),
            asks_for=table.choice("asks_for", EXPECTATIONS),
            criterion=table.conditions(),
        )
        if read.scope and read.scope not in SCOPES.get(read.to, ()):
            wanted = next(signal for signal, scopes in SCOPES.items() if read.scope in scopes)
            table.fault("scope", f"only an answer to {wanted} has the scope {read.scope}")
        if read.to == ANY and not read.late:
            table.fault("to", '"any" is for the answer that comes late: late = true')
        table.once((read.to, read.scope, read.late, read.criterion), "to", "answers the same a second time")
        table.finish()
        return read


class _Table:
    """One table being read: each key asked for once, the rest is unknown."""

    seen: set[object]

    def __init__(
        self, reader: _Reader, values: Mapping[str, Any], path: tuple[str | int, ...], seen: set[object] | None = None
    ) -> None:
        self.reader, self.values, self.path = reader, values, path
        self.seen = set() if seen is None else seen
        self.asked: list[str] = []

    def fault(self, key: str, says: str) -> None:
        self.reader.faults.append((self.reader.lines.of((*self.path, key)), f"{key}: {says}" if key else says))

    def take(self, key: str, *, needed: bool = False) -> Any:
        self.asked.append(key)
        if needed and key not in self.values:
            self.reader.faults.append((self.reader.lines.of(self.path), f"{key} is missing"))
        return self.values.get(key)

    def text(self, key: str, *, needed: bool = False) -> str:
        value = self.take(key, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip() or len(value) > 200 or not value.isprintable():
            self.fault(key, "must be one line of text, at most 200 characters")
            return ""
        return value

    def name(self, key: str, *, once: str = "") -> str:
        value = self.text(key, needed=True)
        if value and (len(value) > 80 or not _NAME.fullmatch(value)):
            self.fault(key, f'{value!r} is no name; use small letters, digits and "-"')
        elif value and once:
            self.once(value, key, f"{value!r} stands here a second time")
        return value

    def once(self, value: object, key: str, says: str) -> None:
        if value in self.seen:
            self.fault(key, says)
        self.seen.add(value)

    def choice(self, key: str, allowed: tuple[str, ...], *, needed: bool = False) -> str:
        value = self.text(key, needed=needed)
        if value and value not in allowed:
            self.fault(key, f"{value!r} is none of {', '.join(allowed)}{_did_you_mean(value, allowed)}")
            return ""
        return value

    def number(self, key: str, default: int, low: int, high: int) -> int:
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(key, f"must be a number from {low} to {high}")
            return default
        return value

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            self.fault(key, "must be true or false")
        return value is True

    def wait(self, key: str, *, needed: bool) -> Wait:
        value = self.text(key, needed=needed)
        try:
            return Wait.parse(value) if value else AT_ONCE
        except ValueError as error:
            self.fault(key, str(error))
            return AT_ONCE

    def conditions(self) -> Criterion:
        return Criterion(lang=self.text("lang"), tag=self.text("tag"))

    def criterion(self, key: str) -> Criterion:
        value = self.take(key)
        if value is None:
            return Criterion()
        if not isinstance(value, dict):
            self.fault(key, 'must be a table like { lang = "fr" }')
            return Criterion()
        table = _Table(self.reader, value, (*self.path, key))
        read = Criterion(lang=table.text("lang"), tag=table.text("tag"), list=table.text("list"))
        table.finish()
        return read

    def tables(self, key: str) -> list[_Table]:
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.fault(key, f"must be tables: [[{key}]]")
            return []
        seen: set[object] = set()
        return [_Table(self.reader, v, (*self.path, key, n), seen) for n, v in enumerate(value)]

    def finish(self) -> None:
        for key in self.values:
            if key not in self.asked:
                self.fault(key, f"is no key here{_did_you_mean(key, tuple(self.asked))}")


def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
