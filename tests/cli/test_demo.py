"""The demo, and the commands that look at what it left behind."""

from __future__ import annotations

import re
import shutil
import unicodedata
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from nurture.sample import Person, people
from tests.cli.program import answer, nurture, refused

SAMPLE = people()


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the demo's first run reports."""
    report: dict[str, Any] = answer("demo", tmp_path_factory.mktemp("first"))
    return report


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """The demo's home, copied: commands that change something leave the shared one alone."""
    shutil.copytree(demo / "home", tmp_path / "home")
    return tmp_path / "home"


def test_the_demo_tells_what_was_read_drafted_and_left_alone(demo: Path) -> None:
    """Each draft and each silence with its reason, and where the drafts lie."""
    said = (demo / "said").read_text(encoding="utf-8")

    for title in (
        "Read",
        "Drafts to read",
        "Needs a word from you",
        "Waiting for their day",
        "Left in peace",
        "Where the drafts lie",
    ):
        assert title in said
    assert str(demo / "Maildir") in said
    assert all(len(line) <= 80 or "/" in line for line in said.splitlines())


@pytest.mark.parametrize("person", SAMPLE, ids=lambda person: person.address)
def test_the_demo_does_what_the_sample_page_says(first_run: dict[str, Any], person: Person) -> None:
    """docs/sample.md is a promise about every person of the sample: the action, and what it is about."""
    writers = {person.address, *(mail.sender for mail in person.mails if not mail.ours and not mail.automatic)}
    items = [item for item in first_run["plan"] if item["address"] in writers]
    assert len(items) == 1
    action = {"sheet": "hold"}.get(items[0]["action"], items[0]["action"])

    assert action == person.action
    if asked := re.search(r"answer to (\w+)", person.about):
        assert items[0]["signal"] == asked[1]
    if named := re.search(r": (useful-news)", person.about):
        assert items[0]["step"] == named[1]


def test_the_demo_shares_what_the_owner_has_and_contradicts_once(demo: Path) -> None:
    """Useful news carry a resource of the shelf, a belief gets the owner's answer, and nobody gets a resource twice."""
    home = demo / "home"
    shelf = {r["title"]: r["shared"] for r in answer("resource", "list", "--home", home)}
    stories = [answer("why", p["addresses"][0], "--home", home) for p in answer("person", "list", "--home", home)]
    drafts = [d for story in stories for d in story["drafts"]]
    news = [d["resource"] for d in drafts if d["step"] == "useful-news"]

    assert len([title for title in news if title]) >= 3
    assert set(news) - {None} <= set(shelf)
    assert sum(shelf.values()) == len([d for d in drafts if d["resource"]])
    texts = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in (demo / "Maildir" / ".Drafts" / "cur").iterdir()
    ]
    dictated = next(t.get_content() for t in texts if "kessler" in str(t["To"]))
    assert "une vidéo montre le bon geste" in " ".join(dictated.split())


def test_a_second_demo_adds_nothing(demo: Path) -> None:
    """Run twice, it finds its own drafts."""
    before = sorted((demo / "Maildir" / ".Drafts" / "cur").iterdir())

    again = answer("demo", demo)

    assert again["appended"] == []
    assert sorted((demo / "Maildir" / ".Drafts" / "cur").iterdir()) == before


def test_status_has_a_line_for_everybody_followed(demo: Path) -> None:
    """The last decision about each person."""
    people = answer("person", "list", "--home", demo / "home")
    status = answer("status", "--home", demo / "home")

    assert len(status) == len(people) >= 24
    assert {"wait", "hold", "stop", "rest", "sheet"} <= {s["action"] for s in status}
    assert "open-draft" in {s["rule"] for s in status} or "draft" in {s["action"] for s in status}
    assert all(s["rule"] and s["why"] for s in status)


def test_why_tells_the_whole_story_of_everybody(demo: Path) -> None:
    """Messages, stage, decisions; for a draft its rule, template and revision; nothing is empty."""
    for person in answer("person", "list", "--home", demo / "home"):
        story = answer("why", person["addresses"][0], "--home", demo / "home")
        assert story["messages"]
        assert story["decisions"]
        for draft in story["drafts"]:
            assert draft["template"]
            assert draft["template_digest"]
            assert draft["revision"] == 1


def test_why_is_readable_and_harmless(demo: Path) -> None:
    """For a person: no control characters, whatever the mail held."""
    for person in answer("person", "list", "--home", demo / "home")[:8]:
        done = nurture("why", person["addresses"][0], "--home", demo / "home")
        assert done.returncode == 0
        assert not [c for c in done.stdout if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n"]


def test_a_stopped_person_is_taken_back_and_stays_stopped(demo: Path, tmp_path: Path) -> None:
    """An untouched draft goes to Trash at the next run; reopening is the owner's word only."""
    shutil.copytree(demo, tmp_path / "all")
    done = nurture("demo", tmp_path / "fresh")
    assert done.returncode == 0, done.stderr
    home = tmp_path / "fresh" / "home"
    drafted = next(s["address"] for s in answer("status", "--home", home) if s["action"] == "draft")

    answer("stop", drafted, "--home", home)
    report = answer("demo", tmp_path / "fresh")

    assert [w["address"] for w in report["withdrawn"]] == [drafted]
    assert next(s for s in answer("status", "--home", home) if s["address"] == drafted)["action"] == "stop"
    assert nurture("reopen", drafted, "--home", home, "--yes").returncode == 0


def test_the_owners_words_change_the_plan(home: Path) -> None:
    """Pause, settle, unfollow and follow answer with a sentence and are remembered."""
    address = answer("person", "list", "--home", home)[0]["addresses"][0]

    assert "left alone until 2030-01-01" in answer("pause", address, "--until", "2030-01-01", "--home", home)[0]["done"]
    assert answer("why", address, "--home", home)["paused_until"] == "2030-01-01"
    answer("settle", address, "silent", "--home", home)
    assert answer("why", address, "--home", home)["settled"] == "silent"
    answer("unfollow", address, "--home", home)
    assert address not in [p["addresses"][0] for p in answer("person", "list", "--home", home)]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["why", "nobody@nowhere.example"], "Nobody is known"),
        (["follow", "no address"], "is no e-mail address"),
        (["stop", "@gmail.com"], "mail provider"),
        (["pause", "a@b.example", "--until", "soon"], "is no day"),
        (["pause", "a@b.example", "--until", "2001-01-01"], "has passed"),
        (["cron", "install", "--schedule", "often"], "is no cron schedule"),
    ],
)
def test_wrong_words_are_refused_with_what_to_do(home: Path, args: list[str], says: str) -> None:
    """One sentence, exit code 2."""
    assert says in refused(nurture(*args, "--home", home), 2)


def test_global_options_stand_before_or_after_the_command(demo: Path) -> None:
    """`nurture --json status` is `nurture status --json`."""
    first = nurture("--json", "--home", demo / "home", "status")
    second = nurture("status", "--home", demo / "home", "--json")

    assert first.stdout == second.stdout
    assert first.stdout.startswith("[")


def test_under_cron_a_run_with_nothing_new_is_silent(home: Path) -> None:
    """No terminal, nothing to say: nothing is said."""
    done = nurture("run", "--home", home, "--now", "2026-03-11T09:00:00+01:00")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_finds_nothing_wrong_with_the_demo_and_proves_its_promises(home: Path) -> None:
    """Every finding is fine but the missing cron entry; the proof tries what must not be possible."""
    findings = answer("check", "--proof", "--home", home, "--now", "2026-03-12T09:00:00+01:00")["findings"]

    assert [f for f in findings if not f["ok"] and f["what"] != "cron"] == []
    assert sum(f["what"].startswith(("P1", "P2")) for f in findings) >= 5


@pytest.mark.parametrize(
    "command",
    [
        "",
        "init",
        "demo",
        "run",
        "status",
        "why",
        "candidates",
        "person",
        "follow",
        "stop",
        "settle",
        "check",
        "template",
        "cron",
        "db",
    ],
)
def test_every_command_has_help_with_an_example_or_its_commands(command: str) -> None:
    """`--help` works without any configuration."""
    done = nurture(*([command] if command else []), "--help")

    assert done.returncode == 0
    assert "Usage: nurture" in done.stdout
