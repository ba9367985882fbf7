"""What a shell is told when somebody presses Tab: quickly, quietly, and only what no shell takes for anything but a word."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT, answer, nurture, refused
from tests.cli.test_light import HEAVY


def offered(line: str, home: Path | None = None, **environ: str) -> list[str]:
    """What bash would offer behind this line."""
    where = {"NURTURE_HOME": str(home)} if home else {}
    done = nurture(_NURTURE_COMPLETE="bash_complete", COMP_WORDS=line, **where, **environ)
    assert (done.returncode, done.stderr) == (0, "")
    return [word.removeprefix("plain,") for word in done.stdout.splitlines() if word]


def test_commands_and_options_are_offered_without_a_look_at_anything(tmp_path: Path) -> None:
    """No database, no configuration, no library of weight."""
    code = "from nurture.cli import main\nimport sys, atexit\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\nmain([])\n"
    env = {
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "_NURTURE_COMPLETE": "bash_complete",
        "COMP_WORDS": "nurture person sho",
    }
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env, timeout=60)

    assert done.stdout == "plain,show\n"
    assert set(done.stderr.split()).isdisjoint(HEAVY)
    assert list(tmp_path.iterdir()) == []


def test_every_command_is_offered() -> None:
    """And the options of one."""
    assert {"run", "person", "completion"} <= set(offered("nurture "))
    assert set(offered("nurture run --dry")) == {"--dry-run"}
    assert offered("nurture settle marie@societe.example s") == ["silent"]


def test_addresses_sequences_templates_and_numbers_are_offered(demo: Path) -> None:
    """From the home that --home or NURTURE_HOME names; after the beginning of a word only what begins so."""
    home = demo / "home"
    known = [person["addresses"][0] for person in answer("person", "list", "--home", home)]
    begun = known[0].partition("@")[0]

    assert known[0] in offered(f"nurture why {begun}", home)
    assert known[0] in offered(f"nurture why {begun.upper()}", home)
    assert known[0] in offered(f"nurture --home {home} person merge x@y.example {begun}@")
    assert "stranger" in offered("nurture sequence show s", home)
    assert offered("nurture sequence new s", home) == []
    assert offered("nurture template show fr/useful-news.", home)[0] == "fr/useful-news.a"
    assert "1" in offered("nurture resource edit ", home)


def test_looking_changes_nothing(demo: Path) -> None:
    """No file is made beside the database, and none is touched."""
    home = demo / "home"
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in home.rglob("*")}
    offered("nurture why ", home)

    assert {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in home.rglob("*")} == before


@pytest.mark.parametrize("damage", ["none", "garbage", "folder", "no-config", "postgresql", "broken-config"])
def test_where_nothing_can_be_looked_up_nothing_is_said(tmp_path: Path, damage: str) -> None:
    """A word of ours would stand in the middle of what somebody types."""
    if damage != "no-config":
        (tmp_path / "config.toml").write_text(
            'database_url = "postgresql://x/y"' if damage == "postgresql" else "[" * (damage == "broken-config")
        )
    if damage == "garbage":
        (tmp_path / "nurture.db").write_bytes(b"no database" * 1000)
    if damage == "folder":
        (tmp_path / "nurture.db").mkdir()

    assert offered("nurture why a", tmp_path) == []


@pytest.mark.parametrize(
    "line", ["", "nurture 'why", "nurture why \\", "nurture --home", "nurture --now x why ", "nurture eat ", "nurture \x00"]
)
def test_an_odd_line_is_no_fault(line: str) -> None:
    """Half a quotation mark is what stands there while somebody types."""
    if "\x00" not in line:
        offered(line)


def test_what_a_shell_would_obey_is_not_offered(tmp_path: Path) -> None:
    """An address is data from a mail, and bash splits and expands what it is told."""
    evil = [
        "$(touch x)@e.example",
        "`id`@e.example",
        "*@e.example",
        "a b@e.example",
        "a;b@e.example",
        "a'b@e.example",
        "-x@e.example",
        "a,b@e.example",
    ]
    with sqlite3.connect(tmp_path / "nurture.db") as database:
        database.execute("CREATE TABLE addresses (address TEXT PRIMARY KEY)")
        database.executemany("INSERT INTO addresses VALUES (?)", [(address,) for address in [*evil, "fine+tag@e.example"]])
    database.close()

    assert offered("nurture why ", tmp_path) == ["fine+tag@e.example"]


@pytest.mark.parametrize(("shell", "check"), [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")])
def test_the_script_is_one_of_that_shell(shell: str, check: str, tmp_path: Path) -> None:
    """It parses; as JSON the same script is told with the place where it goes."""
    script = nurture("completion", shell).stdout
    told = answer("completion", shell)

    assert told["script"] == script
    assert "_NURTURE_COMPLETE" in script
    if not shutil.which(shell):
        pytest.skip(f"NOT RUN: there is no {shell} here")
    (tmp_path / "script").write_text(script)
    assert subprocess.run([shell, check, str(tmp_path / "script")], capture_output=True, check=False, timeout=60).returncode == 0


def test_an_unknown_shell_is_refused() -> None:
    """With those that there are."""
    assert "'bash', 'zsh', 'fish'" in refused(nurture("completion", "tcsh"), 2)


def program(folder: Path) -> dict[str, str]:
    """An environment in which `nurture` is this very program."""
    (folder / "bin").mkdir()
    file = folder / "bin" / "nurture"
    file.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m nurture "$@"\n')
    file.chmod(0o755)
    return {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "TERM": "dumb"}


def test_bash_completes_an_address_although_it_breaks_words_at_its_sign(demo: Path, tmp_path: Path) -> None:
    """A real bash: what is already written before the @ stays as it is, and the rest is put behind it."""
    address = answer("person", "list", "--home", demo / "home")[0]["addresses"][0]
    name, _, domain = address.partition("@")
    env = {**program(tmp_path), "NURTURE_HOME": str(demo / "home")}
    lines = {f"nurture why {name[:-1]}": address, f"nurture why {name}@{domain[:2]}": domain, f"nurture why {name}@": domain}
    for line, wanted in lines.items():
        ask = (
            "eval \"$(nurture completion bash)\"; COMP_WORDBREAKS=$' \\t\\n\"\\'@><=;|&(:'\n"
            f'COMP_LINE="{line}" COMP_POINT={len(line)}\n_nurture_completion nurture\nprintf "%s\\n" "${{COMPREPLY[@]}}"\n'
        )
        done = subprocess.run(
            ["bash", "--norc", "-c", ask],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=env,
        )
        assert wanted in done.stdout.split(), (line, done.stdout, done.stderr)


@pytest.mark.skipif(not shutil.which("fish"), reason="NOT RUN: there is no fish here")
def test_fish_completes_an_address(demo: Path, tmp_path: Path) -> None:
    """A real fish."""
    address = answer("person", "list", "--home", demo / "home")[0]["addresses"][0]
    ask = f"nurture completion fish | source; complete -C 'nurture why {address[:4]}'"
    env = {**program(tmp_path), "NURTURE_HOME": str(demo / "home"), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(["fish", "-c", ask], capture_output=True, text=True, check=False, timeout=60, env=env)

    assert address in done.stdout.split(), done.stderr


def test_man_shows_a_page() -> None:
    """Its source in a pipe, as data with --json; an unknown one is refused."""
    assert nurture("man").stdout.startswith(".TH NURTURE 1 ")
    assert answer("man", "config")["page"] == "nurture-config.5"
    assert "no page on 'eat'" in refused(nurture("man", "eat"), 2)
