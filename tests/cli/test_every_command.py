"""What every command keeps to, whichever is added: walked over the whole tree."""

from __future__ import annotations

import re
import subprocess
from itertools import product
from pathlib import Path

import pytest

from nurture import errors
from nurture.cli.ending import EXIT_CODES, INTERRUPTED, OUTPUT
from nurture.cli.manual import pages
from nurture.cli.overview import overview
from nurture.cli.tree import Branch, find, walk
from tests.cli.program import ROOT

BRANCHES = tuple(walk())
WITHOUT_JSON: dict[str, str] = {}  # a command, and why no program wants to read what it says
CALLED = [branch.called for branch in BRANCHES]


def documented() -> set[tuple[str, ...]]:
    """The commands whose shape stands under a heading of docs/json.md: `nurture person note|set …`, `show` behind `person list`, and so on."""
    found: set[tuple[str, ...]] = set()
    tree = {branch.path for branch in BRANCHES}
    for heading in re.findall(r"^## (.*--json.*)$", (ROOT / "docs" / "json.md").read_text(encoding="utf-8"), re.MULTILINE):
        group: tuple[str, ...] = ()
        for chunk in re.findall(r"`([^`]+)`", heading):
            words = [w.split("|") for w in chunk.removeprefix("nurture ").split() if re.fullmatch(r"[a-z][a-z|-]*", w)]
            paths = {path if path in tree else (*group, *path) for path in product(*words) if path}
            group = group or next(iter(paths), ())[:-1]
            found |= paths | {p for p in tree if "…" in chunk and p[:1] in paths}
    return found


@pytest.mark.parametrize("branch", BRANCHES, ids=CALLED)
def test_help_says_what_it_does_shows_an_example_and_fits(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """80 columns, however wide the terminal; the example is of this command, or of one below it."""
    examples = [line.strip() for part in branch.paragraphs for line in part.split("\n") if line.startswith("Example: ")]

    assert branch.title.endswith((".", "?"))
    assert [e for e in examples if not re.match(rf'Example: (?:eval "\$\()?{re.escape(branch.called)}\b', e)] == []
    assert examples
    for width in (60, 80, 200):
        with branch.context:
            monkeypatch.setenv("COLUMNS", str(width))
            lines = branch.command.get_help(branch.context).splitlines()
        assert [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize("branch", BRANCHES, ids=CALLED)
def test_it_takes_json_and_its_shape_is_documented(branch: Branch) -> None:
    """docs/json.md has a heading for it, or the list above a reason."""
    if branch.called in WITHOUT_JSON:
        return
    assert any("--json" in param.opts for param in branch.command.params)
    assert branch.is_group or branch.path in documented()


def test_no_heading_tells_of_a_command_that_is_not_there() -> None:
    """Documentation does not outlive what it tells of."""
    assert documented() - {branch.path for branch in BRANCHES} == set()


@pytest.mark.parametrize("branch", BRANCHES, ids=CALLED)
def test_every_option_and_what_it_stands_for_is_told(branch: Branch) -> None:
    """No option without a word of help."""
    with branch.context:
        options = [p for p in branch.command.get_params(branch.context) if p.param_type_name == "option"]
    assert [p.name for p in options if not getattr(p, "help", "")] == []


def test_every_exit_code_is_documented() -> None:
    """Those of all errors, of the end of a command, and of a wrong command line."""

    def below(kind: type[errors.NurtureError]) -> set[int]:
        codes = {kind.exit_code, getattr(kind, "speaks_with", kind.exit_code)}
        return codes.union(*(below(one) for one in kind.__subclasses__()))

    assert below(errors.NurtureError) | {0, 2, OUTPUT, INTERRUPTED} == set(EXIT_CODES)


def test_the_pages_that_are_made_of_the_commands_are_up_to_date() -> None:
    """`make docs` writes them."""
    folder = ROOT / "docs" / "man"
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("man*/*")}

    assert there == pages()
    assert all(path.parent.name == f"man{path.name[-1]}" for path in folder.glob("man*/*"))
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == overview()


def test_what_asks_first_is_told_and_takes_yes() -> None:
    """docs/cli.md names every command whose module asks."""
    asking = {path.stem for path in (ROOT / "nurture" / "cli").glob("*.py") if "asking.ask(" in path.read_text(encoding="utf-8")}
    told = {"words": "`reopen`", "db": "`db noes`", "person_file": "`person import`", "template": "`template reset`",
            "sequence_move": "`sequence migrate`", "sequence_files": "`sequence export`"}  # fmt: skip

    assert asking == set(told)
    assert [says for says in told.values() if says not in overview()] == []


def test_a_page_reads_text_as_text() -> None:
    """No line of a manual page is a request that its author did not write; groff and mandoc find nothing to warn of, where they are there."""
    known = {"TH", "SH", "SS", "PP", "TP", "EX", "EE", "br"}
    requests = {m[1] for text in pages().values() for m in re.finditer(r"^[.'](\S*)", text, re.MULTILINE)}
    assert requests <= known


@pytest.mark.parametrize(
    "reader",
    [["groff", "-K", "utf8", "-T", "utf8", "-man", "-ww", "-z"], ["mandoc", "-T", "lint", "-W", "error"]],
    ids=["groff", "mandoc"],
)
def test_manual_pages_are_well_formed(reader: list[str]) -> None:
    """By the programs that will show them."""
    files = sorted(map(str, (ROOT / "docs" / "man").glob("man*/*")))
    try:
        done = subprocess.run([*reader, *files], capture_output=True, text=True, check=False, timeout=60)
    except FileNotFoundError:
        pytest.skip(f"NOT RUN: there is no {reader[0]} here")
    assert done.stdout + done.stderr == ""


def test_a_command_is_found_by_its_names() -> None:
    """And nothing where there is none."""
    found = find(("person", "show"))

    assert found is not None
    assert found.called == "nurture person show"
    assert find(("person", "eat")) is None


def test_the_heading_reader_reads_headings(tmp_path: Path) -> None:
    """What this file leans on: a second command of a heading belongs to the group of the first."""
    assert {("confidential", "clear"), ("follow",), ("person", "note"), ("sequence", "migrate"), ("db", "noes")} <= documented()
