"""What a whole life must have kept when it is over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nurture.config import Config
from nurture.mailbox import Mailbox, open_mailbox
from tests.lived.life import Place, letters
from tests.lived.owner import Life, a_config, a_world, live, maildir_url

BOTH = ("fr", "en")


def lived(
    tmp_path: Path,
    config: Config,
    place: Place,
    open_box: Callable[[], Mailbox],
    *,
    send: bool,
    languages: tuple[str, ...] = BOTH,
) -> Life:
    """A life in a mailbox, with the conversations of these languages."""
    with a_world(tmp_path, config) as world:
        return live(world, open_box, place, letters(*languages), send=send)


def flags_of(path: Path) -> str:
    """The flags in a file's name."""
    return path.name.partition(":2,")[2]


def promises_kept(life: Life, place: Place, languages: tuple[str, ...] = BOTH) -> None:
    """No draft for who said no or is dead, none before a deferral's or absence's day, never two, none for what was answered."""
    assert life.breaches == []
    assert not [
        rule for rule in life.rules if rule.endswith(":confidential")
    ]  # no false alarm: nothing of others was in any text
    assert life.runs > 100 * len(languages)
    assert sum(life.drafted.values()) > 25 * len(languages)
    assert life.sheets > 25 * len(languages)
    assert {flags_of(p) for p in place.files("")} == {""}  # unread mail is still unread
    assert {flags_of(p) for p in place.files(".Sent")} == {"S"}


def lived_in_a_maildir(tmp_path: Path, *, send: bool, languages: tuple[str, ...] = BOTH) -> None:
    """More than 300 days with mail where it is of both languages, a run on each."""
    place = Place(tmp_path / "Maildir")
    config = a_config(maildir_url(place.root))
    account = config.accounts[0]
    uids = tmp_path / "uids"
    life = lived(
        tmp_path, config, place, lambda: open_mailbox(account, secret=str, uid_store=uids), send=send, languages=languages
    )

    promises_kept(life, place, languages)
