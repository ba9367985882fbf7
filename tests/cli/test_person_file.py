"""`nurture person import|export`: what is odd is said first, a no stays a no, what is known stays, and what goes out comes in again."""

from __future__ import annotations

import json
import resource
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.program import answer, nurture, refused
from tests.cli.terminal import typed

HEAD = "Prénom;Nom;Société;E-mail;Langue;Pays;Désabonné\n"
NOW = ("--now", "2026-03-11T08:00:00+01:00")


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo's home, to be changed."""
    return Path(shutil.copytree(demo / "home", tmp_path / "home"))


def a_file(folder: Path, *rows: str, head: str = HEAD) -> Path:
    """A CSV file of these rows."""
    path = folder / "people.csv"
    path.write_text(head + "".join(f"{row}\n" for row in rows))
    return path


def counts(home: Path, path: Path) -> dict[str, int]:
    """What a dry run finds odd."""
    found: dict[str, int] = answer("person", "import", path, "--dry-run", "--home", home)["counts"]
    return found


def person(home: Path, address: str) -> dict[str, object]:
    """What is known of somebody."""
    found: dict[str, object] = answer("person", "show", address, "--home", home)
    return found


ODD = {
    "A;B;;;;;": "no-address",
    "A;B;;pas une adresse;;;": "invalid-address",
    "A;B;;camille@atelier-laurent.example;;;": "own-address",
    "A;B;;no-reply@usine.example;;;": "no-reply",
    "A;B;;linda.marsh@marshmobility.example;;;": "said-no",
    "A;B;;a@usine.example;;;oui": "says-no",
    ";;;b@usine.example;;;": "no-name",
    "c@usine.example;;;c@usine.example;;;": "name-is-address",
    "A;B;;contact@usine.example;;;": "role-address",
    "A;B;Usine;a@gmail.com;;;": "private-mailbox",
    "A;B;;helene.marchetti@logivert.example;;;": "known",
}


def test_what_is_odd_is_said_before_anything_is_kept(demo: Path, tmp_path: Path) -> None:
    """Of each its own kind, with its line; a dry run changes nothing."""
    told = answer("person", "import", a_file(tmp_path, *ODD), "--dry-run", "--home", demo / "home")

    assert {(found["line"], found["odd"]) for found in told["odd"]} == set(enumerate(ODD.values(), 2))
    assert {found["odd"] for found in told["odd"] if found["kept_out"]} == {
        "no-address", "invalid-address", "own-address", "no-reply", "said-no", "says-no",
    }  # fmt: skip
    assert (told["people"], told["kept_out"], told["new"], told["done"]) == (11, 6, 4, None)


def test_colleagues_of_the_owners_and_what_is_excluded_are_nobody_to_follow(home: Path, tmp_path: Path) -> None:
    """By their domain, and by the configuration."""
    config = home / "config.toml"
    config.write_text(config.read_text().replace("exclude = []", 'exclude = ["@usine.example"]'))
    path = a_file(tmp_path, "A;B;;collegue@atelier-laurent.example;;;", "A;B;;a@nord.usine.example;;;")

    assert counts(home, path) == {"own-address": 1, "excluded": 1}


def test_twice_in_a_file_and_whom_the_owner_does_not_follow(home: Path, tmp_path: Path) -> None:
    """The first one counts; an unfollowed person is not followed again by a file."""
    nurture("unfollow", "helene.marchetti@logivert.example", "--home", home)
    path = a_file(tmp_path, "A;B;;a@usine.example;;;", "A;C;;A@USINE.example;;;", "H;M;;helene.marchetti@logivert.example;;;")

    assert counts(home, path) == {"twice": 1, "unfollowed": 1}
    assert answer("person", "import", path, "--yes", "--home", home)["done"]["followed"] == 1
    assert person(home, "helene.marchetti@logivert.example")["followed"] is False


def test_people_are_followed_with_what_the_file_says(home: Path, tmp_path: Path) -> None:
    """Name, first name, language, country, tag, list."""
    path = a_file(tmp_path, "ANNE-MARIE;Roux;Usine;am@usine.example;Français;Belgique;")
    told = answer("person", "import", path, "--yes", "--tag", "vip", "--list", "salon 2026", "--home", home, *NOW)
    found = person(home, "am@usine.example")

    assert told["done"] == {"followed": 1, "completed": 0, "labelled": 1, "stopped": 0}
    assert (found["name"], found["first_name"], found["language"], found["country"]) == (
        "ANNE-MARIE Roux",
        "Anne-Marie",
        "fr",
        "BE",
    )
    assert (found["followed"], found["source"], found["tags"], found["lists"]) == (True, "import", ["vip"], ["salon 2026"])


def test_tags_and_lists_are_said_anew_by_the_owner(home: Path, tmp_path: Path) -> None:
    """And a file only adds to them."""
    address = "helene.marchetti@logivert.example"
    assert nurture("person", "set", address, "--tags", "vip, presse", "--home", home).returncode == 0
    answer("person", "import", a_file(tmp_path, f"H;M;;{address};;;"), "--yes", "--tag", "salon", "--home", home)
    both = person(home, address)["tags"]
    nurture("person", "set", address, "--tags", "", "--home", home)

    assert (both, person(home, address)["tags"]) == (["presse", "salon", "vip"], [])
    assert "no | or ;" in refused(
        nurture("person", "import", tmp_path / "people.csv", "--tag", "a|b", "--yes", "--home", home), 2
    )


def test_nothing_that_is_known_is_changed_by_a_file(home: Path, tmp_path: Path) -> None:
    """Neither what mail told nor what the owner said; what was not known is completed, once."""
    address = "helene.marchetti@logivert.example"
    nurture("person", "set", address, "--first-name", "Léna", "--home", home)
    before = person(home, address)
    path = a_file(tmp_path, f"Autre;Nom;;{address};;;")
    first = answer("person", "import", path, "--yes", "--home", home)["done"]
    again = answer("person", "import", path, "--yes", "--home", home)["done"]
    after = person(home, address)

    assert [(k, before[k], after[k]) for k in before if before[k] != after[k]] == []
    assert (first["followed"], again) == (0, {"followed": 0, "completed": 0, "labelled": 0, "stopped": 0})


def test_a_no_is_never_taken_back_by_a_file(home: Path, tmp_path: Path) -> None:
    """P6: another spelling, a stopped domain, a stop by the owner; and what the file says itself is a no from then on."""
    nurture("stop", "@fermee.example", "--home", home)
    nurture("stop", "helene.marchetti@logivert.example", "--home", home)
    path = a_file(
        tmp_path, "A;B;;x@sous.fermee.example;;;", "H;M;;Helene.Marchetti@LOGIVERT.example;;;", "L;M;;linda.marsh@marshmobility.example;;;",
        "N;N;;non@usine.example;;;oui",
    )  # fmt: skip
    done = answer("person", "import", path, "--yes", "--home", home)["done"]

    assert done == {"followed": 0, "completed": 0, "labelled": 0, "stopped": 1}
    assert "Nobody is known" in refused(nurture("person", "show", "x@sous.fermee.example", "--home", home), 2)
    assert person(home, "helene.marchetti@logivert.example")["stopped"] is True
    assert "said no or was stopped" in nurture("follow", "non@usine.example", "--home", home).stdout


def test_an_address_of_somebody_else_stays_theirs(home: Path, tmp_path: Path) -> None:
    """And a shared one is no second address of anybody."""
    path = a_file(
        tmp_path, "Anna,a@usine.example,helene.marchetti@logivert.example", "Bob,b@usine.example,contact@usine.example",
        "Zoé,z@usine.example,z@chezelle.example", head="Name,Email,Email 2\n",
    )  # fmt: skip

    assert counts(home, path) == {"others-address": 1}
    answer("person", "import", path, "--yes", "--home", home)
    assert person(home, "a@usine.example")["addresses"] == ["a@usine.example"]
    assert person(home, "b@usine.example")["addresses"] == ["b@usine.example"]
    assert person(home, "z@chezelle.example")["addresses"] == ["z@usine.example", "z@chezelle.example"]


def test_a_no_under_an_old_address_is_a_no_under_a_new_one(home: Path, tmp_path: Path) -> None:
    """The file says that both are one person's."""
    path = a_file(tmp_path, "Linda,new@usine.example,linda.marsh@marshmobility.example", head="Name,Email,Email 2\n")

    assert counts(home, path) == {"said-no": 1}


def test_a_new_address_of_somebody_known_is_joined(home: Path, tmp_path: Path) -> None:
    """Where the name is theirs: nobody is followed twice."""
    path = a_file(tmp_path, "Hélène Marchetti,h@usine.example,helene.marchetti@logivert.example", head="Name,Email,Email 2\n")
    done = answer("person", "import", path, "--yes", "--home", home)["done"]

    assert (done["followed"], done["completed"]) == (0, 1)
    assert person(home, "h@usine.example")["addresses"] == ["helene.marchetti@logivert.example", "h@usine.example"]


def test_it_asks_and_a_no_keeps_nothing(home: Path, tmp_path: Path) -> None:
    """On a terminal; with --json there is nobody to ask."""
    path = a_file(tmp_path, "A;B;;a@usine.example;;;")
    code, screen = typed("person", "import", path, "--home", home, answers=[("Take in 1 person?", "n")])

    assert code == 130, screen
    assert "Nobody is known" in refused(nurture("person", "show", "a@usine.example", "--home", home), 2)
    assert json.loads(nurture("person", "import", path, "--json", "--home", home).stdout)["error"]["kind"] == "WrongUsage"
    assert typed("person", "import", path, "--home", home, answers=[("Take in 1 person?", "y")])[0] == 0
    assert person(home, "a@usine.example")["followed"] is True


def test_the_preview_fits_and_is_harmless(demo: Path, tmp_path: Path) -> None:
    """80 columns, whatever a file holds; --verbose shows every line."""
    rows = [f"\x1b[31mA{n};{'x' * 300};\u202eY;pas \x1b]0;x\x07 une adresse {n};;;" for n in range(5)]
    path = a_file(tmp_path, *rows)
    done = nurture("person", "import", path, "--dry-run", "--home", demo / "home")
    more = nurture("person", "import", path, "--dry-run", "--verbose", "--home", demo / "home")

    assert done.returncode == 0, done.stderr
    assert all(c == "\n" or c.isprintable() for c in done.stdout)
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "and 2 more (--verbose)" in done.stdout
    assert "line 6" in more.stdout


@pytest.mark.parametrize("ending", ["csv", "vcf"])
def test_what_is_exported_comes_in_again(home: Path, tmp_path: Path, ending: str) -> None:
    """Into a home that knows nobody: the same people, the same stops, nobody followed who was not."""
    nurture("unfollow", "helene.marchetti@logivert.example", "--home", home)
    answer(
        "person",
        "import",
        a_file(tmp_path, "=1+1;;;eq@usine.example;fr;FR;"),
        "--yes",
        "--tag",
        "a",
        "--tag",
        "b",
        "--home",
        home,
    )
    file = tmp_path / f"out.{ending}"
    exported = answer("person", "export", file, "--home", home)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    shutil.copy(home / "config.toml", fresh)
    assert nurture("db", "upgrade", "--home", fresh).returncode == 0
    answer("person", "import", file, "--yes", "--home", fresh)
    again = answer("person", "export", "--home", fresh)
    told = ("addresses", "name", "first_name", "company", "language", "register", "country", "tags", "lists", "stopped")
    wanted = [p for p in exported if p["followed"] and not p["stopped"]]
    derived = {p["addresses"][0]: p["first_name"] for p in again}
    wanted = [p | {"first_name": p["first_name"] or derived.get(p["addresses"][0])} for p in wanted]  # a name tells it, too

    assert [{k: p[k] for k in told} for p in again] == [{k: p[k] for k in told} for p in wanted]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (";'=1+1;" if ending == "csv" else "FN:=1+1\n") in file.read_text("utf-8-sig")
    for gone in (p for p in exported if p["stopped"]):
        assert "said no" in nurture("follow", gone["addresses"][0], "--home", fresh).stdout


def test_a_file_is_not_written_over_without_a_yes(home: Path, tmp_path: Path) -> None:
    """And without a name it goes to stdout."""
    file = tmp_path / "there.csv"
    file.write_text("mine")

    assert "--yes" in refused(nurture("person", "export", file, "--home", home, stdin=""), 2)
    assert nurture("person", "export", file, "--home", home, stdin="n\n").returncode == 130
    assert typed("person", "export", file, "--home", home, answers=[("Write over it?", "n")])[0] == 130
    assert "is there already" in refused(nurture("person", "export", file, "--json", "--home", home), 2)
    assert file.read_text() == "mine"
    assert nurture("person", "export", file, "--yes", "--home", home).returncode == 0
    assert nurture("person", "export", "--home", home).stdout == file.read_text()
    assert nurture("person", "export", "--format", "vcf", "--home", home).stdout.startswith("BEGIN:VCARD\n")


@pytest.mark.timed
def test_ten_thousand_people_come_in_within_ten_seconds(home: Path, tmp_path: Path) -> None:
    """With a second address, a tag and a country each."""
    rows = (f"Anna{n},Roux,{n},p{n}@s{n // 3}.example,q{n}@s{n // 3}.example,fr,FR,vip" for n in range(10_000))
    path = a_file(tmp_path, *rows, head="First name,Last name,Company,Email,Email 2,Language,Country,Tags\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = nurture("person", "import", path, "--yes", "--json", "--home", home)

    assert json.loads(done.stdout)["done"]["followed"] == 10_000
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 10


def test_help_has_an_example() -> None:
    """Both commands."""
    for command in ("import", "export"):
        assert f"Example: nurture person {command}" in nurture("person", command, "--help").stdout


def test_an_export_goes_through_a_pipe_unasked(home: Path, tmp_path: Path) -> None:
    """There is nothing to write over, and what leads there stays."""
    link = tmp_path / "out"
    link.symlink_to("/dev/stdout")
    done = nurture("person", "export", link, "--home", home)

    assert (done.returncode, done.stderr) == (0, "")
    assert "email" in done.stdout
    assert link.is_symlink()
