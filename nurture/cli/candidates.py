"""`nurture candidates`: who might be followed; reads headers, keeps nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.conversations import Candidate
    from nurture.world import World


@click.command()
@global_options
@click.option("--limit", default=40, type=click.IntRange(1), show_default=True, help="How many to show.")
@click.option("--follow", "tick", is_flag=True, help="Ask for each whether to follow them.")
@click.pass_obj
def candidates(settings: Settings, limit: int, tick: bool) -> None:
    """People who look like prospects, best first. Reads the headers of the mailbox and keeps nothing of them.

    \b
    Example: nurture candidates --limit 20 --follow
    """
    from nurture.candidates import find
    from nurture.cli import asking, opening, show

    if tick and settings.as_json and not settings.yes:
        raise WrongUsage("--follow asks for each of them, and nobody can be asked here. Look first, then say --yes.")
    with opening.world_of(settings) as world:
        watched = opening.with_progress(world, settings)
        found = find(watched, opening.openers(world.config, world.home), settings.now)[:limit]
        if settings.as_json:
            for c in found if tick else ():
                _follow(world, c, settings.now)
            show.as_json([shape(c) for c in found])
            return
        if not found:
            show.say("Nobody looks like a prospect in this mailbox. `nurture follow ADDRESS` adds whoever you name.")
        for c in found:
            show.bullet(f"{c.address}  {c.name}", indent="")
            show.bullet(c.reason)
            if tick and (settings.yes or asking.confirmed(settings, "    Follow them?")):
                _follow(world, c, settings.now)
        if found and not tick:
            show.say("")
            show.say("Follow with `nurture follow ADDRESS…`, or tick them here: `nurture candidates --follow`.")


def _follow(world: World, candidate: Candidate, now: datetime) -> None:
    from nurture.store import people

    with world.store.begin() as session:
        people.add(session, address=candidate.address, name=candidate.name, source="candidates", followed=True, now=now)


def shape(c: Candidate) -> dict[str, object]:
    """One of them in JSON."""
    return {
        "address": c.address,
        "name": c.name or None,
        "company": c.company,
        "reason": c.reason,
        "score": c.score,
        "last": c.last,
    }
