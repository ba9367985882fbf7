"""Labelled conversations in the format of docs/labels.md: what the reader is measured on, and never learns from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from nurture.exchange import Retold, exchanges_of, retell

CORPUS = Path(__file__).parents[2] / "tests" / "data" / "corpus"


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A conversation with its labels and what was understood of it without them."""

    gold: dict[str, Any]
    retold: Retold

    def theirs(self) -> Iterator[int]:
        """The places of messages that the other side sent."""
        owner = self.gold["owner"]["address"].lower()
        return (n for n, m in enumerate(self.gold["messages"]) if parseaddr(m["from"])[1].lower() != owner)


def conversations(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The conversations of these files as they stand, labels and all."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def labelled(paths: Sequence[Path]) -> list[Labelled]:
    """Read the files, understand every conversation, and lay the labels beside it."""
    found = []
    for path in paths:
        golds = conversations([path])
        found += [Labelled(gold=gold, retold=retell(exchange)) for gold, exchange in zip(golds, exchanges_of(path), strict=True)]
    return found
