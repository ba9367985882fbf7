"""Counts what was right: accuracy of stage, turn, kind, dates, words, language; F1 of the signals, each and their mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from nurture.messages import Kind
from nurture.training.bank import SIGNALS
from nurture.training.labelled import Labelled

OFFER = "proposal_sent"
RATES = ("stage", "turn", "kind", "resume_on", "no_false_date", "new_text", "lang", "register")


@dataclass
class Figures:
    """Counts over conversations; `rate` and `f1` make ratios of them."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str, want: object, got: object, where: str) -> None:
        """One comparison; what was wrong is kept to be looked at."""
        self.total[what] += 1
        self.right[what] += want == got
        if want != got:
            self.wrong.append(f"{where} {what}: {want!r}, not {got!r}")

    def rate(self, what: str) -> float | None:
        """How often it was right; None where it never came up."""
        return self.right[what] / self.total[what] if self.total[what] else None

    def f1(self, signal: str) -> float | None:
        """Of one signal; None where neither the labels nor the reader know it."""
        wrong = self.false[signal] + self.missed[signal]
        return 2 * self.hit[signal] / (2 * self.hit[signal] + wrong) if self.hit[signal] + wrong else None

    @property
    def macro_f1(self) -> float:
        """The mean over the signals that came up."""
        each = [value for signal in SIGNALS if (value := self.f1(signal)) is not None]
        return sum(each) / len(each) if each else 0.0

    def recall(self, signal: str) -> float | None:
        """How many of the labelled ones were found."""
        there = self.hit[signal] + self.missed[signal]
        return self.hit[signal] / there if there else None

    def precision(self, signal: str) -> float | None:
        """How many of those found are labelled."""
        found = self.hit[signal] + self.false[signal]
        return self.hit[signal] / found if found else None

    def compare(self, labels: Iterable[str], read: Iterable[str], where: str) -> None:
        """The signals of one letter; what was missed or false is kept to be looked at."""
        want, got = set(labels), set(read)
        for name, signals in (("hit", want & got), ("false", got - want), ("missed", want - got)):
            getattr(self, name).update(signals)
        if want != got:
            self.wrong.append(f"{where} signals: missed {sorted(want - got)}, false {sorted(got - want)}")


def figures(conversations: Iterable[Labelled]) -> Figures:
    """The same figures that any scorer of the format counts."""
    found = Figures()
    for conversation in conversations:
        _conversation(found, conversation)
    return found


def _conversation(found: Figures, conversation: Labelled) -> None:
    gold, retold = conversation.gold, conversation.retold
    found.count("lang", gold["lang"], retold.lang, gold["id"])
    if gold["register"]:
        found.count("register", gold["register"], retold.register, gold["id"])
    theirs = set(conversation.theirs())
    for n, (mail, told) in enumerate(zip(gold["messages"], retold.told, strict=True)):
        label, where = mail["gold"], f"{gold['id']}[{n}]"
        found.count("stage", label["stage"], told.verdict.stage.value, where)
        found.count("turn", label["turn"], told.verdict.turn.value, where)
        if n in theirs:
            back = told.reading.resume_on or told.message.notice.resume_on
            found.count("kind", label["kind"], told.message.kind.value, where)
            day = back.isoformat() if back else None
            found.count("resume_on" if label["resume_on"] else "no_false_date", label["resume_on"], day, where)
            if label["kind"] == Kind.HUMAN.value:
                found.count("new_text", label["new_text"].split(), told.message.new_text.split(), where)
                found.compare(
                    label["signals"],
                    [f.signal.value for f in told.reading.findings],
                    f"{where} {label['new_text'][:120]!r}",
                )
        else:
            _offers(found, OFFER in label["signals"], OFFER in [f.signal.value for f in told.reading.findings], where)


def _offers(found: Figures, want: bool, got: bool, where: str) -> None:
    """Of our own mails: whether one hands over an offer."""
    for name, holds in (("hit", want and got), ("false", got and not want), ("missed", want and not got)):
        getattr(found, name)[OFFER] += holds
    if want != got:
        found.wrong.append(f"{where} {OFFER}: {'missed' if want else 'false'}")
