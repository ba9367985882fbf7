"""`nurture simulate`: a calendar of the drafts to come, if nobody answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options
from nurture.cli.whole_file import Written, write_whole

if TYPE_CHECKING:
    from nurture.followups import Item
    from nurture.simulate import Day, Simulation
    from nurture.world import World

LONGEST = 730  # days


@click.command()
@global_options
@click.option("--days", type=click.IntRange(1, LONGEST), default=60, show_default=True, help="How many days to play.")
@click.option("--people", metavar="ADDRESS", multiple=True, help="Show these people only, by name; may be given several times.")
@click.option("--names", is_flag=True, help="Say for whom each draft is.")
@click.option(
    "--ics",
    metavar="FILE",
    type=Written(dir_okay=False, path_type=Path),
    help="Write a calendar file, over an older one; it names nobody.",
)
@click.pass_obj
def simulate(settings: Settings, days: int, people: tuple[str, ...], names: bool, ics: Path | None) -> None:
    """Play the plan forward: which drafts come on which day, if nobody answers and you send each one on its day.

    The runs are real ones, over a copy of the database in memory: your mailbox and your database are not touched.

    \b
    Example: nurture simulate --days 30 --ics drafts.ics
    Example: nurture simulate --people marie@societe.example
    """
    from nurture.cli import opening, show
    from nurture.cli.words import person_of
    from nurture.simulate import simulate as play

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            keys = {person_of(session, address).person.key for address in people}
        found = play(opening.with_progress(world, settings), settings.now, days)
        shown = found.of(keys) if keys else found
        if ics:
            _keep(world, settings, shown, ics)
        if settings.as_json:
            show.as_json(shape(shown))
        elif not settings.quiet:
            tell(world, shown, names=names or bool(keys))


def _keep(world: World, settings: Settings, found: Simulation, path: Path) -> None:
    from nurture.cli.agenda import agenda

    seed = world.config.accounts[0].key
    write_whole(path, agenda(found, world.config.owner.language, seed, settings.now))


def shape(found: Simulation) -> dict[str, Any]:
    """The document (docs/json.md)."""
    from nurture.cli.telling import item_shape

    return {
        "schema": 1, "start": found.start, "end": found.end, "lying_now": found.lying, "own_drafts": found.own, "unread": found.unread,
        "drafts": found.drafts, "people_without": found.resting,
        "days": [
            {
                "day": day.day, "free": day.free,
                "drafts": [{**item_shape(d.item), "subject": d.subject, "slots": list(d.slots)} for d in day.drafts],
                "capped": [i.address for i in day.capped], "after_a_colleague": [i.address for i in day.company],
                "asked": [{"address": i.address, "rule": i.rule, "why": i.why} for i in day.asked],
            }
            for day in found.days
        ],
    }  # fmt: skip


def tell(world: World, found: Simulation, *, names: bool) -> None:
    """The calendar for a person to read."""
    from nurture.cli import show

    show.say(
        f"From {found.start:%A %d %B %Y} to {found.end:%A %d %B %Y}, if nobody answers and you send each draft as it is on the day it "
        "appears. Nothing was written or stored."
    )
    if not found.people:
        show.say("Nobody is followed. `nurture candidates` shows whom you could follow.")
        return
    if found.lying:
        show.say(show.counted(found.lying, "draft lies", "drafts lie") + " open now; played as sent today.")
    if found.own:
        show.say(
            show.counted(found.own, "draft of your own lies", "drafts of your own lie")
            + " open, and stays: nothing is planned there."
        )
    if found.unread:
        show.say(show.counted(found.unread, "person", "people") + " had no mail read yet: `nurture run` reads it.")
    click.echo()
    click.secho(f"{'day':15} {'drafts':>6} {'answers':>8} {'put off':>8} {'for you':>8}", bold=True)
    week = None
    for day in (d for d in found.days if _is_shown(d)):
        if week not in (None, day.day.isocalendar()[:2]):
            click.echo()
        week = day.day.isocalendar()[:2]
        _tell_day(world, day, names=names)
    _tell_the_sum(world, found)


def _is_shown(day: Day) -> bool:
    return bool(day.free or day.drafts or day.capped or day.company or day.asked)


def _tell_day(world: World, day: Day, *, names: bool) -> None:
    counts = (len(day.drafts), day.answers, len(day.capped) + len(day.company), len(day.asked))
    cells = "".join(f"{count or '.':>{width}}" for count, width in zip(counts, (7, 9, 9, 9), strict=True))
    click.echo(f"{day.day:%a %d %b %Y}{cells}  {_note(world, day)}".rstrip())
    for drafted in day.drafts if names else ():
        _tell_item(drafted.item, f"{drafted.item.step} ({drafted.item.sequence})")
    for item in (*day.capped, *day.company, *day.asked) if names else ():
        _tell_item(item, f"{'put off' if item.rule in ('cap', 'company-draft') else 'for you'} ({item.rule})")


def _tell_item(item: Item, what: str) -> None:
    from nurture.cli import show

    show.bullet(f"{item.address}: {what}")


def _note(world: World, day: Day) -> str:
    notes = [f"day off ({world.policy.country})"] if day.free else []
    if day.capped:
        notes.append("the cap is reached")
    if day.company:
        notes.append("a colleague first")
    return ", ".join(notes)


def _tell_the_sum(world: World, found: Simulation) -> None:
    from nurture.cli import show
    from nurture.simulate import by_step

    caps = world.policy.caps
    click.echo()
    show.say(
        f"{show.counted(found.drafts, 'draft', 'drafts')} in all; {show.counted(found.resting, 'person', 'people')} without one in this "
        f"time. At most {caps.drafts_per_day} a day and {caps.open_drafts} open at a time ([caps] in config.toml)."
    )
    if steps := by_step(found):
        show.say("By template: " + ", ".join(f"{name} {count}" for name, count in steps.most_common()) + ".")
