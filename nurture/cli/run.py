"""`nurture run`: one run, for cron or for a person who watches."""

from __future__ import annotations

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import AlreadyRunning, Deferred, NurtureError

PATIENCE = 3  # deferred runs in a row before one speaks


@click.command()
@global_options
@click.option("--dry-run", is_flag=True, help="Read, judge, plan and write the texts, but put nothing into the mailbox.")
@click.option("--drafts-gone", is_flag=True, help="Drafts that vanished without a trace were thrown away by me.")
@click.option(
    "--mailbox-changed", is_flag=True, help="The mailbox that looks wrong is right: I moved, deleted or restored mail myself."
)
@click.pass_obj
def run(settings: Settings, dry_run: bool, drafts_gone: bool, mailbox_changed: bool) -> None:
    """Read the mailbox, judge every conversation, write the drafts that are due.

    Says nothing when it is not watched and nothing needs a person: made for cron.

    \b
    Example: nurture run --dry-run
    """
    from nurture.cli import opening

    try:
        _run(settings, dry_run=dry_run, drafts_gone=drafts_gone, mailbox_changed=mailbox_changed)
    except Deferred as busy:  # the database itself: nothing can be counted
        if settings.as_json:
            from nurture.cli import show

            show.as_json({"schema": 1, "deferred": str(busy)})
        if settings.verbose or opening.on_a_terminal():
            click.echo(f"nurture: {busy}", err=True)


def _run(settings: Settings, *, dry_run: bool, drafts_gone: bool, mailbox_changed: bool) -> None:
    from nurture.cli import opening

    with opening.world_of(settings, look_over=True) as world:
        from nurture.run import Word
        from nurture.run import run as one_run

        watched = opening.with_progress(world, settings)
        try:
            word = Word(drafts_gone=drafts_gone, mailbox_changed=mailbox_changed)
            report = one_run(watched, opening.openers(world.config, world.home), settings.now, dry_run=dry_run, word=word)
        except Deferred as later:
            _deferred(settings, world, later)
            return
        except NurtureError as fault:
            opening.note_the_end(world, settings.now, str(type(fault).__name__), deferred=False)
            raise
        _tell(settings, report)


def _tell(settings: Settings, report: object) -> None:
    from nurture.cli import opening, show, telling
    from nurture.review import review
    from nurture.run import Report

    assert isinstance(report, Report)
    if settings.as_json:
        show.as_json(telling.report_shape(report))
    elif not settings.quiet and (opening.on_a_terminal() or settings.verbose or report.dry_run):
        telling.show_read(report)
        telling.show_review(review(report), dry_run=report.dry_run)
        telling.show_sheet(report)
    for problem in report.problems:
        opening.complain(problem)


def _deferred(settings: Settings, world: object, later: Deferred) -> None:
    """Not now: exit code 0 and silence, until the third time in a row, or where the mailbox was never read at all."""
    from nurture.cli import opening, show
    from nurture.world import World

    assert isinstance(world, World)
    if isinstance(later, AlreadyRunning):
        if settings.as_json:
            show.as_json({"schema": 1, "deferred": str(later)})
        elif settings.verbose or opening.on_a_terminal():
            click.echo(str(later))
        return
    row = opening.note_the_end(world, settings.now, type(later).__name__, deferred=True)
    if settings.as_json:
        show.as_json({"schema": 1, "deferred": str(later)})
    if row >= PATIENCE or settings.verbose or opening.on_a_terminal():
        click.echo(f"nurture: {later}" + (f" ({row} runs in a row)" if row >= PATIENCE else ""), err=True)
    if row >= PATIENCE and later.speaks_with:
        raise SystemExit(later.speaks_with)
