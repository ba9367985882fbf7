"""Looks after the phrase bank: counts it, finds wrong and contradicting labels, and lists near doubles, which are for a reader to judge.

usage: python -m nurture.training.check [FILE…]          (the whole bank where nothing is named); exit code 1 where a label is wrong
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nurture.messages import fold
from nurture.stages.model.grams import words
from nurture.training.bank import BANK, SIGNALS, Phrase, files, phrases, replies

RUN = 4  # words in a row that two wordings may share
SHARED = 3  # such runs at least
NEAR = 0.6  # of those of the shorter one, from which on they are the same in other words
LONG = 6  # words; shorter wordings repeat by nature
THANKS = "thanks"


def plain(text: str) -> str:
    """A wording without what does not tell: case, accents, marks, figures."""
    return " ".join(word for word in words(fold(text)) if word.isalnum() or "'" in word)


def runs(text: str) -> set[str]:
    """All runs of `RUN` words."""
    found = text.split()
    return {" ".join(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def contradictions(found: Sequence[Phrase]) -> Iterator[str]:
    """The same words, in answer to the same question, under other labels."""
    seen: dict[tuple[str, str], Phrase] = {}
    for phrase in found:
        key = plain(phrase.text)
        if len(key.split()) >= LONG:
            first = seen.setdefault((key, phrase.asked), phrase)
            if (first.signals ^ phrase.signals) - {THANKS}:  # which stands alone: the rest of the letter decides
                yield f"{phrase.where}: {_named(phrase)}, but {first.where} calls the same words {_named(first)}: {phrase.text[:70]!r}"


def near_doubles(found: Sequence[Phrase]) -> Iterator[str]:
    """Labelled wordings that share most of their runs of words with another one; other labels are a contradiction."""
    index: dict[str, list[int]] = defaultdict(list)
    texts = [plain(phrase.text) for phrase in found]
    for n, (phrase, text) in enumerate(zip(found, texts, strict=True)):
        if not phrase.signals or len(text.split()) < LONG:
            continue
        own = runs(text)
        shared = Counter(other for run in own for other in index[run])
        for other, common in shared.most_common(1):
            if common >= max(SHARED, NEAR * min(len(own), len(runs(texts[other])))):
                word = (
                    "nearly said already"
                    if found[other].signals == phrase.signals
                    else f"{_named(phrase)} against {_named(found[other])}"
                )
                yield f"{phrase.where}: {word} in {found[other].where}: {phrase.text[:60]!r} ~ {found[other].text[:60]!r}"
        for run in own:
            index[run].append(n)


def wrong_labels(found: Iterable[Phrase]) -> Iterator[str]:
    """What docs/labels.md rules out."""
    for phrase in found:
        if "thanks" in phrase.signals and len(phrase.signals) > 1:
            yield f"{phrase.where}: thanks stands alone: {phrase.text[:70]!r}"
        if not phrase.text.strip():
            yield f"{phrase.where}: an empty sentence"


def _named(phrase: Phrase) -> str:
    return "+".join(sorted(phrase.signals)) or "nothing"


def counts(found: Sequence[Phrase]) -> str:
    """How much there is of each signal."""
    each = Counter(signal for phrase in found for signal in phrase.signals)
    empty = sum(not phrase.signals for phrase in found)
    rows = "\n".join(f"  {signal:22}{each[signal]:6}" for signal in SIGNALS)
    return f"{len(found)} sentences, {empty} of them without a signal, {len(replies(found))} whole replies\n{rows}"


def main(names: Sequence[str]) -> int:
    """Counts and complaints, language by language."""
    wrong = 0
    for lang in sorted({path.name.split(".")[0] for path in BANK.glob("*.jsonl")}):
        paths = [Path(name) for name in names if Path(name).name.startswith(f"{lang}.")] if names else files(lang)
        if not paths:
            continue
        found = phrases(paths)
        near, faults = list(near_doubles(found)), [*wrong_labels(found), *contradictions(found)]
        print(f"{lang}: {counts(found)}\n{lang}: {len(near)} near doubles")
        print("\n".join(f"  {line}" for line in near))
        print(f"{lang}: {len(faults)} faults")
        print("\n".join(f"  {line}" for line in faults))
        wrong += len(faults)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
