"""The encoder at work: a letter's sentences in, a logit of each signal for each of them out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nurture.errors import NurtureError
from nurture.stages.encoder import pieces
from nurture.stages.encoder.pieces import END, START, Pieces

HERE = Path(__file__).parent
MODEL, VOCABULARY = HERE / "encoder.onnx", HERE / "pieces.tsv"
ASKED = 48  # pieces of what we had asked
SHEET = 96  # pieces of a letter that are read together: among more a short no is drowned, for few letters of the bank are longer
WHOLE = 0.5  # of what a sheet of theirs says as a whole in the logits of its sentences: many a no is in none of them
SHEETS = 6  # of a letter that are read, some 400 words: the first five, and the last, where an opt-out likes to stand


class Damaged(NurtureError):
    """The encoder cannot be run."""


@dataclass(frozen=True)
class Encoder:
    """`signals` in the order of its logits; `session` is ONNX Runtime's."""

    signals: tuple[str, ...]
    vocabulary: Pieces
    session: Any

    def logits(self, sentences: Sequence[str], asked: str = "", *, ours: bool = False) -> list[list[float] | None]:
        """For each sentence of a letter of theirs (or `ours`) the logit of each signal, of theirs with what the letter says as a whole;
        None where it holds nothing to be read, or the letter is longer than what is read.
        """
        means: dict[int, list[float]] = {}
        for sheet in laid_out(self.vocabulary, sentences, asked, ours=ours):
            theirs = [0] * sheet.ours + [1] * (len(sheet.numbers) - sheet.ours)
            found, whole = self.session.run(["logits", "whole"], {"pieces": [sheet.numbers], "theirs": [theirs]})
            for at, (start, end) in sheet.spans.items():
                alone = found[0, start:end].mean(axis=0)
                means[at] = (alone if ours else (1 - WHOLE) * alone + WHOLE * whole[0, 0]).tolist()
        return [means.get(at) for at in range(len(sentences))]


@dataclass(frozen=True)
class Sheet:
    """Part of a letter as the network sees it: the numbers of all pieces, how many of them are ours, and where each sentence stands."""

    numbers: list[int]
    ours: int
    spans: dict[int, tuple[int, int]]


def laid_out(vocabulary: Pieces, sentences: Sequence[str], asked: str, *, ours: bool = False) -> list[Sheet]:
    """On each sheet what we had asked, then whole sentences: theirs, or `ours`."""
    cut = [vocabulary.of(_calm(sentence))[:SHEET] for sentence in sentences]
    question = [START, *vocabulary.of(asked)[:ASKED], END]
    return [_sheet(question, cut, part, ours=ours) for part in parted([len(piece) for piece in cut])]


def _calm(sentence: str) -> str:
    """What is all in capitals, as it would be said quietly: pieces are told apart by their case, meanings are not."""
    return sentence.lower() if sentence.isupper() else sentence


def _sheet(question: Sequence[int], cut: Sequence[Sequence[int]], part: Sequence[int], *, ours: bool) -> Sheet:
    numbers, spans = list(question), {}
    for at in part:
        spans[at] = (len(numbers), len(numbers) + len(cut[at]))
        numbers += cut[at]
    numbers.append(END)
    return Sheet(numbers, len(numbers) if ours else len(question), spans)


def parted(lengths: Sequence[int]) -> list[list[int]]:
    """Which sentences of these lengths are read, sheet by sheet."""
    every = list(_parts(lengths))
    return every if len(every) <= SHEETS else [*every[: SHEETS - 1], every[-1]]


def _parts(lengths: Sequence[int]) -> Iterator[list[int]]:
    part: list[int] = []
    room = SHEET
    for at, length in enumerate(lengths):
        if length > room:
            yield part
            part, room = [], SHEET
        if length:
            part.append(at)
            room -= length
    if part:
        yield part


@lru_cache(maxsize=1)
def load() -> Encoder:
    """The encoder at its first use: some 0.2 s, most of it the import of ONNX Runtime. Raises Damaged."""
    try:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # a worker beside other work; small matrices gain nothing
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # fusing made it slower
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])
        known = session.get_modelmeta().custom_metadata_map
        vocabulary = pieces.read(VOCABULARY)
        if len(vocabulary.scores) != int(known["pieces"]):
            raise ValueError(f"{VOCABULARY.name} has {len(vocabulary.scores)} lines, not {known['pieces']}")
        return Encoder(signals=tuple(json.loads(known["signals"])), vocabulary=vocabulary, session=session)
    except Exception as error:  # onnxruntime's own faults have no common base
        raise Damaged(
            f"What reads letters cannot be loaded ({type(error).__name__}: {str(error).strip()[:200]}). Install nurture again; nothing was lost."
        ) from error
