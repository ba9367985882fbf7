"""Changes to a sequence's own text, for scripts: comments and form stay, and what comes out is exactly what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nurture.errors import WrongUsage
from nurture.followups.blocks import Blocks, added, blocks_of, joined, moved, places, removed
from nurture.followups.sequence import Answer, Sequence, Step
from nurture.followups.sequence_document import parse_sequence

Fields = Mapping[str, Any]  # None or "" or False: not there
BY_HAND = "Its text is laid out in a way that scripts cannot change safely. Use `nurture sequence edit {name}`."


def renamed(source: str, name: str) -> str:
    """The same sequence under another name."""
    return head_set(source, {"name": name})


def head_set(source: str, fields: Fields) -> str:
    """The sequence with these fields of its head changed; `for` is a mapping, and an empty one is for everybody."""
    blocks = blocks_of(source)
    criterion = fields.get("for")
    told = {**fields, "for": _inline(criterion)} if criterion else {k: "" if k == "for" else v for k, v in fields.items()}
    head = replace(blocks[0], text=_with_fields(blocks[0].text, None, told))
    text = joined((head, *blocks[1:]))
    after = parse_sequence(text)
    return _as_asked(
        source,
        text,
        {"criterion" if key == "for" else key: getattr(after, "criterion" if key == "for" else key) for key in fields},
    )


def with_step(source: str, fields: Fields, at: int) -> str:
    """With one more step, at a place among the steps. Raises SequenceFault where a field is wrong."""
    return _with(source, "steps", fields, at)


def with_answer(source: str, fields: Fields) -> str:
    """With one more answer, the last one."""
    return _with(source, "answers", fields, len(parse_sequence(source).answers))


def answer_set(source: str, part: Answer, fields: Fields) -> str:
    """One answer with these fields changed; "" takes a field away."""
    return _set(source, "answers", parse_sequence(source).answers.index(part), fields)


def _with(source: str, kind: str, fields: Fields, at: int) -> str:
    blocks = _blocks(source, kind)
    text = joined(added(blocks, kind, at, _table(kind, fields)))
    before, after = getattr(parse_sequence(source), kind), getattr(parse_sequence(text), kind)
    return _as_asked(source, text, {kind: (*before[:at], *after[at : at + 1], *before[at:])})


def step_set(source: str, at: int, fields: Fields) -> str:
    """The step at a place with these fields changed; "" takes a field away."""
    return _set(source, "steps", at, fields)


def _set(source: str, kind: str, at: int, fields: Fields) -> str:
    blocks = list(_blocks(source, kind))
    n = places(tuple(blocks), kind)[at]
    blocks[n] = replace(blocks[n], text=_with_fields(blocks[n].text, kind, fields))
    text = joined(tuple(blocks))
    before, after = getattr(parse_sequence(source), kind), getattr(parse_sequence(text), kind)
    return _as_asked(source, text, {kind: (*before[:at], *after[at : at + 1], *before[at + 1 :])})


def step_moved(source: str, at: int, to: int) -> str:
    """The step at one place now stands at another."""
    steps = list(parse_sequence(source).steps)
    text = joined(moved(_blocks(source, "steps"), "steps", at, to))
    steps.insert(to, steps.pop(at))
    return _as_asked(source, text, {"steps": tuple(steps)})


def without(source: str, part: Step | Answer) -> str:
    """Without one step or answer."""
    kind = "steps" if isinstance(part, Step) else "answers"
    there: tuple[Step | Answer, ...] = getattr(parse_sequence(source), kind)
    at = there.index(part)
    text = joined(removed(_blocks(source, kind), kind, at))
    return _as_asked(source, text, {kind: (*there[:at], *there[at + 1 :])})


def _blocks(source: str, kind: str) -> Blocks:
    """The blocks, where the tables of this kind stand as [[tables]]."""
    sequence, blocks = parse_sequence(source), blocks_of(source)
    if len(places(blocks, kind)) != len(getattr(sequence, kind)):
        raise WrongUsage(BY_HAND.format(name=sequence.name))
    return blocks


def _as_asked(source: str, text: str, changes: dict[str, Any]) -> str:
    """The new text, if it says what was asked for and nothing else. Raises SequenceFault where that is no sequence."""
    before, after = parse_sequence(source), parse_sequence(text)
    if after != replace(before, **changes):
        raise WrongUsage(BY_HAND.format(name=before.name))
    return text


def _table(kind: str, fields: Fields) -> str:
    import tomlkit

    table = tomlkit.table()
    for key, value in fields.items():
        if value not in (None, "", False):
            table[key] = value
    tables = tomlkit.aot()
    tables.append(table)
    document = tomlkit.document()
    document[kind] = tables
    return tomlkit.dumps(document).strip("\n") + "\n"


def _inline(fields: Mapping[str, str]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(fields)
    return table


def _with_fields(text: str, kind: str | None, fields: Fields) -> str:
    """The text of one block with these fields changed; the rest of it, comments above all, as it was."""
    import tomlkit

    document: Any = tomlkit.parse(text)
    table = document[kind][0] if kind else document
    for key, value in fields.items():
        if value in ("", False):
            table.pop(key, None)
        elif value is not None:
            table[key] = value
    return tomlkit.dumps(document)


def named_step(sequence: Sequence, name: str) -> int:
    """The place of a step among all steps. Raises WrongUsage that lists them."""
    names = [s.name for s in sequence.steps]
    if name not in names:
        raise WrongUsage(f"{sequence.name} has no step {name!r}. It has {', '.join(names) or 'none'}.")
    return names.index(name)
