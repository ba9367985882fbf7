"""The encoder at work: a letter's sentences in, a logit of each signal for each of them out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nurture.stages.encoder import pieces
from nurture.stages.encoder.pieces import END, START, Pieces

HERE = Path(__file__).parent
MODEL, VOCABULARY = HERE / "encoder.onnx", HERE / "pieces.tsv"
ASKED = 48  # pieces of what we had asked
SENTENCE = 100  # pieces of one sentence
MOST = 224  # pieces of all sentences together, some 170 words
LAST = 48  # of which so many are for the end of a longer letter, where an opt-out likes to stand


@dataclass(frozen=True)
class Encoder:
    """`signals` in the order of its logits; `session` is ONNX Runtime's."""

    signals: tuple[str, ...]
    pieces: Pieces
    session: Any

    def logits(self, sentences: Sequence[str], asked: str = "") -> list[list[float] | None]:
        """For each sentence the logit of each signal; None where a letter is so long that the sentence was not read."""
        sheet = laid_out(self.pieces, sentences, asked)
        if not sheet.spans:
            return [None] * len(sentences)
        theirs = [0] * sheet.ours + [1] * (len(sheet.numbers) - sheet.ours)
        (found,) = self.session.run(None, {"pieces": [sheet.numbers], "theirs": [theirs]})
        means = {at: found[0, start:end].mean(axis=0).tolist() for at, (start, end) in sheet.spans.items()}
        return [means.get(at) for at in range(len(sentences))]


@dataclass(frozen=True)
class Sheet:
    """A letter as the network sees it: the numbers of all pieces, how many of them are ours, and where each sentence that is read stands."""

    numbers: list[int]
    ours: int
    spans: dict[int, tuple[int, int]]


def laid_out(pieces: Pieces, sentences: Sequence[str], asked: str) -> Sheet:
    """What we had asked, then the letter."""
    cut = [pieces.of(sentence)[:SENTENCE] for sentence in sentences]
    numbers = [START, *pieces.of(asked)[:ASKED], END]
    ours, spans = len(numbers), {}
    for at in chosen([len(piece) for piece in cut]):
        spans[at] = (len(numbers), len(numbers) + len(cut[at]))
        numbers += cut[at]
    return Sheet([*numbers, END], ours, spans)


def chosen(lengths: Sequence[int]) -> list[int]:
    """Which sentences are read, in order: all that have a piece; of a long letter the first ones and the last."""
    if sum(lengths) <= MOST:
        return [at for at, length in enumerate(lengths) if length]
    last, room = len(lengths), LAST
    while last and lengths[last - 1] <= room:
        last -= 1
        room -= lengths[last]
    first, room = 0, MOST - LAST
    while first < last and lengths[first] <= room:
        room -= lengths[first]
        first += 1
    return [at for at in (*range(first), *range(last, len(lengths))) if lengths[at]]


@lru_cache(maxsize=1)
def load() -> Encoder:
    """The encoder at its first use: some 0.2 s, most of it the import of ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a worker beside other work; small matrices gain nothing
    options.graph_optimization_level = (
        onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    )  # fusing made it slower to load, and to run
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])
    signals = json.loads(session.get_modelmeta().custom_metadata_map["signals"])
    return Encoder(signals=tuple(signals), pieces=pieces.read(VOCABULARY), session=session)
