"""`nurture demo DIR`: which folders it takes, and what it never touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import answer, nurture, refused


def everything(folder: Path) -> dict[str, bytes | None]:
    """All that lies in a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("holds", ["letter.txt", "Maildir/cur/1.x:2,S", "home/config.toml", ".hidden"])
def test_a_folder_that_holds_something_else_is_refused_and_stays_as_it_is(tmp_path: Path, holds: str) -> None:
    """Somebody's own mail may be called Maildir, too."""
    (tmp_path / holds).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / holds).write_text("mine")
    before = everything(tmp_path)

    assert "something else" in refused(nurture("demo", tmp_path), 2)
    assert everything(tmp_path) == before


def test_an_earlier_demo_goes_on_and_keeps_what_the_person_put_there(tmp_path: Path) -> None:
    """In an empty folder, then again; a demo that was stopped while the mailbox was built begins it anew."""
    (tmp_path / "Maildir.part" / "cur").mkdir(parents=True)
    (tmp_path / ".nurture-demo").touch()
    first = answer("demo", tmp_path)
    (tmp_path / "notes.txt").write_text("mine")

    assert first["appended"]
    assert answer("demo", tmp_path)["appended"] == []
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert not (tmp_path / "Maildir.part").exists()


def test_a_demo_never_works_on_a_mailbox_that_is_not_its_own(tmp_path: Path) -> None:
    """Whoever tries the configuration of the demo on their own mail uses `nurture run`, at today's date."""
    nurture("demo", tmp_path / "demo")
    config = tmp_path / "demo" / "home" / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("/Maildir", "/Mine"), encoding="utf-8")

    assert "another mailbox" in refused(nurture("demo", tmp_path / "demo"), 2)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way."""
    (tmp_path / "file").touch()
    assert "another folder" in refused(nurture("demo", tmp_path / "file" / "x"), 2)
