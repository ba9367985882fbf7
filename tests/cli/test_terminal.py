"""What a person sees: no escape sequences but a terminal's own bold, none under NO_COLOR, nothing that a mail or a server put there."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nurture.cli import show
from nurture.cli.progress import Bar
from tests.cli.program import ROOT, nurture

EVIL = "\x1b]0;owned\x07\x1b[31mA\u202enna\u200b\r\nRoux\x9b31m"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo in which somebody's mail and a folder's name try to command the terminal."""
    folder = tmp_path_factory.mktemp("demo")
    assert nurture("demo", folder, "--quiet").returncode == 0
    return folder


def on_a_terminal(*args: str | Path, **environ: str) -> str:
    """What `nurture ARGS…` writes to a terminal."""
    master, slave = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environ}
    if "NO_COLOR" not in environ:
        env.pop("NO_COLOR", None)
    done = subprocess.Popen([sys.executable, "-m", "nurture", *map(str, args)], stdout=slave, stderr=slave, stdin=slave, env=env)
    os.close(slave)
    said = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(master)
    assert done.wait(60) == 0, said
    return said.decode().replace("\r\n", "\n")


def test_a_terminal_gets_bold_and_nothing_else(demo: Path) -> None:
    """And every line fits."""
    said = on_a_terminal("demo", demo)

    assert set(re.findall(r"\x1b\[[0-9;]*[A-Za-z]", said)) <= {"\x1b[0m", "\x1b[1m", "\x1b[K"}
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", said)
    assert [line for line in plain.splitlines() if len(line.rpartition("\r")[2]) > 80 and "/" not in line] == []


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"CLICOLOR": "0"}, {"TERM": "dumb"}])
def test_no_color_is_obeyed(demo: Path, environ: dict[str, str]) -> None:
    """https://no-color.org, and a terminal that knows nothing."""
    assert "\x1b" not in on_a_terminal("demo", demo, **environ)
    assert "\x1b" not in on_a_terminal("status", "--home", demo / "home", **environ)


def test_an_empty_no_color_means_nothing(demo: Path) -> None:
    """As the convention says."""
    assert "\x1b[1m" in on_a_terminal("demo", demo, NO_COLOR="")


def test_a_pipe_gets_no_escape_sequences(demo: Path) -> None:
    """Whatever the terminal would get."""
    assert "\x1b" not in nurture("demo", demo, FORCE_COLOR="1").stdout


def test_what_is_said_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    """Names of folders and people, in every way of saying."""
    show.say(f"made the folder {EVIL}")
    show.heading(EVIL)
    show.bullet(EVIL)
    said = capsys.readouterr().out

    assert all(c == "\n" or c.isprintable() for c in re.sub(r"\x1b\[[01]m", "", said))
    assert "31m" in said  # what stood behind the escape is text now
    assert "\x1b[31m" not in said


def test_endless_words_are_broken_and_addresses_stay_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """80 columns."""
    address = "a" * 60 + "@" + "b" * 50 + ".example"
    show.bullet("x" * 200 + " " + address)
    lines = capsys.readouterr().out.splitlines()

    assert any(address in line for line in lines)
    assert all(len(line) <= 80 for line in lines if "@" not in line)


def test_the_progress_bar_fits_and_wipes_itself_without_escapes_where_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder's name cannot break out of it."""
    bar = Bar(after=0.0, plain=True)
    bar.drawn -= 1
    bar(f"Reading {EVIL}", 1, 10**9)
    bar.drawn = bar.begun + 1
    bar("done", 1, 1)
    said = capsys.readouterr().err

    assert "\x1b" not in said
    assert "\n" not in said
    assert all(len(part) < 80 for part in said.split("\r"))
