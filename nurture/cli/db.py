"""`nurture db upgrade|check|move`: the schema and the health of the database, and to which mailbox it belongs."""

from __future__ import annotations

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import DatabaseFault, NoesLost, WrongUsage


@click.group()
@global_options
def db() -> None:
    """The database: upgrade its schema, check its health, tell it that a mailbox has moved.

    \b
    Example: nurture db check
    """


@db.command()
@global_options
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Bring the schema up to date, after a backup beside the database; every command does it by itself. Makes a database that is missing.

    On PostgreSQL there is no copy beside it: pg_dump first.

    \b
    Example: nurture db upgrade
    """
    from nurture.cli import opening, show
    from nurture.store import schema_version

    with opening.world_of(settings, create=True) as world:
        if settings.as_json:
            show.as_json({"schema": 1, "version": schema_version(), "database": str(world.store.url)})
        elif not settings.quiet:
            show.say(f"The schema is up to date ({schema_version()}).")


@db.command()
@global_options
@click.pass_obj
def check(settings: Settings) -> None:
    """Look the database over: integrity, references, schema, permissions.

    \b
    Example: nurture db check
    """
    from nurture.cli import opening, show

    with opening.world_of(settings) as world:
        faults = world.store.check()
        if settings.as_json:
            show.as_json({"schema": 1, "faults": list(faults)})
        elif not faults and not settings.quiet:
            show.say("The database is sound.")
        if faults:
            raise DatabaseFault("; ".join(faults) + ". Restore the newest backup of the database, or move it away and run again.")


@db.command()
@global_options
@click.argument("old")
@click.argument("new")
@click.pass_obj
def move(settings: Settings, old: str, new: str) -> None:
    """The mailbox OLD is now called NEW: another host, another path, the same mail.

    \b
    Example: nurture db move imaps://me@old.example:993 imaps://me@new.example:993
    """
    from nurture.cli import opening, show
    from nurture.store import accounts

    with opening.world_of(settings) as world, world.store.begin() as session:
        there, configured = accounts.known(session), {a.key for a in world.config.accounts}
        if old not in there:
            raise WrongUsage(f"The database knows no mailbox {old}. It knows {', '.join(sorted(there)) or 'none yet'}.")
        if new not in configured or new in there:
            raise WrongUsage(f"{new} must be a mailbox of config.toml that the database does not know yet.")
        accounts.move(session, old, new)
        if settings.as_json:
            show.as_json({"schema": 1, "old": old, "new": new})
        elif not settings.quiet:
            show.say(f"{old} is now {new}.")


@db.command()
@global_options
@click.pass_obj
def noes(settings: Settings) -> None:
    """The list of those who said no was lost: begin a new one from what the database knows.

    Put the old list and nurture.key back from a backup instead, wherever you can: stops of whole domains, and of people whom the
    database does not know, cannot be found again.

    \b
    Example: nurture db noes
    """
    from nurture.cli import asking, opening, show
    from nurture.store import Store, Suppression
    from nurture.store import noes as known

    home = opening.home_of(settings)
    config = opening.config_of(home)
    asking.ask(
        settings,
        "Is there no backup?",
        "A new list is begun from what the database knows; a backup of suppression.list and nurture.key knows more.",
    )
    store = Store.open(config.database_url or home.database)
    try:
        try:
            suppression = Suppression(home.config)
        except NoesLost:
            Suppression.set_aside(home.config)
            suppression = Suppression(home.config, create=True)
        with store.begin() as session:
            count = known.renew(session, suppression, settings.now)
    finally:
        store.close()
    if settings.as_json:
        show.as_json({"schema": 1, "addresses": count})
    elif not settings.quiet:
        show.say(f"{count} addresses that said no are on the list. Stop again by hand whom you stopped by their domain.")
