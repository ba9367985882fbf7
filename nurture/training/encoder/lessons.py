"""The phrase bank as the encoder is taught it: letters in pieces, with the spans of their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nurture.stages.encoder.encoder import Sheet, laid_out
from nurture.stages.encoder.pieces import PAD, Pieces, words
from nurture.training.bank import OURS, SIGNALS, Phrase, phrases, replies

TAUGHT = (*SIGNALS, *OURS)  # in the order of the logits


@dataclass(frozen=True)
class Lesson:
    """A sheet of a letter as the network sees it, and the signals of each sentence of the letter."""

    sheet: Sheet
    signals: list[frozenset[str]]


@dataclass(frozen=True)
class Batch:
    """Lessons side by side, as `network.logits` takes them; `wanted` and `counts` are (letters, sentences, signals) and (letters, sentences)."""

    numbers: Any
    theirs: Any
    there: Any
    spans: Any
    wanted: Any
    counts: Any

    @property
    def whole(self) -> Any:
        """(letters, signals): what a letter says anywhere on its sheet."""
        return (self.wanted * self.counts[..., None]).amax(1)


def letters(paths: Sequence[Path]) -> list[list[Phrase]]:
    """The bank's replies, and each snippet as a reply of one sentence."""
    found = phrases(paths)
    return [[phrase] for phrase in found if phrase.reply < 0] + replies(found)


def lessons(letter: Sequence[Phrase], vocabulary: Pieces, *, ours: bool = False) -> Iterator[Lesson]:
    """A letter, sheet by sheet as it is read."""
    for sheet in laid_out(vocabulary, [phrase.text for phrase in letter], letter[0].asked, ours=ours):
        yield Lesson(sheet, [phrase.signals for phrase in letter])


def batch(some: Sequence[Lesson]) -> Batch:
    """Padded to the longest of them."""
    import torch

    many, longest = len(some), max(len(one.sheet.numbers) for one in some)
    sentences = max(len(one.signals) for one in some)
    numbers, theirs = torch.full((many, longest), PAD), torch.zeros((many, longest), dtype=torch.long)
    there = torch.zeros((many, longest), dtype=torch.bool)
    spans, counts = torch.zeros(many, sentences, longest), torch.zeros(many, sentences)
    wanted = torch.zeros(many, sentences, len(TAUGHT))
    for row, one in enumerate(some):
        length = len(one.sheet.numbers)
        numbers[row, :length] = torch.tensor(one.sheet.numbers)
        theirs[row, one.sheet.ours : length] = 1
        there[row, :length] = True
        for at, (start, end) in one.sheet.spans.items():
            spans[row, at, start:end] = 1 / (end - start)
            counts[row, at] = 1
        for at, signals in enumerate(one.signals):
            for signal in signals:
                wanted[row, at, TAUGHT.index(signal)] = 1
    return Batch(numbers, theirs, there, spans, wanted, counts)


def kept(texts: Iterable[str], lists: Iterable[Path], whole: Pieces, single: Iterable[int]) -> list[int]:
    """The pieces that a vocabulary of French and English needs: those of the texts, of the words in the lists (as they stand, with a
    capital, and in capitals), and single characters."""
    found = {*range(4), *single}
    for text in (*texts, *_listed(lists)):
        found.update(whole.of(text))
    return sorted(found)


def _listed(lists: Iterable[Path]) -> Iterator[str]:
    for path in lists:
        for word in path.read_text(encoding="utf-8").split():
            yield from (word, word.capitalize(), word.upper())


def texts(found: Iterable[Sequence[Phrase]]) -> Iterator[str]:
    """All texts of the letters."""
    for letter in found:
        yield letter[0].asked
        yield from (phrase.text for phrase in letter)


def ordinary(piece: str) -> bool:
    """One character (with or without the mark of a word) that French or English mail may hold: below U+0250, or a sign of money."""
    bare = next(iter(words(piece.lstrip("▁"))), "▁")[1:]
    return len(bare) == 1 and (ord(bare) < 0x250 or bare in "€‘’“”–—•")
