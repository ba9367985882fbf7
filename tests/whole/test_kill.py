"""Killed at any named point, or twice at once: the next run ends where an undisturbed one would have, without a second draft."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from nurture.config import to_toml
from nurture.sample import SAMPLE_NOW, build, sample_config
from nurture.steps import POINTS

LATER = (SAMPLE_NOW + timedelta(minutes=20)).isoformat()
pytestmark = pytest.mark.slow


def nurture(*args: str) -> subprocess.CompletedProcess[str]:
    """The program itself, in a process of its own."""
    return subprocess.run([sys.executable, "-m", "nurture", *args], capture_output=True, text=True, check=False, timeout=120)


def a_place(folder: Path) -> Path:
    """A fresh sample mailbox with its configuration and database; returns the home."""
    build(folder / "Maildir")
    home = folder / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(to_toml(sample_config(folder / "Maildir")), encoding="utf-8")
    done = nurture("db", "upgrade", "--home", str(home))
    assert done.returncode == 0, done.stderr
    return home


def drafts(folder: Path) -> list[tuple[str, str]]:
    """(To, Message-ID) of everything in Drafts."""
    files = [p for part in ("cur", "new") for p in (folder / "Maildir" / ".Drafts" / part).iterdir()]
    mails = [message_from_bytes(p.read_bytes()) for p in files]
    return sorted((str(m["To"]), str(m["Message-ID"])) for m in mails)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run that nothing disturbs leaves behind; the key file is copied, since identities depend on it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    home = a_place(folder)
    shutil.copytree(folder, folder.parent / "pristine")
    done = nurture("run", "--home", str(home), "--now", SAMPLE_NOW.isoformat(), "--json")
    assert done.returncode == 0, done.stderr
    return {"pristine": folder.parent / "pristine", "drafts": recipients(folder), "report": json.loads(done.stdout)}


def sheets(folder: Path) -> int:
    """How many review sheets lie there."""
    return sum(1 for part in ("cur", "new") for _ in (folder / "Maildir" / ".Nurture" / part).iterdir())


def recipients(folder: Path) -> list[str]:
    """To whom the drafts go; more than once means twice."""
    return [to for to, _ in drafts(folder)]


def a_copy(pristine: Path, folder: Path) -> Path:
    """The pristine place again, under its own path (the configuration names the mailbox by its path)."""
    shutil.copytree(pristine, folder, dirs_exist_ok=True)
    home = folder / "home"
    (home / "config.toml").write_text(to_toml(sample_config(folder / "Maildir")), encoding="utf-8")
    return home


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_at_any_point_is_made_good_by_the_next(
    tmp_path: Path, undisturbed: dict[str, Any], point: str, times: int
) -> None:
    """SIGKILL at the point, then runs twenty minutes later: the same drafts as undisturbed, each once, and one review sheet."""
    home = a_copy(undisturbed["pristine"], tmp_path)
    subprocess.run(
        [sys.executable, "-m", "tests.whole.victim", point, str(times), "run", "--home", str(home), "--now", SAMPLE_NOW.isoformat()],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip

    after = nurture("run", "--home", str(home), "--now", LATER)

    assert after.returncode == 0, after.stderr
    assert recipients(tmp_path) == undisturbed["drafts"]
    assert len({i for _, i in drafts(tmp_path)}) == len(drafts(tmp_path))
    assert sheets(tmp_path) == 1


def test_a_second_run_adds_nothing(tmp_path: Path, undisturbed: dict[str, Any]) -> None:
    """Nothing new in the mailbox, nothing new in Drafts."""
    home = a_copy(undisturbed["pristine"], tmp_path)
    nurture("run", "--home", str(home), "--now", SAMPLE_NOW.isoformat())
    before = drafts(tmp_path)

    again = nurture("run", "--home", str(home), "--now", LATER, "--json")

    assert drafts(tmp_path) == before
    assert json.loads(again.stdout)["appended"] == []


def test_two_runs_at_once_write_each_draft_once(tmp_path: Path, undisturbed: dict[str, Any]) -> None:
    """The second finds the lock and leaves with exit code 0."""
    home = a_copy(undisturbed["pristine"], tmp_path)
    args = [sys.executable, "-m", "nurture", "run", "--home", str(home), "--now", SAMPLE_NOW.isoformat()]
    both = [subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    codes = [p.wait(timeout=120) for p in both]
    for p in both:
        p.communicate()

    assert codes == [0, 0]
    assert recipients(tmp_path) == undisturbed["drafts"]


def test_a_lost_database_is_no_reason_for_a_second_draft(tmp_path: Path, undisturbed: dict[str, Any]) -> None:
    """The key lies beside the configuration: a new database finds the drafts of the old one by their identity."""
    home = a_copy(undisturbed["pristine"], tmp_path)
    nurture("run", "--home", str(home), "--now", SAMPLE_NOW.isoformat())
    before = drafts(tmp_path)
    for path in home.glob("nurture.db*"):
        path.unlink()

    assert nurture("db", "upgrade", "--home", str(home)).returncode == 0
    again = nurture("run", "--home", str(home), "--now", LATER, "--json")

    assert again.returncode == 0, again.stderr
    assert drafts(tmp_path) == before
