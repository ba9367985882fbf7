"""What a sequence is: steps, answers, and for whom. `sequence_document` reads one."""

from __future__ import annotations

from dataclasses import dataclass

from nurture.errors import TemplateFault
from nurture.followups.cadence import Wait
from nurture.followups.outside import NOTHING_OUTSIDE, Outside
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
