"""P6: a no is a no, for ever, in a file of its own beside the configuration."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from nurture.errors import ConfigFault
from nurture.store import Suppression
from tests.store.builders import NOW


def test_a_no_is_on_disk_before_anything_goes_on(tmp_path: Path) -> None:
    """Another process sees it at once; case and space do not matter."""
    one, other = Suppression(tmp_path, create=True), Suppression(tmp_path)
    assert not other.contains("anna@client.example")

    one.add(" Anna@Client.example ", "they asked", NOW)

    assert other.contains("anna@client.example")
    assert one.count == other.count == 1


def test_a_domain_stops_everybody_there(tmp_path: Path) -> None:
    """And nobody at a domain that only looks like it."""
    found = Suppression(tmp_path, create=True)
    found.add("@client.example", "owner", NOW)

    assert found.contains("anyone@client.example")
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
    with pytest.raises(ConfigFault, match="damaged"):
        Suppression(tmp_path)
    key.unlink()
    with pytest.raises(ConfigFault, match="restore it from a backup"):
        Suppression(tmp_path, create=True)


def test_two_first_runs_at_once_make_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one finds the first one's."""
    first = Suppression(tmp_path, create=True)
    real, asked = Path.exists, iter([False])
    monkeypatch.setattr(Path, "exists", lambda path: next(asked, True) if path.name == "nurture.key" else real(path))

    assert Suppression(tmp_path, create=True).key == first.key
