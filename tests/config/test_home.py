"""Where things live, which clock the owner lives by, and the page about all keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurture.config import OwnerConfig, find_home, reference, timezone_of
from nurture.errors import ConfigFault

DOCS = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"


def test_home_is_one_folder_where_it_is_named() -> None:
    """--home before NURTURE_HOME."""
    one = find_home("/a", {"NURTURE_HOME": "/b"})
    other = find_home(None, {"NURTURE_HOME": "/b"})

    assert (one.config, one.state, one.config_file) == (Path("/a"), Path("/a"), Path("/a/config.toml"))
    assert (other.templates, other.database) == (Path("/b/templates"), Path("/b/nurture.db"))


def test_home_is_the_xdg_folders_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Configuration and state apart."""
    monkeypatch.setenv("XDG_CONFIG_HOME", "/x/config")
    monkeypatch.setenv("XDG_STATE_HOME", "/x/state")
    home = find_home(None, {})

    assert (home.config, home.database) == (Path("/x/config/nurture"), Path("/x/state/nurture/nurture.db"))


@pytest.mark.parametrize(
    ("owner", "zone"),
    [
        ({"country": "FR"}, "Europe/Paris"),
        ({"country": "GB"}, "Europe/London"),
        ({"country": "FR", "timezone": "Indian/Reunion"}, "Indian/Reunion"),
        ({"country": "ZZ"}, "UTC"),
    ],
)
def test_the_owners_clock_is_stated_or_their_countrys(owner: dict[str, str], zone: str) -> None:
    """Drafts appear on the due day of the owner's calendar."""
    assert timezone_of(OwnerConfig(name="A", addresses=("a@b.example",), **owner)).key == zone


def test_the_page_about_the_configuration_is_made_from_the_code() -> None:
    """docs/configuration.md is what `make docs` writes."""
    assert DOCS.read_text(encoding="utf-8") == reference()


def test_every_key_is_explained() -> None:
    """With its default."""
    page = reference()

    for row in (
        "| `open_drafts` | `10` |",
        '| `lookback` | `"12 months"` |',
        "| `name` | must be given |",
        "| `august_off` | `false` |",
        "| `mailbox` | must be given |",
    ):
        assert row in page


def test_a_home_that_is_no_folder_is_told(tmp_path: Path) -> None:
    """A file, something below a file, another user's who is not there."""
    (tmp_path / "file").touch()
    for home, says in (
        (tmp_path / "file", "is no folder"),
        (tmp_path / "file" / "x", "cannot be used"),
        ("~nobody-here/x", "whose home"),
    ):
        with pytest.raises(ConfigFault, match=says):
            find_home(str(home), {})
    with pytest.raises(ConfigFault, match="NURTURE_HOME"):
        find_home(None, {"NURTURE_HOME": str(tmp_path / "file")})


def test_without_any_home_nothing_is_made_in_the_folder_one_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """No HOME, and a user that the system does not know."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    with pytest.raises(ConfigFault, match="set HOME, NURTURE_HOME or --home"):
        find_home(None, {})


def test_a_relative_xdg_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the XDG specification says."""
    monkeypatch.setenv("HOME", "/home/ana")
    monkeypatch.setenv("XDG_CONFIG_HOME", "here")
    assert find_home(None, {}).config == Path("/home/ana/.config/nurture")
