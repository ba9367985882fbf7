"""What looking ahead needs, whether it plays runs or asks the planner alone: the hour of a day's run, and a world that keeps nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, tzinfo

from nurture.store import NoesOfThen, Rehearsal
from nurture.world import World

RUN_AT = time(8)  # when a day's run is played


def moment_of(day: date, tz: tzinfo) -> datetime:
    """When a day's run is played."""
    return datetime.combine(day, RUN_AT, tz)


def without_trace(world: World) -> World:
    """The same world, in which nothing can be stored."""
    return replace(world, store=Rehearsal(world.store), suppression=NoesOfThen(world.suppression))
