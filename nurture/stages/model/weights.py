"""Weights on disk and in memory, and the scoring of grams with whole numbers.

A file holds a head of JSON on the first line (signals in order, biases, scales, calibration, what it was trained from), then one line
of UTF-8 JSON with all grams, then one row of bytes a gram: a signed byte for each signal, offset by 128, and its inverse document frequency
in steps of `IDF_STEP`. In memory a row becomes one integer of 32-bit lanes, at first use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import sqrt
from pathlib import Path
from struct import unpack_from
from typing import Any

from nurture.stages.model.grams import letters

HERE = Path(__file__).parent
LANE = 4  # bytes: a row is read as unsigned integers of this size
ZERO = 128
IDF_STEP = 1 / 16
FORMAT = 2
TOKENS = 30_000  # whose letters are remembered added up, about 10 MB
TOP = 8  # bytes of the last lane, which holds squares and has nobody above it


@dataclass(frozen=True, slots=True)
class Sum:
    """Grams added up: all lanes in one integer, and how many there were."""

    lanes: int = 0
    count: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.lanes + other.lanes, self.count + other.count)


@dataclass
class Model:
    """One language's model. `scores` are logits, larger is surer; `confidence` makes probabilities of them."""

    signals: tuple[str, ...]
    biases: tuple[float, ...]
    scales: tuple[float, ...]
    centres: tuple[float, ...]
    made: Mapping[str, Any]
    rows: dict[str, int]
    table: bytes
    _ready: dict[str, int] = field(default_factory=dict)
    _spelled: dict[str, Sum] = field(default_factory=dict)

    def add(self, grams: Iterable[str]) -> Sum:
        """The sum of the grams that the model knows. A lane has room for 16 million, a hundred times those of the longest sentence."""
        total, count, ready = 0, 0, self._ready
        for gram in grams:
            value = ready.get(gram)
            if value is None:
                row = self.rows.get(gram)
                if row is None:
                    continue
                value = ready[gram] = self._lanes(row)
            total += value
            count += 1
        return Sum(total, count)

    def spelled(self, tokens: Iterable[str]) -> Sum:
        """The sum of the letters' grams of all tokens: most words of a language come again and again."""
        total, count, known = 0, 0, self._spelled
        for token in tokens:
            value = known.get(token)
            if value is None:
                if len(known) >= TOKENS:
                    known.clear()
                value = known[token] = self.add(letters(token))
            total += value.lanes
            count += value.count
        return Sum(total, count)

    def _lanes(self, row: int) -> int:
        width = len(self.signals) + 1
        packed = self.table[row * width : (row + 1) * width]
        lanes = bytearray(width * LANE)
        lanes[0 : (width - 1) * LANE : LANE] = packed[:-1]
        lanes[(width - 1) * LANE :] = (packed[-1] * packed[-1]).to_bytes(LANE, "little")
        return int.from_bytes(lanes, "little")

    def scores(self, found: Sum) -> list[float]:
        """The logit of each signal, in the order of `signals`."""
        width = len(self.signals)
        *sums, squares = unpack_from(f"<{width}IQ", found.lanes.to_bytes(width * LANE + TOP, "little"))
        norm = sqrt(squares) * IDF_STEP or 1.0
        offset = ZERO * found.count
        return [(n - offset) * scale / norm + bias for n, scale, bias in zip(sums, self.scales, self.biases, strict=True)]


def pack(head: Mapping[str, Any], grams: Sequence[str], table: bytes) -> bytes:
    """A file of weights; `table` has one row a gram, in the order of `grams`."""
    width = len(head["signals"]) + 1
    if len(table) != width * len(grams):
        raise ValueError("the table does not fit the grams")
    lines = [
        json.dumps({"format": FORMAT, **head}, sort_keys=True),
        json.dumps(list(grams), ensure_ascii=False, separators=(",", ":")),
    ]
    return "\n".join(lines).encode() + b"\n" + table


def unpack(raw: bytes) -> Model:
    """A model of the bytes of its file. Raises ValueError on another format."""
    first, _, rest = raw.partition(b"\n")
    second, _, table = rest.partition(b"\n")
    head, grams = json.loads(first), json.loads(second)
    if head["format"] != FORMAT or len(table) != (len(head["signals"]) + 1) * len(grams):
        raise ValueError("not a file of weights of this format")
    return Model(
        signals=tuple(head["signals"]),
        biases=tuple(head["biases"]),
        scales=tuple(head["scales"]),
        centres=tuple(head["centres"]),
        made=head["made"],
        rows={gram: row for row, gram in enumerate(grams)},
        table=table,
    )


def path_of(lang: str) -> Path:
    """Where a language's weights lie."""
    return HERE / f"{lang}.weights"


@lru_cache(maxsize=8)
def load(lang: str) -> Model | None:
    """The model of a language at its first use; None where it has none."""
    path = path_of(lang)
    return unpack(path.read_bytes()) if path.is_file() else None
