"""The lesson itself: see the package."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nurture.stages.encoder.encoder import MODEL, VOCABULARY
from nurture.stages.encoder.pieces import UNKNOWN, Pieces
from nurture.training.bank import BANK, Phrase, files
from nurture.training.encoder import again, base, lessons, network, onnx_file
from nurture.training.encoder.lessons import TAUGHT, Lesson

LANGUAGES = ("fr", "en")
ROUNDS = 6  # over the bank
BATCH = 32  # letters
PACE, HEAD_PACE = 1.5e-4, 1.5e-3  # learning rates: of the body, of the last layers
WARM = 0.06  # of all steps, in which the pace grows
FORGET = 0.1
DECAY = 0.01
STEEPEST = 1.0  # the norm to which gradients are cut
LETTER = 0.5  # of the loss of a letter as a whole, beside that of its sentences
LAST = ("head", "whole")  # layers
TOGETHER = 50  # batches whose letters are sorted by length


def main() -> None:
    """Teach, and write the files when all is learnt."""
    import torch

    parser = argparse.ArgumentParser(prog="python -m nurture.training.encoder")
    parser.add_argument(
        "base", nargs="?", type=Path, help="the packed model to begin with; without it the shipped encoder learns on"
    )
    parser.add_argument("words", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pace", type=float, default=PACE)
    parser.add_argument(
        "--new", default="", help="writers (« x1 »), separated by commas: all of theirs, and as many other letters"
    )
    parser.add_argument("--into", type=Path, default=MODEL.parent)
    parser.add_argument("--keep", type=Path, help="a file for the tensors themselves")
    asked = parser.parse_args()
    writers = [name.strip() for name in asked.new.split(",") if name.strip()]
    there = {writer_of(path) for lang in LANGUAGES for path in files(lang)}
    if unknown := {*writers} - there:
        parser.error(f"no such writer: {', '.join(sorted(unknown))}; there are {', '.join(sorted(there))}")
    if asked.rounds < 1:
        parser.error("at least one round")
    torch.manual_seed(1)
    found = [(letter, ours) for letters, ours in the_bank(writers) for letter in letters]
    if asked.base:
        model = base.read(asked.base, network.LAYERS)
        pieces, kept = vocabulary(model, list(lessons.texts(letter for letter, _ in found)), asked.words)
        tensors = network.beginning(model, kept, len(TAUGHT))
    else:
        tensors, pieces = again.shipped(TAUGHT)
    learnt = [one for letter, ours in found for one in lessons.lessons(letter, pieces, ours=ours)]
    print(f"{len(found)} letters on {len(learnt)} sheets, {len(pieces.scores)} pieces", flush=True)
    for number, reached in enumerate(taught(tensors, learnt, asked.rounds, asked.pace), 1):
        if asked.keep:
            keep(asked.keep, reached)
        print(f"round {number} of {asked.rounds}", flush=True)
    write(asked.into, reached, pieces)


def writer_of(path: Path) -> str:
    """« x1 » of `fr.x1.jsonl`."""
    return path.stem.partition(".")[2]


def the_bank(writers: Sequence[str] = ()) -> list[tuple[list[list[Phrase]], bool]]:
    """Letters of theirs (False), and of ours (True): all, or those of some writers with as many others beside, drawn by chance."""
    theirs = [path for lang in LANGUAGES for path in files(lang)]
    ours = lessons.letters([BANK / "ours" / f"{lang}.jsonl" for lang in LANGUAGES])
    if not writers:
        return [(lessons.letters(theirs), False), (ours, True)]
    new = lessons.letters([path for path in theirs if writer_of(path) in writers])
    old = lessons.letters([path for path in theirs if writer_of(path) not in writers])
    return [(new, False), (random.Random(1).sample(old, min(len(old), len(new))), False), (ours, True)]


def vocabulary(model: base.Base, texts: Sequence[str], lists: Sequence[Path]) -> tuple[Pieces, list[int]]:
    """The pieces that are kept, numbered anew, and their numbers in the base."""
    whole = Pieces({piece: n for n, piece in enumerate(model.pieces) if n > UNKNOWN}, model.scores)
    single = [n for n, piece in enumerate(model.pieces) if lessons.ordinary(piece)]
    kept = lessons.kept(texts, lists, whole, single)
    numbers = {model.pieces[old]: new for new, old in enumerate(kept) if new > UNKNOWN}
    return Pieces(numbers, [model.scores[old] for old in kept]), kept


def write_vocabulary(path: Path, pieces: Pieces) -> None:
    """As `stages.encoder.pieces` reads it."""
    named = ["<s>", "<pad>", "</s>", "<unk>", *pieces.numbers]
    path.write_text(
        "".join(f"{piece}\t{score:.4f}\n" for piece, score in zip(named, pieces.scores, strict=True)), encoding="utf-8"
    )


def write(into: Path, tensors: dict[str, Any], pieces: Pieces) -> None:
    """Model and vocabulary together, or neither: a number means its piece."""
    fresh = [into / f"{path.name}.new" for path in (MODEL, VOCABULARY)]
    onnx_file.write(fresh[0], tensors, TAUGHT)
    write_vocabulary(fresh[1], pieces)
    for path, name in zip(fresh, (MODEL.name, VOCABULARY.name), strict=True):
        path.replace(into / name)


def keep(path: Path, tensors: dict[str, Any]) -> None:
    """For a look at them, or another way of writing them."""
    import torch

    torch.save(tensors, path)


def taught(tensors: dict[str, Any], learnt: Sequence[Lesson], rounds: int, quickest: float) -> Iterator[dict[str, Any]]:
    """The tensors after each round. The embeddings of pieces stay as they were, so that words that the bank lacks keep their meaning."""
    import torch
    from torch.nn import functional as fun

    chance = random.Random(1)
    moved = {name: tensor.requires_grad_() for name, tensor in tensors.items() if name != "emb.word"}
    body, head = [[t for name, t in moved.items() if name.startswith(LAST) is last] for last in (False, True)]
    optimizer = torch.optim.AdamW(
        [{"params": body}, {"params": head, "lr": HEAD_PACE * quickest / PACE}], lr=quickest, weight_decay=DECAY
    )
    half = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # elsewhere it is many times slower than single precision
    steps = rounds * -(-len(learnt) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(1.0, (n + 1) / (WARM * steps)) * max(0.02, 1 - n / steps))
    for _ in range(rounds):
        started, losses = time.monotonic(), 0.0
        for step, some in enumerate(shuffled(learnt, chance), 1):
            given = lessons.batch(some)
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                said, whole = network.logits(tensors, given.numbers, given.theirs, given.there, given.spans, forget=FORGET)
            each = fun.binary_cross_entropy_with_logits(said, given.wanted, reduction="none").sum(-1)
            letters = fun.binary_cross_entropy_with_logits(whole, given.whole, reduction="none").sum(-1)
            loss = (each * given.counts).sum() / given.counts.sum() + LETTER * letters.mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*moved.values()], STEEPEST)
            optimizer.step()
            pace.step()
            losses += loss.item()
            if step % 50 == 0:
                print(f"  {step}: loss {losses / step:.3f}, {time.monotonic() - started:.0f} s", flush=True)
        yield {name: tensor.detach().float() for name, tensor in tensors.items()}


def shuffled(learnt: Sequence[Lesson], chance: random.Random) -> Iterator[list[Lesson]]:
    """Batches by chance, each of letters of like length."""
    order = list(learnt)
    chance.shuffle(order)
    for start in range(0, len(order), BATCH * TOGETHER):
        some = sorted(order[start : start + BATCH * TOGETHER], key=lambda one: len(one.sheet.numbers) + chance.random())
        batches = [some[n : n + BATCH] for n in range(0, len(some), BATCH)]
        chance.shuffle(batches)
        yield from batches


if __name__ == "__main__":
    main()
