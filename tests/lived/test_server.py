"""The labelled conversations lived through on a real server: a run each working day, drafts sent on by a simulated owner."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from nurture.mailbox import open_mailbox
from tests.lived.kept import lived, promises_kept
from tests.lived.life import Place
from tests.lived.owner import a_config, maildir_url
from tests.servers.dovecot import PASSWORD, Dovecot

ENGLISH = ("en",)
READS = re.compile(
    r"(?:UID )?(?:FETCH|SEARCH) |EXAMINE |LIST |NAMESPACE|CAPABILITY|ID |NOOP|LOGOUT|AUTHENTICATE|LOGIN|CLOSE|UNSELECT|ENABLE|STATUS "
)


@pytest.mark.slow
@pytest.mark.timeout(1500)  # a whole life
@pytest.mark.dovecot
def test_no_promise_is_broken_in_a_whole_life_on_a_real_server(tmp_path: Path, dovecot: Dovecot) -> None:
    """Over TLS; nobody's flags change, and the server was told nothing but to show, to keep drafts and to move own ones to Trash."""
    user = dovecot.new_user()
    place = Place(dovecot.maildir(user), own=lambda _path: dovecot.give(user))
    account = dovecot.account(user)
    config = replace(a_config(maildir_url(place.root)), accounts=(account,))
    dovecot.give(user)

    life = lived(
        tmp_path,
        config,
        place,
        lambda: open_mailbox(account, secret=lambda: PASSWORD, uid_store=tmp_path),
        send=True,
        languages=ENGLISH,
    )

    promises_kept(life, place, ENGLISH)
    said = Counter(re.sub(r"^(UID )?(\w+).*", r"\1\2", line) for line in dovecot.commands(user) if not READS.match(line))
    assert set(said) <= {"APPEND", "UID MOVE", "SELECT"}, said
    assert said["APPEND"] == sum(life.drafted.values()) + life.sheets
    assert said["UID MOVE"] == said["SELECT"]
    assert dovecot.errors(user) == ""
