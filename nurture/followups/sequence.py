"""What a sequence is, and how its TOML is read: every fault with its line, all of them together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from nurture.errors import TemplateFault
from nurture.followups.cadence import Wait
from nurture.followups.outside import NOTHING_OUTSIDE, Outside
from nurture.followups.toml_lines import Lines
from nurture.stages import Signal, Stage

ANY = "any"
LADDER = tuple(s.value for s in (Stage.STRANGER, Stage.CONTACT, Stage.PROSPECT, Stage.QUALIFIED, Stage.PROPOSAL, Stage.CLIENT))
CEILING = 2  # of ours in one silence: a sequence may ask for less, never for more
OCCASIONS = ("silence", "deferral", "rest", "measure", "no-go", "welcome", "talk")
SCOPES: dict[str, tuple[str, ...]] = {  # signals that are answered in several ways -> these
    Signal.FEATURE_REQUEST: ("outside", "near", "inside", "agreed"),
    Signal.HOW_DICTATED: ("question",),
}
ALL_SCOPES = tuple(scope for scopes in SCOPES.values() for scope in scopes)
EXPECTATIONS = ("result", "measure", "either")
ANSWERED = (*(s.value for s in Signal if s not in (Signal.OPT_OUT, Signal.THANKS, Signal.PROPOSAL_SENT)), ANY)
LONGEST = 64 * 1024  # characters of one document
AT_ONCE = Wait(count=0)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT = re.compile(r"\(at line (\d+), column \d+\)$")  # only there: the words before it may be quoted


class SequenceFault(TemplateFault):
    """A sequence cannot be used. `faults` are (line, sentence), in the order of the lines."""

    def __init__(self, name: str, faults: tuple[tuple[int, str], ...]) -> None:
        self.name = name
        self.faults = faults
        listed = "; ".join(f"line {line}: {says}" for line, says in faults)
        super().__init__(f"The sequence {name} cannot be used: {listed}. Mend it there.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """For whom a sequence is meant; "" means everybody."""

    lang: str = ""
    tag: str = ""
    list: str = ""

    def fits(self, lang: str | None, outside: Outside = NOTHING_OUTSIDE) -> bool:
        """Whether somebody is meant who is written to in this language, and carries these tags and stands on these lists."""
        marked = (not self.tag or self.tag in outside.tags) and (not self.list or self.list in outside.lists)
        return marked and self.lang in ("", lang)

    @property
    def everybody(self) -> bool:
        return not (self.lang or self.tag or self.list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What is written into a silence, after a wait. `on`: the silence itself, a deferral that falls due, a long rest, the
    day of a client's measure, or the owner's word: that what they expect cannot be satisfied, that they have accepted, that
    they told in a talk what they expect.

    `asks_for` makes it a step about what they expect: it comes only while that is missing, and once.
    """

    name: str
    template: str
    after: Wait = AT_ONCE
    on: str = "silence"
    asks_for: str = ""
    criterion: Criterion = Criterion()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is written when they said something. `to` is a signal or "any"; `late` marks the text that owns a delay.

    `asks_for` declares what the text asks about their expectations ("either": the first that is missing).
    """

    to: str
    template: str
    scope: str = ""
    late: bool = False
    asks_for: str = ""
    criterion: Criterion = Criterion()


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """The steps for silence and the answers to signals of one stage, or of any."""

    name: str
    title: str
    stage: str
    ceiling: int = CEILING
    criterion: Criterion = Criterion()
    steps: tuple[Step, ...] = ()
    answers: tuple[Answer, ...] = ()
    revision: int = 0  # set by `Sequences`

    @property
    def silent_steps(self) -> tuple[Step, ...]:
        """The steps for the silence itself, in their order."""
        return tuple(s for s in self.steps if s.on == "silence")

    @property
    def templates(self) -> tuple[str, ...]:
        """The names of all templates used, in their order, without repeats."""
        return tuple(dict.fromkeys([*(s.template for s in self.steps), *(a.template for a in self.answers)]))


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
