"""`nurture resource` and `nurture requests` as commands."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.program import answer, nurture, refused

FRENCH = ("--title", "Apprendre entre pairs", "--sentence", "Trois entreprises racontent ce que leurs clients ont appris.")
CSV = "kind,title,url,language,tags,sentence\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that has run once, with an empty shelf."""
    folder = tmp_path_factory.mktemp("demo")
    assert nurture("demo", folder, "--quiet").returncode == 0
    with sqlite3.connect(folder / "home" / "nurture.db") as database:
        database.execute("UPDATE drafts SET resource = NULL")
        database.execute("DELETE FROM resources")
    return folder / "home"


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """A copy of its home."""
    shutil.copytree(demo, tmp_path / "home")
    return tmp_path / "home"


def test_a_resource_from_the_shelf_and_off_it(home: Path) -> None:
    """Added, listed, changed, removed, and back under its number."""
    url = "https://lectures.example/pairs"
    made = answer("resource", "add", *FRENCH, "--url", url, "--tag", "formation", "--tag", "pairs", "--home", home)
    assert made == {
        "schema": 1, "number": 1, "kind": "article", "title": FRENCH[1], "url": url, "language": "fr", "tags": ["formation", "pairs"],
        "sentence": FRENCH[3], "shared": 0, "names": [],
    }  # fmt: skip
    assert [r["number"] for r in answer("resource", "list", "--home", home)] == [1]

    changed = answer("resource", "edit", "1", "--kind", "case", "--url", "", "--no-tags", "--home", home)
    assert (changed["kind"], changed["url"], changed["tags"], changed["title"]) == ("case", None, [], FRENCH[1])
    assert [r["number"] for r in answer("resource", "remove", "1", "--home", home)] == [1]
    assert answer("resource", "list", "--home", home) == []
    assert answer("resource", "add", *FRENCH, "--home", home)["number"] == 1


def test_it_says_what_a_new_resource_means(home: Path) -> None:
    """For drafts from now on; no draft changes."""
    told = " ".join(nurture("resource", "add", *FRENCH, "--home", home).stdout.split())

    assert "from now on; what lies in Drafts stays as it is" in told
    assert "no tags" in told
    assert nurture("resource", "add", "--title", "B", *FRENCH[2:], "--quiet", "--home", home).stdout == ""


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("add", "--title", "A"), "sentence: is missing"),
        (("add", *FRENCH, "--url", "ftp://x"), "no link"),
        (("add", *FRENCH, "--language", "en"), "is not in English"),
        (("edit", "7", "--title", "A"), "resource list"),
        (("edit", "1"), "Nothing to change"),
        (("remove", "7"), "There is no resource 7"),
        (("import", "nowhere.csv"), "cannot be read"),
        (("import", "README"), "neither .csv nor .toml"),
    ],
)
def test_what_is_wrong_gets_a_sentence(home: Path, args: tuple[str, ...], says: str) -> None:
    """Exit code 2, and the next step."""
    assert says in refused(nurture("resource", *args, "--home", home), 2)


def test_the_same_link_is_not_taken_in_twice(home: Path) -> None:
    """However it is written; the number of the first is named."""
    answer("resource", "add", *FRENCH, "--url", "https://example.com/pairs", "--home", home)

    assert "number 1" in refused(nurture("resource", "add", *FRENCH, "--url", "http://www.example.com/pairs/", "--home", home), 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r.csv", CSV + "case,Un cas,https://example.com/cas,fr,accueil|clients,Un cas chiffré.\n\ntool,A grid,,en,,A grid to take over as it is.\n"),
        ("r.csv", "title;sentence;tags\nUn cas;Trois entreprises racontent leurs débuts.;accueil|clients\nA grid;A grid to take over as it is.;\n"),
        ("r.toml", '[[resource]]\ntitle = "Un cas"\nsentence = "Trois entreprises racontent leurs débuts."\ntags = ["accueil", "clients"]\n'
         '[[resource]]\ntitle = "A grid"\nsentence = "A grid to take over as it is."\n'),
    ],
)  # fmt: skip
def test_a_file_is_taken_in_once(home: Path, tmp_path: Path, name: str, text: str) -> None:
    """CSV with commas or semicolons, with a byte order mark, or TOML; a second time nothing is new."""
    (tmp_path / name).write_text(text, encoding="utf-8-sig" if name.endswith("csv") else "utf-8")
    first, second = (answer("resource", "import", tmp_path / name, "--home", home) for _ in range(2))

    assert [(r["title"], r["language"], r["tags"]) for r in first["added"]] == [
        ("Un cas", "fr", ["accueil", "clients"]),
        ("A grid", "en", []),
    ]
    assert (second["added"], second["known"]) == ([], 2)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("r.csv", "title,colour\nA,red\n", ("line 1", "no column sentence", "'colour'")),
        (
            "r.csv",
            CSV + "case,Un cas,,fr,,Un cas chiffré.\nfilm,,,fr,,Un cas chiffré.\nx,y\n",
            ("line 3", "film", "title: is missing", "line 4", "2 cells"),
        ),
        ("r.csv", CSV + 'case,"Un\ncas",,fr,,Un cas chiffré.\ncase,Un cas,,fr,,\n', ("line 4: sentence",)),
        ("r.csv", 'title,sentence\n"A,B\n', ("no CSV",)),
        ("r.toml", '[[resource]]\ntitle = "A"\n\n[[resource]]\ntitel = "B"\n', ("line 1: sentence", "line 4: 'titel'")),
        ("r.toml", "x = 1\n", ("'x' is no key",)),
        ("r.toml", "[[resource]]\ntitle = \n", ("line 2", "no TOML")),
    ],
)
def test_a_file_with_faults_is_refused_as_a_whole_line_by_line(
    home: Path, tmp_path: Path, name: str, text: str, says: tuple[str, ...]
) -> None:
    """Exit code 2; nothing is taken in."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    told = refused(nurture("resource", "import", tmp_path / name, "--home", home), 2)

    for word in (*says, "Nothing was taken in"):
        assert word in told
    assert answer("resource", "list", "--home", home) == []


def test_a_file_in_another_encoding_names_the_line(home: Path, tmp_path: Path) -> None:
    """Spreadsheets save what they like."""
    (tmp_path / "r.csv").write_bytes(CSV.encode() + "case,Clé,,fr,,x\n".encode("latin-1"))

    assert "line 2: is not written in UTF-8" in refused(nurture("resource", "import", tmp_path / "r.csv", "--home", home), 2)


def test_requests_are_counted_without_names(home: Path) -> None:
    """Names and sentences only where they are asked for; one is not an order."""
    [feature] = answer("requests", "--home", home)
    told, named = nurture("requests", "--home", home).stdout, nurture("requests", "--names", "--home", home).stdout

    assert feature == {
        "feature": "plateforme e-learning", "scope": "outside", "people": 1, "times": 1, "stages": {"prospect": 1}, "first": "2026-03-09",
        "last": "2026-03-09", "worth_knowing": False,
    }  # fmt: skip
    assert "not an order" in told
    assert "@" not in told
    assert "clement.roy@assurances-roy.example" in named
    assert answer("requests", "--names", "--home", home)[0]["asked"][0]["address"] == "clement.roy@assurances-roy.example"
    assert max(map(len, (told + named).splitlines())) <= 80


@pytest.mark.parametrize("command", ["add", "edit", "remove", "import"])
def test_help_has_an_example(command: str) -> None:
    """For each command that takes something."""
    assert f"Example: nurture resource {command}" in nurture("resource", command, "--help").stdout
