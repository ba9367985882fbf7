"""Gestures as the program tells of them: to whoever watches, as JSON, on the sheet, in a person's story; and when it looks back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from nurture.config import to_toml
from nurture.sample import SAMPLE_NOW, build, sample_config
from tests.cli.program import answer, nurture

NOW = SAMPLE_NOW.isoformat()
ADDRESS = "estelle.brun@brun-horlogerie.example"
TOLD = {"account", "folder", "gesture", "addresses", "rule", "why", "moved", "message_id"}


def a_copy_of_a_mail_from(mail: Path, address: str, folder: str) -> None:
    """By the owner's mail client: a file of its own."""
    inbox = sorted(p for part in ("cur", "new") for p in (mail / part).iterdir())
    found = [
        p
        for p in inbox
        if f"<{address}>".encode() in p.read_bytes().partition(b"\n\n")[0].partition(b"From:")[2].partition(b"\n")[0]
    ]
    place = mail / f".Nurture.{folder}" / "cur" / f"{found[-1].name.partition(':')[0]}copy:2,S"
    shutil.copy2(found[-1], place)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One run over the sample with a mail of Estelle's copied into Later, and what each command says after it."""
    folder = tmp_path_factory.mktemp("gestures")
    build(folder / "Maildir")
    home = folder / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(to_toml(sample_config(folder / "Maildir")), encoding="utf-8")
    answer("db", "upgrade", "--home", home)
    assert nurture("init", "--make-folders", "--home", home).returncode == 0
    a_copy_of_a_mail_from(folder / "Maildir", ADDRESS, "Later")
    run = answer("run", "--home", home, "--now", NOW)
    return {"home": home, "mail": folder / "Maildir", "run": run}


def test_a_run_tells_of_gestures_as_data(told: dict[str, Any]) -> None:
    """docs/json.md."""
    (one,) = told["run"]["gestures"]

    assert set(one) == TOLD
    assert (one["folder"], one["gesture"], one["rule"], one["addresses"]) == (
        "Nurture.Later",
        "later",
        "gesture-later",
        [ADDRESS],
    )
    assert one["why"] == "They are left alone until 11 April 2026."
    assert one["moved"] is False
    assert {i["rule"] for i in told["run"]["plan"] if i["address"] == ADDRESS} == {"paused"}


def test_the_sheet_tells_of_it(told: dict[str, Any]) -> None:
    """As data, and in the owner's language."""
    (one,) = answer("sheet", "--home", told["home"], "--now", NOW)["heeded"]
    assert (one["address"], one["folder"]) == (ADDRESS, "Nurture.Later")
    assert one["commands"] == [f"nurture pause {ADDRESS} --until DAY"]

    said = nurture("sheet", "--home", told["home"], "--now", NOW).stdout
    assert "FAIT À VOTRE SIGNE" in said
    assert "jusqu’au 11 avril" in " ".join(said.split())
    assert all(len(line) <= 80 for line in said.splitlines())


def test_why_tells_of_it(told: dict[str, Any]) -> None:
    """Among the owner's words, with where it was said."""
    story = answer("why", ADDRESS, "--home", told["home"], "--now", NOW)

    assert [s["word"] for s in story["said"]] == ["pause until 2026-04-11 (Nurture.Later)"]
    assert "pause until 2026-04-11 (Nurture.Later)" in nurture("why", ADDRESS, "--home", told["home"], "--now", NOW).stdout


def test_check_names_the_folders(told: dict[str, Any]) -> None:
    """Where the owner looks for what is read."""
    findings = answer("check", "--home", told["home"], "--now", NOW)["findings"]

    assert any("gestures in Nurture.Never, Nurture.Follow, Nurture.Later" in f["says"] for f in findings)


def test_whoever_watches_is_told(told: dict[str, Any]) -> None:
    """With what stands in the way among the questions."""
    a_copy_of_a_mail_from(told["mail"], ADDRESS, "Never")
    said = " ".join(nurture("run", "--verbose", "--home", told["home"], "--now", NOW).stdout.split())

    assert "Done at your gesture (1)" in said
    assert "They will not be written to any more." in said


def test_looking_back_takes_no_copy_for_a_word_of_then(told: dict[str, Any]) -> None:
    """The copy bears the date of the mail: replayed, it stops nobody on that day; what was said stays as it was said."""
    home = told["home"]
    before = (home / "suppression.list").read_bytes() if (home / "suppression.list").exists() else b""

    done = nurture("replay", "--since", "2026-02-20", "--home", home, "--now", NOW, "--json")

    assert done.returncode == 0, done.stderr
    after = (home / "suppression.list").read_bytes() if (home / "suppression.list").exists() else b""
    assert after == before
