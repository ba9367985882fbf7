"""`nurture sheet`, and what run, status, check, init and the demo say of the review sheet."""

from __future__ import annotations

import shutil
import stat
from email import message_from_bytes, policy
from pathlib import Path

from nurture.config import to_toml
from nurture.sample import SAMPLE_NOW, build, sample_config
from tests.cli.program import answer, nurture, refused

NOW = SAMPLE_NOW.isoformat()


def posted(folder: Path) -> list[Path]:
    """The files in the folder Nurture."""
    return [p for part in ("cur", "new") for p in (folder / "Maildir" / ".Nurture" / part).iterdir()]


def test_the_demo_posts_one_unread(demo: Path) -> None:
    """What `nurture sheet` shows is what lies there."""
    (file,) = posted(demo)
    assert file.parent.name == "new"
    body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None

    done = nurture("sheet", "--home", demo / "home", "--now", NOW)

    assert done.stdout.split() == body.get_content().split()
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert ".Nurture" in (demo / "said").read_text(encoding="utf-8")


def test_the_sheet_as_data(demo: Path) -> None:
    """docs/json.md; nothing is cut off; every question has its commands."""
    found = answer("sheet", "--home", demo / "home", "--now", NOW)

    assert set(found) == {"schema", "day", "waits", "read", "asks", "heeded", "quiet"}
    assert (found["schema"], found["day"], found["waits"]) == (1, "2026-03-11", True)
    assert len(found["read"]) == 20
    assert set(found["read"][0]) == {
        "address", "name", "stage", "why", "quote", "asks", "gives", "resource", "slots", "warnings", "question", "note",
    }  # fmt: skip
    assert all(
        a["commands"] and set(a) == {"address", "name", "stage", "rule", "why", "quote", "note", "folder", "commands"}
        for a in found["asks"]
    )
    assert {"promise-unkept", "junk", "challenge", "left", "unreachable", "overdue"} <= {a["rule"] for a in found["asks"]}
    assert any("can you satisfy this?" in (r["question"] or "") for r in found["read"])
    assert all(isinstance(number, int) for number in found["quiet"].values())


def test_the_page_is_for_the_owner_only(demo: Path, tmp_path: Path) -> None:
    """Written where it is wanted, 0600; nothing on stdout where nothing is asked for."""
    file = tmp_path / "sheet.html"

    done = nurture("sheet", "--home", demo / "home", "--now", NOW, "--html", file, "--quiet")

    assert (done.returncode, done.stdout) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_showing_changes_nothing(demo: Path) -> None:
    """Neither the mailbox nor what is known."""
    before = [(p.name, p.read_bytes()) for p in posted(demo)]
    first = answer("sheet", "--home", demo / "home", "--now", NOW)

    assert answer("sheet", "--home", demo / "home", "--now", NOW) == first
    assert [(p.name, p.read_bytes()) for p in posted(demo)] == before


def a_place(folder: Path, *, sheets: bool) -> Path:
    """The sample with its configuration and database, with the folder or without; returns the home."""
    build(folder / "Maildir")
    if not sheets:
        shutil.rmtree(folder / "Maildir" / ".Nurture")
    home = folder / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(to_toml(sample_config(folder / "Maildir")), encoding="utf-8")
    assert nurture("db", "upgrade", "--home", home).returncode == 0
    return home


def test_without_the_folder_it_is_told_where_one_looks_and_made_on_demand(tmp_path: Path) -> None:
    """The run is no failure and says nothing; `status` and `check` say what to do; `init --make-folders` alone does it."""
    home = a_place(tmp_path, sheets=False)

    done = nurture("run", "--home", home, "--now", NOW)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "no folder Nurture" in nurture("status", "--home", home).stdout
    findings = answer("check", "--home", home, "--now", NOW)["findings"]
    assert [f for f in findings if f["what"] == "review sheet" and "make-folders" in f["says"]]
    made = nurture("init", "--make-folders", "--home", home)
    assert made.returncode == 0, made.stderr
    assert "made the folder Nurture, for the review sheet" in made.stdout
    assert "made the folders Nurture.Follow, Nurture.Later, Nurture.Never, for your gestures" in " ".join(made.stdout.split())

    assert answer("run", "--home", home, "--now", NOW)["sheet"] == "posted"
    assert "no folder Nurture" not in nurture("status", "--home", home).stdout
    assert not [f for f in answer("check", "--home", home, "--now", NOW)["findings"] if f["what"] == "review sheet"]
    assert "made the folder" not in nurture("init", "--make-folders", "--home", home).stdout


def test_init_still_replaces_no_configuration(demo: Path) -> None:
    """With anything else beside `--make-folders` it is a set-up."""
    done = nurture("init", "--make-folders", "--name", "X", "--home", demo / "home")

    assert "there is a configuration already" in refused(done, 10)


def test_a_dry_run_posts_none(tmp_path: Path) -> None:
    """And says so."""
    home = a_place(tmp_path, sheets=True)

    assert answer("run", "--dry-run", "--home", home, "--now", NOW)["sheet"] is None
    assert posted(tmp_path) == []


def test_a_watched_run_tells_of_it_and_names_nobody_to_cron(tmp_path: Path) -> None:
    """P7: cron's mail is silence."""
    home = a_place(tmp_path, sheets=True)

    done = nurture("run", "--verbose", "--home", home, "--now", NOW)
    assert "a new one lies in the folder Nurture" in " ".join(done.stdout.split())
    again = nurture("run", "--home", home, "--now", NOW)
    assert (again.stdout, again.stderr) == ("", "")
