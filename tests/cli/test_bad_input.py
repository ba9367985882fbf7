"""Bad input: one sentence that says what to do next, the design's exit code, no traceback, nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.program import answer, nurture, refused


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo's home."""
    shutil.copytree(demo, tmp_path / "demo")
    config = tmp_path / "demo" / "home" / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace(str(demo), str(tmp_path / "demo")), encoding="utf-8")
    moved = nurture(
        "db", "move", f"maildir:{demo / 'Maildir'}", f"maildir:{tmp_path / 'demo' / 'Maildir'}", "--home", config.parent
    )
    assert moved.returncode == 0, moved.stderr
    return tmp_path / "demo" / "home"


def test_without_a_configuration_every_command_says_how_to_make_one(tmp_path: Path) -> None:
    """Exit code 10."""
    assert "nurture init" in refused(nurture("run", "--home", tmp_path), 10)


def test_all_faults_of_a_broken_configuration_come_in_one_message(home: Path) -> None:
    """Three faults, one sentence, exit code 10."""
    config = home / "config.toml"
    config.write_text(
        'follow = "some"\ncolour = "red"\n[owner]\nname = ""\naddresses = ["nobody"]\n[[account]]\nmailbox = "pop3://x"\n',
        encoding="utf-8",
    )

    said = refused(nurture("run", "--home", home), 10)

    for word in ("follow", "colour", "addresses", "mailbox"):
        assert word in said


def test_a_configuration_that_is_no_toml_names_the_line(home: Path) -> None:
    """Exit code 10."""
    (home / "config.toml").write_text("[owner\nname = 1\n", encoding="utf-8")

    assert "line 1" in refused(nurture("run", "--home", home), 10)


def test_an_unknown_host_is_a_connection_fault(home: Path) -> None:
    """Exit code 12, at once and not deferred: waiting does not help."""
    with_mailbox(home, 'mailbox = "imaps://me@imap.nowhere.invalid"\npassword_command = "echo secret"')

    assert "imap.nowhere.invalid" in refused(nurture("run", "--home", home), 12)


def test_a_refused_connection_is_deferred_twice_and_then_speaks(home: Path) -> None:
    """Offline is no news under cron; three times in a row is."""
    with_mailbox(home, 'mailbox = "imaps://me@localhost:9"\npassword_command = "echo secret"')
    done = [nurture("run", "--home", home) for _ in range(3)]

    assert [(d.returncode, bool(d.stderr)) for d in done] == [(0, False), (0, False), (12, True)]


def test_a_failing_password_command_is_a_configuration_fault(home: Path) -> None:
    """Exit code 10, and the secret's command is named, not its output."""
    with_mailbox(home, 'mailbox = "imaps://me@localhost:9"\npassword_command = "false"')

    assert "password_command" in refused(nurture("run", "--home", home), 10)


def with_mailbox(home: Path, lines: str) -> None:
    """Put another mailbox into the configuration."""
    config = home / "config.toml"
    kept = [line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith("mailbox = ")]
    at = kept.index("[[account]]")
    config.write_text("\n".join([*kept[: at + 1], lines, *kept[at + 1 :]]) + "\n", encoding="utf-8")


def test_a_missing_drafts_folder_is_named_with_the_setting_to_make(home: Path) -> None:
    """Exit code 13; nothing is created."""
    drafts = home.parent / "Maildir" / ".Drafts"
    shutil.rmtree(drafts)

    assert "[account.folders]" in refused(nurture("run", "--home", home), 13)
    assert not drafts.exists()


def test_an_unknown_template_variable_is_named_with_its_file_and_nobody_gets_that_draft(home: Path) -> None:
    """Exit code 16 from check; a run goes on without that text and says so."""
    own = home / "templates" / "fr"
    own.mkdir(parents=True)
    (own / "open-door.a.txt.j2").write_text(
        '{# asks = "none", gives = "nothing", offers = false, stages = ["stranger"] #}\n{% extends "fr/_mail.txt.j2" %}\n{% block body %}Bonjour {{ prenom }}{% endblock %}\n',
        encoding="utf-8",
    )

    said = nurture("check", "--home", home)

    assert said.returncode == 16
    assert "prenom" in said.stdout
    assert "open-door.a.txt.j2" in said.stdout


def test_a_database_newer_than_the_program_is_left_alone(home: Path) -> None:
    """Exit code 14, and not a byte is changed."""
    database = home / "nurture.db"
    with sqlite3.connect(database) as connection:
        connection.execute("update alembic_version set version_num = 'ffff_from_the_future'")
    connection.close()
    before = database.read_bytes()

    assert "newer" in refused(nurture("run", "--home", home), 14)
    assert database.read_bytes() == before


def test_a_damaged_database_is_told_and_left_alone(home: Path) -> None:
    """Exit code 14."""
    (home / "nurture.db").write_bytes(b"this is no database" * 1000)

    assert "nurture.db" in refused(nurture("run", "--home", home), 14)


def test_an_emptied_mailbox_stops_the_run(home: Path) -> None:
    """Exit code 15: it looks wrong, and nothing is concluded from it."""
    for path in (home.parent / "Maildir").rglob("*"):
        if path.parent.name in ("cur", "new") and path.is_file():
            path.unlink()

    assert "--mailbox-changed" in refused(nurture("run", "--home", home, "--now", "2026-03-12T09:00:00+01:00"), 15)


def test_another_mailbox_is_not_read_into_the_same_database(home: Path) -> None:
    """Exit code 15: its people would seem silent. What to do is said for both cases."""
    shutil.copytree(home.parent / "Maildir", home.parent / "Other")
    with_mailbox(home, f'mailbox = "maildir:{home.parent}/Other"')

    said = refused(nurture("run", "--home", home), 15)

    assert "nurture db move" in said
    assert "--home" in said
    assert "knows no mailbox" in refused(nurture("db", "move", "maildir:/x", "maildir:/y", "--home", home), 2)


def test_init_refuses_to_replace_a_configuration_without_yes_and_keeps_the_old_one_with_it(home: Path) -> None:
    """Nothing is lost."""
    args: list[str | Path] = [
        "init",
        "--non-interactive",
        "--name",
        "Ana",
        "--address",
        "ana@atelier.example",
        "--mailbox",
        f"maildir:{home.parent / 'Maildir'}",
        "--home",
        home,
    ]
    before = (home / "config.toml").read_text(encoding="utf-8")

    assert "--yes" in refused(nurture(*args), 10)
    assert nurture(*args, "--yes").returncode == 0
    assert (home / "config.toml.1").read_text(encoding="utf-8") == before
    assert answer("check", "--home", home)["findings"][0]["ok"]


def test_init_names_what_is_missing(tmp_path: Path) -> None:
    """Exit code 2; nothing is written."""
    assert "--name" in refused(nurture("init", "--non-interactive", "--home", tmp_path / "h"), 2)
    assert not (tmp_path / "h").exists()
