"""The real servers, each once for all tests that want it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.postgresql import Postgresql, running_postgresql


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot of this test run's own. Missing is a failure, unless it was said that none can be had."""
    if os.environ.get("NURTURE_WITHOUT_DOVECOT") == "1":
        pytest.skip("NOT RUN: there is no Dovecot and none could be installed (NURTURE_WITHOUT_DOVECOT=1)")
    with running_dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A PostgreSQL of this test run's own. Missing is a failure, unless it was said that none can be had."""
    if os.environ.get("NURTURE_WITHOUT_POSTGRESQL") == "1":
        pytest.skip("NOT RUN: there is no PostgreSQL and none could be installed (NURTURE_WITHOUT_POSTGRESQL=1)")
    with running_postgresql() as server:
        yield server
