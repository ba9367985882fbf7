"""`nurture sequence …`: the steps for silence and the answers to signals: looked at, compared, changed, given to those who run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nurture.cli import sequence_named as named
from nurture.cli.options import Settings, global_options
from nurture.cli.sequence_edit import edit, new
from nurture.cli.sequence_files import check, export, import_files
from nurture.cli.sequence_move import migrate, rename, retire, revert
from nurture.cli.sequence_set import set_head
from nurture.cli.sequence_steps import add_answer, add_step, move_step, remove_answer, remove_step, set_answer, set_step

if TYPE_CHECKING:
    from nurture.store import Revision


@click.group()
@global_options
def sequence() -> None:
    """What is written when, and in answer to what: one TOML document a sequence, every revision kept.

    \b
    Example: nurture sequence edit stranger
    """


CHANGES = (new, edit, set_head, add_step, set_step, move_step, remove_step, add_answer, set_answer, remove_answer)
for command in (*CHANGES, check, revert, rename, retire, export, import_files, migrate):
    sequence.add_command(command)


@sequence.command("list")
@global_options
@click.pass_obj
def list_all(settings: Settings) -> None:
    """Every sequence, with the revision in force and how many people have begun it.

    \b
    Example: nurture sequence list --json
    """
    from nurture.cli import show
    from nurture.store import sequences

    with named.world_of(settings) as world, world.store.begin() as session:
        rows = [named.shape(row) for row in sequences.all(session)]
    if settings.as_json:
        show.as_json(rows)
        return
    click.echo(f"{'name':26}  {'stage':9}  revision  steps  answers  people")
    for row in rows:
        _line(row)


def _line(row: dict[str, Any]) -> None:
    from nurture.cli import show
    from nurture.messages import one_line

    counts = f"{row['revision']:8}  {row['steps']:5}  {row['answers']:7}  {row['people']:6}"
    click.echo(click.style(f"{one_line(row['name'], 26):26}", bold=True) + f"  {row['stage'] or '-':9}  {counts}")
    whom = ", ".join(f"{key} {value}" for key, value in row["for"].items())
    show.bullet(row["title"] + (f" (for {whom})" if whom else ""))
    if row["retired"]:
        show.bullet(f"retired on {row['retired']:%Y-%m-%d}: nobody begins it any more")
    if row["upgrade"]:
        name = row["name"]
        show.bullet(f"an upgrade waits: nurture sequence diff {name} {name}:{row['upgrade']}")


@sequence.command("show")
@global_options
@click.argument("name")
@click.option("--revision", type=int, metavar="N", help="Another one than that in force.")
@click.pass_obj
def show_one(settings: Settings, name: str, revision: int | None) -> None:
    """One sequence, as it stands in force or in another revision.

    \b
    Example: nurture sequence show stranger --revision 1
    """
    from nurture.cli import show

    with named.world_of(settings) as world, world.store.begin() as session:
        found = named.revision_of(session, name, revision)
        row = named.row_of(session, found.name)
    if settings.as_json:
        show.as_json({"schema": 1, **_whole(found), "retired": row.retired, "upgrade": row.upgrade, "source": found.source})
        return
    click.secho(_title(found), bold=True)
    if found.message:
        show.bullet(found.message, indent="  ")
    show.bullet(f"begun and kept by {named.people(found.people)}", indent="  ")
    click.echo()
    for line in found.source.rstrip("\n").split("\n"):
        click.echo(_in_width(line))


def _whole(revision: Revision) -> dict[str, Any]:
    """A revision with its parts, where it can be read."""
    from dataclasses import asdict

    from nurture.followups import readable

    read = readable(revision.source)
    parts: dict[str, Any] = {"title": None, "stage": None, "ceiling": None, "steps": [], "answers": []}
    if read:
        steps = [
            {"name": s.name, "after": str(s.after), "template": s.template, "on": s.on, "asks_for": s.asks_for or None}
            for s in read.steps
        ]
        answers = [{k: v for k, v in asdict(a).items() if k != "criterion"} for a in read.answers]
        parts = {"title": read.title, "stage": read.stage, "ceiling": read.ceiling, "steps": steps, "answers": answers}
    return named.revision_shape(revision) | parts


def _title(revision: Revision) -> str:
    force = ", in force" if revision.in_force else ", not in force"
    by = "shipped with nurture" if revision.author == "shipped" else f"by {revision.author}"
    return f"{revision.name} {revision.number}{force}, of {revision.made:%Y-%m-%d}, {by}"


def _in_width(line: str) -> str:
    """A line of a document, harmless; a long comment is folded into several."""
    import textwrap

    from nurture.cli import show

    clean = "".join(c if c.isprintable() or c == "\t" else " " for c in line.rstrip("\r"))
    if len(clean) > show.WIDTH and clean.startswith("# "):
        return textwrap.fill(clean[2:], show.WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
    return clean


@sequence.command("history")
@global_options
@click.argument("name")
@click.pass_obj
def history(settings: Settings, name: str) -> None:
    """Every revision of a sequence, the newest first: when, by whom, why, and how many people keep it.

    \b
    Example: nurture sequence history stranger
    """
    from nurture.cli import show
    from nurture.messages import one_line
    from nurture.store import sequences

    with named.world_of(settings) as world, world.store.begin() as session:
        named.row_of(session, name)
        rows = tuple(reversed(sequences.history(session, name)))
    if settings.as_json:
        show.as_json([named.revision_shape(row) for row in rows])
        return
    for row in rows:
        marks = [*(["in force"] if row.in_force else []), *([named.people(row.people)] if row.people else [])]
        click.echo(f"{row.number:4}  {row.made:%Y-%m-%d %H:%M} UTC  {one_line(row.author, 28):28}  {', '.join(marks)}".rstrip())
        if row.message:
            show.bullet(row.message, indent="      ")


@sequence.command("diff")
@global_options
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.pass_obj
def diff(settings: Settings, a: str, b: str) -> None:
    """How B differs from A: NAME is the revision in force, NAME:N another one.

    \b
    Example: nurture sequence diff stranger:1 stranger:2
    """
    from nurture.cli import show

    with named.world_of(settings) as world, world.store.begin() as session:
        one, other = named.revision_of(session, a), named.revision_of(session, b)
    lines = named.differences(one, other)
    if settings.as_json:
        shapes = {"a": named.revision_shape(one), "b": named.revision_shape(other)}
        show.as_json({"schema": 1, **shapes, "same": one.source == other.source, "diff": lines})
        return
    if not lines and not settings.quiet:
        show.say(f"{one.name} {one.number} and {other.name} {other.number} say the same.")
    for line in lines:
        named.tell_difference(line)
