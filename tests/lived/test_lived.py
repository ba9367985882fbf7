"""The labelled conversations lived through: a run each working day, drafts sent on by a simulated owner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nurture.config import Config
from nurture.mailbox import Mailbox, open_mailbox
from tests.lived.life import Place, letters
from tests.lived.owner import Life, a_config, a_world, live, maildir_url
from tests.servers.dovecot import PASSWORD, Dovecot

READS = re.compile(
    r"(?:UID )?(?:FETCH|SEARCH) |EXAMINE |LIST |NAMESPACE|CAPABILITY|ID |NOOP|LOGOUT|AUTHENTICATE|LOGIN|CLOSE|UNSELECT|ENABLE|STATUS "
)


def lived(tmp_path: Path, config: Config, place: Place, open_box: Callable[[], Mailbox], *, send: bool) -> Life:
    """A life in a mailbox, in French and English."""
    with a_world(tmp_path, config) as world:
        return live(world, open_box, place, letters("fr", "en"), send=send)


def flags_of(path: Path) -> str:
    """The flags in a file's name."""
    return path.name.partition(":2,")[2]


def promises_kept(life: Life, place: Place) -> None:
    """No draft for who said no or is dead, none before a deferral's or absence's day, never two, none for what was answered."""
    assert life.breaches == []
    assert not [
        rule for rule in life.rules if rule.endswith(":confidential")
    ]  # no false alarm: nothing of others was in any text
    assert life.runs > 200
    assert sum(life.drafted.values()) > 50
    assert life.sheets > 50
    assert {flags_of(p) for p in place.files("")} == {""}  # unread mail is still unread
    assert {flags_of(p) for p in place.files(".Sent")} == {"S"}


@pytest.mark.slow
@pytest.mark.parametrize("send", [True, False], ids=["drafts-sent", "drafts-left"])
def test_no_promise_is_broken_in_a_whole_life_in_a_maildir(tmp_path: Path, send: bool) -> None:
    """More than 300 days with mail, a run on each."""
    place = Place(tmp_path / "Maildir")
    config = a_config(maildir_url(place.root))
    account = config.accounts[0]
    life = lived(tmp_path, config, place, lambda: open_mailbox(account, secret=str, uid_store=tmp_path / "uids"), send=send)

    promises_kept(life, place)


@pytest.mark.slow
@pytest.mark.dovecot
def test_no_promise_is_broken_in_a_whole_life_on_a_real_server(tmp_path: Path, dovecot: Dovecot) -> None:
    """Over TLS; nobody's flags change, and the server was told nothing but to show, to keep drafts and to move own ones to Trash."""
    user = dovecot.new_user()
    place = Place(dovecot.maildir(user), own=lambda _path: dovecot.give(user))
    account = dovecot.account(user)
    config = replace(a_config(maildir_url(place.root)), accounts=(account,))
    dovecot.give(user)

    life = lived(tmp_path, config, place, lambda: open_mailbox(account, secret=lambda: PASSWORD, uid_store=tmp_path), send=True)

    promises_kept(life, place)
    said = Counter(re.sub(r"^(UID )?(\w+).*", r"\1\2", line) for line in dovecot.commands(user) if not READS.match(line))
    assert set(said) <= {"APPEND", "UID MOVE", "SELECT"}, said
    assert said["APPEND"] == sum(life.drafted.values()) + life.sheets
    assert said["UID MOVE"] == said["SELECT"]
    assert dovecot.errors(user) == ""
