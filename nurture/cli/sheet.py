"""`nurture sheet`: the review sheet as it would be posted now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options
from nurture.cli.whole_file import Written, write_whole

if TYPE_CHECKING:
    from nurture.sheet import Ask, Sheet

WHY_NONE = {
    "no-folder": "The mailbox has no folder Nurture, so no review sheet is posted. `nurture init --make-folders` makes it.",
    "shared": "Others seem to read this mailbox, so no review sheet is posted there. Where they may see whom you write to, set "
    '[privacy] sheet = "shared"; where you want none, "never".',
    "stays": "The last review sheet cannot be moved to Trash, so no new one is posted. Throw it away yourself, or name the folder: "
    '[account.folders] trash = "…".',
    "refused": "The mailbox refused the review sheet. See whether it is full, and whether you may write into its folder Nurture.",
}


@click.command()
@global_options
@click.option(
    "--html",
    "file",
    metavar="FILE",
    type=Written(dir_okay=False, path_type=Path),
    help="Write the page there, over an older one.",
)
@click.pass_obj
def sheet(settings: Settings, file: Path | None) -> None:
    """What to read today, in order, and what needs a word from you. Changes nothing, and looks at no mailbox.

    \b
    Example: nurture sheet
    Example: nurture sheet --html sheet.html
    """
    from nurture.cli import opening, show
    from nurture.sheet import page, text, wording
    from nurture.summarise import summarise

    with opening.world_of(settings) as world:
        found, words = summarise(world, settings.now), wording(world.config.owner.language)
    if file:
        write_whole(file, page(found, words).encode())
    if settings.as_json:
        show.as_json(shape(found))
    elif not file:
        click.echo(text(found, words), nl=False)
    elif not settings.quiet:
        show.say(f"The sheet is in {file}.")


def shape(found: Sheet) -> dict[str, Any]:
    """The sheet in JSON (docs/json.md); nothing is left out for length."""
    read = [
        {
            "address": r.address, "name": r.name or None, "stage": r.stage or None, "why": r.why, "quote": r.quote, "asks": r.asks or None,
            "gives": r.gives or None, "resource": r.resource or None, "slots": list(r.slots), "warnings": list(r.warnings),
            "question": r.question or None, "note": r.note or None,
        }
        for r in found.read
    ]  # fmt: skip
    asks, heeded = [_ask(a) for a in found.asks], [_ask(a) for a in found.heeded]
    return {
        "schema": 1, "day": found.day, "waits": found.waits, "read": read, "asks": asks, "heeded": heeded, "quiet": dict(found.quiet),
    }  # fmt: skip


def _ask(a: Ask) -> dict[str, Any]:
    from nurture.sheet import commands

    return {
        "address": a.address, "name": a.name or None, "stage": a.stage or None, "rule": a.rule, "why": a.why, "quote": a.quote,
        "note": a.note or None, "folder": a.folder or None, "commands": list(commands(a.rule, a.address)),
    }  # fmt: skip
