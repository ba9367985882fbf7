"""The owner's word on people, as commands: stops and their end, exclusions, a list that was lost."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.program import answer, nurture, refused
from tests.cli.terminal import typed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty mailbox and three people."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("", ".Sent", ".Drafts", ".Trash"):
        for part in ("cur", "new", "tmp"):
            (folder / "Maildir" / name / part).mkdir(parents=True)
    (folder / "home").mkdir()
    (folder / "home" / "config.toml").write_text(
        'exclude = ["@excluded.example"]\n[owner]\nname = "Ana"\naddresses = ["ana@atelier.example"]\n'
        f'[[account]]\nmailbox = "maildir:{folder}/Maildir"\n'
    )
    answer("db", "upgrade", "--home", folder / "home")
    answer("follow", "anna@client.example", "paul.roux@gmail.com", "lea@lyon.client.example", "--home", folder / "home")
    with sqlite3.connect(folder / "home" / "nurture.db") as database:
        database.execute(
            "INSERT INTO addresses (address, person, place) SELECT 'anna.private@gmail.com', person, 1 FROM addresses WHERE address = 'anna@client.example'"
        )
    database.close()
    return folder / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


def done(*args: str | Path) -> str:
    """The sentence with which a command answers."""
    found: str = answer(*args)[0]["done"]
    return found


def stopped(home: Path, address: str) -> str:
    """What `follow` says about an address."""
    return done("follow", address, "--home", home)


def test_a_domain_stop_covers_the_domains_below(home: Path) -> None:
    """And everybody there is looked at again."""
    assert "at a domain below it" in done("stop", "@Client.example", "--home", home)
    assert "reopen @client.example" in stopped(home, "lea@lyon.client.example")
    assert "next run" in stopped(home, "someone@other.example")


@pytest.mark.parametrize("stop", ["anna@client.example", "annaprivate+x@googlemail.com"])
def test_reopening_one_address_reopens_the_whole_person(home: Path, stop: str) -> None:
    """All their addresses, in every spelling."""
    done("stop", stop, "--home", home)
    assert "said no or was stopped" in stopped(home, stop)
    assert answer("person", "show", "anna@client.example", "--home", home)["stopped"]

    assert "may be written to again" in done("reopen", "anna@client.example", "--yes", "--home", home)
    for address in ("anna@client.example", "anna.private@gmail.com", "annaprivate@gmail.com"):
        assert "next run" in stopped(home, address)
    assert not answer("person", "show", "anna@client.example", "--home", home)["stopped"]


def test_a_domain_stop_that_still_holds_is_named(home: Path) -> None:
    """Reopening a person does not reopen their company."""
    done("stop", "@client.example", "--home", home)
    assert "reopen @client.example" in done("reopen", "lea@lyon.client.example", "--yes", "--home", home)
    assert "still holds" in done("reopen", "@lyon.client.example", "--yes", "--home", home)
    assert "may be written to again" in done("reopen", "@client.example", "--yes", "--home", home)
    assert "may be written to again" in done("reopen", "lea@lyon.client.example", "--yes", "--home", home)


def test_whoever_said_no_is_not_followed_in_silence(home: Path) -> None:
    """`person add` says what `follow` says."""
    done("stop", "max@other.example", "--home", home)
    assert "nurture reopen max@other.example" in " ".join(
        nurture("person", "add", "max@other.example", "--home", home).stdout.split()
    )


@pytest.mark.parametrize("until", ["9999-12-31", "2101-01-01"])
def test_a_pause_for_ever_is_refused(home: Path, until: str) -> None:
    """There are words for that."""
    assert "nurture stop" in refused(nurture("pause", "anna@client.example", "--until", until, "--home", home), 2)


@pytest.mark.parametrize("command", [["follow"], ["person", "add"]])
def test_nobody_who_is_excluded_is_followed(home: Path, command: list[str]) -> None:
    """Exit code 2, and which entry says so."""
    for address in ("max@excluded.example", "max@mail.excluded.example"):
        assert "@excluded.example" in refused(nurture(*command, address, "--home", home), 2)
    assert "your own" in refused(nurture(*command, "ana+x@atelier.example", "--home", home), 2)
    assert len(answer("person", "list", "--all", "--home", home)) == 3


@pytest.mark.parametrize("lost", ["list", "emptied", "key"])
def test_a_lost_list_is_noticed_by_every_command_and_begun_anew_by_one(home: Path, lost: str) -> None:
    """Exit code 14 with the next step; afterwards whom the database knows to be stopped is stopped."""
    done("stop", "anna@client.example", "--home", home)
    if lost == "emptied":
        (home / "suppression.list").write_bytes(b"")
    else:
        (home / {"list": "suppression.list", "key": "nurture.key"}[lost]).unlink()

    for command in (["run"], ["status"], ["db", "upgrade"], ["follow", "max@other.example"]):
        assert "nurture db noes" in refused(nurture(*command, "--home", home), 14)
    told = nurture("check", "--home", home)
    assert told.returncode == 14
    assert "nurture db noes" in " ".join(told.stdout.split())

    assert answer("db", "noes", "--yes", "--home", home)["addresses"] == 2
    assert "said no or was stopped" in stopped(home, "anna.private@gmail.com")
    assert nurture("run", "--home", home).returncode == 0


def test_a_torn_last_line_is_told_once(home: Path) -> None:
    """The work goes on."""
    done("stop", "anna@client.example", "--home", home)
    with (home / "suppression.list").open("a") as file:
        file.write("+0123")
    first, second = (nurture("status", "--home", home) for _ in range(2))

    assert (first.returncode, second.returncode) == (0, 0)
    assert "torn" in first.stderr
    assert second.stderr == ""
    assert "said no or was stopped" in stopped(home, "anna@client.example")


def test_reopening_asks_a_person(home: Path) -> None:
    """At a terminal; a script that names somebody means it."""
    words = ("reopen", "anna@client.example", "--home", home)
    done("stop", "anna@client.example", "--home", home)

    assert typed(*words, answers=[("Write to them again?", "n")])[0] == 130
    assert "said no or was stopped" in stopped(home, "anna@client.example")
    code, said = typed(*words, answers=[("Write to them again?", "y")])
    assert (code, "may be written to again" in said) == (0, True)
    done("stop", "anna@client.example", "--home", home)
    assert "may be written to again" in done(*words)
