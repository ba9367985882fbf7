"""P6: a no is a no, for ever, in a file of its own beside the configuration."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from nurture.errors import NoesLost
from nurture.messages import Kind, Notice
from nurture.stages import Finding, Reading, Signal
from nurture.store import Store, Suppression, Understood, messages, noes, readings, words
from tests.store.builders import NOW, a_kept, a_person


def test_a_no_is_on_disk_before_anything_goes_on(tmp_path: Path) -> None:
    """Another process sees it at once; case and space do not matter."""
    one, other = Suppression(tmp_path, create=True), Suppression(tmp_path)
    assert not other.contains("anna@client.example")

    one.add(" Anna@Client.example ", "they asked", NOW)

    assert other.contains("anna@client.example")
    assert one.count == other.count == 1


def test_a_domain_stops_everybody_there(tmp_path: Path) -> None:
    """And below it, and nobody at a domain that only looks like it, nor at the one above."""
    found = Suppression(tmp_path, create=True)
    found.add("@Client.example", "owner", NOW)
    found.add("@eu.group.example", "owner", NOW)

    assert found.contains("anyone@client.example")
    assert found.contains("anyone@mail.client.example")
    assert found.closed_by("anyone@a.b.client.example") == "@client.example"
    assert found.contains("anyone@mail.eu.group.example")
    assert not found.contains("anyone@group.example")
    assert not found.contains("anyone@us.group.example")
    assert not found.contains("anyone@notclient.example")
    assert not found.contains("anyone@client.example.org")


def test_only_the_owner_takes_a_no_back(tmp_path: Path) -> None:
    """The last line about an address counts; the list only ever grows."""
    found = Suppression(tmp_path, create=True)
    for act in (found.add, found.reopen, found.add, found.reopen):
        act("anna@client.example", "owner", NOW)

    assert not found.contains("anna@client.example")
    assert len(found.path.read_text().splitlines()) == 4


def test_nobodys_address_can_be_read_from_it(tmp_path: Path) -> None:
    """Keyed fingerprints; without the key they tell nothing."""
    found = Suppression(tmp_path, create=True)
    found.add("anna@client.example", "they\nasked", NOW)
    text = found.path.read_text()

    assert "anna" not in text
    assert text.count("\n") == 1
    assert stat.S_IMODE(found.path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "nurture.key").stat().st_mode) == 0o600
    (tmp_path / "other").mkdir()
    other = Suppression(tmp_path / "other", create=True)
    other.path.write_text(text)
    assert not other.contains("anna@client.example")
    (tmp_path / "nurture.key").chmod(0o644)
    Suppression(tmp_path)
    assert stat.S_IMODE((tmp_path / "nurture.key").stat().st_mode) == 0o600


def test_a_line_that_a_crash_tore_does_no_harm(tmp_path: Path) -> None:
    """The next no begins a line of its own; a whole digest counts even without its line end."""
    found = Suppression(tmp_path, create=True)
    found.add("anna@client.example", "x", NOW)
    line = found.path.read_text()
    found.path.write_text(line + line[:30])
    found.add("paul@client.example", "x", NOW)
    assert found.contains("anna@client.example")
    assert found.contains("paul@client.example")

    found.path.write_text(line.split(" ")[0])
    assert Suppression(tmp_path).contains("anna@client.example")


def test_a_lost_or_damaged_key_stops_everything(tmp_path: Path) -> None:
    """Without it nobody knows who said no: a new one is not made beside an old list."""
    found = Suppression(tmp_path, create=True)
    found.add("anna@client.example", "x", NOW)
    key = tmp_path / "nurture.key"
    key.write_bytes(b"short")
    with pytest.raises(NoesLost, match="damaged"):
        Suppression(tmp_path)
    key.unlink()
    with pytest.raises(NoesLost, match="Put it back from a backup"):
        Suppression(tmp_path, create=True)


def test_two_first_runs_at_once_make_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one finds the first one's."""
    first = Suppression(tmp_path, create=True)
    real, asked = Path.exists, iter([False])
    monkeypatch.setattr(Path, "exists", lambda path: next(asked, True) if path.name == "nurture.key" else real(path))

    assert Suppression(tmp_path, create=True).key == first.key


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("anna.roux@gmail.com", "annaroux@gmail.com"),
        ("annaroux@googlemail.com", "a.nna.roux+news@gmail.com"),
        ("anna+news@client.example", "anna@client.example"),
        ("anna@client.example", "Anna+work@client.example"),
    ],
)
def test_a_no_covers_every_spelling_of_the_mailbox(tmp_path: Path, said: str, asked: str) -> None:
    """And whoever reopens one spelling reopens the mailbox."""
    found = Suppression(tmp_path, create=True)
    found.add(said, "they asked", NOW)
    assert found.contains(asked)

    found.reopen(asked, "owner", NOW)
    assert not found.contains(said)
    assert not found.contains(asked)


def test_dots_mean_something_elsewhere(tmp_path: Path) -> None:
    """Only Gmail ignores them."""
    found = Suppression(tmp_path, create=True)
    found.add("an.na@client.example", "they asked", NOW)

    assert not found.contains("anna@client.example")


def test_a_list_that_shrinks_while_one_works_stops_the_work(tmp_path: Path) -> None:
    """Emptied, or taken away: never taken for a list without a no."""
    found = Suppression(tmp_path, create=True)
    found.add("anna@client.example", "x", NOW)
    assert found.contains("anna@client.example")
    whole = found.path.read_bytes()
    for spoil in (lambda: found.path.write_bytes(b""), found.path.unlink):
        spoil()
        with pytest.raises(NoesLost, match="shrunk"):
            found.contains("paul@client.example")
        with pytest.raises(NoesLost, match="shrunk"):
            found.add("paul@client.example", "x", NOW)
        found.path.write_bytes(whole)
    assert found.contains("anna@client.example")


def test_a_torn_reopening_reopens_nothing(tmp_path: Path) -> None:
    """The digest alone is not the owner's whole word."""
    found = Suppression(tmp_path, create=True)
    found.add("anna@client.example", "x", NOW)
    whole = found.path.read_text()
    found.path.write_text(whole + "-" + whole[1:65])
    again = Suppression(tmp_path)
    assert again.contains("anna@client.example")
    assert again.close_torn_line()
    assert not again.close_torn_line()
    assert Suppression(tmp_path).contains("anna@client.example")


def test_a_full_disk_is_told_and_the_no_is_not_taken_for_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that ended halfway raises; what was written of it does no harm."""
    found = Suppression(tmp_path, create=True)
    found.add("paul@client.example", "x", NOW)
    real = os.write
    with monkeypatch.context() as m:
        m.setattr(os, "write", lambda fd, data: real(fd, data[:20]))
        with pytest.raises(NoesLost, match="cannot be written"):
            found.add("anna@client.example", "x", NOW)
    found.add("anna@client.example", "x", NOW)
    assert found.contains("anna@client.example")
    assert found.contains("paul@client.example")


@pytest.mark.parametrize("loss", ["gone", "emptied", "older", "another key", "rewritten"])
def test_the_database_notices_a_lost_list(store: Store, tmp_path: Path, loss: str) -> None:
    """It knows how the list stood; grown since is right, anything else is not."""
    found = Suppression(tmp_path, create=True)
    found.add("anna@client.example", "x", NOW)
    with store.begin() as session:
        noes.check(session, found)
        noes.remember(session, found)
    found.add("paul@client.example", "x", NOW)
    with store.begin() as session:
        noes.check(session, found)
        noes.remember(session, found)
    text = found.path.read_text()
    key = tmp_path / "nurture.key"
    if loss == "gone":
        found.path.unlink()
    elif loss == "another key":
        key.write_bytes(b"k" * 32)
    else:
        lines = text.splitlines(keepends=True)
        found.path.write_text({"emptied": "", "older": lines[0], "rewritten": lines[0] + lines[0]}[loss])

    with store.begin() as session, pytest.raises(NoesLost, match="nurture db noes"):
        noes.check(session, Suppression(tmp_path))


def test_a_new_list_is_begun_from_what_the_database_knows(store: Store, tmp_path: Path) -> None:
    """Whom the owner stopped, and who asked; not whom the owner reopened since."""
    with store.begin() as session:
        stopped, asked, reopened, fine = (a_person(session, name) for name in ("anna", "paul", "lea", "max"))
        words.stop(session, stopped, NOW)
        for person, name in ((asked, "paul"), (reopened, "lea")):
            [key] = messages.add_many(session, [a_kept(person, id=f"<{name}@client.example>", days=2)])
            reading = Reading(reader=1, findings=(Finding(signal=Signal.OPT_OUT, quote="Stop.", confidence=1.0, rule="r"),))
            readings.keep(session, [Understood(key=key, reading=reading, kind=Kind.HUMAN, notice=Notice(), lang="fr")])
        words.reopen(session, reopened, NOW)
        found = Suppression(tmp_path, create=True)
        assert noes.renew(session, found, NOW) == 2

    assert [found.contains(f"{n}@client.example") for n in ("anna", "paul", "lea", "max")] == [True, True, False, False]
    assert fine
