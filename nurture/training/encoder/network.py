"""The transformer (BERT's: Devlin et al. 2019) as a function of its tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nurture.training.encoder.base import Base

LAYERS = 12
HEADS = 12
TINY = 1e-12  # of a layer's normalisation
RARE = -3.5  # the logit of a signal before anything is learnt …
SELDOM = -3.0  # … in a sentence, and in a letter as a whole
Tensors = Mapping[str, Any]


def beginning(base: Base, kept: list[int], signals: int) -> dict[str, Any]:
    """The tensors to start from: the base's, with the embeddings of the pieces that are kept, and a last layer that knows nothing."""
    import torch

    found = {name: torch.tensor(array) for name, array in base.arrays.items()}
    found["emb.word"] = found["emb.word"][kept]
    found["emb.type"][1] = found["emb.type"][0]  # the base knows one side only
    width = found["emb.word"].shape[1]
    found |= heads(signals, width)
    return found


def heads(signals: int, width: int) -> dict[str, Any]:
    """The last layers as they begin: of a sentence, and of the letter as a whole."""
    import torch

    found = {f"{name}.w": torch.nn.init.xavier_uniform_(torch.empty(signals, width)) for name in ("head", "whole")}
    return found | {"head.b": torch.full((signals,), RARE), "whole.b": torch.full((signals,), SELDOM)}


def logits(t: Tensors, numbers: Any, theirs: Any, there: Any, spans: Any, *, forget: float = 0.0) -> tuple[Any, Any]:
    """(letters, sentences, signals), and (letters, signals) of each letter as a whole, read at its first piece; of numbers, theirs, there
    (letters, pieces) and of spans (letters, sentences, pieces), whose rows are the shares of the pieces in each sentence's mean.
    """
    import torch
    from torch.nn import functional as fun

    x = t["emb.word"][numbers] + t["emb.pos"][: numbers.shape[1]] + t["emb.type"][theirs]
    x = _forgotten(_normal(t, "emb.ln", x), forget)
    hidden = torch.where(there, 0.0, -1e4)[:, None, None, :]
    for layer in range(LAYERS):
        x = _normal(t, f"l{layer}.aln", x + _forgotten(_attention(t, f"l{layer}", x, hidden), forget))
        inner = fun.gelu(_linear(t, f"l{layer}.fi", x), approximate="tanh")
        x = _normal(t, f"l{layer}.oln", x + _forgotten(_linear(t, f"l{layer}.fo", inner), forget))
    sentences = _linear(t, "head", fun.dropout(torch.bmm(spans.to(x.dtype), x), forget))
    return sentences.float(), _linear(t, "whole", fun.dropout(x[:, 0], forget)).float()


def _forgotten(x: Any, share: float) -> Any:
    """Some of the width left out, the same in all pieces of a letter: to draw each piece's own takes as long as the rest."""
    import torch

    if not share:
        return x
    return x * ((torch.rand(x.shape[0], 1, x.shape[2]) > share).to(x.dtype) / (1 - share))


def _linear(t: Tensors, name: str, x: Any) -> Any:
    from torch.nn import functional as fun

    return fun.linear(x, t[f"{name}.w"], t[f"{name}.b"])


def _normal(t: Tensors, name: str, x: Any) -> Any:
    from torch.nn import functional as fun

    return fun.layer_norm(x, x.shape[-1:], t[f"{name}.w"], t[f"{name}.b"], TINY)


def _attention(t: Tensors, layer: str, x: Any, hidden: Any) -> Any:
    import torch

    letters, pieces, width = x.shape

    def heads(name: str) -> Any:
        return _linear(t, f"{layer}.{name}", x).view(letters, pieces, HEADS, width // HEADS).transpose(1, 2)

    query, key, value = heads("q"), heads("k"), heads("v")
    weights = torch.softmax((query @ key.transpose(-1, -2)) * (width // HEADS) ** -0.5 + hidden, -1)
    mixed = (weights.to(value.dtype) @ value).transpose(1, 2).reshape(letters, pieces, width)
    return _linear(t, f"{layer}.ao", mixed)
