"""`nurture confidential`: shapes, words, bad input; and that what nobody watches names nobody."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import answer, nurture, refused

LATER = "2026-03-25T09:00:00+01:00"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that has run once."""
    folder = tmp_path_factory.mktemp("demo")
    assert nurture("demo", folder).returncode == 0
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of the demo's home."""
    shutil.copytree(made, tmp_path / "demo")
    home = tmp_path / "demo" / "home"
    config = home / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace(str(made), str(tmp_path / "demo")), encoding="utf-8")
    moved = nurture("db", "move", f"maildir:{made / 'Maildir'}", f"maildir:{tmp_path / 'demo' / 'Maildir'}", "--home", home)
    assert moved.returncode == 0, moved.stderr
    return home


def people(home: Path) -> list[dict[str, Any]]:
    """Everybody who is known."""
    found: list[dict[str, Any]] = answer("person", "list", "--all", "--home", home)
    return found


def telling(home: Path, told: str) -> None:
    """Put it into every template of the owner's."""
    for lang in ("fr", "en"):
        own = home / "templates" / lang
        own.mkdir(parents=True)
        for shipped in (Path(__file__).parent.parent.parent / "templates" / lang).glob("[a-z]*.j2"):
            source = shipped.read_text(encoding="utf-8").replace("{% block body %}", f"{{% block body %}}\n{told}.", 1)
            (own / shipped.name).write_text(source, encoding="utf-8")


def test_the_sample_mailbox_raises_no_alarm(home: Path) -> None:
    """Its drafts were written, and none was held back."""
    assert answer("confidential", "list", "--home", home) == {"schema": 1, "held": [], "cleared": []}
    assert "confidential" not in {row["rule"] for row in answer("status", "--home", home)}
    assert "No draft is held back" in nurture("confidential", "list", "--home", home).stdout


def test_a_held_draft_is_listed_cleared_and_held_again(home: Path) -> None:
    """`list` tells the owner which words; `clear` lets them through; `forget` takes that back."""
    told = max((p["name"] for p in people(home) if p["name"]), key=len)
    telling(home, f"Je pense à {told}")
    asked = nurture("run", "--dry-run", "--home", home, "--now", LATER)
    assert asked.returncode == 0, asked.stderr
    held = answer("confidential", "list", "--home", home)["held"]

    assert {"text", "kind", "people"} == set(held[0])
    assert (held[0]["text"], held[0]["kind"]) == (told, "name")
    shown = nurture("confidential", "list", "--home", home).stdout
    assert told in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80

    assert "may be told to anybody" in answer("confidential", "clear", told, "--home", home)[0]["done"]
    nurture("run", "--dry-run", "--home", home, "--now", LATER)
    after = answer("confidential", "list", "--home", home)
    assert (after["held"], [c["text"] for c in after["cleared"]]) == ([], [told])
    assert set(after["cleared"][0]) == {"text", "at"}

    assert answer("confidential", "forget", told, "--home", home) == [{"text": told, "done": f"“{told}” is confidential again."}]
    assert "never cleared" in refused(nurture("confidential", "forget", told, "--home", home), 2)


def test_own_templates_and_files_are_looked_through(home: Path, tmp_path: Path) -> None:
    """Exit code 16 where they name somebody, with file and words."""
    assert answer("confidential", "scan", "--home", home) == {"schema": 1, "files": 6, "found": []}
    somebody = people(home)[0]["addresses"][0]
    case = tmp_path / "case.txt"
    case.write_text(f"Écrivez donc à {somebody}, un lecteur.", encoding="utf-8")
    done = nurture("confidential", "scan", case, "--home", home, "--json")

    assert done.returncode == 16
    assert {"file": str(case), "text": somebody, "kind": "address"} in json.loads(done.stdout)["found"]
    assert somebody in nurture("confidential", "scan", case, "--home", home).stdout
    nurture("confidential", "clear", somebody, "--home", home)
    assert answer("confidential", "scan", case, "--home", home)["found"] == []


def test_a_resource_that_names_somebody_is_told_when_it_is_saved(home: Path, tmp_path: Path) -> None:
    """By `add`, `edit` and `import`, quiet or not, and by `scan`; one that names nobody passes without a word."""
    somebody = max((p["name"] for p in people(home) if p["name"]), key=len)
    plain = ("--title", "Un cas", "--sentence", "Trois entreprises racontent leurs débuts.")
    added = answer("resource", "add", *plain, "--home", home)
    assert added["names"] == []

    number = str(added["number"])
    edited = answer("resource", "edit", number, "--title", f"Le cas de {somebody}", "--home", home)
    assert edited["names"] == [{"text": somebody, "kind": "name"}]
    told = nurture("resource", "edit", number, "--kind", "case", "--quiet", "--home", home).stdout
    assert f"Resource {number} names “{somebody}”" in " ".join(told.split())
    assert max(map(len, told.splitlines())) <= 80

    (tmp_path / "r.csv").write_text(f"title,sentence\nUn guide,Écrit avec {somebody} pour ses lecteurs.\n", encoding="utf-8")
    [imported] = answer("resource", "import", tmp_path / "r.csv", "--home", home)["added"]
    assert imported["names"] == edited["names"]
    found = json.loads(nurture("confidential", "scan", "--home", home, "--json").stdout)["found"]
    assert [(row["file"], row["text"]) for row in found] == [(f"resource {n}", somebody) for n in (number, imported["number"])]

    nurture("confidential", "clear", somebody, "--home", home)
    assert answer("resource", "edit", number, "--kind", "tool", "--home", home)["names"] == []


def test_a_conviction_that_names_somebody_is_told_by_check_and_scan(home: Path) -> None:
    """Drafts are not held back for what the configuration says, so nothing else would tell."""
    somebody = max((p["name"] for p in people(home) if p["name"]), key=len)
    config = home / "config.toml"
    conviction = f'\n[[conviction]]\nbelief = "un manuel suffit"\nanswer = "on retient ce que l’on fait"\nreason = "{somebody} l’a vu chez lui"\n'
    assert "confidential" not in {f["what"] for f in json.loads(nurture("check", "--home", home, "--json").stdout)["findings"]}
    config.write_text(config.read_text(encoding="utf-8") + conviction, encoding="utf-8")

    findings = json.loads(nurture("check", "--home", home, "--json").stdout)["findings"]
    assert any(f["what"] == "confidential" and somebody in f["says"] for f in findings)
    scanned = nurture("confidential", "scan", "--home", home, "--json")
    assert scanned.returncode == 16
    assert [(row["file"], row["text"]) for row in json.loads(scanned.stdout)["found"]] == [(str(config), somebody)]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["clear", "quelque chose"], "names nothing"),
        (["clear", ""], "names nothing"),
        (["clear", "\x1b[31m"], "names nothing"),
        (["clear", "Atelier Bertrand " * 30], "200 characters"),
        (["clear"], "TEXT"),
        (["forget", "Atelier Bertrand"], "never cleared"),
        (["scan", "/no/such/file"], "/no/such/file"),
        (["scan", "/proc/self/exe"], "UTF-8"),
    ],
)
def test_bad_input_gets_a_sentence(home: Path, args: list[str], says: str) -> None:
    """Exit code 2, with the next step."""
    assert says in refused(nurture("confidential", *args, "--home", home), 2)


def test_control_characters_are_harmless(home: Path) -> None:
    """What is cleared is shown as one line."""
    assert nurture("confidential", "clear", "Atelier\x1b[2J\nBertrand\u202e", "--home", home).returncode == 0
    shown = nurture("confidential", "list", "--home", home).stdout

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "Atelier" in shown


def test_what_cron_mails_names_nobody(home: Path) -> None:
    """Unwatched runs on many days: quiet ones, one with drafts held back, one with a broken template, one with a fault."""
    everybody = people(home)
    names = {
        word
        for p in everybody
        for word in re.split(r"[^\w]+", f"{p['name'] or ''} {' '.join(p['addresses'])} {p['company'] or ''}".lower())
    }
    names -= {"", "example", "com", "fr", "de", "la", "le", "et", "contact", "info", "no", "in", "run", "a", "the"}
    told = [nurture("run", "--home", home, "--now", f"2026-03-{day}T09:00:00+01:00") for day in (12, 16, 19, 24)]
    telling(home, f"Je pense à {everybody[0]['addresses'][0]}")
    told.append(nurture("run", "--home", home, "--now", LATER))
    (home / "templates" / "fr" / "useful-news.a.txt.j2").write_text("{{ broken", encoding="utf-8")
    told.append(nurture("run", "--home", home, "--now", "2026-04-08T09:00:00+02:00"))
    with sqlite3.connect(home / "nurture.db") as database:
        database.execute("UPDATE folders SET uidvalidity = uidvalidity + 1")
    database.close()
    told.append(nurture("run", "--home", home, "--now", "2026-04-09T09:00:00+02:00"))
    said = " ".join(done.stdout + done.stderr for done in told).lower().replace(str(home.parent).lower(), "")

    assert [done.returncode for done in told[:-1]] == [0] * 6
    assert len(names) > 30
    assert not {word for word in re.split(r"[^\w]+", said) if word in names}, said
    assert "@" not in said
