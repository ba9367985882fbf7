"""The real servers, each once for all tests that want it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.postgresql import Postgresql, running_postgresql


def unless_there_is_none(server: str) -> None:
    """Skip, out loud, where scripts/with-servers.sh said that the server can be had neither here nor from Debian."""
    told = f"NURTURE_WITHOUT_{server.upper()}"
    if os.environ.get(told) == "1":
        pytest.skip(f"NOT RUN: there is no {server} and none could be installed ({told}=1)")


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot of this test run's own. Missing is a failure, unless it was said that none can be had."""
    unless_there_is_none("Dovecot")
    with running_dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A PostgreSQL of this test run's own. Missing is a failure, unless it was said that none can be had."""
    unless_there_is_none("PostgreSQL")
    with running_postgresql() as server:
        yield server
