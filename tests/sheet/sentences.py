"""Every sentence that the code of a room can say to the owner, read from its source: nobody keeps a list of them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

HOLE = "{}"
MOST = 64  # forms of one expression
DECIDE = frozenset(
    {"_item", "_put_off", "_draft", "_step", "_refused", "error", "warning"}
)  # take the name of a rule by its place


def said_in(source: str, *, skip: frozenset[str] = frozenset()) -> set[str]:
    """Every text of more than one word in a module, as a pattern with {} for each value; a text joined of parts is one.

    Docstrings are none, nor what is given by a keyword in `skip`, nor what an error raises.
    """
    tree = ast.parse(source)
    silent = set(_silent(tree, skip))
    found: set[str] = set()
    for node in _outermost(tree, silent):
        found.update(form for form in forms(node) if _says(form))
    return found


def _says(form: str) -> bool:
    """It has words and a place between them, or is a sentence that a value fills."""
    return (" " in form and any(map(str.isalpha, form))) or form == f"{HOLE}."


def _silent(tree: ast.AST, skip: frozenset[str]) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        if isinstance(node, ast.Raise | ast.Assert):
            yield node
        if isinstance(node, ast.keyword) and node.arg in skip:
            yield node
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("compile", "removeprefix", "split", "join"):
            yield node


def _outermost(node: ast.AST, silent: set[ast.AST]) -> Iterator[ast.expr]:
    """The largest expressions that make a text."""
    if node in silent:
        return
    if isinstance(node, ast.expr) and _is_text(node):
        yield node
        inside = [value for part in ast.walk(node) if isinstance(part, ast.FormattedValue) for value in [part.value]]
        for value in inside:
            yield from _outermost(value, silent)
        return
    for child in ast.iter_child_nodes(node):
        yield from _outermost(child, silent)


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add) and (_is_text(node.left) or _is_text(node.right))
    if isinstance(node, ast.IfExp):
        return _is_text(node.body) or _is_text(node.orelse)
    return isinstance(node, ast.JoinedStr)


def forms(node: ast.expr) -> set[str]:
    """What an expression can come to."""
    if isinstance(node, ast.Constant):
        return {str(node.value)} if isinstance(node.value, str) else {HOLE}
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined([forms(node.left), forms(node.right)])
    if isinstance(node, ast.IfExp):
        return forms(node.body) | forms(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return _joined([forms(part) for part in node.values])
    return {HOLE}


def _joined(parts: Iterable[set[str]]) -> set[str]:
    found = {"".join(chosen) for chosen in product(*map(sorted, parts))}
    assert len(found) <= MOST
    return found


def rooms_sentences(room: Path, *, skip: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """Module -> its sentences; the front door of a room only names what stands in the others."""
    modules = (p for p in sorted(room.glob("*.py")) if p.stem != "__init__")
    return {p.stem: said for p in modules if (said := said_in(p.read_text(encoding="utf-8"), skip=skip))}


def rules_named(source: str) -> set[str]:
    """The names of rules that a module gives: rule="…", Hold or Item with one, and what is passed where a rule is due."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == "rule":
            found.update(form for form in forms(node.value) if HOLE not in form)
        if isinstance(node, ast.Call):
            decides = getattr(node.func, "id", "") in DECIDE
            found.update(str(a.value) for a in node.args if isinstance(a, ast.Constant) and _is_rule(a.value, plain=decides))
    return found


def _is_rule(value: object, *, plain: bool) -> bool:
    """A word of several parts, or any word where a rule is named by its place."""
    return isinstance(value, str) and (plain or "-" in value) and value.replace("-", "").isalpha() and value.islower()
