"""The phrase bank: JSON Lines, one file a writer, in two shapes.

    {"text": "…", "signals": ["interest"]}                                    a snippet of one to three sentences
    {"asked": "…", "sentences": [{"text": "…", "signals": []}, …]}            a whole reply; `asked`: what our mail asked, may be left out

`bank/ours/` holds whole mails of owners, for whether they hand over an offer; each says besides what it leaves open (`awaits`).

Labels follow docs/labels.md. Every wording was written for this bank; none stands in a conversation that anything is measured on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nurture.stages import Signal

BANK = Path(__file__).parent / "bank"
OURS = (Signal.PROPOSAL_SENT.value,)
SIGNALS = tuple(signal.value for signal in Signal if signal is not Signal.PROPOSAL_SENT)


class BadBank(ValueError):
    """A line of the bank that cannot be learnt from, with its file and number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """One labelled sentence (or snippet) with its surroundings; `before` and `after` are None for a snippet, "" at the ends of a reply."""

    text: str
    signals: frozenset[str]
    before: str | None = None
    after: str | None = None
    asked: str = ""
    where: str = ""  # "fr.a:12"
    reply: int = -1  # number of the reply within everything that was read; -1 for a snippet


def files(lang: str, folder: Path = BANK) -> list[Path]:
    """A language's files, one a writer."""
    return sorted(folder.glob(f"{lang}.*.jsonl"))


def phrases(paths: Iterable[Path]) -> list[Phrase]:
    """Everything in these files. Raises BadBank."""
    found: list[Phrase] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                found += _of_line(line, f"{path.stem}:{number}", len(found))
    return found


def _of_line(line: str, where: str, reply: int) -> Iterator[Phrase]:
    try:
        row = json.loads(line)
        if "sentences" not in row:
            yield _phrase(row, where)
            return
        said = row["sentences"]
        for n, sentence in enumerate(said):
            yield _phrase(
                sentence, where, reply=reply, asked=str(row.get("asked", "")),
                before=said[n - 1]["text"] if n else "", after=said[n + 1]["text"] if n + 1 < len(said) else "",
            )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise BadBank(f"{where}: {error}") from error


def _phrase(row: dict[str, Any], where: str, **around: Any) -> Phrase:
    signals = frozenset(row["signals"])
    if unknown := signals - {*SIGNALS, *OURS}:
        raise ValueError(f"no such signal: {', '.join(sorted(unknown))}")
    return Phrase(text=str(row["text"]), signals=signals, where=where, **around)


def replies(found: Iterable[Phrase]) -> list[list[Phrase]]:
    """The whole replies among them, in order."""
    together: dict[int, list[Phrase]] = {}
    for phrase in found:
        if phrase.reply >= 0:
            together.setdefault(phrase.reply, []).append(phrase)
    return list(together.values())
