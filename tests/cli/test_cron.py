"""`nurture cron`: the crontab, by way of a `crontab` that keeps the table in a file."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import nurture, refused

FAKE = """#!/bin/sh
table="$(dirname "$0")/table"
if [ -e "$(dirname "$0")/broken" ]; then echo "crontab: you may not use this. Ask" >&2; exit 1; fi
if [ "$1" = "-l" ]; then
    if [ -e "$table" ]; then cat "$table"; else echo "no crontab for ana" >&2; exit 1; fi
else
    if [ -e "$(dirname "$0")/readonly" ]; then echo "crontab: disk full" >&2; exit 1; fi
    cat > "$table"
fi
"""
OTHERS = (
    b"MAILTO=ana@atelier.example\n# a comment with \xe9 in Latin-1, \x0c and \xe2\x80\xa8\n\n0 5 * * * backup --name 50\\% \t \n"
)


class Cron:
    """A folder with a `crontab` on the path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        program = folder / "crontab"
        program.write_text(FAKE)
        program.chmod(0o755)
        self.table = folder / "table"

    def run(self, *args: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """`nurture ARGS…` with this crontab."""
        return nurture(*args, PATH=f"{self.folder}:/usr/bin:/bin", **environ)

    @property
    def line(self) -> str:
        """The one line of ours."""
        text = self.table.read_bytes().decode("latin-1")
        [line] = text.partition("cron`)\n")[2].partition("\n# <<<")[0].split("\n")
        return line


@pytest.fixture
def cron(tmp_path: Path) -> Cron:
    return Cron(tmp_path / "bin")


@pytest.mark.parametrize("before", [None, b"", OTHERS])
def test_what_is_installed_is_removed_and_nothing_else_changes_by_a_byte(cron: Cron, before: bytes | None) -> None:
    """Twice installed is installed once; other lines may hold anything."""
    if before is not None:
        cron.table.write_bytes(before)
    for _ in range(2):
        assert cron.run("cron", "install").returncode == 0
    after = cron.table.read_bytes()
    assert after.startswith(before or b"")
    assert after.count(b">>> nurture") == 1
    assert cron.line.startswith("*/20 7-19 * * 1-5 ")
    assert cron.line.endswith(" run")

    assert cron.run("cron", "remove").stdout == "Removed.\n"
    assert cron.table.read_bytes() == (before or b"")
    assert "no lines of nurture" in cron.run("cron", "remove").stdout


def carried(line: str) -> list[str]:
    """The words that cron's shell would see: cron takes the backslash from a per cent sign."""
    assert "%" not in line.replace(r"\%", "")
    return shlex.split(line.split(" ", 5)[5].replace(r"\%", "%"))


def test_the_line_finds_what_the_person_finds(cron: Cron, tmp_path: Path) -> None:
    """--home, NURTURE_HOME or the XDG folders, with spaces, quotes and per cent signs."""
    odd = tmp_path / "it's 100% mine"
    cron.run("cron", "install", "--home", odd, NURTURE_HOME="/other")
    assert carried(cron.line)[-3:] == ["run", "--home", str(odd)]

    cron.run("cron", "install", NURTURE_HOME=str(odd))
    assert carried(cron.line)[-3:] == ["run", "--home", str(odd)]

    cron.run("cron", "install", XDG_CONFIG_HOME=str(odd), XDG_STATE_HOME="/st")
    words = carried(cron.line)
    assert words[0].endswith("env")
    assert words[1:3] == [f"XDG_CONFIG_HOME={odd}", "XDG_STATE_HOME=/st"]
    assert words[-1] == "run"


def test_the_shell_of_cron_understands_the_line(cron: Cron, tmp_path: Path) -> None:
    """It is run as it stands, from another folder, without an environment: nurture looks for its configuration there."""
    home = tmp_path / "a b%c'd"
    cron.run("cron", "install", "--home", home)
    command = cron.line.split(" ", 5)[5].replace(r"\%", "%")
    from tests.cli.program import ROOT

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "HOME": "/"},
    )
    assert done.returncode == 10
    assert str(home) in done.stderr


def test_a_path_that_no_crontab_can_hold_is_refused(cron: Cron, tmp_path: Path) -> None:
    """A line break would be a line of its own."""
    assert "cannot stand in a crontab" in refused(cron.run("cron", "install", "--home", tmp_path / "a\n* * * * * evil"), 2)
    assert not cron.table.exists()


@pytest.mark.parametrize("schedule", ["often", "* * * *", "* * * * * *", "* * * * *;reboot", "a b c d $(x)", "* * * * %"])
def test_what_is_no_schedule_is_refused(cron: Cron, schedule: str) -> None:
    """Five fields of what cron knows; a line break counts as a space."""
    assert "no cron schedule" in refused(cron.run("cron", "install", "--schedule", schedule), 2)


def test_a_schedule_over_two_lines_is_one_line(cron: Cron) -> None:
    """Spaces of any kind."""
    cron.run("cron", "install", "--schedule", "5 8 *\n* *")
    assert cron.line.startswith("5 8 * * * ")


@pytest.mark.parametrize(
    "table",
    [
        "# >>> nurture >>> (edited by `nurture cron`)\n* * * * * nurture run\n0 5 * * * backup\n",
        "# <<< nurture <<<\n# >>> nurture >>> (edited by `nurture cron`)\n0 5 * * * backup\n",
        "0 5 * * * backup\n# <<< nurture <<<\n",
        "# >>> nurture >>> (edited by `nurture cron`)\n* * * * * nurture run\n0 5 * * * backup\n# <<< nurture <<<\n",
    ],
)
@pytest.mark.parametrize("command", ["install", "remove"])
def test_markers_that_do_not_fit_change_nothing(cron: Cron, table: str, command: str) -> None:
    """A line of the owner's own is never taken for ours."""
    cron.table.write_text(table)
    assert "crontab -e" in refused(cron.run("cron", command), 2)
    assert cron.table.read_text() == table


def test_a_crontab_that_fails_is_told_in_its_words(cron: Cron, tmp_path: Path) -> None:
    """Not allowed, nowhere to write, none there, not a program."""
    (cron.folder / "readonly").touch()
    assert "disk full. Nothing was changed" in refused(cron.run("cron", "install"), 2)
    (cron.folder / "broken").touch()
    assert "you may not use this" in refused(cron.run("cron", "install"), 2)
    (cron.folder / "crontab").write_text("no program\n\0")
    assert refused(cron.run("cron", "remove"), 2)
    assert "systemd" in refused(nurture("cron", "install", PATH=str(tmp_path)), 2)
