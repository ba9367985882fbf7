"""`nurture status`: everybody in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.cli.sheet import WHY_NONE

if TYPE_CHECKING:
    from nurture.store import InForce

RULE = 18  # columns that are left of eighty
ORDER = ("draft", "sheet", "wait", "hold", "rest", "stop")


@click.command()
@global_options
@click.pass_obj
def status(settings: Settings) -> None:
    """Where everybody stands, as of the last run.

    \b
    Example: nurture status
    """
    from nurture.cli import opening, show
    from nurture.store import cases, meta, people, runs

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            decisions = cases.last(session)
            followed = people.count_followed(session)
            last, sheet = runs.last(session), meta.get(session, "sheet")
        if settings.as_json:
            show.as_json([shape(d) for d in decisions])
            return
        show.say(
            f"{followed} people followed. "
            + (f"Last run: {last.started:%Y-%m-%d %H:%M} UTC, {last.outcome}." if last else "No run yet: `nurture run`.")
        )
        if none := WHY_NONE.get(sheet or ""):
            show.say(none)
        ordered = sorted(
            decisions, key=lambda d: (d.rule != "open-draft", ORDER.index(d.action), d.due is None, str(d.due), d.address)
        )
        show.lines(line(decision) for decision in ordered)


def line(decision: InForce) -> str:
    """One person in one line of a terminal; the day before what may have to be cut."""
    from nurture.messages import one_line

    action = "draft" if decision.rule == "open-draft" else decision.action  # what waits to be read comes first
    day = decision.due.isoformat() if decision.due else "-"
    who, rule = one_line(decision.address, 32), one_line(decision.rule, RULE)
    return f"{action:5} {day:10} {who:32} {decision.stage or '-':11} {rule}"


def shape(decision: InForce) -> dict[str, object]:
    """One person in JSON."""
    return {
        "address": decision.address, "action": decision.action, "rule": decision.rule, "why": decision.why, "stage": decision.stage,
        "turn": decision.turn, "due": decision.due, "sequence": decision.sequence or None, "step": decision.step or None, "at": decision.at,
    }  # fmt: skip
