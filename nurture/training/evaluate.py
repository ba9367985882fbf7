"""Measures the reader on everything that the repository holds for it, and prints one table.

usage: python -m nurture.training.evaluate [--wrong] [--write PAGE] [FILE…]

FILE: labelled conversations (docs/labels.md); those of tests/data/corpus where none is named. `--wrong` lists every difference.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nurture.training.bank import SIGNALS, files, phrases
from nurture.training.everyday import final_words, heard, ours, safe, share_right, theirs
from nurture.training.figures import OFFER, RATES, Figures, figures
from nurture.training.labelled import CORPUS, Labelled, labelled
from nurture.training.real import bounce_rates, passes_loosely, reports, rows, share
from nurture.training.speed import messages_a_second, short_mails

KINDS = {"-o": "ordinary", "-h": "hard"}  # how identifiers of the trial conversations end
UNSEEN = ("d ", "e ", "f ")  # trials whose letters nobody has looked at
FINAL = ("opt_out", "decline", "acceptance", "deferral")
COMMAND = "make evaluate"


@dataclass(frozen=True)
class Column:
    """One set of conversations with its figures."""

    name: str
    figures: Figures


def sets_of(paths: Sequence[Path]) -> dict[str, list[Labelled]]:
    """The conversations of each file; ordinary and hard ones apart, where identifiers tell them."""
    found: dict[str, list[Labelled]] = {}
    for path in paths:
        everything, name = labelled([path]), path.name.removesuffix(".jsonl")
        parts = {f"{name} {word}": [c for c in everything if c.gold["id"].endswith(end)] for end, word in KINDS.items()}
        found |= {part: some for part, some in parts.items() if some} or {name: everything}
    return found


def columns(sets: Mapping[str, Sequence[Labelled]]) -> list[Column]:
    """A column a set."""
    return [Column(name, figures(some)) for name, some in sets.items()]


def together(sets: Mapping[str, Sequence[Labelled]]) -> list[Column]:
    """Several sets in one column: all, each language, each kind, and of each kind those whose letters were never looked at."""

    def pooled(name: str, begins: str = "", ends: str = "", parts: Iterable[str] = sets) -> Column:
        wanted = [part for part in parts if part.startswith(begins) and part.endswith(ends)]
        return Column(name, figures(c for part in wanted for c in sets[part]))

    unseen = [part for part in sets if part.partition(".")[2].startswith(UNSEEN)]
    kinds = KINDS.values()
    return [
        pooled("all"),
        *(pooled(f"all {lang}", begins=lang) for lang in ("fr", "en")),
        *(pooled(kind, ends=kind) for kind in kinds),
        *(pooled(f"{kind}, never looked at", ends=kind, parts=unseen) for kind in kinds),
    ]


def table(sets: Sequence[Column]) -> str:
    """A Markdown table: a line a figure, a column a set."""
    lines = [_row("", [c.name for c in sets]), "| --- |" + " ---: |" * len(sets)]
    lines += [_row(rate, [_cell(c.figures.rate(rate), 3) for c in sets]) for rate in RATES]
    lines.append(_row("**signals, macro F1**", [f"**{c.figures.macro_f1:.3f}**" for c in sets]))
    lines.append(_row("opt_out recall", [_cell(c.figures.recall("opt_out")) for c in sets]))
    lines.append(_row("opt_out precision", [_cell(c.figures.precision("opt_out")) for c in sets]))
    lines += [_row(signal, [_cell(c.figures.f1(signal)) for c in sets]) for signal in (*SIGNALS, OFFER)]
    return "\n".join(lines)


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def _cell(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def final() -> str:
    """What ends or pauses a conversation, in letters that were never looked at."""
    lines = ["| | recall | precision | said or held back |", "| --- | ---: | ---: | ---: |"]
    for lang in ("fr", "en"):
        letters = list(final_words(lang, "b"))
        found = heard(letters)
        for signal in FINAL:
            there = found.hit[signal] + found.missed[signal]
            rates = (found.recall(signal), found.precision(signal), safe(letters, signal))
            lines.append(_row(f"{lang}, {signal} ({there})", [_cell(rate) for rate in rates]))
    return "\n".join(lines)


def elsewhere() -> str:
    """Real mail, the bank, and speed."""
    replies, bounces = rows("replies.jsonl"), bounce_rates(reports())
    a_second = messages_a_second(short_mails(sorted(CORPUS.glob("*.jsonl"))))
    lines = [
        "| | |",
        "| --- | ---: |",
        f"| real replies, 17 languages: new words found (loose pass, {len(replies)} mails) | {share([passes_loosely(c) for c in replies]):.3f} |",
        *(f"| real bounces: {name} | {value:.3f} |" for name, value in bounces.items()),
        *(
            f"| everyday answers, {lang}: read without any error | {share_right(list(theirs(lang))):.3f} |"
            for lang in ("fr", "en")
        ),
        *(f"| everyday mails of ours, {lang}: an offer or none | {share_right(list(ours(lang))):.3f} |" for lang in ("fr", "en")),
        *(f"| phrase bank, {lang}: labelled sentences | {len(phrases(files(lang)))} |" for lang in ("fr", "en")),
        f"| short mails read a second, one core of the machine that wrote this page | {round(a_second, -1):.0f} |",
    ]
    return "\n".join(lines)


def page(sets: Mapping[str, Sequence[Labelled]], today: date) -> str:
    """docs/evaluation.md."""
    introduction = (Path(__file__).parent / "evaluation.txt").read_text(encoding="utf-8")
    parts = {"together": table(together(sets)), "table": table(columns(sets)), "final": final(), "elsewhere": elsewhere()}
    return introduction.format(day=today.isoformat(), command=COMMAND, **parts)


def main() -> None:
    """Print the table; write the page where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m nurture.training.evaluate")
    parser.add_argument("file", nargs="*", type=Path)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    sets = sets_of(asked.file or [*sorted(CORPUS.glob("*.jsonl")), *sorted((CORPUS / "trial").glob("*.jsonl"))])
    if asked.write:
        asked.write.write_text(page(sets, date.today()), encoding="utf-8")
    print(table([*together(sets), *columns(sets)]))
    for column in columns(sets) if asked.wrong else ():
        print(f"== {column.name}", *column.figures.wrong, sep="\n")


if __name__ == "__main__":
    main()
