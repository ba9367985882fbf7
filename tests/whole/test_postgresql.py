"""A whole life on PostgreSQL: every command answers as on SQLite; runs that are killed, or are two at once, write each draft once."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nurture.config import to_toml
from nurture.sample import SAMPLE_NOW, build, sample_config
from tests.servers.postgresql import Postgresql
from tests.whole.test_kill import LATER, drafts, nurture, recipients, sheets

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]
NOW = SAMPLE_NOW.isoformat()
NEXT_WEEK = (SAMPLE_NOW + timedelta(days=7)).isoformat()


def a_home(folder: Path, url: str = "") -> Path:
    """The sample mailbox with a configuration; no database yet, unless `url` names one."""
    build(folder / "Maildir")
    home = folder / "home"
    home.mkdir(mode=0o700)
    configured(folder, url)
    return home


def configured(folder: Path, url: str) -> None:
    """What the configuration says."""
    config = replace(sample_config(folder / "Maildir"), database_url=url)
    (folder / "home" / "config.toml").write_text(to_toml(config), encoding="utf-8")


LIFE = """
db upgrade
db check
run
status
sheet
candidates
person list
requests
preview thomas@ravel-impression.example
template list
confidential list
confidential scan
person import {folder}/people.csv
person export {folder}/out.csv
person show paul@entrant.example
resource add --kind article --title Élan --url https://x.example/a --language fr --sentence "Un texte qui aide."
resource list
resource edit 1 --title "Élan neuf"
resource edit 99999999999 --title x
sequence new mine --from stranger
sequence set-step mine open-door --after "15 working days"
sequence rename mine ours
sequence history ours
sequence diff ours:1 ours
sequence retire ours
sequence set stranger --title "Sans réponse"
sequence migrate stranger --to 2
sequence list
stop paul@entrant.example
reopen paul@entrant.example
pause zoe@entrant.example --until 2026-06-01
log zoe@entrant.example call "Rappeler « demain »"
person note zoe@entrant.example "L'œil d'Éva"
person set zoe@entrant.example --company autre.example --tags b,é,a
person merge zoe@entrant.example paul@entrant.example
person split paul@entrant.example
why zoe@entrant.example
unfollow zoe@entrant.example
run --now {later}
run --now {next_week}
sheet --now {next_week}
db check
"""
PEOPLE = "E-mail,Name,First Name,Tags\npaul@entrant.example,Paul Ümlaut,Paul,salon\nzoe@entrant.example,Zoé Été,Zoé,\n"


def live(home: Path) -> subprocess.Popen[str]:
    """All of it, in a process of its own."""
    folder = home.parent
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    lines = LIFE.format(folder=folder, later=LATER, next_week=NEXT_WEEK).strip().splitlines()
    more = ["--home", str(home), "--json", "--yes"]
    words = [shlex.split(line) + more + ([] if "--now" in line else ["--now", NOW]) for line in lines]
    shell = [sys.executable, "-m", "tests.whole.shell", json.dumps(words)]
    return subprocess.Popen(shell, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_every_command_answers_as_on_sqlite(tmp_path: Path, postgresql: Postgresql) -> None:
    """To the letter: plans, texts, order; and the same drafts lie there."""
    homes = [a_home(tmp_path / "files"), a_home(tmp_path / "server", postgresql.new_database())]
    (homes[0] / "nurture.key").write_bytes(bytes(range(32)))
    shutil.copy(homes[0] / "nurture.key", homes[1])
    shells = [live(home) for home in homes]

    answers = [json.loads(shell.communicate()[0]) for shell in shells]

    here, there = (
        [[code, *(text.replace(str(home.parent), "HERE") for text in told)] for code, *told in said]
        for home, said in zip(homes, answers, strict=True)
    )
    lines = LIFE.strip().splitlines()
    assert len(there) == len(lines)
    assert [
        (line, a, b) for line, a, b in zip(lines[1:], here[1:], there[1:], strict=True) if a != b
    ] == []  # the first names the place
    assert [line for line, (code, *_) in zip(lines, there, strict=True) if code] == ["resource edit 99999999999 --title x"]
    assert drafts(tmp_path / "server")
    assert drafts(tmp_path / "files") == drafts(tmp_path / "server")
    assert (tmp_path / "files" / "out.csv").read_bytes() == (tmp_path / "server" / "out.csv").read_bytes()
    assert not list(homes[1].glob("*.db*"))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, postgresql: Postgresql) -> dict[str, Any]:
    """A place that waits for its first run, twice: what such a run leaves behind, and the place before it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    url = postgresql.new_database()
    home = a_home(folder, url)
    assert nurture("db", "upgrade", "--home", str(home)).returncode == 0
    shutil.copytree(folder, folder.parent / "pristine")
    pristine = postgresql.new_database(f'TEMPLATE "{url.rpartition("/")[2]}"')
    done = nurture("run", "--home", str(home), "--now", NOW)
    assert done.returncode == 0, done.stderr
    return {"folder": folder.parent / "pristine", "database": pristine.rpartition("/")[2], "drafts": recipients(folder)}


@pytest.fixture
def place(tmp_path: Path, undisturbed: dict[str, Any], postgresql: Postgresql) -> Path:
    """The place before its first run, once more, under its own path."""
    shutil.copytree(undisturbed["folder"], tmp_path, dirs_exist_ok=True)
    configured(tmp_path, postgresql.new_database(f'TEMPLATE "{undisturbed["database"]}"'))
    return tmp_path


@pytest.mark.parametrize("point", ["commit_intent", "after_append"])
def test_a_run_killed_at_a_point_is_made_good_by_the_next(place: Path, undisturbed: dict[str, Any], point: str) -> None:
    """SIGKILL, then a run twenty minutes later: the same drafts as undisturbed, each once, and one review sheet."""
    home = ["--home", str(place / "home")]
    killed = subprocess.run(
        [sys.executable, "-m", "tests.whole.victim", point, "1", "run", *home, "--now", NOW], capture_output=True, check=False, timeout=120
    )  # fmt: skip
    assert killed.returncode == -9

    after = nurture("run", *home, "--now", LATER)

    assert after.returncode == 0, after.stderr
    assert recipients(place) == undisturbed["drafts"]
    assert len({i for _, i in drafts(place)}) == len(drafts(place))
    assert sheets(place) == 1


def test_two_runs_at_once_write_each_draft_once(place: Path, undisturbed: dict[str, Any]) -> None:
    """The second finds the lock and leaves with exit code 0."""
    args = [sys.executable, "-m", "nurture", "run", "--home", str(place / "home"), "--now", NOW]
    both = [subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    told = [p.communicate(timeout=120) for p in both]

    assert [p.returncode for p in both] == [0, 0], told
    assert recipients(place) == undisturbed["drafts"]


def test_a_server_that_is_away_is_told_by_a_run(place: Path, postgresql: Postgresql) -> None:
    """One line, with what to look at, without the password; exit code 14."""
    configured(place, postgresql.url("away"))

    done = nurture("run", "--home", str(place / "home"), "--now", NOW)

    assert done.returncode == 14
    assert "Look whether the server runs" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "secret" not in done.stderr
