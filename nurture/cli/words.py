"""The owner's word on people: follow, unfollow, stop, reopen, pause, settle. It counts more than anything detected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from nurture.cli import asking
from nurture.cli.options import LATEST, Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.store import PersonRow, Session
    from nurture.world import World


def checked(address: str) -> str:
    """A usable address, lower case; says what is wrong with another."""
    from nurture.messages import check_address

    found = check_address(address)
    if found is None:
        raise WrongUsage(f"{address!r} is no e-mail address. Write it as name@domain.")
    return found


def followable(world: World, address: str) -> str:
    """The same address, if it may be followed at all: not the owner's own, not excluded by the configuration."""
    from nurture.conversations import is_ours

    if is_ours(address, world.owner):
        raise WrongUsage(f"{address} is your own address; nobody follows themselves.")
    if entry := world.config.excludes(address):
        raise WrongUsage(f"{address} is excluded: `exclude` in config.toml names {entry}. Take it out there first.")
    return address


def followed(world: World, address: str) -> str:
    """What following somebody comes to; a no of theirs, or a stop of yours, goes on holding."""
    if held := world.suppression.closed_by(address):
        undo = held if held.startswith("@") else address
        return f"{address} is followed, but said no or was stopped: nothing is drafted until `nurture reopen {undo}`."
    return f"{address} is followed. The next run reads what was exchanged."


def person_of(session: Session, address: str) -> PersonRow:
    """The known person of an address."""
    from nurture.store import people

    row = people.by_address(session, checked(address))
    if row is None:
        raise WrongUsage(
            f"Nobody is known under {address}. `nurture person list` shows who is; `nurture follow {address}` adds them."
        )
    return row


def each(settings: Settings, things: tuple[str, ...], act: Callable[[World, Session, str], str], named: str = "address") -> None:
    """Do the same with each of them in one transaction, then say what was done."""
    from nurture.cli import opening, show

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            said = [(thing, act(world, session, thing)) for thing in things]
        show.answer(settings, said, named)


@click.command()
@global_options
@click.argument("addresses", metavar="ADDRESS…", nargs=-1, required=True)
@click.pass_obj
def follow(settings: Settings, addresses: tuple[str, ...]) -> None:
    """Follow these people: their past is read at the next run.

    \b
    Example: nurture follow marie@societe.example
    """

    def act(world: World, session: Session, address: str) -> str:
        from nurture.store import people

        addr = followable(world, checked(address))
        known = people.by_address(session, addr)
        if known:
            people.follow(session, known.person.key, settings.now)
        else:
            people.add(session, address=addr, name="", source="command", followed=True, now=settings.now)
        return followed(world, addr)

    each(settings, addresses, act)


@click.command()
@global_options
@click.argument("addresses", metavar="ADDRESS…", nargs=-1, required=True)
@click.pass_obj
def unfollow(settings: Settings, addresses: tuple[str, ...]) -> None:
    """Leave these people alone without a no; what is known stays until `forget`.

    \b
    Example: nurture unfollow marie@societe.example
    """

    def act(_world: World, session: Session, address: str) -> str:
        from nurture.store import people

        people.unfollow(session, person_of(session, address).person.key, settings.now)
        return f"{address} is not followed any more."

    each(settings, addresses, act)


@click.command()
@global_options
@click.argument("target", metavar="ADDRESS|@DOMAIN")
@click.pass_obj
def stop(settings: Settings, target: str) -> None:
    """Never draft to this person, or to anybody at this domain, until `nurture reopen`.

    \b
    Example: nurture stop marie@societe.example
    Example: nurture stop @societe.example
    """

    each(settings, (target,), lambda world, session, one: _stop(world, session, one, settings.now))


def _stop(world: World, session: Session, target: str, now: datetime) -> str:
    from nurture.store import cases, people, words

    if target.startswith("@"):
        domain = domain_of(target)
        world.suppression.add(domain, "owner", now)
        stopped = {row.person.key for row in people.at_domains(session, [domain[1:]])}
        cases.touch(session, stopped)
        return f"Nobody at {domain[1:]}, or at a domain below it, will be written to."
    addr = checked(target)
    world.suppression.add(addr, "owner", now)
    for row in people_at(session, addr):
        words.stop(session, row.person.key, now)
        cases.touch(session, {row.person.key})
    return f"{addr} will not be written to. A draft that lies open is taken back at the next run if nobody touched it."


def domain_of(target: str) -> str:
    """The @domain to be stopped, lower case. Refuses mail providers and what is no company's."""
    from nurture.conversations import company_of

    domain = "@" + checked("someone" + target).partition("@")[2]
    if company_of("someone" + domain) is None:
        raise WrongUsage(
            f"{domain} belongs to a mail provider, or to everybody: stopping it would stop strangers. Name single addresses."
        )
    return domain


def people_at(session: Session, address: str) -> tuple[PersonRow, ...]:
    """Everybody known under an address of this mailbox, however it is spelt."""
    from nurture.config import reach_of, reaching
    from nurture.store import people

    mine = reach_of(address)
    there = people.at_domains(session, reaching(address.rpartition("@")[2]))
    return tuple(row for row in there if any(reach_of(a) == mine for a in row.person.addresses))


@click.command()
@global_options
@click.argument("target", metavar="ADDRESS|@DOMAIN")
@click.pass_obj
def reopen(settings: Settings, target: str) -> None:
    """Take a stop or an opt-out back: only you can say that they may be written to again.

    All addresses of the person are opened. A stop of their whole domain is told, and stays until you reopen the domain.

    \b
    Example: nurture reopen marie@societe.example
    """
    key = "@" + checked("someone" + target).partition("@")[2] if target.startswith("@") else checked(target)
    if asking.somebody_there(settings):  # `nurture stop` takes it back; a script that names somebody means it
        asking.ask(settings, "Write to them again?", f"{key} was stopped, or asked not to be written to.")
    each(settings, (key,), lambda world, session, one: _reopen(world, session, one, settings.now))


def _reopen(world: World, session: Session, key: str, now: datetime) -> str:
    from nurture.store import cases, people, words

    if key.startswith("@"):
        touched = {row.person.key for row in people.at_domains(session, [key[1:]])}
        world.suppression.reopen(key, "owner", now)
        cases.touch(session, touched)
        held = world.suppression.closed_by("someone" + key)
        return f"{key} may be written to again." if not held else f"{key} is reopened; the stop of {held} still holds."
    rows = people_at(session, key)
    addresses = dict.fromkeys([key, *(a for row in rows for a in row.person.addresses)])
    for address in addresses:
        world.suppression.reopen(address, "owner", now)
    for row in rows:
        words.reopen(session, row.person.key, now)
        cases.touch(session, {row.person.key})
    return _reopened(world, key, addresses)


def _reopened(world: World, key: str, addresses: Iterable[str]) -> str:
    """What the reopening came to: what still stands in the way is told."""
    held = next((by for a in addresses if (by := world.suppression.closed_by(a))), "")
    if held:
        return f"{key} is reopened, but a stop of {held} still holds: nothing is drafted until `nurture reopen {held}`."
    if entry := next((e for a in addresses if (e := world.config.excludes(a))), ""):
        return f"{key} is reopened, but `exclude` in config.toml names {entry}: nothing is drafted until you take it out."
    return f"{key} may be written to again."


@click.command()
@global_options
@click.argument("address")
@click.option(
    "--until", required=True, metavar="DAY", help="The first day on which they may be drafted to again, e.g. 2026-09-01."
)
@click.pass_obj
def pause(settings: Settings, address: str, until: str) -> None:
    """Leave this person alone until a day.

    \b
    Example: nurture pause marie@societe.example --until 2026-09-01
    """
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise WrongUsage(f"{until!r} is no day. Write it as 2026-09-01.") from None
    if day.year > LATEST:
        raise WrongUsage(f"{day} is out of reach. To leave somebody alone for good, use `nurture stop` or `nurture unfollow`.")
    if day <= settings.now.date():
        raise WrongUsage(f"{day} has passed. Name a day to come.")

    def act(_world: World, session: Session, one: str) -> str:
        from nurture.store import cases, words

        key = person_of(session, one).person.key
        words.pause(session, key, day, settings.now)
        cases.touch(session, {key})
        return f"{one} is left alone until {day}."

    each(settings, (address,), act)


@click.command()
@global_options
@click.argument("address")
@click.argument("how", type=click.Choice(["silent", "answered"]))
@click.pass_obj
def settle(settings: Settings, address: str, how: str) -> None:
    """Decide what nurture could not: have they answered, or not?

    \b
    Example: nurture settle marie@societe.example silent
    """

    def act(_world: World, session: Session, one: str) -> str:
        from nurture.store import cases, words

        key = person_of(session, one).person.key
        words.settle(session, key, how, settings.now)
        cases.touch(session, {key})
        return f"{one}: {how}, as of now."

    each(settings, (address,), act)
