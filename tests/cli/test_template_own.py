"""`nurture template list|show|diff|reset|preview`: the owner's texts beside the shipped ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from nurture.cli.own_templates import Shelf
from tests.cli.editors import an_editor
from tests.cli.program import answer, nurture, refused
from tests.cli.terminal import typed

A = "fr/useful-news.a"
NOW = ("--now", "2026-03-11T08:00:00+01:00")
FACTS = {"template", "language", "variant", "path", "own", "shipped", "shipped_changed", "asks", "gives", "offers", "stages"}


def a_copy(home: Path) -> Path:
    """The owner's copy of a shipped text."""
    editor = an_editor(home / "ed", "sed -i 's/pas du tout/pas le moins du monde/' \"$1\"")
    assert nurture("template", "edit", A, "--home", home, EDITOR=editor, VISUAL="").returncode == 0
    return home / "templates" / f"{A}.txt.j2"


def test_the_list_names_every_template_in_80_columns(tmp_path: Path) -> None:
    """Your own first, then what is in force, a line a name."""
    a_copy(tmp_path)
    done = nurture("template", "list", "--home", tmp_path)
    listed = answer("template", "list", "--home", tmp_path)

    assert "Yours (1)\n  fr/useful-news.a: over the shipped one\n" in done.stdout
    assert "fr a* b c" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert all(set(t) == FACTS for t in listed)
    assert sum(t["own"] for t in listed) == 1


def test_a_shipped_text_that_changed_below_a_copy_is_told(tmp_path: Path) -> None:
    """By what the shipped one said when the copy was made; an edit after that counts as seen."""
    copy = a_copy(tmp_path)
    base = tmp_path / "templates" / "copied-from" / f"{A}.txt.j2"
    base.write_text(base.read_text().replace("J’ai", "Je"))  # as it was one version ago

    assert "which has changed since" in nurture("template", "list", "--own", "--home", tmp_path).stdout
    assert answer("template", "list", "--own", "--home", tmp_path)[0]["shipped_changed"] is True
    assert "+J’ai mis" in nurture("template", "diff", A, "--since", "--home", tmp_path).stdout

    done = nurture("template", "edit", A, "--home", tmp_path, EDITOR="true", VISUAL="")

    assert "has changed since you made your copy" in done.stdout
    assert answer("template", "list", "--own", "--home", tmp_path)[0]["shipped_changed"] is False
    assert "le moins du monde" in copy.read_text()


def test_a_copy_that_was_put_there_by_hand_is_not_guessed_about(tmp_path: Path) -> None:
    """Whether the shipped one has changed since cannot be told."""
    path = tmp_path / "templates" / "fr" / "open-door.a.txt.j2"
    path.parent.mkdir(parents=True)
    path.write_text(nurture("template", "show", "fr/open-door.a", "--home", tmp_path).stdout.replace("rien", "nul"))

    assert answer("template", "list", "--own", "--home", tmp_path)[0]["shipped_changed"] is None
    assert "cannot be told" in nurture("template", "list", "--own", "--home", tmp_path).stdout


def test_show_gives_the_source_as_it_is(tmp_path: Path) -> None:
    """To the letter, so that it can be copied: what is shown and put back is the same file."""
    copy = a_copy(tmp_path)
    shipped = nurture("template", "show", A, "--shipped", "--home", tmp_path).stdout

    assert nurture("template", "show", A, "--home", tmp_path).stdout == copy.read_text()
    assert shipped != copy.read_text()
    assert "\nfr/useful-news.b\n" in nurture("template", "show", "useful-news", "--home", tmp_path).stdout
    assert set(answer("template", "show", A, "--home", tmp_path)[0]) == FACTS | {"text"}


def test_show_makes_what_a_terminal_would_obey_harmless(tmp_path: Path) -> None:
    """A file from somewhere else."""
    path = tmp_path / "templates" / "fr" / "odd.a.txt.j2"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x1b]0;owned\x07 \xff\n\xc2\xabx\xc2\xa0\xc2\xbb\n")
    shown = nurture("template", "show", "odd", "--home", tmp_path)

    assert shown.stdout == "]0;owned �\n«x\xa0»\n"
    assert answer("template", "list", "--own", "--home", tmp_path)[0]["asks"] is None


def test_diff_compares_with_the_shipped_one(tmp_path: Path) -> None:
    """As diff -u does; --json has it as a text."""
    a_copy(tmp_path)
    done = nurture("template", "diff", "useful-news", "--home", tmp_path)

    assert "--- shipped\n+++ yours\n" in done.stdout
    assert "pas le moins du monde" in answer("template", "diff", A, "--home", tmp_path)[0]["diff"]
    assert "no text of your own" in nurture("template", "diff", "open-door", "--home", tmp_path).stdout


def test_reset_sets_the_copy_aside(tmp_path: Path) -> None:
    """Twice a day, too: nothing is ever overwritten."""
    texts = [a_copy(tmp_path).read_text()]
    [moved] = answer("template", "reset", A, "--home", tmp_path, *NOW)
    (tmp_path / "ed" / "turns").unlink()
    a_copy(tmp_path)
    done = nurture("template", "reset", A, "--home", tmp_path, *NOW)
    aside = sorted((tmp_path / "templates" / "set-aside" / "fr").iterdir())

    assert [p.name for p in aside] == ["useful-news.a.2026-03-11-2.txt.j2", "useful-news.a.2026-03-11.txt.j2"]
    assert [p.read_text() for p in aside] == texts * 2
    assert moved["set_aside"] == str(aside[1])
    assert "in force again" in done.stdout
    assert answer("template", "list", "--own", "--home", tmp_path) == []
    assert answer("template", "check", "useful-news", "--home", tmp_path)["files"] == 6
    assert "no text of your own" in refused(nurture("template", "reset", A, "--home", tmp_path), 16)


def test_a_text_without_a_shipped_one_is_set_aside_only_on_a_yes(tmp_path: Path) -> None:
    """Nothing would stand in its place."""
    assert nurture("template", "new", "fr/hello", "--home", tmp_path, EDITOR="true", VISUAL="").returncode == 0

    assert "--yes" in refused(nurture("template", "reset", "hello", "--home", tmp_path, stdin=""), 2)
    assert nurture("template", "reset", "hello", "--home", tmp_path, stdin="n\n").returncode == 130
    assert typed("template", "reset", "hello", "--home", tmp_path, answers=[("Set it aside?", "n")])[0] == 130
    assert nurture("template", "reset", "hello", "--home", tmp_path, "--yes").returncode == 0
    assert answer("template", "list", "--own", "--home", tmp_path) == []


@pytest.mark.parametrize("command", ["show", "diff", "reset", "edit", "preview"])
def test_an_unknown_name_gets_the_nearest(tmp_path: Path, command: str) -> None:
    """Exit code 16."""
    more = ["--for", "a@b.example"] if command == "preview" else []
    said = refused(nurture("template", command, "usefull-news", *more, "--home", tmp_path), 16)

    assert "Did you mean useful-news?" in said


def test_preview_is_the_real_text_for_a_real_person_and_keeps_nothing(demo: Path) -> None:
    """Every variant, the first one first that would be taken; the rules' word below; the database as it was."""
    home, to = demo / "home", "helene.marchetti@logivert.example"
    before = rows(home)
    done = nurture("template", "preview", "open-door", "--for", to, "--home", home, *NOW)
    told = answer("template", "preview", "fr/open-door.a", "--for", to, "--home", home, *NOW)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Bonjour Madame Marchetti,") == 3
    assert "The rules have nothing to say against it." in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert set(told) == {"schema", "address", "language", "action", "rule", "why", "texts"}
    assert [(t["template"], t["variant"]) for t in told["texts"]] == [("open-door", "a")]
    assert told["texts"][0]["text"].startswith("Bonjour Madame Marchetti,")
    assert rows(home) == before


def rows(home: Path) -> list[tuple[object, ...]]:
    """Everything in the database."""
    with sqlite3.connect(home / "nurture.db") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [(table, *row) for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]


def test_preview_says_what_the_rules_have_against_a_text(demo: Path) -> None:
    """An agreement asked of a stranger."""
    args = (
        "template",
        "preview",
        "answer-acceptance",
        "--for",
        "helene.marchetti@logivert.example",
        "--home",
        demo / "home",
        *NOW,
    )

    assert "WRONG  ask-fits-stage" in nurture(*args).stdout
    assert any(f["rule"] == "ask-fits-stage" for t in answer(*args)["texts"] for f in t["findings"])


def test_preview_for_somebody_of_whom_nothing_is_known_asks_for_the_language(demo: Path) -> None:
    """And speaks to them as to a stranger then."""
    home = demo / "home"
    nurture("person", "add", "nobody@neuf.example", "--home", home)
    said = refused(nurture("template", "preview", "open-door", "--for", "nobody@neuf.example", "--home", home, *NOW), 2)

    assert "en/… or fr/…" in said
    assert (
        "Hello,\n"
        in nurture("template", "preview", "en/open-door.a", "--for", "nobody@neuf.example", "--home", home, *NOW).stdout
    )
    assert "no text by itself" in refused(
        nurture("template", "preview", "fr/_mail", "--for", "nobody@neuf.example", "--home", home, *NOW), 2
    )


def test_a_copy_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    """Written beside, then put in its place."""
    shelf = Shelf(own=tmp_path / "own", shipped=tmp_path / "shipped")
    (tmp_path / "shipped" / "fr").mkdir(parents=True)
    (tmp_path / "shipped" / "fr" / "x.a.txt.j2").write_text("shipped")
    standing = shelf.one("x")
    path = shelf.keep(standing.file, "mine\r\n")

    assert path.read_bytes() == b"mine\r\n"
    assert [p.name for p in path.parent.iterdir()] == ["x.a.txt.j2"]
    assert shelf.one("fr/x.a").base == "shipped"
