"""The owner's word on people: follow, unfollow, stop, reopen, pause, settle. It counts more than anything detected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
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


def person_of(session: Session, address: str) -> PersonRow:
    """The known person of an address."""
    from nurture.store import people

    row = people.by_address(session, checked(address))
    if row is None:
        raise WrongUsage(
            f"Nobody is known under {address}. `nurture person list` shows who is; `nurture follow {address}` adds them."
        )
    return row


def _each(settings: Settings, addresses: tuple[str, ...], act: Callable[[World, Session, str], str]) -> None:
    from nurture.cli import opening, show

    with opening.world_of(settings) as world:
        said = []
        with world.store.begin() as session:
            said = [act(world, session, address) for address in addresses]
        if settings.as_json:
            show.as_json([{"address": a, "done": s} for a, s in zip(addresses, said, strict=True)])
        elif not settings.quiet:
            for sentence in said:
                show.say(sentence)


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
        from nurture.conversations import is_ours
        from nurture.store import people

        addr = checked(address)
        if is_ours(addr, world.owner):
            raise WrongUsage(f"{addr} is your own address; nobody follows themselves.")
        known = people.by_address(session, addr)
        if known:
            people.follow(session, known.person.key, settings.now)
        else:
            people.add(session, address=addr, name="", source="command", followed=True, now=settings.now)
        if world.suppressed((addr,)):
            return f"{addr} is followed, but said no: nothing is drafted until `nurture reopen {addr}`."
        return f"{addr} is followed. The next run reads what was exchanged."

    _each(settings, addresses, act)


@click.command()
@global_options
@click.argument("addresses", metavar="ADDRESS…", nargs=-1, required=True)
@click.pass_obj
def unfollow(settings: Settings, addresses: tuple[str, ...]) -> None:
    """Leave these people alone without a no; what is known stays until `forget`."""

    def act(_world: World, session: Session, address: str) -> str:
        from nurture.store import people

        people.unfollow(session, person_of(session, address).person.key, settings.now)
        return f"{address} is not followed any more."

    _each(settings, addresses, act)


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

    def act(world: World, session: Session, address: str) -> str:
        from nurture.conversations import company_of
        from nurture.store import cases, people, words

        if address.startswith("@"):
            probe = checked("someone" + address)
            if company_of(probe) is None:
                raise WrongUsage(
                    f"{address} belongs to a mail provider: stopping it would stop strangers. Name single addresses."
                )
            world.suppression.add(address.lower(), "owner", settings.now)
            cases.touch(
                session,
                {r.person.key for r in people.all(session) if any(a.endswith(address.lower()) for a in r.person.addresses)},
            )
            return f"Nobody at {address[1:]} will be written to."
        addr = checked(address)
        world.suppression.add(addr, "owner", settings.now)
        if row := people.by_address(session, addr):
            words.stop(session, row.person.key, settings.now)
            cases.touch(session, {row.person.key})
        return f"{addr} will not be written to. A draft that lies open is taken back at the next run if nobody touched it."

    _each(settings, (target,), act)


@click.command()
@global_options
@click.argument("target", metavar="ADDRESS|@DOMAIN")
@click.pass_obj
def reopen(settings: Settings, target: str) -> None:
    """Take a stop or an opt-out back: only you can say that they may be written to again."""

    def act(world: World, session: Session, address: str) -> str:
        from nurture.store import cases, people, words

        key = address.lower() if address.startswith("@") else checked(address)
        if not settings.yes and not settings.as_json:
            click.confirm(f"{key} was stopped, or asked not to be written to. Write to them again?", abort=True)
        world.suppression.reopen(key, "owner", settings.now)
        if not key.startswith("@") and (row := people.by_address(session, key)):
            words.reopen(session, row.person.key, settings.now)
            cases.touch(session, {row.person.key})
        return f"{key} may be written to again."

    _each(settings, (target,), act)


@click.command()
@global_options
@click.argument("address")
@click.option(
    "--until", required=True, metavar="DAY", help="The first day on which they may be drafted to again, e.g. 2026-09-01."
)
@click.pass_obj
def pause(settings: Settings, address: str, until: str) -> None:
    """Leave this person alone until a day."""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise WrongUsage(f"{until!r} is no day. Write it as 2026-09-01.") from None
    if day <= settings.now.date():
        raise WrongUsage(f"{day} has passed. Name a day to come.")

    def act(_world: World, session: Session, one: str) -> str:
        from nurture.store import cases, words

        key = person_of(session, one).person.key
        words.pause(session, key, day, settings.now)
        cases.touch(session, {key})
        return f"{one} is left alone until {day}."

    _each(settings, (address,), act)


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

    _each(settings, (address,), act)
