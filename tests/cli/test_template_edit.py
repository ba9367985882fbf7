"""`nurture template edit|new` with a real editor, on a real terminal and without one: nothing faulty is saved, no text is lost."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nurture.shipped import shipped
from tests.cli.editors import an_editor
from tests.cli.program import ROOT, answer, nurture, refused
from tests.cli.terminal import typed

A = "fr/useful-news.a"
SLOW = "sed -i 's/pas du tout/pas le moins du monde/'"
AGAIN = "Edit again?"


def kept(said: str) -> Path:
    """The file that a refusal names."""
    found = re.search(r"[Yy]our text lies in (\S+?)\.?(\s|$)", said)
    assert found, said
    return Path(found[1])


def own(home: Path, called: str = A) -> Path:
    """Where the owner's copy lies."""
    return home / "templates" / f"{called}.txt.j2"


def test_an_edit_without_fault_is_in_force_as_a_copy_of_ones_own(tmp_path: Path) -> None:
    """The shipped one stays as it is; nothing is left lying about."""
    editor = an_editor(tmp_path / "ed", f'{SLOW} "$1"')
    done = nurture("template", "edit", A, "--home", tmp_path, EDITOR=editor)
    listed = answer("template", "list", "--own", "--home", tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{A} is in force" in done.stdout
    assert "pas le moins du monde" in own(tmp_path).read_text()
    assert [(t["template"], t["language"], t["variant"], t["own"], t["shipped"], t["shipped_changed"]) for t in listed] == [
        ("useful-news", "fr", "a", True, True, False)
    ]
    assert list((tmp_path / "unsaved").iterdir()) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("1s/opinion/opinon/", "line 1: complete: asks must be one of"),
        ("1s/= \"opinion\"/= opinion/", "line 1: complete: the first line holds no TOML fields"),
        ("s/{% if/{% iff/", "line 4: complete: Encountered unknown tag 'iff'"),
        ("s/resource.title/resource.tittle/", "line 7: complete: "),
        ("s/{% else %}/{% else %}{{ persn.name }}/", "line 10: complete: 'persn' is undefined"),
        ("s/pas du tout ?/pas du tout !/", "line 16: fragile-start: an exclamation mark"),
    ],
)  # fmt: skip
def test_a_fault_refuses_the_text_and_keeps_it(tmp_path: Path, change: str, says: str) -> None:
    """Head line, syntax, an unknown name where only some people reach it, lint: with its line, exit code 16; never a copy in force."""
    editor = an_editor(tmp_path / "ed", f"sed -i '{change}' \"$1\"")
    said = refused(nurture("template", "edit", A, "--home", tmp_path, EDITOR=editor, VISUAL=""), 16)
    before = answer("template", "show", A, "--home", tmp_path)[0]["text"]

    assert says in said
    assert not own(tmp_path).exists()
    assert kept(said).read_text() not in ("", before)


def test_on_a_terminal_a_fault_is_marked_at_its_line_and_edited_again(tmp_path: Path) -> None:
    """The mark is gone from what is kept, and the second time the editor is started at that line where it knows how."""
    editor = an_editor(
        tmp_path / "ed", "sed -i 's/pas du tout ?/pas du tout !/' \"$1\"",
        f'cp "$1" {tmp_path}/marked; echo "$*" > {tmp_path}/words; sed -i "s/pas du tout !/pas tout à fait ?/" "$1"',
    )  # fmt: skip
    code, screen = typed("template", "edit", A, "--home", tmp_path, answers=[(AGAIN, "y")], EDITOR=editor, VISUAL="")
    marked = (tmp_path / "marked").read_text().splitlines()
    mark = next(n for n, line in enumerate(marked) if "{# !! line 16: fragile-start" in line)

    assert code == 0, screen
    assert "line 16" in screen
    assert "pas du tout !" in marked[mark + 1]
    assert "!!" not in own(tmp_path).read_text()
    assert "pas tout à fait ?" in own(tmp_path).read_text()


def test_who_gives_up_finds_the_text_where_it_is_said(tmp_path: Path) -> None:
    """Exit code 16; without marks."""
    editor = an_editor(tmp_path / "ed", "sed -i 's/pas du tout ?/pas du tout !/' \"$1\"")
    code, screen = typed("template", "edit", A, "--home", tmp_path, answers=[(AGAIN, "n")], EDITOR=editor, VISUAL="")

    assert code == 16
    assert "pas du tout !" in kept(screen.replace("\n", "")).read_text()
    assert not own(tmp_path).exists()


def test_ctrl_c_at_the_question_keeps_the_text(tmp_path: Path) -> None:
    """And says where."""
    editor = an_editor(tmp_path / "ed", "sed -i 's/pas du tout ?/pas du tout !/' \"$1\"")
    code, screen = typed("template", "edit", A, "--home", tmp_path, answers=[(AGAIN, "^C")], EDITOR=editor, VISUAL="")

    assert code == 130
    assert "pas du tout !" in kept(screen).read_text()


def test_an_editor_that_fails_changes_nothing(tmp_path: Path) -> None:
    """`:cq` in vi: what was written is kept, what was not touched leaves nothing behind."""
    for turn, left in ((f'{SLOW} "$1"; exit 3', 1), ("exit 3", 0)):
        home = tmp_path / f"home{left}"
        said = refused(
            nurture("template", "edit", A, "--home", home, EDITOR=an_editor(tmp_path / f"ed{left}", turn), VISUAL=""), 16
        )

        assert "ended with code 3" in said
        assert ("lies in" in said) is bool(left)
        assert len(list((home / "unsaved").iterdir())) == left


@pytest.mark.parametrize("turn", ["printf '\\377\\376' >> \"$1\"", 'rm "$1"', ': > "$1"', 'head -c 70000 /dev/zero > "$1"'])
def test_what_is_no_template_at_all_is_refused(tmp_path: Path, turn: str) -> None:
    """Not UTF-8, nothing, a file of zeros: one sentence."""
    editor = an_editor(tmp_path / "ed", turn)

    assert "Nothing was" in refused(nurture("template", "edit", A, "--home", tmp_path, EDITOR=editor, VISUAL=""), 16)
    assert not own(tmp_path).exists()


def test_without_an_editor_and_a_terminal_the_text_waits_in_a_file(tmp_path: Path) -> None:
    """cron, or a script that forgot to name one."""
    said = refused(nurture("template", "edit", A, "--home", tmp_path, EDITOR="", VISUAL=""), 16)

    assert kept(said).read_text() == answer("template", "show", A, "--home", tmp_path)[0]["text"]


def test_an_editor_that_sends_mail_is_not_started(tmp_path: Path) -> None:
    """P1 holds for what the environment names, too."""
    said = refused(nurture("template", "edit", A, "--home", tmp_path, EDITOR="sh -c 'sendmail x'", VISUAL=""), 16)

    assert "sendmail" in said


def test_an_editor_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what to do."""
    said = refused(nurture("template", "edit", A, "--home", tmp_path, EDITOR="no-such-editor", VISUAL=""), 16)

    assert "no-such-editor" in said
    assert "EDITOR" in said


def test_nothing_changed_makes_no_copy(tmp_path: Path) -> None:
    """Looking is no edit."""
    done = nurture("template", "edit", A, "--home", tmp_path, EDITOR="true", VISUAL="")

    assert (done.returncode, done.stdout) == (0, f"{A} is as it was; nothing was changed.\n")
    assert not own(tmp_path).exists()


def test_a_disk_without_room_is_told_with_the_file_and_leaves_nothing(tmp_path: Path) -> None:
    """It is the disk of the text, not our output."""
    command = f"ulimit -f 0; exec {sys.executable} -m nurture template edit {A} --home {tmp_path}"
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "PYTHONPATH": str(ROOT), "EDITOR": "true"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"{tmp_path}/unsaved" in refused(done, 10)
    assert "make room" in done.stderr
    assert list((tmp_path / "unsaved").iterdir()) == []


def test_a_link_into_another_folder_stays_one(tmp_path: Path) -> None:
    """Own texts that live under git are edited there."""
    behind = tmp_path / "git" / "useful-news.a.txt.j2"
    behind.parent.mkdir()
    behind.write_bytes((shipped("templates") / f"{A}.txt.j2").read_bytes())
    own(tmp_path).parent.mkdir(parents=True)
    own(tmp_path).symlink_to(behind)
    done = nurture("template", "edit", A, "--home", tmp_path, EDITOR=an_editor(tmp_path / "ed", f'{SLOW} "$1"'))

    assert done.returncode == 0, done.stderr
    assert own(tmp_path).is_symlink()
    assert "pas le moins du monde" in behind.read_text()


def test_the_second_of_two_edits_is_told_and_shown_the_difference(tmp_path: Path) -> None:
    """The first one stands; the second one's text is kept."""
    first = f"mkdir -p {own(tmp_path).parent}; sed 's/de côté/de côté hier/' \"$1\" > {own(tmp_path)}"
    done = nurture(
        "template", "edit", A, "--home", tmp_path, EDITOR=an_editor(tmp_path / "ed", f'{first}; {SLOW} "$1"'), VISUAL=""
    )

    assert done.returncode == 16
    assert "changed by somebody else" in done.stderr
    assert "+Est-ce que" in done.stderr
    assert "de côté hier" in own(tmp_path).read_text()
    assert "pas le moins du monde" in kept(done.stderr).read_text()


def test_a_new_template_begins_with_a_frame_or_with_another_text(tmp_path: Path) -> None:
    """In the first variant that is free; an existing one is edited, not made."""
    done = nurture("template", "new", "en/thank-you", "--home", tmp_path, EDITOR="true", VISUAL="")
    other = nurture(
        "template", "new", "fr/useful-news", "--from", A, "--home", tmp_path, EDITOR=an_editor(tmp_path / "ed", "true"), VISUAL=""
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "{% extends" in own(tmp_path, "en/thank-you.a").read_text()
    assert own(tmp_path, "fr/useful-news.d").exists()
    assert other.returncode == 0
    assert "is there already" in refused(nurture("template", "new", A, "--home", tmp_path, EDITOR="true"), 2)
    assert "small letters" in refused(nurture("template", "new", "fr/../x", "--home", tmp_path, EDITOR="true"), 2)
    assert "In which language" in refused(nurture("template", "new", "x", "--home", tmp_path, EDITOR="true"), 2)


def test_greeting_and_closing_are_tried_with_every_text_of_their_language(tmp_path: Path) -> None:
    """A fault in what all share is a fault of all."""
    editor = an_editor(tmp_path / "ed", "sed -i 's/owner.signature/owner.sgnature/' \"$1\"")
    said = refused(nurture("template", "edit", "en/_mail", "--home", tmp_path, EDITOR=editor, VISUAL=""), 16)

    assert "sgnature" in said
    assert not own(tmp_path, "en/_mail").exists()


def test_a_text_that_names_somebody_is_kept_and_told(demo: Path) -> None:
    """The warning names whom: its drafts would be held back."""
    home = demo / "home"
    editor = an_editor(demo / "ed", "sed -i 's/J’ai mis/Comme chez Clément Roy, j’ai mis/' \"$1\"")
    done = nurture("template", "edit", A, "--home", home, EDITOR=editor, VISUAL="")
    own(home).unlink()

    assert done.returncode == 0
    assert "names what is known of somebody (a name: Clément Roy)" in done.stderr


def test_json_is_one_object(tmp_path: Path) -> None:
    """docs/json.md."""
    editor = an_editor(tmp_path / "ed", f'{SLOW} "$1"')
    done = nurture("template", "edit", A, "--home", tmp_path, "--json", EDITOR=editor, VISUAL="")
    told = json.loads(done.stdout)

    assert set(told) == {"schema", "template", "language", "variant", "path", "changed", "findings", "confidential"}
    assert told["changed"] is True


def test_ctrl_c_belongs_to_the_editor_while_it_runs(tmp_path: Path) -> None:
    """As in git: an editor that catches it goes on, and so does the session."""
    editor = an_editor(tmp_path / "ed", f"trap '' INT; kill -INT $PPID; sleep 0.2; {SLOW} \"$1\"")
    done = nurture("template", "edit", A, "--home", tmp_path, EDITOR=editor, VISUAL="")

    assert done.returncode == 0, signal.Signals(-done.returncode) if done.returncode < 0 else done.stderr
    assert own(tmp_path).exists()
