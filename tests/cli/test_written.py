"""Every option and argument that names where a command writes: whatever is named there, one sentence, and nothing half-written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from nurture.cli.tree import walk
from nurture.cli.whole_file import Written
from tests.cli.program import ROOT

READ = {  # what names files, too, but only has them read
    ("person", "import"), ("resource", "import"), ("sequence", "import"), ("confidential", "scan"), ("understand",),
}  # fmt: skip
FILES = {("sheet",): ("--html",), ("simulate",): ("--days", "1", "--ics"), ("person", "export"): ()}
FOLDERS = {("sequence", "export"): (), ("demo",): ()}
IN_FILES = [(*path, *more) for path, more in FILES.items()]
EVERY = [*IN_FILES, *((*path, *more) for path, more in FOLDERS.items())]
CALLED = [" ".join(words) for words in EVERY]
# One process for many commands: what is measured here is not how one starts.
CALLER = """\
import contextlib, io, json, sys
from nurture.cli.main import main
said = []
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(words)
        except SystemExit as stop:
            code = stop.code
    said.append((code, err.getvalue()))
print(json.dumps(said))
"""
Said = tuple[int, str]


def called(home: Path, cases: Sequence[Sequence[str | Path]], *before: str) -> list[Said]:
    """The exit code of each, and what it said on stderr; `before` is what the process is started by."""
    words = [[*map(str, case), "--home", str(home), "--yes", "--quiet"] for case in cases]
    done = subprocess.run(
        [*before, sys.executable, "-c", CALLER, json.dumps(words)], capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
    )  # fmt: skip
    assert done.stderr == "" or done.returncode == 99, done.stderr
    return [(code, err) for code, err in json.loads(done.stdout or "[]")]


def held(folder: Path) -> dict[str, bytes]:
    """What lies in a folder and below, hidden files too."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_these_are_all_of_them() -> None:
    """Whoever adds one that writes adds it above; one that reads is named as such."""
    named = {
        branch.path: param.type for branch in walk() for param in branch.command.params if isinstance(param.type, click.Path)
    }

    assert {path for path, kind in named.items() if isinstance(kind, Written)} == set(FILES | FOLDERS)
    assert {path for path, kind in named.items() if not isinstance(kind, Written)} == READ


def test_where_nothing_can_be_written_it_is_said_in_a_sentence_with_exit_code_2(demo: Path, tmp_path: Path) -> None:
    """No name, below a file, in a folder that may not be written to (not even by root), one for the other, on a full device; a folder
    is made where one is named, never for a file. Nothing is left, and what was there stays."""
    old = tmp_path / "old"
    old.write_text("old", encoding="utf-8")
    everywhere = ("", old / "below", Path("/proc/self/fdinfo/x"))
    cases = [(*words, place) for words in EVERY for place in everywhere]
    cases += [(*words, place) for words in IN_FILES for place in (tmp_path, tmp_path / "nowhere" / "x", Path("/dev/full"))]
    cases += [(*words, place) for words in EVERY if words not in IN_FILES for place in (old, Path("/dev/full"))]

    for case, (code, said) in zip(cases, called(demo / "home", cases), strict=True):
        assert (code, said.count("\n")) == (2, 1), (case, said)
        assert str(case[-1]) in said if case[-1] else "empty name" in said, (case, said)
    assert held(tmp_path) == {"old": b"old"}


def test_a_file_that_is_there_is_replaced_as_a_whole(demo: Path, tmp_path: Path) -> None:
    """Nothing else lies beside it."""
    names = [words[0] for words in IN_FILES]
    for name in names:
        (tmp_path / name).write_text("old", encoding="utf-8")

    said = called(demo / "home", [(*words, tmp_path / words[0]) for words in IN_FILES])

    assert said == [(0, "")] * len(IN_FILES)
    found = held(tmp_path)
    assert sorted(found) == sorted(names)
    assert b"old" not in found.values()


@pytest.mark.parametrize("words", EVERY, ids=CALLED)
def test_on_a_disk_that_becomes_full_what_stood_there_stays(words: tuple[str, ...], demo: Path, tmp_path: Path) -> None:
    """Each file is the old one, or whole, or not there, and it is said. A demo is none before its mailbox is whole."""
    wanted, disk, left = tmp_path / "wanted", tmp_path / "disk", tmp_path / "left"
    disk.mkdir()
    target, free = (disk / "old", 0) if words in IN_FILES else (disk / "new", 16)
    script = (
        f'mount -t tmpfs -o size=128k none "{disk}" || exit 99; printf old > "{disk}/old"; '
        f'head -c {(124 - free) * 1024} /dev/zero > "{disk}/filler"; "$@"; cp -r "{disk}" "{left}"'
    )
    said = called(demo / "home", [(*words, target)], "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh")
    if not said:
        pytest.skip("NOT RUN: no disk of one's own may be mounted here")
    if words == ("sequence", "export"):
        called(demo / "home", [(*words, wanted)])

    ((code, told),) = said
    assert (code, "(No space left on device)" in told) == (2, True), told
    found = {name: raw for name, raw in held(left).items() if name not in ("filler", "new/.nurture-demo")}
    assert found.pop("old") == b"old"
    written = {name.removeprefix("new/"): raw for name, raw in found.items() if "Maildir.part" not in name}
    assert written.items() <= held(wanted).items()
    assert bool(written) == (words == ("sequence", "export"))


def test_a_write_that_stops_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    """As on a full disk, where none can be mounted: a limit of the system cuts the file off."""
    path = tmp_path / "kept"
    path.write_text("old", encoding="utf-8")
    script = "import sys; from pathlib import Path; from nurture.cli.whole_file import write_whole; write_whole(Path(sys.argv[1]), b'x' * 9000)"
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False, cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )  # fmt: skip

    assert f"WrongUsage: {path} cannot be written (File too large)" in done.stderr
    assert held(tmp_path) == {"kept": b"old"}
