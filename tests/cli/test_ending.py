"""However a command ends, it ends in a sentence and with the design's exit code; with `--json`, in one object."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from nurture.cli import ending
from nurture.cli.options import Settings
from nurture.errors import DatabaseBusy, FoldersFault, MailboxSuspicious, one_sentence
from tests.cli.program import ROOT, nurture, refused


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demo that has run once."""
    folder = tmp_path_factory.mktemp("demo")
    assert nurture("demo", folder, "--quiet").returncode == 0
    return folder / "home"


def shell(words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """A line of shell in which `nurture` is the program, at this home."""
    program = f'nurture() {{ "{sys.executable}" -m nurture --home "{home}" "$@"; }}\n'
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(["bash", "-c", program + words], capture_output=True, text=True, check=False, env=env, timeout=120)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ("nurture status | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("nurture status >&-", 0, ""),
        ("nurture status >&- 2>&-", 0, ""),
        ("nurture status > /dev/full", 1, "could not be written (No space left on device)"),
        ("nurture status --json > /dev/full", 1, "could not be written"),
        ("nurture why nobody@x.example 2> /dev/full", 2, ""),
        ("nurture why nobody@x.example 2>&-", 2, ""),
    ],
)
def test_an_output_that_is_closed_or_full_is_no_fault_of_nurtures(home: Path, words: str, code: int, says: str) -> None:
    """`| head` is how people read; a full disk is told."""
    done = shell(words, home)

    assert done.returncode == code, (done.stdout, done.stderr)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("now", ["soon", "", "2026-13-01", "0001-01-01", "9999-12-31T23:59:59", "2026-03-11T08:00:00+99:00"])
def test_a_moment_that_is_none_is_refused(home: Path, now: str) -> None:
    """Exit code 2."""
    assert "--now" in refused(nurture("status", "--home", home, "--now", now), 2)


@pytest.mark.parametrize("where", ["file", "file/below", "~nobody-here-1/x", "n" * 300])
def test_a_home_that_cannot_be_one_is_refused(tmp_path: Path, where: str) -> None:
    """Exit code 10; nothing is made."""
    (tmp_path / "file").touch()
    named = where if where.startswith("~") else tmp_path / where
    for command in (["status"], ["check", "--json"], ["db", "upgrade"]):
        assert nurture(*command, "--home", named).returncode == 10
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_an_empty_home_is_no_home(tmp_path: Path) -> None:
    """`--home "$UNSET"` must not mean another one."""
    assert "--home" in refused(nurture("status", "--home", ""), 2)


def test_a_database_that_is_a_folder_is_told(home: Path, tmp_path: Path) -> None:
    """Exit code 14."""
    (tmp_path / "config.toml").write_bytes((home / "config.toml").read_bytes())
    (tmp_path / "nurture.db").mkdir()
    assert "is no file" in refused(nurture("status", "--home", tmp_path), 14)


def test_a_key_or_a_list_that_is_a_folder_is_told(home: Path, tmp_path: Path) -> None:
    """Exit code 14: who said no is not known."""
    for name in ("config.toml", "nurture.db"):
        (tmp_path / name).write_bytes((home / name).read_bytes())
    (tmp_path / "nurture.key").mkdir()
    assert "who said no" in refused(nurture("run", "--home", tmp_path), 14)


def test_without_a_home_folder_nurture_says_what_to_set(tmp_path: Path) -> None:
    """No HOME, and a user that the system does not know: nothing is made where one stands."""
    code = "import pwd\ndef nobody(_uid):\n    raise KeyError\npwd.getpwuid = nobody\nfrom nurture.cli import main\nmain(['status'])\n"
    env = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env, cwd=tmp_path, timeout=60
    )
    assert "HOME" in done.stderr
    assert done.returncode == 10
    assert list(tmp_path.iterdir()) == []


def _that_ctrl_c_reaches() -> None:
    """What a shell starts in the background ignores it, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_is_a_sentence(home: Path, tmp_path: Path) -> None:
    """In the middle of a run: exit code 130, no traceback, and the next run goes on."""
    config = (home / "config.toml").read_text(encoding="utf-8")
    mailbox = next(line for line in config.splitlines() if line.startswith("mailbox"))
    (tmp_path / "config.toml").write_text(
        config.replace(mailbox, 'mailbox = "imaps://me@localhost:9"\npassword_command = "sleep 30"'), encoding="utf-8"
    )
    assert nurture("db", "upgrade", "--home", tmp_path).returncode == 0
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        [sys.executable, "-m", "nurture", "run", "--home", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        preexec_fn=_that_ctrl_c_reaches,
    )
    deadline = time.monotonic() + 60
    with sqlite3.connect(tmp_path / "nurture.db") as database:
        while not database.execute("SELECT count(*) FROM runs").fetchone()[0] and time.monotonic() < deadline:
            time.sleep(0.1)
    database.close()
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)

    assert run.returncode == 130, said
    assert said.strip() == ending.STOPPED


@pytest.mark.parametrize(
    ("args", "code", "kind"),
    [
        (["why", "nobody@x.example"], 2, "WrongUsage"),
        (["why"], 2, "WrongUsage"),
        (["nonsense"], 2, "WrongUsage"),
        (["status", "--colour"], 2, "WrongUsage"),
        (["stop", "@gmail.com"], 2, "WrongUsage"),
        (["person", "add", "no address"], 2, "WrongUsage"),
        (["cron", "install", "--schedule", "often"], 2, "WrongUsage"),
    ],
)
def test_with_json_an_error_is_one_object_too(home: Path, args: list[str], code: int, kind: str) -> None:
    """On stdout, with the sentence that stderr has and the exit code; wherever `--json` stood."""
    for words in ([*args, "--json"], ["--json", *args]):
        done = nurture("--home", home, *words)
        told = json.loads(done.stdout)

        assert done.returncode == code
        assert told == {"schema": 1, "error": {"kind": kind, "says": told["error"]["says"], "exit_code": code}}
        assert done.stderr.strip().endswith(told["error"]["says"])


def test_with_json_errors_of_every_level_are_one_object(tmp_path: Path) -> None:
    """No configuration; and `check`, which has its own shape, prints that one only."""
    done = nurture("run", "--home", tmp_path, "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["exit_code"]) == (10, 10)
    done = nurture("check", "--home", tmp_path, "--json")
    assert done.returncode == 10
    assert json.loads(done.stdout)["findings"][0]["ok"] is False


def ends(capsys: pytest.CaptureFixture[str], fault: BaseException, *, as_json: bool = False) -> tuple[int, str]:
    """(exit code, what stderr says) of a command that raises this."""

    def command() -> None:
        raise fault

    code = ending.code_of(command, Settings(as_json=as_json))
    captured = capsys.readouterr()
    assert bool(captured.out) is as_json
    return code, captured.err


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        (DatabaseBusy("It is in use."), 14, "in use"),
        (MailboxSuspicious("Empty."), 15, "Empty"),
        (FoldersFault("Bad\x1b[31m name\nin it."), 13, "Bad [31m name in it."),
        (KeyboardInterrupt(), 130, "Stopped"),
        (click.Abort(), 130, "Stopped"),
        (RecursionError(), 70, "RecursionError at"),
        (ZeroDivisionError("anna@client.example"), 70, "ZeroDivisionError at"),
        (OSError(111, "refused"), 70, "ConnectionRefusedError at"),
        (click.BadParameter("no good"), 2, "no good"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_every_kind_of_fault_has_its_code(
    capsys: pytest.CaptureFixture[str], fault: BaseException, code: int, says: str, as_json: bool
) -> None:
    """One line, no control characters, nobody's address out of a fault of ours."""
    found, said = ends(capsys, fault, as_json=as_json)

    assert found == code
    assert says in said
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said
    assert "anna@client.example" not in said


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """(configuration, state) folders that are two."""
    monkeypatch.delenv("NURTURE_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "s"))
    return tmp_path / "c" / "nurture", tmp_path / "s" / "nurture"


def test_a_folder_that_may_not_be_used_is_the_configurations_or_the_databases(
    capsys: pytest.CaptureFixture[str], places: tuple[Path, Path]
) -> None:
    """What the operating system refuses by name, wherever it was met."""
    config, state = places
    assert ends(capsys, PermissionError(13, "Permission denied", str(config / "config.toml")))[0] == 10
    assert ends(capsys, PermissionError(13, "Permission denied", str(state / "nurture.db")))[0] == 14
    assert ends(capsys, OSError(28, "No space left on device", str(state / "uids")))[0] == 14
    assert ends(capsys, PermissionError(13, "Permission denied", "/elsewhere"))[0] == 70


def test_one_sentence_is_harmless_on_a_terminal() -> None:
    """Escape sequences, bells, bidirectional overrides and line ends that came with a name."""
    assert one_sentence("a\x1b]0;x\x07b\u202ec\r\nd\x9be") == "a ]0;x b c d e"
