"""`nurture sequence edit` with a real editor and a real terminal: nothing faulty is saved, nothing written is lost."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.program import answer, nurture, refused
from tests.cli.sequences import NOW, an_editor, listed, mode, replacing, source
from tests.cli.terminal import typed

SOONER = replacing("5 working days", "4 working days")
FAULTY = replacing("5 working days", "soon")
MENDED = replacing('"soon"', '"4 working days"')


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo's home."""
    shutil.copytree(demo / "home", tmp_path / "home")
    return tmp_path / "home"


def kept(said: str) -> Path:
    """The file that a refusal names."""
    found = re.search(r"lies in\s+(/\S+\.toml)", said)
    assert found, said
    return Path(found[1])


def test_what_is_saved_is_a_new_revision_with_author_and_message(home: Path, tmp_path: Path) -> None:
    """In force for those who begin; the earlier one stays, and the private file goes."""
    done = nurture(
        "sequence", "edit", "stranger", "-m", "sooner", "--home", home, "--now", NOW, EDITOR=an_editor(tmp_path / "e", SOONER)
    )
    told = answer("sequence", "history", "stranger", "--home", home)

    assert (done.returncode, done.stderr) == (0, "")
    assert "stranger is at revision 2 now" in done.stdout
    assert "migrate stranger --to 2 --dry-run" in done.stdout
    assert [(r["revision"], r["author"], r["message"], r["in_force"]) for r in told] == [
        (2, "Camille Laurent", "sooner", True),
        (1, "shipped", "", False),
    ]
    assert told[0]["made"].startswith("2026-03-11T11:00")
    assert source(home, "stranger").count("4 working days") == 1
    assert list((home / "unsaved").iterdir()) == []


def test_visual_comes_before_editor_and_may_have_options(home: Path, tmp_path: Path) -> None:
    """As everywhere."""
    done = nurture(
        "sequence", "edit", "stranger", "--home", home, VISUAL=f"{an_editor(tmp_path / 'my e', 'sed -i s/5.w/4.w/ $2').replace(' ', chr(92) + ' ')} -x", EDITOR="false"
    )  # fmt: skip

    assert done.returncode == 16  # the line is faulty now; what matters is which editor ran, and with what
    assert "after: '4.w" in done.stderr


def test_a_text_that_says_the_same_makes_no_revision(home: Path) -> None:
    """And leaves no file."""
    done = nurture("sequence", "edit", "stranger", "--json", "--home", home, EDITOR="true")

    assert (done.returncode, json.loads(done.stdout)["changed"]) == (0, False)
    assert listed(home)["stranger"]["revision"] == 1
    assert list((home / "unsaved").iterdir()) == []


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (FAULTY, "line 9: after: 'soon' is no wait"),
        (replacing("ceiling", "colour"), "line 5: colour: is no key here"),
        (replacing('template = "useful-news"', 'template = "usefull-news"'), "line 10: there is no template usefull-news; did you mean"),
        (replacing('template = "useful-news"', 'template = "decision-question"'), "line 10: decision-question in en asks for conversation"),
        (replacing('name = "stranger"', 'name = "others"'), "line 2: name: is 'others', and this is stranger"),
        (replacing('stage = "stranger"', 'stage = "contact"'), "line 4: the stage stranger would be left without"),
        (replacing('title = ".*"', "title = "), "line 3: no TOML"),
        ("printf '\\351' >> \"$1\"", "line 16: is not written in UTF-8"),
        ('printf "%0300000d" 0 > "$1"', "longer than"),
    ],
)  # fmt: skip
def test_without_a_terminal_a_fault_is_refused_with_its_line_and_the_text_is_kept(
    home: Path, tmp_path: Path, script: str, says: str
) -> None:
    """Exit code 16, one sentence, a 0600 file; no revision."""
    told = refused(nurture("sequence", "edit", "stranger", "--home", home, EDITOR=an_editor(tmp_path / "e", script)), 16)

    assert says in told
    assert mode(kept(told)) == 0o600
    assert mode(kept(told).parent) == 0o700
    assert kept(told).read_bytes() != source(home, "stranger").encode()
    assert listed(home)["stranger"]["revision"] == 1


def test_on_a_terminal_the_fault_is_marked_and_can_be_mended(home: Path, tmp_path: Path) -> None:
    """e: edit again."""
    code, said = typed(
        "sequence", "edit", "stranger", "--home", home, answers=[("What now?", "?"), ("Type e, x or Q", "e")],
        EDITOR=an_editor(tmp_path / "e", FAULTY, MENDED),
    )  # fmt: skip

    assert code == 0, said
    assert "WRONG  stranger.toml, line 9\n       > after = \"soon\"\n       after: 'soon' is no wait" in said
    assert listed(home)["stranger"]["revision"] == 2


@pytest.mark.parametrize("key", ["x", "Q", "^C"])
def test_on_a_terminal_giving_up_keeps_the_text(home: Path, tmp_path: Path, key: str) -> None:
    """x and Q end it, and so does Ctrl-C; exit code 16."""
    code, said = typed(
        "sequence", "edit", "stranger", "--home", home, answers=[("What now?", key)], EDITOR=an_editor(tmp_path / "e", FAULTY)
    )

    assert code == 16, said
    assert 'after = "soon"' in kept(said).read_text()
    assert mode(kept(said)) == 0o600
    assert listed(home)["stranger"]["revision"] == 1


def test_a_kill_keeps_the_text(home: Path, tmp_path: Path) -> None:
    """SIGTERM while the editor is open: what the editor has written by then is named."""
    script = f"{SOONER}; kill -TERM $PPID; sleep 1"
    told = refused(nurture("sequence", "edit", "stranger", "--home", home, EDITOR=an_editor(tmp_path / "e", script)), 16)

    assert "stopped" in told
    assert "4 working days" in kept(told).read_text()


def test_an_earlier_text_that_was_not_saved_is_remembered(home: Path, tmp_path: Path) -> None:
    """It is named at the next edit."""
    first = refused(nurture("sequence", "edit", "stranger", "--home", home, EDITOR=an_editor(tmp_path / "e", FAULTY)), 16)
    second = nurture("sequence", "edit", "stranger", "--home", home, EDITOR="true")

    assert str(kept(first)) in second.stderr
    assert kept(first).exists()


def test_however_many_texts_were_not_saved_they_are_told_in_one_line(home: Path, tmp_path: Path) -> None:
    """The newest by its name."""
    for number in range(3):
        faulty = an_editor(tmp_path / f"e{number}", FAULTY)
        last = nurture("sequence", "edit", "stranger", "--home", home, EDITOR=faulty).stderr.splitlines()
    told = nurture("sequence", "edit", "stranger", "--home", home, EDITOR="true").stderr

    assert len(told.splitlines()) == 1
    assert "3 earlier edits" in told
    assert str(kept(last[-1])) in told


def test_a_file_that_the_editor_threw_away_is_not_named(home: Path, tmp_path: Path) -> None:
    """There is nothing where it lay."""
    told = refused(nurture("sequence", "edit", "stranger", "--home", home, EDITOR=an_editor(tmp_path / "e", 'rm "$1"')), 16)

    assert "left no file behind" in told
    assert list((home / "unsaved").iterdir()) == []


def rival(home: Path) -> str:
    """Somebody else saves a revision while the editor is open."""
    return f"{OTHER_PROGRAM} sequence edit stranger --home {home} >&2"


OTHER_PROGRAM = "EDITOR=$OTHER $PYTHON -m nurture"


def edited_twice(home: Path, tmp_path: Path, mine: str) -> dict[str, str]:
    """The environment for an edit in which another one is quicker."""
    import sys

    other = an_editor(tmp_path / "other", replacing("12 working days", "15 working days"))
    return {"EDITOR": an_editor(tmp_path / "e", f"{mine}; {rival(home)}", "true"), "OTHER": other, "PYTHON": sys.executable}


def test_who_comes_second_is_told_and_their_text_is_kept(home: Path, tmp_path: Path) -> None:
    """Without a terminal."""
    done = nurture("sequence", "edit", "stranger", "--home", home, **edited_twice(home, tmp_path, SOONER))
    told = done.stderr.splitlines()[-1]

    assert done.returncode == 16
    assert '-after = "12 working days"\n+after = "15 working days"' in done.stdout
    assert "Meanwhile stranger has come to revision 2; yours was made from 1" in told
    assert "sequence diff stranger:1 stranger:2" in told
    assert "4 working days" in kept(told).read_text()
    assert listed(home)["stranger"]["revision"] == 2


@pytest.mark.parametrize(("key", "revision", "code"), [("e", 3, 0), ("Q", 3, 0), ("x", 2, 16)])
def test_who_comes_second_is_shown_what_changed(home: Path, tmp_path: Path, key: str, revision: int, code: int) -> None:
    """Edit again on top of it, save all the same, or give up with the text kept. The other's revision stays in the history."""
    ended, said = typed(
        "sequence", "edit", "stranger", "--home", home, answers=[("What now?", key)], **edited_twice(home, tmp_path, SOONER)
    )

    assert ended == code, said
    assert '-after = "12 working days"\n+after = "15 working days"' in said
    assert listed(home)["stranger"]["revision"] == revision
    assert ("4 working days" in source(home, "stranger")) == (code == 0)


def test_an_editor_that_cannot_be_used_is_told(home: Path) -> None:
    """Not there, one that fails, one that sends mail, no command at all; nothing is left behind."""
    for editor, says in (
        ("/nowhere/editor", "cannot be started"),
        ("false", "ended with code 1"),
        ("mutt -f", "sends mail"),
        ('"', "quotation"),
    ):
        done = nurture("sequence", "edit", "stranger", "--home", home, EDITOR=editor)
        assert says in refused(done, 2 if editor == '"' else 16)
    assert not (home / "unsaved").exists() or list((home / "unsaved").iterdir()) == []


def test_a_new_one_is_for_nobody_until_it_is_shaped(home: Path) -> None:
    """And a copy says what its original says."""
    made = answer("sequence", "new", "mine", "--home", home)
    copy = answer("sequence", "new", "ours", "--from", "prospect", "--home", home)
    there = listed(home)

    assert (made["revision"], there["mine"]["for"], there["mine"]["steps"]) == (1, {"list": "mine"}, 2)
    assert (copy["revision"], there["ours"]["stage"], there["ours"]["steps"]) == (1, "prospect", 4)
    assert source(home, "ours") == source(home, "prospect").replace('name = "prospect"', 'name = "ours"')
    assert "already" in refused(nurture("sequence", "new", "mine", "--home", home), 2)
    assert "is no name" in refused(nurture("sequence", "new", "Mine!", "--home", home), 2)
