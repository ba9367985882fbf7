"""`nurture sequence …` without an editor: looked at, changed by scripts, kept as files, moved to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from nurture.cli.main import nurture as program
from tests.cli import sessions as recorded
from tests.cli.program import answer, nurture, refused
from tests.cli.sequences import NOW, listed, source
from tests.cli.terminal import typed

COMMANDS = """list show new edit set add-step set-step move-step remove-step add-answer set-answer remove-answer check diff history revert rename
    retire export import migrate""".split()


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo's home."""
    shutil.copytree(demo / "home", tmp_path / "home")
    return tmp_path / "home"


def done(home: Path, *args: str | Path) -> dict[str, object]:
    """What a changing command answers."""
    found = answer("sequence", *args, "--home", home, "--now", NOW)
    assert isinstance(found, dict)
    return found


def test_list_and_show_and_history_have_their_shapes(home: Path) -> None:
    """As docs/json.md says; every shipped sequence is there."""
    there = answer("sequence", "list", "--home", home)
    one = done(home, "show", "prospect", "--revision", "1")
    [first] = answer("sequence", "history", "prospect", "--home", home)

    assert {row["name"] for row in there} == {"client", "contact", "every-stage", "proposal", "prospect", "qualified", "stranger"}
    assert all(
        list(row) == ["name", "title", "stage", "revision", "steps", "answers", "people", "for", "retired", "upgrade"]
        for row in there
    )
    assert sum(row["people"] for row in there) > 10
    assert [s["name"] for s in one["steps"]] == ["ask-result", "ask-measure", "recap", "open-door"]  # type: ignore[attr-defined]
    assert set(first) == {"name", "revision", "made", "author", "message", "in_force", "people"}
    assert (first["author"], first["in_force"]) == ("shipped", True)


def test_what_people_read_fits_and_is_harmless(home: Path, tmp_path: Path) -> None:
    """80 columns; what a document holds cannot command the terminal."""
    evil = tmp_path / "evil.toml"
    evil.write_text('# \u202eevil \u009b31m\nname = "evil"\ntitle = "a\u202eb"\nstage = "contact"\n\n[[steps]]\nname = "a"\nafter = "3 days"\ntemplate = "nothing\u202e"\n', encoding="utf-8")  # fmt: skip
    looked_at = nurture("sequence", "check", evil, "--home", home)
    assert looked_at.returncode == 16
    for told in (
        looked_at,
        *(nurture("sequence", *a, "--home", home) for a in (["list"], ["show", "client"], ["history", "client"])),
    ):
        assert all(len(line) <= 80 or "/" in line for line in told.stdout.splitlines())
        assert all(c == "\n" or c.isprintable() for c in told.stdout)


def test_scripts_can_say_everything(home: Path) -> None:
    """Each command makes a revision with a message, and the comments are still there."""
    done(home, "add-step", "stranger", "news-again", "--after", "2 weeks", "--template", "useful-news", "--before", "open-door")
    done(home, "set-step", "stranger", "news-again", "--name", "again", "--after", "3 weeks", "--lang", "fr", "-m", "later")
    done(home, "move-step", "stranger", "again", "--first")
    told = answer("sequence", "history", "stranger", "--home", home)
    text = source(home, "stranger")
    found = done(home, "show", "stranger")

    assert [r["message"] for r in told] == ["step again moved", "later", "step news-again added", ""]
    assert [(s["name"], s["after"]) for s in found["steps"]] == [  # type: ignore[attr-defined]
        ("again", "3 weeks"),
        ("useful-news", "5 working days"),
        ("open-door", "12 working days"),
    ]
    assert text.startswith("# Two letters at most")
    done(home, "remove-step", "stranger", "again")
    assert source(home, "stranger") == answer("sequence", "show", "stranger", "--revision", "1", "--home", home)["source"]


def test_scripts_say_for_whom_a_sequence_is(home: Path) -> None:
    """The history tells it; what is for everybody at its stage stays so."""
    done(home, "new", "fair", "--from", "stranger")
    done(home, "set", "fair", "--title", "After the fair", "--ceiling", "1", "--for-list", "salon-2026")
    assert (
        answer("sequence", "history", "fair", "--home", home)[0]["message"]
        == "title After the fair, ceiling 1, for list salon-2026"
    )
    assert listed(home)["fair"]["for"] == {"list": "salon-2026"}
    assert "stranger" in refused(nurture("sequence", "set", "stranger", "--for-lang", "en", "--home", home), 16)


def test_scripts_answer_signals(home: Path) -> None:
    """By scope; which one is meant must be clear."""
    done(home, "add-answer", "prospect", "price_question", "--template", "answer-price-question", "--asks-for", "either")
    done(home, "set-answer", "prospect", "price_question", "--template", "answer-how-question")
    assert "answer-how-question" in source(home, "prospect")
    assert listed(home)["prospect"]["answers"] == 1
    done(home, "remove-answer", "prospect", "price_question")
    assert listed(home)["prospect"]["answers"] == 0
    done(home, "remove-answer", "every-stage", "feature_request", "--scope", "near")
    assert "suppose-built" not in source(home, "every-stage")
    assert "price_question" in refused(nurture("sequence", "remove-answer", "prospect", "price_question", "--home", home), 2)


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("show", "strangr"), 2, "Did you mean stranger"),
        (("show", "stranger", "--revision", "9"), 2, "has no revision 9"),
        (("diff", "stranger:x", "stranger"), 2, "names no revision"),
        (("set-step", "stranger", "useful-news", "--after", "soon"), 16, "stranger was not changed: line 9: after"),
        (("set-step", "stranger", "nothing", "--after", "3 days"), 2, "It has useful-news, open-door"),
        (("set-step", "stranger", "useful-news"), 2, "Nothing to change"),
        (("set-step", "stranger", "useful-news", "--template", "decision-question"), 16, "asks for conversation"),
        (("add-step", "stranger", "open-door", "--after", "3 days", "--template", "after-rest"), 16, "a second time"),
        (("add-step", "stranger", "x", "--first", "--last"), 2, "two places"),
        (("move-step", "stranger", "useful-news"), 2, "Say where"),
        (("remove-answer", "every-stage", "feature_request", "--late"), 2, "not clear"),
        (("set-answer", "every-stage", "feature_request", "--late", "--template", "kind-no"), 2, "not clear"),
        (("set-answer", "every-stage", "need"), 2, "Say --template or --asks-for"),
        (("set", "stranger"), 2, "Nothing to change"),
        (("set", "stranger", "--for-lang", "fr", "--for-everybody"), 2, "Name one"),
        (("set-step", "stranger", "useful-news", "--after", "0 days"), 16, "line 9: after: useful-news would come on the day"),
        (("retire", "stranger"), 2, "would be left without"),
        (("retire", "stranger", "--undo"), 2, "is in use"),
        (("rename", "stranger", "others"), 2, "nurture sequence new others --from stranger"),
        (("revert", "stranger", "--to", "3"), 2, "has no revision 3"),
        (("import", "nowhere.toml"), 2, "cannot be read"),
        (("migrate", "stranger", "--to", "2"), 2, "has no revision 2"),
        (("edit", "stranger", "-m", "x" * 400), 2, "Say it shorter"),
    ],
)
def test_what_cannot_be_is_one_sentence(demo: Path, args: tuple[str, ...], code: int, says: str) -> None:
    """With its exit code; nothing is changed by it."""
    assert says in refused(nurture("sequence", *args, "--home", demo / "home", "--now", NOW, EDITOR="true"), code)


def test_files_come_back_byte_for_byte(home: Path, tmp_path: Path) -> None:
    """Line ends, a byte order mark, comments, no end of line at the end: what was taken in is what is written."""
    folder = tmp_path / "files"
    done_ = answer("sequence", "export", folder, "--home", home)
    assert len(done_) == len(list(folder.glob("*.toml"))) == 7
    odd = '\ufeff# é\r\nname   = "odd"\r\ntitle = \'O\'\r\nstage = "contact"\r\nfor = {lang="fr"}\r\n\r\n\r\n[[steps]]\r\nname = "a"\r\nafter = "3 days"\r\ntemplate = "question-about-their-world"'
    (folder / "any name.toml").write_bytes(odd.encode())
    taken = answer("sequence", "import", folder, "-m", "from git", "--home", home)

    assert {(r["name"], r["revision"], r["changed"]) for r in taken if r["changed"]} == {("odd", 1, True)}
    answer("sequence", "export", tmp_path / "again", "--home", home)
    assert (tmp_path / "again" / "odd.toml").read_bytes() == odd.encode()
    assert all((tmp_path / "again" / p.name).read_bytes() == p.read_bytes() for p in folder.glob("[!a]*.toml"))


def test_an_export_asks_before_it_writes_over_anything(home: Path, tmp_path: Path) -> None:
    """And says which; --yes answers."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "stranger.toml").write_text("mine")

    assert "stranger.toml" in refused(nurture("sequence", "export", folder, "--home", home), 2)
    code, said = typed("sequence", "export", folder, "--home", home, answers=[("Write over what", "n")])
    assert code == 130, said
    assert [p.name for p in folder.iterdir()] == ["stranger.toml"]
    assert nurture("sequence", "export", folder, "--yes", "--quiet", "--home", home).stdout == ""
    assert (folder / "stranger.toml").read_text() == source(home, "stranger")


def test_a_file_is_checked_without_a_database(tmp_path: Path) -> None:
    """File, line, rule; exit code 16."""
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "mine"\ntitle = "M"\nstage = "stranger"\n\n[[steps]]\nname = "a"\nafter = "3 days"\ntemplate = "answer-price-question"\n'
    )
    told = nurture("sequence", "check", file, "--json", "--home", tmp_path)
    found = json.loads(told.stdout)

    assert told.returncode == 16
    assert (found["sound"], found["sequences"]) == (False, 1)
    assert found["findings"][0]["line"] == 8
    assert set(found["findings"][0]) == {"sequence", "line", "rule", "severity", "says"}
    file.write_bytes(file.read_bytes().replace(b"answer-price", b"answer\xff"))
    assert "not written in UTF-8" in nurture("sequence", "check", file, "--home", tmp_path).stdout


def test_the_shipped_ones_are_sound(demo: Path) -> None:
    """All of them together."""
    found = answer("sequence", "check", "--home", demo / "home")

    assert (found["sound"], found["sequences"], found["findings"]) == (True, 7, [])


def test_a_migration_is_shown_asked_and_done(home: Path) -> None:
    """Who, before and after; a no changes nothing, --json needs --yes, and what is done is told once."""
    done(home, "set-step", "stranger", "open-door", "--after", "20 working days")
    done(home, "set-step", "stranger", "useful-news", "--after", "4 working days")
    shown = nurture("sequence", "migrate", "stranger", "--to", "3", "--dry-run", "--home", home, "--now", NOW)
    data = done(home, "migrate", "stranger", "--to", "1", "--dry-run")
    code, said = typed(
        "sequence", "migrate", "stranger", "--to", "3", "--home", home, "--now", NOW, answers=[("Go on with", "n")]
    )

    assert "4 people have begun another one and would move" in " ".join(shown.stdout.split())
    assert all(len(line) <= 80 for line in shown.stdout.splitlines())
    assert set(data) == {"schema", "name", "to", "in_force", "done", "people"}
    assert {(p["began"], p["before"]["due"], p["after"]["due"]) for p in data["people"] if p["changes"]} == {  # type: ignore[attr-defined]
        (None, "2026-03-13", "2026-03-16")
    }
    assert code == 130, said
    assert {r["revision"]: r["people"] for r in answer("sequence", "history", "stranger", "--home", home)} == {3: 0, 2: 0, 1: 4}
    assert (
        "say --yes"
        in json.loads(nurture("sequence", "migrate", "stranger", "--to", "3", "--json", "--home", home).stdout)["error"]["says"]
    )
    assert done(home, "migrate", "stranger", "--to", "3", "--yes")["done"] is True
    assert {r["revision"]: r["people"] for r in answer("sequence", "history", "stranger", "--home", home)} == {3: 4, 2: 0, 1: 0}
    assert "nobody has to move" in nurture("sequence", "migrate", "stranger", "--to", "3", "--home", home).stdout


def test_a_revision_comes_back_as_a_new_one(home: Path) -> None:
    """History only grows; the difference is shown."""
    done(home, "set-step", "stranger", "useful-news", "--after", "4 working days")
    changed = done(home, "diff", "stranger:1", "stranger")
    assert (changed["same"], '+after = "4 working days"' in changed["diff"]) == (False, True)  # type: ignore[operator]
    assert done(home, "revert", "stranger", "--to", "1")["revision"] == 3
    assert done(home, "diff", "stranger:1", "stranger")["same"] is True


def test_own_sequences_are_renamed_and_retired(home: Path) -> None:
    """And taken into use again."""
    done(home, "new", "mine", "--from", "stranger")
    assert answer("sequence", "rename", "mine", "ours", "--home", home)[0]["name"] == "ours"
    assert answer("sequence", "retire", "ours", "--home", home)[0]["name"] == "ours"
    assert listed(home)["ours"]["retired"]
    assert answer("sequence", "retire", "ours", "--undo", "--home", home)
    assert not listed(home)["ours"]["retired"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    """For each, in 80 columns."""
    told = CliRunner().invoke(program, ["sequence", command, "--help"], terminal_width=80).output

    assert "Example: nurture sequence" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_the_page_shows_what_the_program_says(tmp_path: Path) -> None:
    """docs/sequences.md is as `make docs` writes it."""
    page = recorded.PAGE.read_text(encoding="utf-8")

    assert recorded.with_sessions(page, recorded.sessions(tmp_path)) == page
