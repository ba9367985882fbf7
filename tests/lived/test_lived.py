"""The labelled conversations lived through: a run each working day, drafts sent on by a simulated owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from nurture.mailbox import open_mailbox
from tests.lived.life import Place, letters
from tests.lived.owner import Life, a_config, a_world, live, maildir_url


def lived(tmp_path: Path, *languages: str, send: bool = True) -> Life:
    """A life in a Maildir."""
    place = Place(tmp_path / "Maildir")
    config = a_config(maildir_url(place.root))
    with a_world(tmp_path, config) as world:
        account = config.accounts[0]
        return live(
            world,
            lambda: open_mailbox(account, secret=lambda: "", uid_store=tmp_path / "uids"),
            place,
            letters(*languages),
            send=send,
        )


@pytest.mark.slow
@pytest.mark.parametrize("send", [True, False], ids=["drafts-sent", "drafts-left"])
def test_no_promise_is_broken_in_a_whole_life_in_a_maildir(tmp_path: Path, send: bool) -> None:
    """No draft for who said no or is dead, none before a deferral's or absence's day, never two, none for what was answered."""
    life = lived(tmp_path, "fr", "en", send=send)

    assert life.breaches == []
    assert life.runs > 200
    assert sum(life.drafted.values()) > 50
