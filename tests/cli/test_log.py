"""`nurture log`, `revive`, `person note|set|merge|split`: the owner's word, on a real database."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import answer, nurture, refused

NOW = ("--now", "2026-03-11T10:00:00+01:00")
QUALIFIED, CLIENT, OVERDUE = (
    "sandrine.merieux@medilogis.example",
    "thomas@ravel-impression.example",
    "odile.garnier@filature-garnier.example",
)
WAITING, OPTED_OUT, DEAD = (
    "daniel.okafor@okaforkilns.example",
    "linda.marsh@marshmobility.example",
    "e.rousset@poeles-rousset.example",
)
STRANGER, DECLINED = "p.renaudin@mobilier-renaudin.example", "michel.jourdan@jourdan-tracteurs.example"


@pytest.fixture
def home(demo: Path, tmp_path: Path) -> Path:
    """A copy of its home; its mail lies where it lay."""
    shutil.copytree(demo / "home", tmp_path / "home")
    return tmp_path / "home"


def done(home: Path, *args: str) -> str:
    """The sentence with which a command answers."""
    [found] = answer(*args, *NOW, "--home", home)
    assert set(found) == {"address", "done"}
    return str(found["done"])


def no(home: Path, *args: str) -> str:
    """The sentence with which it refuses, exit code 2."""
    return refused(nurture(*args, *NOW, "--home", home), 2)


def planned(home: Path, address: str) -> dict[str, Any]:
    """What a run would do about somebody."""
    found: list[dict[str, Any]] = answer("run", "--dry-run", *NOW, "--home", home)["plan"]
    return next(item for item in found if item["address"] == address)


def shown(home: Path, address: str) -> dict[str, Any]:
    found: dict[str, Any] = answer("person", "show", address, "--home", home)
    return found


def test_a_call_restarts_the_wait_and_is_told_in_why(home: Path) -> None:
    """With its text and its day."""
    assert "11 March 2026" in done(home, "log", WAITING, "call", "They", "decide in April")
    assert planned(home, WAITING)["due"] == "2026-03-20"
    [line] = answer("why", WAITING, "--home", home)["log"]
    assert (line["kind"], line["text"], line["day"], line["answered"]) == ("call", "They decide in April", "2026-03-11", True)
    assert "They decide in April" in nurture("why", WAITING, "--home", home).stdout


def test_a_meeting_brings_stage_result_and_measure_along(home: Path) -> None:
    """What was detected is kept beside it; quotation marks make it their words."""
    done(
        home,
        "log",
        STRANGER,
        "meeting",
        "--on",
        "2026-03-10",
        "--stage",
        "prospect",
        "--result",
        "« moins de pannes »",
        "--measure",
        "fewer calls",
    )
    told = answer("why", STRANGER, "--home", home)

    assert (told["stage"], told["stage_rule"], told["stage_detected"]) == ("prospect", "owner-says", "stranger")
    assert [(e["name"], e["words"], e["source"], e["their_words"]) for e in told["expects"]] == [
        ("result", "moins de pannes", "owner", True),
        ("measure", "fewer calls", "owner", False),
    ]
    assert next(f for f in told["told"] if f["field"] == "stage") | {"at": ""} == {
        "field": "stage", "value": "prospect", "at": "", "detected": "stranger", "their_words": False, "via": "log meeting",
    }  # fmt: skip


def test_a_note_moves_nothing(home: Path) -> None:
    """By either command."""
    before = planned(home, STRANGER) if done(home, "log", STRANGER, "note", "met at the fair") else {}
    done(home, "person", "note", STRANGER, "has a new shop")

    assert planned(home, STRANGER)["due"] == before["due"] == "2026-03-16"
    assert [line["text"] for line in shown(home, STRANGER)["log"]] == ["met at the fair", "has a new shop"]


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(home: Path) -> None:
    """Exit code 2 and one sentence; the cases one by one stand in test_facts."""
    assert "not come yet" in no(home, "log", WAITING, "call", "--on", "2026-03-12", "--result", "x")
    assert "Say one of stranger" in no(home, "log", WAITING, "call", "--stage", "friend")
    assert "--help" in no(home, "log", WAITING, "email")
    assert "two letters" in no(home, "person", "set", WAITING, "--country", "Frankreich", "--register", "tu")
    assert "--register tu" in no(home, "person", "set", WAITING)
    assert shown(home, WAITING)["log"] == shown(home, WAITING)["told"] == []


def test_at_qualified_no_has_a_refusal_drafted_and_yes_the_offer(home: Path) -> None:
    """The draft that lies there is taken back first."""
    done(home, "log", QUALIFIED, "fit", "no")
    report = answer("run", "--dry-run", *NOW, "--home", home)
    assert [(w["address"], w["rule"]) for w in report["withdrawn"]] == [(QUALIFIED, "no-go")]
    assert shown(home, QUALIFIED)["fit"] == "no"
    done(home, "log", QUALIFIED, "fit", "yes")
    assert answer("run", "--dry-run", *NOW, "--home", home)["withdrawn"] == []


@pytest.mark.parametrize(("address", "says"), [(STRANGER, "not told yet"), (CLIENT, "is client"), (DECLINED, "is declined"), (OPTED_OUT, "is opted_out")])  # fmt: skip
def test_there_is_nothing_to_decide_about_others(home: Path, address: str, says: str) -> None:
    """Before they have answered, or after all is decided."""
    assert says in no(home, "log", address, "fit", "no")


def test_an_overdue_step_is_taken_up_again(home: Path) -> None:
    """Once."""
    assert "useful-news" in done(home, "revive", OVERDUE)
    assert (planned(home, OVERDUE)["action"], planned(home, OVERDUE)["template"]) == ("draft", "useful-news")
    assert "Nothing rests" in no(home, "revive", OVERDUE)


@pytest.mark.parametrize(
    ("address", "says"),
    [(OPTED_OUT, "nurture reopen"), (DEAD, "person merge"), (DECLINED, "nurture reopen"), (WAITING, "Nothing rests"), (QUALIFIED, "lies in Drafts")],
)  # fmt: skip
def test_what_cannot_be_revived_says_what_to_do_instead(home: Path, address: str, says: str) -> None:
    """And keeps nothing."""
    assert says in no(home, "revive", address)
    assert shown(home, address)["log"] == []


def test_facts_in_the_owners_word_are_shown_as_such(home: Path) -> None:
    """All of them at once; an empty one takes it back."""
    given = (
        "--name", "Daniel Okafor-Reed", "--first-name", "Dan", "--language", "fr", "--register", "tu", "--country", "uk", "--company",
        "kilns.example", "--measure-day", "2026-09-01",
    )  # fmt: skip
    done(home, "person", "set", WAITING, *given)
    told = shown(home, WAITING)

    assert {k: told[k] for k in ("name", "first_name", "language", "register", "country", "company", "measure_day")} == {
        "name": "Daniel Okafor-Reed", "first_name": "Dan", "language": "fr", "register": "tu", "country": "GB", "company": "kilns.example",
        "measure_day": "2026-09-01",
    }  # fmt: skip
    assert told["in_your_word"] == ["first_name", "language", "name", "register"]

    done(home, "person", "set", WAITING, "--name", "", "--register", "", "--company", "", "--measure-day", "")
    told = shown(home, WAITING)
    assert (told["name"], told["first_name"], told["company"], told["measure_day"]) == (
        "Daniel Okafor",
        "Daniel",
        "okaforkilns.example",
        None,
    )


@pytest.mark.parametrize(("address", "says"), [(OPTED_OUT, "nurture reopen"), (DEAD, "by hand")])
def test_no_stage_undoes_a_no_or_a_dead_address(home: Path, address: str, says: str) -> None:
    """P6; everything else may be said of them."""
    assert says in no(home, "person", "set", address, "--stage", "prospect")
    assert says in no(home, "log", address, "call", "--stage", "prospect")
    assert done(home, "person", "set", address, "--register", "vous")


def test_two_become_one_and_two_again(home: Path) -> None:
    """Shown by `person show` and `why`, under either address."""
    other = "private@mail.example"
    assert "one person now" in done(home, "person", "merge", WAITING, other)
    assert shown(home, other)["addresses"] == [WAITING, other]
    assert [line["text"] for line in answer("why", WAITING, "--home", home)["log"]] == [other]
    assert "theirs already" in no(home, "person", "merge", WAITING, other)

    assert "of its own" in done(home, "person", "split", other)
    assert (shown(home, WAITING)["addresses"], shown(home, other)["addresses"]) == ([WAITING], [other])
    assert "only address" in no(home, "person", "split", other)


def test_a_no_of_one_closes_both(home: Path) -> None:
    """And the answer says how to undo it."""
    assert f"nurture reopen {WAITING}" in done(home, "person", "merge", WAITING, OPTED_OUT)
    assert shown(home, WAITING)["stopped"]
    assert planned(home, OPTED_OUT)["rule"] == "opted-out"  # from where they wrote last


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("nobody@x.example", WAITING), "Nobody is known"),
        ((WAITING, "camille@atelier-laurent.example"), "your own address"),
        ((WAITING, "no address"), "no e-mail address"),
    ],
)
def test_who_cannot_be_joined_is_told(home: Path, args: tuple[str, ...], says: str) -> None:
    """Exit code 2."""
    assert says in no(home, "person", "merge", *args)


@pytest.mark.parametrize(
    "args", [["log"], ["revive"], ["person", "note"], ["person", "set"], ["person", "merge"], ["person", "split"]]
)
def test_help_shows_an_example_in_eighty_columns(args: list[str]) -> None:
    """For every command."""
    text = nurture(*args, "--help").stdout

    assert f"nurture {' '.join(args)}" in text.split("Example:")[1]
    assert max(map(len, text.splitlines())) <= 80


def test_what_is_shown_fits_eighty_columns_and_is_harmless(home: Path) -> None:
    """Long notes among it."""
    done(home, "person", "note", WAITING, "a word " * 100)
    for command in (["why", WAITING], ["person", "show", WAITING]):
        assert max(map(len, nurture(*command, "--home", home).stdout.splitlines())) <= 80
