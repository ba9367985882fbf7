"""The transformer (BERT's: Devlin et al. 2019) as a function of its tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nurture.training.encoder.base import Base

LAYERS = 12
HEADS = 12
TINY = 1e-12  # of a layer's normalisation
RARE = -3.5  # the logit of a signal before anything is learnt
Tensors = Mapping[str, Any]


def beginning(base: Base, kept: list[int], signals: int) -> dict[str, Any]:
    """The tensors to start from: the base's, with the embeddings of the pieces that are kept, and a last layer that knows nothing."""
    import torch

    found = {name: torch.tensor(array) for name, array in base.arrays.items()}
    found["emb.word"] = found["emb.word"][kept]
    found["emb.type"][1] = found["emb.type"][0]  # the base knows one side only
    width = found["emb.word"].shape[1]
    found["head.w"] = torch.nn.init.xavier_uniform_(torch.empty(signals, width))
    found["head.b"] = torch.full((signals,), RARE)
    return found


def logits(t: Tensors, numbers: Any, theirs: Any, there: Any, spans: Any, *, forget: float = 0.0) -> Any:
    """(letters, sentences, signals) of numbers, theirs, there (letters, pieces) and of spans (letters, sentences, pieces), whose rows
    are the shares of the pieces in each sentence's mean."""
    import torch
    from torch.nn import functional as fun

    x = t["emb.word"][numbers] + t["emb.pos"][: numbers.shape[1]] + t["emb.type"][theirs]
    x = fun.dropout(_normal(t, "emb.ln", x), forget)
    hidden = torch.where(there, 0.0, -1e4)[:, None, None, :]
    for layer in range(LAYERS):
        x = _normal(t, f"l{layer}.aln", x + _attention(t, f"l{layer}", x, hidden))
        inner = fun.gelu(_linear(t, f"l{layer}.fi", x), approximate="tanh")
        x = _normal(t, f"l{layer}.oln", x + _linear(t, f"l{layer}.fo", inner))
    return _linear(t, "head", fun.dropout(torch.bmm(spans.to(x.dtype), x), forget)).float()


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
