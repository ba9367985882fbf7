"""From the global options to a world to work in: home, configuration, store, guard, clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nurture.cli.options import Settings, in_colour
from nurture.config import AccountConfig, Config, Home, find_home, load, timezone_of
from nurture.errors import ConfigFault, one_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from nurture.mailbox import Mailbox
    from nurture.store import Suppression
    from nurture.world import World


def home_of(settings: Settings) -> Home:
    """Where this invocation's things live."""
    return find_home(settings.home, os.environ)


def config_of(home: Home) -> Config:
    """The configuration, or a fault that says how to make one."""
    if not home.config_file.exists():
        raise ConfigFault(home.config_file, ["there is no configuration yet"], "`nurture init` makes one.")
    return load(home.config_file)


@contextmanager
def world_of(settings: Settings, *, create: bool = False, look_over: bool = False) -> Iterator[World]:
    """The world of the configured owner, guarded (P1): from here on nothing but the configured servers can be reached.

    `look_over`: the whole database is read first, as a run needs that goes by it; whoever only looks is answered at once.
    """
    home = home_of(settings)
    config = config_of(home)  # what is wrong with it is told before anything of weight is loaded
    guard_for(config)
    from nurture.store import Store, noes
    from nurture.world import World, silent

    store = Store.open(config.database_url or home.database, create=create, look_over=look_over)
    try:
        suppression = suppression_of(home, create=create)
        with store.begin() as session:
            noes.check(session, suppression)
            noes.remember(session, suppression)
        yield World(
            config=config, home=home, store=store, suppression=suppression, tz=timezone_of(config.owner), progress=silent,
        )  # fmt: skip
        with store.begin() as session:
            noes.remember(session, suppression)
    finally:
        store.close()


def suppression_of(home: Home, *, create: bool = False) -> Suppression:
    """The list of those who said no; a last line that a crash tore is told once."""
    from nurture.store import Suppression

    found = Suppression(home.config, create=create)
    if found.close_torn_line():
        complain(f"The last line of {found.path} was torn by a crash. Say again whom you stopped last, if you stopped anybody.")
    return found


def complain(sentence: str) -> None:
    """One line on stderr: what a person should know although the work goes on."""
    import click

    click.echo(f"nurture: {one_sentence(sentence)}", err=True)


def guard_for(config: Config) -> None:
    """Let the process reach the configured mailboxes and nothing else."""
    from nurture.guard import guard

    guard.install()
    for account in config.accounts:
        if account.mailbox.scheme != "maildir":
            guard.allow(account.mailbox.host, account.mailbox.port)
        for command in (account.password_command, account.token_command):
            if command:
                guard.allow_command(command)


def openers(config: Config, home: Home) -> list[Callable[[], Mailbox]]:
    """How to connect each account."""
    return [opener(account, home) for account in config.accounts]


def opener(account: AccountConfig, home: Home) -> Callable[[], Mailbox]:
    """How to connect one account; the secret is asked for at that moment only."""
    from nurture.mailbox import open_mailbox, secret_of

    return lambda: open_mailbox(account, secret=lambda: secret_of(account), uid_store=home.state / "uids")


def on_a_terminal() -> bool:
    """Whether a person is watching."""
    return sys.stdout is not None and sys.stdout.isatty()


def with_progress(world: World, settings: Settings) -> World:
    """The same world with a progress bar, where a person watches a terminal."""
    from dataclasses import replace

    if settings.as_json or settings.quiet or sys.stderr is None or not sys.stderr.isatty():
        return world
    from nurture.cli.progress import Bar

    return replace(world, progress=Bar(plain=not in_colour()))


def note_the_end(world: World, now: datetime, outcome: str, *, deferred: bool) -> int:
    """Write into the run log how a run ended that did not come to its end; returns how many deferred ones stand in a row."""
    from nurture.store import runs

    with world.store.begin() as session:
        runs.finish_last(session, now, outcome=outcome, deferred=deferred)
        return runs.deferred_in_a_row(session)
