"""Commands answer at once, however many people are known: measured against the import of the library that they cannot do without."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.crowd import crowd
from tests.cli.program import ROOT, answer, nurture

pytestmark = [pytest.mark.slow, pytest.mark.timed]

PEOPLE = 10_000
NOW = "2026-03-11T08:00:00+01:00"
COMPILED = Path(tempfile.gettempdir()) / f"nurture-compiled-{os.getpid()}"  # once, as where it is installed
BOUNDS = {  # how many times the import of SQLAlchemy, in seconds of processor; about one and a half times what was measured
    "status": 2.5, "status --json": 2.6, "why {who}": 2.3, "preview {who}": 2.6, "person show {who}": 2.0, "person list": 2.0,
    "person list --json": 2.9, "person export": 3.8, "person export --format vcf": 4.2, "requests": 2.0, "resource list": 1.8, "sheet": 3.2, "confidential list": 1.8,
    "sequence list": 1.8, "sequence show stranger": 1.9, "template list": 1.0, "template show useful-news": 1.0,
    "template preview useful-news --for {who}": 3.0, "stop {who}": 2.0, "stop @c7.societe.example": 2.0, "follow {who}": 2.0,
}  # fmt: skip


def processor(*words: str) -> float:
    """Seconds of processor that a Python with these words takes; the best of three."""
    took = []
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(COMPILED)}
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], capture_output=True, check=True, timeout=60, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(took)


@pytest.fixture(scope="module")
def home(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which ten thousand are known."""
    into = tmp_path_factory.mktemp("crowd") / "home"
    assert crowd(demo / "home", into, PEOPLE) >= PEOPLE
    return into


@pytest.fixture(scope="module")
def unit() -> Iterator[float]:
    """The import of SQLAlchemy."""
    yield processor("-c", "import sqlalchemy")
    shutil.rmtree(COMPILED, ignore_errors=True)


def test_every_command_answers_at_once(home: Path, unit: float) -> None:
    """Half again over the measured factors somebody has made a command slow."""
    who = answer("person", "list", "--home", home)[0]["addresses"][0]
    given = {words: words.format(who=who).split() for words in BOUNDS}
    slow = {words: processor("-m", "nurture", *args, "--home", str(home), "--now", NOW) / unit for words, args in given.items()}

    assert {words: round(times, 1) for words, times in slow.items() if times > BOUNDS[words]} == {}


def test_a_shell_is_answered_in_less_than_the_import_takes(home: Path, unit: float) -> None:
    """A Tab among ten thousand addresses."""
    code = "from nurture.cli import main; main([])"
    line = f"nurture --home {home} why a"
    took = processor("-c", f"import os; os.environ.update(_NURTURE_COMPLETE='bash_complete', COMP_WORDS={line!r}); {code}")

    assert took < unit
    assert nurture(_NURTURE_COMPLETE="bash_complete", COMP_WORDS=line).stdout.count("\n") > 10
