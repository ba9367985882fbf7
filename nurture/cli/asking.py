"""The question before what one command cannot undo: asked of a person at a terminal or of what is piped in, answered by --yes, never skipped."""

from __future__ import annotations

import sys

import click

from nurture.cli.options import Settings
from nurture.errors import WrongUsage


def somebody_there(settings: Settings) -> bool:
    """Whether a person can be asked."""
    return not settings.as_json and sys.stdin is not None and sys.stdin.isatty()


def confirmed(settings: Settings, question: str) -> bool:
    """Their answer; a piped one counts, line by line. Raises WrongUsage where there is none."""
    if somebody_there(settings):
        return click.confirm(question, default=False)
    said = "" if settings.as_json or sys.stdin is None else sys.stdin.readline()
    if not said:
        raise WrongUsage(f"{question.strip()} Nobody can be asked here: look first, then say --yes.")
    return said.strip().lower() in ("y", "yes")


def ask(settings: Settings, question: str, about: str = "") -> None:
    """Go on if they say yes, or have said --yes. Raises WrongUsage where nobody answers, Abort where they say no."""
    from nurture.cli import show

    if settings.yes:
        return
    if about and somebody_there(settings):
        show.say(about)
    elif about:
        question = f"{about} {question}"
    if not confirmed(settings, question):
        raise click.Abort
