"""`nurture sequence revert|rename|retire|migrate`: which revision counts, for those who begin and for those who have begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nurture.cli import asking
from nurture.cli import sequence_named as named
from nurture.cli.options import Settings, global_options
from nurture.errors import AlreadyRunning, DatabaseBusy, WrongUsage

if TYPE_CHECKING:
    from nurture.migrate import Migration, Move, Next


@click.command("revert")
@global_options
@click.argument("name")
@click.option("--to", "number", type=int, required=True, metavar="N", help="The revision whose text is to be in force again.")
@named.message_option
@click.pass_obj
def revert(settings: Settings, name: str, number: int, message: str) -> None:
    """The text of an earlier revision in force again, as a new one: for those who begin. Whoever has begun keeps theirs.

    \b
    Example: nurture sequence revert stranger --to 1
    """
    from nurture.revise import save, templates_of
    from nurture.store import sequences

    with named.world_of(settings) as world, world.store.begin() as session:
        source = named.revision_of(session, name, number).source
        by = named.author(world, settings, message or f"as in revision {number}")
        saved = save(session, templates_of(world), name, source, by, seen=sequences.newest(session, name))
    named.tell_saved(settings, saved, source)


@click.command("rename")
@global_options
@click.argument("name")
@click.argument("new")
@click.pass_obj
def rename(settings: Settings, name: str, new: str) -> None:
    """Call a sequence of yours NEW. Everybody keeps their place and their revision.

    \b
    Example: nurture sequence rename mine english-strangers
    """
    from nurture.cli import show
    from nurture.revise import rename as give_name

    with named.world_of(settings) as world:
        try:
            with world.store.lock(), world.store.begin() as session:  # a run that is under way knows it by its old name
                named.row_of(session, name)
                number = give_name(session, name, named.checked(new), named.author(world, settings, f"was called {name}"))
        except AlreadyRunning:
            raise DatabaseBusy("A run is under way. Nothing was renamed; say it again when it has ended.") from None
    show.answer(settings, [(new, f"{name} is called {new} now (revision {number}).")], "name")


@click.command("retire")
@global_options
@click.argument("name")
@click.option("--undo", is_flag=True, help="Take it into use again.")
@click.pass_obj
def retire(settings: Settings, name: str, undo: bool) -> None:
    """Nobody begins it any more. Whoever has begun it goes on with their revision to its end; all others get the sequence of
    their stage, which must have one for everybody.

    \b
    Example: nurture sequence retire mine
    """
    from nurture.cli import show
    from nurture.revise import retire as end

    with named.world_of(settings) as world, world.store.begin() as session:
        row = named.row_of(session, name)
        if (row.retired is None) == undo:
            raise WrongUsage(f"{name} is in use." if undo else f"{name} is retired already. `--undo` takes it into use again.")
        left = end(session, name, None if undo else settings.now)
    told = f"{name} is in use again." if undo else f"{name} is retired: nobody begins it any more."
    goes_on = (
        f" {named.people(left)} {'has' if left == 1 else 'have'} begun it, and {'goes' if left == 1 else 'go'} on to its end."
    )
    show.answer(settings, [(name, told + (goes_on if left and not undo else ""))], "name")


@click.command("migrate")
@global_options
@click.argument("name")
@click.option("--to", "number", type=int, required=True, metavar="N", help="The revision with which everybody is to go on.")
@click.option("--dry-run", is_flag=True, help="Only show who would change, and how.")
@click.pass_obj
def migrate(settings: Settings, name: str, number: int, dry_run: bool) -> None:
    """Everybody goes on with revision N, whoever has begun and whoever begins. Shows what changes for whom, then asks.

    Nobody loses their place: a step that is there no more stands for the nearest later one. This is how an upgrade of a shipped
    sequence is taken over.

    \b
    Example: nurture sequence migrate stranger --to 2 --dry-run
    """
    from nurture.cli import show
    from nurture.migrate import migrate as move
    from nurture.migrate import planned

    with named.world_of(settings) as world:
        with world.store.begin() as session:
            source = named.revision_of(session, name, number).source
            _refuse_faults(world, session, name, source)
        found = planned(world, name, number, settings.now)
        done = not dry_run and (found.current != number or any(m.began is not None for m in found.moves))
        if not settings.as_json and not settings.quiet:
            _tell(found)
        if done:
            asking.ask(settings, f"Go on with revision {number}?")
            with world.store.begin() as session:
                move(session, found, settings.now)
    if settings.as_json:
        show.as_json(_shape(found, done=done))
    elif done and not settings.quiet:
        show.say(f"Done: {name} goes on with revision {number}. The next run looks at everybody whom it concerns.")


def _refuse_faults(world: Any, session: Any, name: str, source: str) -> None:
    """A revision that cannot be used is not put in force."""
    from nurture.drafts import Severity
    from nurture.revise import NotSaved, templates_of, tried

    found = tried(session, templates_of(world), source).findings
    if wrong := tuple((f.line, f.says) for f in found if f.severity is Severity.ERROR):
        raise NotSaved(name, wrong)


def _shape(found: Migration, *, done: bool) -> dict[str, Any]:
    return {
        "schema": 1, "name": found.name, "to": found.to, "in_force": found.current, "done": done,
        "people": [
            {"address": m.address, "began": m.began, "changes": m.changes, "gone": list(m.gone), "before": _next_shape(m.before), "after": _next_shape(m.after)}
            for m in found.moves
        ],
    }  # fmt: skip


def _next_shape(n: Next) -> dict[str, Any]:
    from nurture.cli.telling import item_shape

    told = item_shape(n.item)
    kept = ("action", "rule", "why", "due", "sequence", "revision", "step", "template")
    return {key: told[key] for key in kept} | {"ahead": n.standing.ahead or None, "wait": n.standing.wait or None}


def _tell(found: Migration) -> None:
    """Who changes, one by one; who does not, as a number."""
    from nurture.cli import show

    changed = [m for m in found.moves if m.changes or m.gone]
    moved = sum(m.began is not None for m in found.moves)
    waiting = len(found.moves) - moved
    begun = (
        f"{named.people(moved)} {'has' if moved == 1 else 'have'} begun another one and would move"
        if moved
        else "nobody has to move"
    )
    first = f", {named.people(waiting)} {'waits' if waiting == 1 else 'wait'} for a first step" if waiting else ""
    show.say(
        f"{found.name}, to revision {found.to}: {begun}{first}. Something changes for {named.people(len(changed)) if changed else 'nobody'}."
    )
    if found.current != found.to:
        show.say(f"Revision {found.to} would be in force in place of {found.current}.")
    for m in changed:
        _tell_move(m, found)


def _tell_move(m: Move, found: Migration) -> None:
    from nurture.cli import show
    from nurture.messages import one_line

    began = f"began with {m.began}" if m.began is not None else "has had nothing from it yet"
    click.echo("  " + click.style(one_line(m.address, 46), bold=True) + f"  [{began}]")
    for word, one in (("before", m.before), ("after", m.after)):
        show.bullet(f"{word + ':':7} {_told(one)}")
    for step in m.gone:
        later = f"the nearest later one is {m.after.standing.ahead}" if m.after.standing.ahead else "no later one is left"
        show.bullet(f"{step} is not in revision {found.to}; {later}.")


def _told(n: Next) -> str:
    from nurture.migrate import OPEN_DRAFT

    item = n.item
    if item.step and item.due:
        when = "due since" if item.action == "draft" else "on"
        return f"{item.step.removeprefix('answer:')} ({item.template}), {when} {item.due} [{item.rule}]"
    ahead = f"; then {n.standing.ahead}, {n.standing.wait} later" if n.standing.ahead else ""
    return f"{'a draft lies open' if item.rule == OPEN_DRAFT else f'{item.action} [{item.rule}]'}{ahead}"
