"""`nurture`: commands are loaded when they are called, errors become one sentence and the design's exit code."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any

import click

from nurture import __version__
from nurture.cli.options import Settings, global_options, in_colour

COMMANDS = {
    "init": "nurture.cli.init",
    "demo": "nurture.cli.demo",
    "run": "nurture.cli.run",
    "status": "nurture.cli.status",
    "sheet": "nurture.cli.sheet",
    "why": "nurture.cli.why",
    "preview": "nurture.cli.preview",
    "simulate": "nurture.cli.simulate",
    "replay": "nurture.cli.replay",
    "candidates": "nurture.cli.candidates",
    "person": "nurture.cli.person",
    "follow": "nurture.cli.words",
    "unfollow": "nurture.cli.words",
    "stop": "nurture.cli.words",
    "reopen": "nurture.cli.words",
    "pause": "nurture.cli.words",
    "settle": "nurture.cli.words",
    "resource": "nurture.cli.resource",
    "requests": "nurture.cli.requests",
    "log": "nurture.cli.log",
    "revive": "nurture.cli.revive",
    "confidential": "nurture.cli.confidential",
    "check": "nurture.cli.check",
    "sequence": "nurture.cli.sequence",
    "template": "nurture.cli.template",
    "understand": "nurture.cli.understand",
    "cron": "nurture.cli.cron",
    "db": "nurture.cli.db",
    "man": "nurture.cli.man",
    "completion": "nurture.cli.completion",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for: starting stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: Any = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)
        if ctx.resilient_parsing:  # a shell asks what may come next
            from nurture.cli import offers

            offers.attach((cmd_name,), command)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "obj": None})
@click.version_option(__version__, prog_name="nurture")
@global_options
def nurture() -> None:
    """Relationship-first follow-ups, written as drafts. It never sends.

    Begin with `nurture demo`, then `nurture init`.

    \b
    Example: nurture status
    """


def main(args: list[str] | None = None) -> None:
    """The entry point: runs a command and exits with its code."""
    from nurture.cli import ending

    settings = Settings()
    if "_NURTURE_COMPLETE" in os.environ:
        from nurture.cli import completion

        if completion.answer(nurture, settings, os.environ):
            sys.exit(0)
    words = sys.argv[1:] if args is None else args
    settings.as_json_asked = "--json" in words[: words.index("--")] if "--" in words else "--json" in words
    look: dict[str, Any] = {} if in_colour() else {"color": False}
    gc.set_threshold(50_000)  # loading modules makes many objects and nothing to collect
    code = ending.code_of(
        lambda: nurture.main(args=args, prog_name="nurture", standalone_mode=False, obj=settings, **look), settings
    )
    gc.freeze()  # the process ends: what is there need not be looked through
    sys.exit(code)
