"""The front doors of the rooms: what a room offers is the same for who reads the code, for the type checker and for Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import nurture

PACKAGE = Path(nurture.__file__).parent
DOORS = sorted(p for p in PACKAGE.glob("*/__init__.py") if "nurture.door" in p.read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("path", DOORS, ids=lambda p: p.parent.name)


def stated(path: Path) -> dict[str, set[str]]:
    """Module -> names, as a front door imports them for the type checker."""
    (block,) = (node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.If))
    room = f"nurture.{path.parent.name}."
    found = [node for node in block.body if isinstance(node, ast.ImportFrom) and str(node.module).startswith(room)]
    return {str(node.module).removeprefix(room): {alias.name for alias in node.names} for node in found}


def offered(path: Path) -> dict[str, set[str]]:
    """Module -> names, as a front door gives them to `door`."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    (call,) = (node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "door")
    return {module: set(names.split()) for module, names in ast.literal_eval(call.args[1]).items()}


def test_both_lists_of_a_door_are_the_same(path: Path) -> None:
    """What the type checker knows is what can be had."""
    assert stated(path) == offered(path)


def test_everything_that_a_door_offers_is_there(path: Path) -> None:
    """Each name leads to what its module has under that name, and nothing else is there."""
    room = import_module(f"nurture.{path.parent.name}")
    for module, names in offered(path).items():
        there = import_module(f"{room.__name__}.{module}")
        assert {name: getattr(room, name) is getattr(there, name) for name in names} == dict.fromkeys(names, True)

    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = room.nothing_of_the_kind


def test_no_name_is_that_of_a_module(path: Path) -> None:
    """Python would give the module instead, as soon as something had imported it."""
    modules = {p.stem for p in path.parent.glob("*.py")} | {p.parent.name for p in path.parent.glob("*/__init__.py")}

    assert modules.isdisjoint(name for names in offered(path).values() for name in names)


def test_a_door_opens_for_what_is_asked_for_alone(path: Path) -> None:
    """The room itself loads none of its modules."""
    room = f"nurture.{path.parent.name}"
    code = f"import sys, {room}; print([m for m in sys.modules if m.startswith('{room}.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)

    assert done.stdout.strip() == "[]"
