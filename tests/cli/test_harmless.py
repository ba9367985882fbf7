"""Every command that reads, over a database full of names that try to command the terminal: nothing gets through, and it fits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest

from nurture.cli.tree import walk
from tests.cli.hostile import EVIL, LONG, haunt
from tests.cli.program import ROOT, nurture

NOW = "2026-03-11T08:00:00+01:00"
READS = (  # {who} is somebody with a whole story, {mail} the mailbox
    "status", "sheet", "why {who}", f"why {LONG}", "preview {who}", "simulate --days 10 --names", "replay --since 2026-03-01", "candidates",
    "person list --all", "person show {who}", f"person show {LONG}", "person export", "requests --names", "resource list", "confidential list",
    "confidential scan", "check --proof", "sequence list", "sequence show stranger", "sequence history stranger", "sequence check",
    "sequence diff stranger prospect", "template list", "template show useful-news", "template diff useful-news", "template check useful-news",
    "template preview useful-news --for {who}", "db check", "understand {mail}", "run --dry-run", "man person", "completion bash",
)  # fmt: skip
WRITES = {  # commands that change something; what they say is what `show.answer` and `show.say` say
    "init", "demo", "follow", "unfollow", "stop", "reopen", "pause", "settle", "log", "revive", "person add", "person import", "person merge",
    "person note", "person set", "person split", "resource add", "resource edit", "resource import", "resource remove", "confidential clear",
    "confidential forget", "sequence add-answer", "sequence add-step", "sequence edit", "sequence export", "sequence import",
    "sequence migrate", "sequence move-step", "sequence new", "sequence remove-answer", "sequence remove-step", "sequence rename",
    "sequence retire", "sequence revert", "sequence set", "sequence set-answer", "sequence set-step", "template edit", "template new", "template reset", "cron install", "cron remove",
    "db move", "db noes", "db upgrade",
}  # fmt: skip
COPIED = (
    "person export",
    "template show",
    "template diff",
    "sequence show",
    "sequence diff",
    "man",
    "completion",
)  # the text of a file, as it is
ALL_AT_ONCE = """
import contextlib, io, json, sys
from nurture.cli.main import main
told = {}
for words in json.load(sys.stdin):
    raw, said = io.BytesIO(), io.StringIO()
    with contextlib.redirect_stdout(io.TextIOWrapper(raw, encoding="utf-8", write_through=True)), contextlib.redirect_stderr(said):
        try:
            main(words)
        except SystemExit as end:
            code = end.code
    told[" ".join(words)] = [code, raw.getvalue().decode(), said.getvalue()]
print(json.dumps(told), file=sys.__stdout__)
"""


def all_of(home: Path, who: str, *more: str, **environ: str) -> Mapping[str, tuple[int, str, str]]:
    """Each reading command, in one process: its exit code, and what it says on stdout and stderr."""
    reads = [read.format(who=who, mail=home.parent / "Maildir") for read in READS]
    words = [[*read.split(" "), "--home", str(home), "--now", NOW, *more] for read in reads]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    done = subprocess.run(
        [sys.executable, "-c", ALL_AT_ONCE],
        input=json.dumps(words),
        capture_output=True,
        text=True,
        check=True,
        env=env,
        timeout=280,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return {read: tuple(found[" ".join(given)]) for read, given in zip(reads, words, strict=True)}


@pytest.fixture(scope="module")
def haunted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home of a demo, with evil names in it, and somebody's address."""
    folder = tmp_path_factory.mktemp("haunted")
    assert nurture("demo", folder, "--quiet").returncode == 0
    return folder / "home", haunt(folder / "home")


def test_every_command_is_read_here_or_known_to_write() -> None:
    """A new command is added to one of the lists."""
    there = {" ".join(branch.path) for branch in walk() if branch.path and not branch.is_group}
    read = {command for command in there for words in READS if words == command or words.startswith(f"{command} ")}

    assert read | WRITES == there
    assert read & WRITES == set()


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_nothing_that_a_mail_says_reaches_the_terminal_as_a_command(haunted: tuple[Path, str], columns: str) -> None:
    """In a pipe: printable characters and line feeds only, whatever asks for colours; 80 columns but for what is there to be copied."""
    for read, (code, out, err) in all_of(*haunted, COLUMNS=columns, FORCE_COLOR="1", CLICOLOR_FORCE="1").items():
        assert code in (0, None), (read, err)
        tabs = "\t\r\ufeff" if read.startswith(COPIED) else ""
        seen = {c for c in out + err if not c.isprintable() and c not in "\n" + tabs and category(c) != "Zs"}
        assert seen == set(), read
        wide = [line for line in out.split("\n") if len(line) > 80 and not _one_long_word(line)]
        assert read.startswith(COPIED) or wide == [], read


def _one_long_word(line: str) -> bool:
    """An address, a path: whole, and alone on its line."""
    return len(line.split()) <= 2 and any(mark in line for mark in "@/")


@pytest.mark.slow
def test_with_json_all_of_it_is_one_document_that_keeps_what_was_written(haunted: tuple[Path, str]) -> None:
    """As data, escaped: what reads it gets every character, and no terminal gets one."""
    home, _ = haunted
    told = all_of(*haunted, "--json")
    for read, (_code, out, _err) in told.items():
        document = json.loads(out)
        assert isinstance(document, list) or document["schema"] == 1, read
        assert all(c == "\n" or " " <= c <= "~" for c in out), read
    names = [person["name"] for person in json.loads(told["person list --all"][1])]
    assert EVIL in names
    assert home.exists()
