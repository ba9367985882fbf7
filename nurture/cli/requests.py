"""`nurture requests`: what is asked for that was not offered, counted, without names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options

if TYPE_CHECKING:
    from nurture.requested import Feature

SCOPES = {
    "outside": "outside of what you offer",
    "near": "near to what you offer",
    "inside": "part of what you offer",
    "": "your configuration does not name it",
}


@click.command()
@global_options
@click.option("--names", is_flag=True, help="Say who asked, with their sentence.")
@click.pass_obj
def requests(settings: Settings, names: bool) -> None:
    """What people require that you did not offer: how many, at which stage.

    Whoever asks is counted once for each thing. Names are left out unless you ask for them.

    \b
    Example: nurture requests
    """
    from nurture.cli import opening, show
    from nurture.requested import requested
    from nurture.store import asked

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            rows = tuple(asked.all(session))
        found = requested(rows, world.policy)
        if settings.as_json:
            show.as_json([shape(feature, names=names) for feature in found])
            return
        for feature in found:
            show_feature(feature, names=names)
        if not settings.quiet:
            show.say(verdict(found))


def shape(feature: Feature, *, names: bool) -> dict[str, Any]:
    """One thing that is asked for in JSON."""
    facts: dict[str, Any] = {
        "feature": feature.name or None, "scope": feature.scope or None, "people": feature.people, "times": len(feature.asked),
        "stages": {stage or "unknown": count for stage, count in feature.stages.items()}, "first": feature.first, "last": feature.last,
        "worth_knowing": feature.worth_knowing,
    }  # fmt: skip
    if names:
        facts["asked"] = [
            {"address": a.person.addresses[0], "date": a.at, "quote": a.quote, "stage": a.stage or None} for a in feature.asked
        ]
    return facts


def show_feature(feature: Feature, *, names: bool) -> None:
    """One thing in three lines, and whoever asked, where that is wanted."""
    from nurture.cli import show
    from nurture.messages import one_line

    who = "1 person" if feature.people == 1 else f"{feature.people} people"
    name = feature.name or "something that their sentence does not name"
    click.secho(f"{who:>10}  {one_line(name, show.WIDTH - 12)}", bold=True)
    stages = ", ".join(f"{stage or 'not judged yet'} {count}" for stage, count in feature.stages.items())
    times = f", {len(feature.asked)} times" if len(feature.asked) > feature.people else ""
    days = f"on {feature.first}" if feature.first == feature.last else f"from {feature.first} to {feature.last}"
    show.bullet(f"{SCOPES[feature.scope]}; {stages}; {days}{times}", indent=" " * 12)
    for a in feature.asked if names else ():
        show.bullet(f"{a.at:%Y-%m-%d} {a.person.addresses[0]}", indent=" " * 12)
        show.bullet(f"« {one_line(a.quote)} »", indent=" " * 14)


def verdict(found: tuple[Feature, ...]) -> str:
    """What the counts mean, and what they do not."""
    if not found:
        return "Nobody has required anything that you did not offer."
    if any(f.worth_knowing for f in found):
        return "Three people who ask the same are worth knowing; it is still yours to say whether you want to build it."
    return "One who asks is not an order, nor are two: answer them, and watch whether others ask the same."
