"""`nurture preview`, `simulate` and `replay` as a user meets them: text, JSON, a calendar file, refusals."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from nurture.sample import SAMPLE_NOW, people
from tests.cli.program import answer, nurture, refused

ITEM = {
    "address", "lane", "action", "rule", "why", "evidence", "due", "sequence", "revision", "step", "template", "signal", "question",
}  # fmt: skip
NOW = ("--now", SAMPLE_NOW.isoformat())
HANNAH = "hannah.cole@colelabels.example"


@pytest.fixture(scope="module")
def home(demo: Path) -> tuple[str, ...]:
    """The demo's home, at the demo's date."""
    return ("--home", str(demo / "home"), *NOW)


def test_a_preview_is_one_object(home: tuple[str, ...]) -> None:
    """As docs/json.md says."""
    found = answer("preview", HANNAH, *home)

    assert set(found) == {"schema", "address", "today", "next", "day", "cap", "draft", "alternatives"}
    assert set(found["today"]) == set(found["next"]) == ITEM
    assert set(found["draft"]) == {"to", "subject", "text", "template", "asks", "gives", "slots", "resource", "remarks"}
    assert (found["today"]["rule"], found["next"]["rule"], found["day"]) == ("deferred", "deferral-due", "2026-05-01")
    assert all(set(a) == {"kind", "name", "why"} for a in found["alternatives"])


def test_a_preview_for_a_person_reads_well(home: tuple[str, ...]) -> None:
    """Day, text and what lost, in 80 columns; with --quiet nothing."""
    said = nurture("preview", HANNAH, *home).stdout

    assert "On Friday 01 May 2026: deferral-due (every-stage 1)" in said
    assert "  | To: Hannah Cole <hannah.cole@colelabels.example>" in said
    assert "/open-door: deferral-due comes first" in said
    assert max(map(len, said.splitlines())) <= 80
    assert nurture("preview", HANNAH, "--quiet", *home).stdout == ""


def test_a_simulation_is_one_object(home: tuple[str, ...]) -> None:
    """As docs/json.md says; of some people only where they are named."""
    found = answer("simulate", "--days", "14", *home)
    drafts = [d for day in found["days"] for d in day["drafts"]]

    assert set(found) == {
        "schema", "start", "end", "lying_now", "own_drafts", "unread", "drafts", "people_without", "days",
    }  # fmt: skip
    assert all(set(day) == {"day", "free", "drafts", "capped", "after_a_colleague", "asked"} for day in found["days"])
    assert all(set(d) == {*ITEM, "subject", "slots"} for d in drafts)
    assert (found["start"], found["end"], found["lying_now"], found["own_drafts"]) == ("2026-03-11", "2026-03-24", 20, 1)
    assert found["drafts"] == len(drafts) > 5
    one = answer("simulate", "--days", "14", "--people", drafts[0]["address"], *home)
    assert [d["address"] for day in one["days"] for d in day["drafts"]] == [drafts[0]["address"]]


def test_a_simulation_for_a_person_names_nobody_unasked(home: tuple[str, ...]) -> None:
    """A table of counts in 80 columns; with --names each draft's person."""
    plain, named = nurture("simulate", "--days", "30", *home).stdout, nurture("simulate", "--days", "30", "--names", *home).stdout

    assert "@" not in plain
    assert "Mon 06 Apr 2026      .        .        .        .  day off (FR)" in plain
    assert "if nobody answers and" in plain
    assert named.count("@") > 10
    assert max(map(len, (plain + named).splitlines())) <= 80


def test_the_calendar_file_is_one_and_names_nobody(home: tuple[str, ...], tmp_path: Path) -> None:
    """RFC 5545: CRLF, lines of 75 octets at most, UID and DTSTAMP; whole days with how many drafts; only its owner reads it (P7)."""
    path = tmp_path / "drafts.ics"
    assert nurture("simulate", "--days", "30", "--ics", path, *home).returncode == 0
    raw = path.read_bytes()
    calendar = Calendar.from_ical(raw)
    events = calendar.walk("VEVENT")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert len({event["uid"] for event in events}) == len(events) > 5
    assert all(event.decoded("dtstamp") == SAMPLE_NOW for event in events)
    assert events[0].decoded("dtstart") == date(2026, 3, 12)
    assert events[0]["summary"] == "nurture\u00a0: 2 brouillons à relire"
    words = raw.replace(b"\r\n ", b"").decode().lower()
    assert [m.sender for p in people() for m in p.mails if not m.ours and m.sender.partition("@")[0] in words] == []
    assert not any(p.mails[0].subject.lower() in words for p in people())


def test_a_calendar_without_drafts_is_a_calendar_still(home: tuple[str, ...], tmp_path: Path) -> None:
    """It must hold something, and takes the place of an older file."""
    path = tmp_path / "drafts.ics"
    path.write_text("old")
    assert nurture("simulate", "--days", "1", "--ics", path, *home).returncode == 0

    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert event["summary"] == "nurture\u00a0: 0 brouillon à relire"
    assert [p.name for p in tmp_path.iterdir()] == ["drafts.ics"]


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("preview", "nobody@nowhere.example"), 2, "Nobody is known under"),
        (("preview", "no address"), 2, "is no e-mail address"),
        (("simulate", "--people", "nobody@nowhere.example"), 2, "Nobody is known under"),
        (("simulate", "--days", "0"), 2, "days"),
        (("simulate", "--days", "1", "--ics", "/nowhere/x.ics"), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(home: tuple[str, ...], args: tuple[str, ...], code: int, says: str) -> None:
    """With the design's exit code."""
    assert says in refused(nurture(*args, *home), code)


@pytest.mark.parametrize("command", [("preview", HANNAH), ("simulate",), ("replay",)])
def test_without_a_database_it_is_said_what_to_do(demo: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    """A configuration alone is no knowledge of anybody."""
    (tmp_path / "config.toml").write_bytes((demo / "home" / "config.toml").read_bytes())

    assert "nurture init" in refused(nurture(*command, "--home", tmp_path), 14)


DRAFT = ITEM | {"day", "subject", "text", "came", "wrong", "what_came", "quote", "after_days", "alike", "message_id"}


def test_a_replay_is_one_object(home: tuple[str, ...]) -> None:
    """As docs/json.md says; the counts are those of the drafts."""
    found = answer("replay", "--since", "2026-02-01", *home)
    came = [d["came"] for d in found["drafts"]]

    assert set(found) == {
        "schema", "since", "until", "days", "people", "messages", "counts", "wrong", "put_off", "asked", "limits", "drafts", "instructive",
    }  # fmt: skip
    assert set(found["limits"]) == {"gone", "filed_later", "in_trash"}
    assert all(set(d) == DRAFT for d in found["drafts"])
    assert found["counts"] == {name: came.count(name) for name in found["counts"]}
    assert found["wrong"] == sum(d["wrong"] for d in found["drafts"]) == 1
    assert len(found["instructive"]) == len(set(found["instructive"])) == 10
    assert (found["since"], found["until"]) == ("2026-02-01", "2026-03-11")


def test_a_replay_for_a_person_reads_well_and_changes_nothing(demo: Path, home: tuple[str, ...]) -> None:
    """In 80 columns; neither the mailbox nor the rows of the database are touched."""
    files = {p: p.read_bytes() for p in (demo / "Maildir").rglob("*") if p.is_file()}
    before = answer("status", *home)

    said = nurture("replay", "--since", "6 weeks", *home).stdout

    assert "Would have been wrong, or unwelcome (1)" in said
    assert "« Après réflexion, nous ne donnerons pas suite" in said
    assert max(map(len, said.splitlines())) <= 80
    assert {p: p.read_bytes() for p in (demo / "Maildir").rglob("*") if p.is_file()} == files
    assert answer("status", *home) == before


def test_a_replay_without_caps_has_room_for_all(demo: Path, tmp_path: Path) -> None:
    """With a cap of one draft people wait; without it nobody does."""
    text = (demo / "home" / "config.toml").read_text(encoding="utf-8").replace("open_drafts = 30", "open_drafts = 1")
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    assert nurture("db", "upgrade", "--home", tmp_path).returncode == 0
    args = ("replay", "--since", "2026-03-10", "--home", str(tmp_path), *NOW)

    narrow, wide = answer(*args), answer(*args, "--no-caps")

    assert (len(narrow["drafts"]), narrow["put_off"] > 5) == (1, True)
    assert (len(wide["drafts"]) > 10, wide["put_off"]) == (True, 0)


@pytest.mark.parametrize(
    ("since", "says"),
    [
        ("", "--since 2026-01-15"), ("-3 days", "--since 2026-01-15"), ("3 fortnights", "--since 2026-01-15"),
        ("9999 years", "--since 2026-01-15"), ("2027-01-01", "out of reach"), ("1900-01-01", "out of reach"),
    ],
)  # fmt: skip
def test_a_time_that_makes_no_sense_is_refused(home: tuple[str, ...], since: str, says: str) -> None:
    """With a sentence that shows how it is written."""
    assert says in refused(nurture("replay", f"--since={since}", *home), 2)


def test_nobody_followed_is_said(demo: Path, tmp_path: Path) -> None:
    """With what to do next."""
    text = (demo / "home" / "config.toml").read_text(encoding="utf-8").replace('follow = "all"', 'follow = "listed"')
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    assert nurture("db", "upgrade", "--home", tmp_path).returncode == 0

    for command in ("replay", "simulate"):
        assert "nurture candidates" in nurture(command, "--home", tmp_path, *NOW).stdout


def test_a_mailbox_without_their_mail_is_said(demo: Path, tmp_path: Path) -> None:
    """People are followed, and the past is empty."""
    mail = tmp_path / "Maildir"
    for folder in ("cur", "new", "tmp"):
        (mail / folder).mkdir(parents=True)
    text = (demo / "home" / "config.toml").read_text(encoding="utf-8").replace(str(demo / "Maildir"), str(mail))
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    assert nurture("db", "upgrade", "--home", tmp_path).returncode == 0
    assert nurture("follow", HANNAH, "--home", tmp_path, *NOW).returncode == 0

    assert "no mail with anybody" in " ".join(nurture("replay", "--since", "2 weeks", "--home", tmp_path, *NOW).stdout.split())
