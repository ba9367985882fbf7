"""The shipped encoder read back into tensors, so that a bank that has grown can be taught on top of what was learnt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nurture.stages.encoder.encoder import MODEL, VOCABULARY
from nurture.stages.encoder.pieces import Pieces, read
from nurture.training.encoder.network import LAYERS, heads


def tensors_of(path: Path, signals: Sequence[str]) -> dict[str, Any]:
    """What `onnx_file.write` wrote, as `network.logits` takes it; a signal that it was not taught begins anew."""
    import onnx
    import torch
    from onnx import numpy_helper

    file = onnx.load(str(path))
    constants = {c.name: numpy_helper.to_array(c) for c in file.graph.initializer}
    known = json.loads(next(entry.value for entry in file.metadata_props if entry.key == "signals"))
    arrays: dict[str, Any] = {"emb.pos": constants["places"], "emb.type": constants["sides"]}
    arrays["emb.word"] = constants["words"] * constants["words.scale"]
    for norm in ("emb.ln", *(f"l{n}.{name}" for n in range(LAYERS) for name in ("aln", "oln"))):
        arrays |= {f"{norm}.w": constants[f"{norm}.weights"], f"{norm}.b": constants[f"{norm}.bias"]}
    for n in range(LAYERS):
        for name in ("ao", "fi", "fo"):
            arrays |= {f"l{n}.{name}.w": _matrix(constants, f"l{n}.{name}"), f"l{n}.{name}.b": constants[f"l{n}.{name}.bias"]}
        whole, bias = _matrix(constants, f"l{n}.qkv"), constants[f"l{n}.qkv.bias"]
        third = len(bias) // 3
        for at, name in enumerate("qkv"):
            part = slice(at * third, (at + 1) * third)
            arrays |= {f"l{n}.{name}.w": whole[part], f"l{n}.{name}.b": bias[part]}
    found = {name: torch.tensor(array.astype("float32")) for name, array in arrays.items()}
    found |= heads(len(signals), found["emb.pos"].shape[1])
    for name in (name for name in ("head", "whole") if f"{name}.bias" in constants):
        weights, bias = torch.tensor(_matrix(constants, name)), torch.tensor(constants[f"{name}.bias"])
        for at, signal in enumerate(signals):
            if signal in known:
                found[f"{name}.w"][at], found[f"{name}.b"][at] = weights[known.index(signal)], bias[known.index(signal)]
    return found


def _matrix(constants: Mapping[str, Any], name: str) -> Any:
    """(out, in), from whole numbers of eight bits with a scale for each column of the product, or as it stands."""
    plain = constants.get(f"{name}.weights")
    if plain is None:
        small, scale, zero = (constants[f"{name}.weights_{part}"] for part in ("quantized", "scale", "zero_point"))
        plain = (small.astype("float32") - zero.astype("float32")) * scale
    return plain.T


def shipped(signals: Sequence[str]) -> tuple[dict[str, Any], Pieces]:
    """The tensors and the pieces of the package."""
    return tensors_of(MODEL, signals), read(VOCABULARY)
