"""How well lint reads: precision and recall of each rule on the sentences of `data/<lang>.lint.jsonl`.

`python -m tests.drafts.measure` prints the tables; with `--write` they go into docs/lint.md. A sentence stands for a whole text,
so rules that count words or look for what a text gives are measured by tests of their own. Every other line is held back:
nobody who writes a rule looks at what lint says of those.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nurture.drafts import Page, TemplateMeta, Words, lint
from nurture.followups import LIMITS
from nurture.messages import sentence_hashes
from nurture.stages import Stage
from tests.drafts.builders import KEY, a_page, a_text

DATA = Path(__file__).parent / "data"
PAGE = Path(__file__).parents[2] / "docs" / "lint.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
EARLY = (Stage.STRANGER, Stage.CONTACT)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One line of the set: what lint should say of it, and what lint says."""

    text: str
    expected: frozenset[str]
    found: frozenset[str]
    held_back: bool


@dataclass(frozen=True, kw_only=True)
class Score:
    """One rule counted."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def page_of(row: dict[str, Any], lang: str) -> Page:
    """The sentence as a text for somebody of whom the row says what matters."""
    stage = Stage(row.get("stage", "prospect"))
    neutral = TemplateMeta(asks=LIMITS[stage], gives="answer")
    words = Words(**dict.fromkeys(row.get("knows", ()), "C'est ce qu'ils ont dit."))
    return a_page(
        row["text"], stage=stage, revealed=stage not in EARLY, text=a_text(row["text"], neutral, "Bonjour," if lang == "fr" else "Hello,"),
        lang=lang, register=row.get("register", "vous"), words=words, missing=tuple(row.get("missing", ())),
        had=sentence_hashes(row.get("said", ""), KEY),
    )  # fmt: skip


def measured(lang: str) -> list[Sentence]:
    """Every sentence of a language, read."""
    lines = (DATA / f"{lang}.lint.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Sentence(
            text=row["text"],
            expected=frozenset(row["rules"]),
            found=frozenset(r.rule for r in lint(page_of(row, lang))),
            held_back=number % 2 == 1,
        )
        for number, row in enumerate(map(json.loads, lines))
    ]


def score(sentences: Iterable[Sentence], rule: str) -> Score:
    """One rule on some sentences."""
    pairs = [(rule in s.expected, rule in s.found) for s in sentences]
    return Score(right=pairs.count((True, True)), false=pairs.count((False, True)), missed=pairs.count((True, False)))


def rules_of(sentences: Iterable[Sentence]) -> list[str]:
    """The rules that are measured."""
    return sorted(set().union(*(s.expected for s in sentences)))


def table(lang: str) -> str:
    """The figures of one language: both halves, rule by rule, and silence where silence is right."""
    read = measured(lang)
    halves = ([s for s in read if not s.held_back], [s for s in read if s.held_back])
    lines = ["| rule | sentences | precision | recall | held back: precision | recall |", "| --- | --- | --- | --- | --- | --- |"]
    for rule in rules_of(read):
        seen, unseen = (score(half, rule) for half in halves)
        lines.append(
            f"| `{rule}` | {sum(rule in s.expected for s in read)} | {seen.precision:.2f} | {seen.recall:.2f} "
            f"| {unseen.precision:.2f} | {unseen.recall:.2f} |"
        )
    innocent = [[s for s in half if not s.expected] for half in halves]
    silent = [sum(not s.found for s in half) for half in innocent]
    lines.append(
        f"\n{len(innocent[0]) + len(innocent[1])} innocent sentences; silent on {silent[0]} of {len(innocent[0])}, "
        f"held back on {silent[1]} of {len(innocent[1])}."
    )
    return "\n".join(lines)


def figures() -> str:
    """The tables of docs/lint.md."""
    return "\n\n".join(f"### {title}\n\n{table(lang)}" for lang, title in (("fr", "French"), ("en", "English")))


def with_figures(page: str) -> str:
    """The page with its figures made anew."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{figures()}\n{END}{rest.partition(END)[2]}"


def main(args: list[str]) -> None:
    """Print, write, or show what is not as it should be in the half that may be looked at."""
    if "--write" in args:
        PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    elif "--faults" in args:
        for lang in ("fr", "en"):
            for s in measured(lang):
                if s.expected != s.found and not s.held_back:
                    print(f"{lang}  {s.text}\n      should be {sorted(s.expected)}, is {sorted(s.found)}")
    else:
        print(figures())


if __name__ == "__main__":
    main(sys.argv[1:])
