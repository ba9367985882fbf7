"""A TOML document as its [[tables]] in the owner's own words: moved, added, taken out, and every other byte stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nurture.followups.toml_lines import HEADER, still_inside

_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # TOML knows no other end of a line


@dataclass(frozen=True, kw_only=True)
class Block:
    """One table with the comment above it; `gap`: the empty lines behind it. `kind` is "" for what stands before the first table."""

    kind: str
    text: str
    gap: str = ""


Blocks = tuple[Block, ...]


def blocks_of(source: str) -> Blocks:
    """The blocks of a document; their texts and gaps, one after the other, are the document."""
    lines = _LINE.findall(source)
    starts = [(0, "")]
    inside = ""
    for n, line in enumerate(lines):
        header = HEADER.match(line) if not inside else None
        if header:
            starts.append((_with_comment(lines, n, starts[-1][0]), header[2].strip("\"' ") if header[1] == "[[" else ""))
        inside = still_inside(line, inside)
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return tuple(_block(kind, lines[start:end]) for (start, kind), end in zip(starts, ends, strict=True))


def _with_comment(lines: list[str], n: int, start: int) -> int:
    """The first line of the comment right above a header: it speaks of what follows."""
    while n > start and lines[n - 1].lstrip().startswith("#"):
        n -= 1
    return n


def _block(kind: str, lines: list[str]) -> Block:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return Block(kind=kind, text="".join(lines[:end]), gap="".join(lines[end:]))


def joined(blocks: Blocks) -> str:
    """The document again."""
    return "".join(b.text + b.gap for b in blocks)


def places(blocks: Blocks, kind: str) -> list[int]:
    """Where the tables of a kind stand among the blocks."""
    return [n for n, b in enumerate(blocks) if b.kind == kind]


def moved(blocks: Blocks, kind: str, at: int, to: int) -> Blocks:
    """The table at one place of its kind now stands at another; the gaps stay where they are."""
    there = places(blocks, kind)
    order = [blocks[n] for n in there]
    order.insert(to, order.pop(at))
    found = list(blocks)
    for n, block in zip(there, order, strict=True):
        found[n] = replace(block, text=_ended(block.text, _eol(blocks)), gap=blocks[n].gap)
    return tuple(found)


def removed(blocks: Blocks, kind: str, at: int) -> Blocks:
    """Without one table and the gap behind it; where it was the last, without the gap before it."""
    n = places(blocks, kind)[at]
    rest = [*blocks[:n], *blocks[n + 1 :]]
    if n == len(rest) and rest:
        rest[-1] = replace(rest[-1], gap=blocks[n].gap)
    return tuple(rest)


def added(blocks: Blocks, kind: str, at: int, text: str) -> Blocks:
    """With a new table, at a place of its kind; the first of its kind comes last, steps before answers."""
    there, eol = places(blocks, kind), _eol(blocks)
    answers = places(blocks, "answers")
    n = there[at] if at < len(there) else there[-1] + 1 if there else answers[0] if kind == "steps" and answers else len(blocks)
    before = blocks[n - 1]
    known = replace(before, text=_ended(before.text, eol), gap=before.gap or eol)
    new = Block(kind=kind, text=text.replace("\n", eol), gap=eol if n < len(blocks) else before.gap)
    return (*blocks[: n - 1], known, new, *blocks[n:])


def _ended(text: str, eol: str) -> str:
    return text if not text or text.endswith("\n") else text + eol


def _eol(blocks: Blocks) -> str:
    """How lines end in this document."""
    return "\r\n" if any("\r\n" in b.text for b in blocks) else "\n"
