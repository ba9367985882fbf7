"""`nurture revive ADDRESS`: a step that came too late, or a rest, taken up again by the owner's word, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.followups import Case, Item
    from nurture.world import World

INSTEAD = {  # rule -> what to do instead
    "not-followed": "You do not follow {who}. `nurture follow {who}` takes it up.",
    "excluded": "{why} Take it out there first.",
    "opted-out": "{who} said no or was stopped. Only `nurture reopen {who}` undoes that, where you know that they may be written to.",
    "unreachable": "Mail to {who} does not arrive. Write to another address of theirs by hand, then `nurture person merge {who} OTHER`.",
    "left": "{who} no longer works there. Whom to write to instead is yours to decide: `nurture follow OTHER`.",
    "paused": "{why} Pause until an earlier day to come, or wait for it.",
    "declined": "They said no, and what they said holds until they write. Where you know better: `nurture reopen {who}`.",
    "withdrawn": "That draft was written once, and is not written twice. It lies in Trash: take it from there, or write by hand.",
    "occasion-closed": "That draft was written once, and is not written twice. Write by hand, if you think otherwise.",
    "no-go": "{why} Where that has changed: `nurture log {who} fit yes`.",
    "ceiling": "{why} Nothing is left that nurture may write: write by hand, if you have a reason.",
    "sequence-done": "Nothing is left that nurture may write to {who}: write by hand, if you have a reason.",
}


@click.command()
@global_options
@click.argument("address")
@click.pass_obj
def revive(settings: Settings, address: str) -> None:
    """Take up again what rests: a step that came too late, or a silence that was left in peace. It counts for one draft.

    \b
    Example: nurture revive marie@societe.example
    """
    from nurture.cli import opening, show
    from nurture.cli.words import person_of
    from nurture.followups import Action
    from nurture.join import case_of

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            row = person_of(session, address)
        case = case_of(world, row.person.key, settings.now)
        now, then = (_item(world, settings, one) for one in (case, _revived(case, settings)))
        if now.action in (Action.DRAFT, Action.WAIT):
            raise WrongUsage(f"Nothing rests there. {now.why}")
        if then.action not in (Action.DRAFT, Action.WAIT):
            raise WrongUsage(INSTEAD.get(then.rule, "{why} There is nothing to take up again.").format(who=address, why=then.why))
        _keep(world, settings, row.person.key, address)
        done = f"{address} is taken up again, once: {_promised(then)}"
        show.answer(settings, [(address, done)])


def _promised(item: Item) -> str:
    if item.due and item.action == "wait":
        return f"{item.step.removeprefix('answer:')} is due on {item.due}."
    return f"the next run drafts {item.step.removeprefix('answer:')}."


def _revived(case: Case, settings: Settings) -> Case:
    return replace(case, outside=replace(case.outside, revived_at=settings.now))


def _item(world: World, settings: Settings, case: Case) -> Item:
    from nurture.followups import Sequences, plan_one
    from nurture.store import sequences

    with world.store.begin() as session:
        rows = sequences.everything(session)
    known = Sequences.of(rows) if rows else Sequences.shipped()
    return plan_one(case, known, world.policy, settings.now, world.tz)


def _keep(world: World, settings: Settings, key: int, address: str) -> None:
    from nurture.store import cases, outside

    saying = outside.Saying(person=key, address=address, at=settings.now, via="revive")
    with world.store.begin() as session:
        outside.log(session, saying, outside.REVIVE, happened=settings.now, day=settings.now.astimezone(world.tz).date())
        cases.touch(session, {key})
