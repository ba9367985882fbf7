"""Modules that are left out until they are used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nurture

ROOT = Path(nurture.__file__).parents[1]


def said(code: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_store_loads_without_what_it_never_uses() -> None:
    """SQLAlchemy imports asyncio for its asynchronous half, which nurture has no use for."""
    code = "import sys, nurture.store.tables; print([m for m in ('asyncio', 'importlib.metadata', 'ssl', 'email') if m in sys.modules])"

    assert said(code) == "[]"


def test_whoever_imports_it_later_has_the_module_itself() -> None:
    """In their own code, and inside the library at its first use."""
    code = (
        "import nurture.store.tables, sqlalchemy.util.concurrency as c, sqlalchemy.util.compat as k;"
        "import asyncio, importlib.metadata;"
        "print(asyncio.__spec__ is not None, c.is_cancellation_exception(asyncio.CancelledError()), c.is_exit_exception(ValueError()),"
        " k.importlib_metadata.version('sqlalchemy') == importlib.metadata.version('sqlalchemy'), c.iscoroutine(1))"
    )

    assert said(code) == "True True False True False"


def test_a_module_that_is_there_already_stays() -> None:
    """Whoever loaded it first has it still."""
    code = "import asyncio, sys; before = sys.modules['asyncio']; import nurture.store; print(sys.modules['asyncio'] is before)"

    assert said(code) == "True"
