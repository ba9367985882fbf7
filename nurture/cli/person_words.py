"""`nurture person note|set|merge|split`: what you know of somebody better than their mail, and who is one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from nurture.store import PersonRow
    from nurture.world import World


def _done(settings: Settings, address: str, sentence: str) -> None:
    from nurture.cli import show

    show.answer(settings, [(address, sentence)])


def _row_of(world: World, address: str) -> PersonRow:
    from nurture.cli.words import person_of

    with world.store.begin() as session:
        return person_of(session, address)


@click.command()
@global_options
@click.argument("address")
@click.argument("text", nargs=-1, required=True)
@click.pass_obj
def note(settings: Settings, address: str, text: tuple[str, ...]) -> None:
    """Keep a note on somebody, for `nurture why` and the sheet. It moves nothing.

    \b
    Example: nurture person note marie@societe.example "Met at the fair in Lyon"
    """
    from nurture.cli import opening
    from nurture.cli.facts import telling_of, text_of
    from nurture.store import cases, outside

    words = text_of(" ".join(text))
    if not words:
        raise WrongUsage('A note needs its words: nurture person note ADDRESS "what is worth knowing".')
    with opening.world_of(settings) as world:
        telling = telling_of(_row_of(world, address), address, settings.now, via="person note")
        key = telling.row.person.key
        saying = outside.Saying(person=key, address=telling.address, at=settings.now, via="person note")
        with world.store.begin() as session:
            outside.log(session, saying, "note", happened=settings.now, day=settings.now.astimezone(world.tz).date(), text=words)
            cases.touch(session, {key})
        _done(settings, address, f"{address}: noted. `nurture why {address}` shows it.")


@click.command("set")
@global_options
@click.argument("address")
@click.option("--name", help="How they are called.")
@click.option("--first-name", help="By what name they are greeted.")
@click.option("--company", metavar="DOMAIN", help="Where they work, by its domain: societe.example.")
@click.option("--language", metavar="fr|en", help="The language they are written to in.")
@click.option("--register", metavar="tu|vous", help="How they are addressed in French.")
@click.option("--country", metavar="CC", help="Whose working days count, in two letters: FR.")
@click.option("--tags", metavar="A,B", help="Their tags, all of them; a sequence may be for one.")
@click.option("--lists", metavar="A,B", help="The lists on which they stand, all of them.")
@click.option("--stage", metavar="STAGE", help="How far it has come, until new mail says more.")
@click.option("--result", metavar="TEXT", help="The result that they expect; in quotation marks: word by word.")
@click.option("--measure", metavar="TEXT", help="How they will judge success.")
@click.option("--measure-day", metavar="DAY", help="A client: the day on which they are asked how it came out.")
@click.pass_obj
def set_facts(settings: Settings, /, address: str, **given: str | None) -> None:
    """Say what you know better. It counts before what mail tells, until new mail tells something else; "" takes it back.

    \b
    Example: nurture person set marie@societe.example --stage qualified
    Example: nurture person set marie@societe.example \\
               --measure "« vingt appels de moins avant fin juin »"
    """
    from nurture.cli import opening
    from nurture.cli.facts import detected_stage, keep, refuse_closed, said_of, telling_of

    facts = said_of(given)
    if not facts:
        raise WrongUsage("Say what is to be set: nurture person set ADDRESS --register tu. `--help` lists what there is.")
    with opening.world_of(settings) as world:
        telling = telling_of(_row_of(world, address), address, settings.now, via="person set")
        staged = next((one for one in facts if one.field == "stage"), None)
        if staged and staged.value:
            refuse_closed(world, telling)
        detected = detected_stage(world, telling) if staged else None
        with world.store.begin() as session:
            keep(session, telling, facts, detected)
        told = ", ".join(f"{one.field.replace('_', ' ')} {one.value or 'as mail tells'}" for one in facts)
        _done(settings, address, f"{address}: {told}.")


@click.command()
@global_options
@click.argument("address")
@click.argument("other")
@click.pass_obj
def merge(settings: Settings, address: str, other: str) -> None:
    """Say that two addresses are one person. What was exchanged under both counts; a stop or pause of either holds for both.

    \b
    Example: nurture person merge marie@societe.example marie.petit@mail.example
    """
    from nurture.cli import opening
    from nurture.cli.words import checked, followable
    from nurture.join import merge as join

    with opening.world_of(settings) as world:
        one, second = _row_of(world, address), followable(world, checked(other))
        with _waiting_for_a_run():
            closed = join(world, one, second, settings.now)
        row = _row_of(world, address)
        _done(settings, address, f"{address} and {second} are one person now.{_what_holds(row, address, closed=closed)}")


@click.command()
@global_options
@click.argument("address")
@click.pass_obj
def split(settings: Settings, address: str) -> None:
    """Say that an address is somebody else's: it becomes a person of its own, with what was exchanged under it.

    \b
    Example: nurture person split marie.petit@mail.example
    """
    from nurture.cli import opening
    from nurture.cli.words import checked
    from nurture.join import split as part

    with opening.world_of(settings) as world:
        row = _row_of(world, address)
        with _waiting_for_a_run():
            leaving, closed = part(world, row, checked(address), settings.now)
        holds = _what_holds(_row_of(world, address), leaving[0], closed=closed)
        _done(settings, address, f"{', '.join(leaving)} is a person of its own now.{holds}")


def _what_holds(row: PersonRow, address: str, *, closed: bool) -> str:
    """What of the owner's word holds for them now."""
    if closed:
        return f" A no holds for both: nothing is drafted until `nurture reopen {address}`."
    if not row.followed:
        return f" They are not followed: `nurture follow {address}` takes it up."
    return f" They are left alone until {row.paused_until}." if row.paused_until else ""


def _waiting_for_a_run() -> AbstractContextManager[None]:
    """Nobody is joined or parted under a run that is writing to them."""
    from contextlib import contextmanager

    from nurture.errors import AlreadyRunning

    @contextmanager
    def waiting() -> Iterator[None]:
        try:
            yield
        except AlreadyRunning:
            raise AlreadyRunning(
                "A run is under way, and people are not joined or parted under it. Say it again in a moment."
            ) from None

    return waiting()
