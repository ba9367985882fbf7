"""`nurture person …`: who is known, and what you say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.cli.person_file import export_people, import_people
from nurture.cli.person_shape import shape
from nurture.cli.person_words import merge, note, set_facts, split

if TYPE_CHECKING:
    pass


@click.group()
@global_options
def person() -> None:
    """Who is known: add, show, list, import, export; and what you say of them: note, set, merge, split.

    \b
    Example: nurture person show marie@societe.example
    """


for command in (import_people, export_people, note, set_facts, merge, split):
    person.add_command(command)


@person.command("add")
@global_options
@click.argument("address")
@click.option("--name", default="", help="How they are called.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="The language they are written to in.")
@click.option("--register", type=click.Choice(["tu", "vous"]), help="How they are addressed in French.")
@click.pass_obj
def add(settings: Settings, address: str, name: str, language: str | None, register: str | None) -> None:
    """Add a person and follow them; the next run reads what was exchanged.

    \b
    Example: nurture person add marie@societe.example --name "Marie Petit"
    """
    from nurture.cli import opening, show
    from nurture.cli.words import checked, followable, followed
    from nurture.conversations import first_name
    from nurture.store import Learnt, known, people

    with opening.world_of(settings) as world:
        addr = followable(world, checked(address))
        with world.store.begin() as session:
            key = people.add(session, address=addr, name=name, source="command", followed=True, now=settings.now)
            people.learn(
                session, key, Learnt(name=name or None, first_name=first_name(name, addr), lang=language, register=register)
            )
            known.introduce(session, key, [addr], name)
            row = people.by_address(session, addr)
        if settings.as_json and row:
            show.as_json({"schema": 1, **shape(row)})
        elif not settings.quiet:
            show.say(followed(world, addr))


@person.command("show")
@global_options
@click.argument("address")
@click.pass_obj
def show_one(settings: Settings, address: str) -> None:
    """What is known of one person, in short; `nurture why` tells the whole story.

    \b
    Example: nurture person show marie@societe.example
    """
    from nurture.cli import opening, owners_word, show
    from nurture.cli.words import person_of

    with opening.world_of(settings) as world, world.store.begin() as session:
        row = person_of(session, address)
        facts = shape(row)
        told = owners_word.shape(world, session, row, settings.now)
        if settings.as_json:
            show.as_json({"schema": 1, **facts, **told})
            return
        for name, value in facts.items():
            if value not in (None, [], ""):
                show.bullet(f"{name.replace('_', ' ')}: {', '.join(value) if isinstance(value, list) else value}", indent="  ")
        owners_word.tell(told)


@person.command("list")
@global_options
@click.option("--all", "everybody", is_flag=True, help="Also those who are not followed.")
@click.pass_obj
def list_all(settings: Settings, everybody: bool) -> None:
    """Everybody who is followed, a line each.

    \b
    Example: nurture person list --all
    """
    from nurture.cli import opening, show
    from nurture.messages import one_line
    from nurture.store import people

    with opening.world_of(settings) as world, world.store.begin() as session:
        if settings.as_json:
            show.as_json([shape(row) for row in people.all(session, followed_only=not everybody)])
            return
        found = people.called(session, followed_only=not everybody)
        show.lines(one_line(f"{address}  {name}", show.WIDTH) for address, name in found)
        if not found and not settings.quiet:
            show.say("Nobody is followed yet. `nurture candidates` proposes people, `nurture follow ADDRESS` adds one.")
