"""Words in pieces: the unigram segmentation of SentencePiece (Kudo 2018), over the pieces that French and English words are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

START, PAD, END, UNKNOWN = range(4)  # the first four pieces of every vocabulary
MARK = "▁"  # stands before the first letter of a word
LONGEST = 64  # characters of a word; of a longer one no more is looked at
REMEMBERED = 20_000  # words whose pieces are kept
PENALTY = 10.0  # how much worse than the rarest piece an unknown character is

_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


@dataclass(frozen=True)
class Pieces:
    """A vocabulary: `numbers` of the pieces, and their log-probabilities `scores` by number."""

    numbers: Mapping[str, int]
    scores: Sequence[float]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _longest: int = field(init=False)
    _floor: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_longest", max(map(len, self.numbers)))
        object.__setattr__(self, "_floor", min(self.scores) - PENALTY)

    def of(self, text: str) -> list[int]:
        """The numbers of a text's pieces, in order."""
        return [number for word in words(text) for number in self._of_word(word)]

    def _of_word(self, word: str) -> tuple[int, ...]:
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[word] = tuple(self._likeliest(word))
        return found

    def _likeliest(self, word: str) -> Iterator[int]:
        """The segmentation of the greatest probability (Viterbi); characters that no piece covers become one unknown piece."""
        best: list[tuple[float, int, int]] = [(0.0, 0, UNKNOWN)] + [(-inf, 0, UNKNOWN)] * len(
            word
        )  # up to here: score, from where, piece
        for start in range(len(word)):
            so_far = best[start][0]
            for end in range(start + 1, min(start + self._longest, len(word)) + 1):
                number = self.numbers.get(word[start:end])
                if number is not None and so_far + self.scores[number] > best[end][0]:
                    best[end] = (so_far + self.scores[number], start, number)
            if so_far + self._floor > best[start + 1][0]:
                best[start + 1] = (so_far + self._floor, start, UNKNOWN)
        found, end = [], len(word)
        while end:
            _, end, number = best[end]
            found.append(number)
        found.reverse()
        return (n for at, n in enumerate(found) if not (at and n == found[at - 1] == UNKNOWN))


def words(text: str) -> Iterator[str]:
    """The words of a text, each with its mark, in compatibility form (NFKC) and without what cannot be seen."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return (MARK + word[:LONGEST] for word in plain.split())


def read(path: Path) -> Pieces:
    """A vocabulary of its file: a line a piece, with its score behind a tab, in the order of their numbers."""
    rows = [line.rsplit("\t", 1) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return Pieces(
        numbers={piece: number for number, (piece, _) in enumerate(rows) if number > UNKNOWN},
        scores=[float(score) for _, score in rows],
    )
