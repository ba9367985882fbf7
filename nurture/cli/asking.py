"""The question before what one command cannot undo: asked of a person at a terminal, answered by --yes, never skipped."""

from __future__ import annotations

import sys

import click

from nurture.cli.options import Settings
from nurture.errors import WrongUsage


def somebody_there(settings: Settings) -> bool:
    """Whether there is anybody to ask."""
    return not settings.as_json and sys.stdin is not None and sys.stdin.isatty()


def ask(settings: Settings, question: str, about: str = "") -> None:
    """Go on if they say yes, or have said --yes. Raises WrongUsage where nobody can be asked, Abort where they say no."""
    from nurture.cli import show

    if settings.yes:
        return
    if not somebody_there(settings):
        raise WrongUsage(f"{about}{' ' if about else ''}{question} Nobody can be asked here: look first, then say --yes.")
    if about:
        show.say(about)
    click.confirm(question, abort=True)
