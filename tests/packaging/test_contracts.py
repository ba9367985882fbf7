"""The import contracts hold, and so does what they cannot say: no sending module, no clock or chance in the core."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "nurture"
CORE = ("messages", "conversations", "stages", "followups", "drafts")
SENDING = (
    "smtplib",
    "aiosmtplib",
    "aiosmtpd",
    "http.client",
    "http.server",
    "urllib.request",
    "requests",
    "httpx",
    "httpcore",
    "urllib3",
    "aiohttp",
    "ftplib",
    "poplib",
    "nntplib",
    "telnetlib",
    "xmlrpc",
    "pycurl",
    "socketserver",
)
OF_THE_WORLD = {
    "now",
    "utcnow",
    "today",
    "getenv",
    "environ",
    "urandom",
    "uuid4",
    "uuid1",
    "monotonic",
    "perf_counter",
    "localtime",
}


WORLDS = {"datetime", "date", "os", "time", "uuid"}  # `scene.today` is a fact that the caller gave


def imports(source: str) -> Iterator[str]:
    """Every module that a source text imports, by statement or by a string handed to an importing function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func) in ("import_module", "__import__", "find_spec"):
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def orm(source: str) -> list[str]:
    """The imports of a source text that load SQLAlchemy's ORM."""
    return [m for m in imports(source) if m.startswith(("sqlalchemy.orm", "sqlalchemy.ext"))]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def sending(source: str) -> list[str]:
    """The imports of a source text that could send."""
    return [m for m in imports(source) if any(m == s or m.startswith(f"{s}.") for s in SENDING)]


def of_the_world(source: str) -> list[str]:
    """Names in a source text that read the clock, the environment or chance."""
    found = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Attribute) and n.attr in OF_THE_WORLD)
    return [f"line {n.lineno}: {ast.unparse(n)}" for n in found if _name(n.value) in WORLDS]


def test_the_import_contracts_hold() -> None:
    """Rooms import only rooms earlier in the flow, and libraries stay in the room that owns them (.importlinter)."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_file_imports_anything_that_sends(path: Path) -> None:
    """P1: no sending protocol and no HTTP client, not even by a string."""
    assert sending(path.read_text(encoding="utf-8")) == []


def test_nothing_imports_the_orm_of_sqlalchemy() -> None:
    """Loading it takes longer than most commands take; the store is written with SQLAlchemy's Core."""
    found = {
        path: orm(path.read_text(encoding="utf-8")) for folder in (PACKAGE, ROOT / "migrations") for path in folder.rglob("*.py")
    }

    assert {path: names for path, names in found.items() if names} == {}
    assert orm("from sqlalchemy import orm, select") == ["sqlalchemy.orm"]


@pytest.mark.parametrize(
    "path", sorted(p for room in CORE for p in (PACKAGE / room).rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_the_core_reads_no_clock_environment_or_chance(path: Path) -> None:
    """`now`, ids and randomness are arguments of the core."""
    assert of_the_world(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import smtplib",
        "from http import client",
        "import urllib.request as u",
        "__import__('requests')",
        "importlib.import_module('http.client')",
    ],
)
def test_the_check_sees_every_way_to_import(source: str) -> None:
    """The check above would notice."""
    assert sending(source)


def test_the_check_lets_harmless_imports_pass() -> None:
    """Splitting a URL is no sending."""
    assert sending("from urllib.parse import urlsplit\nimport http") == []
    assert of_the_world("datetime.now(tz)") == ["line 1: datetime.now"]
