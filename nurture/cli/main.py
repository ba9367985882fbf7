"""`nurture`: commands are loaded when they are called, errors become one sentence and the design's exit code."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from nurture import __version__
from nurture.cli.options import Settings, global_options
from nurture.errors import Deferred, NurtureError

COMMANDS = {
    "init": "nurture.cli.init",
    "demo": "nurture.cli.demo",
    "run": "nurture.cli.run",
    "status": "nurture.cli.status",
    "why": "nurture.cli.why",
    "candidates": "nurture.cli.candidates",
    "person": "nurture.cli.person",
    "follow": "nurture.cli.words",
    "unfollow": "nurture.cli.words",
    "stop": "nurture.cli.words",
    "reopen": "nurture.cli.words",
    "pause": "nurture.cli.words",
    "settle": "nurture.cli.words",
    "check": "nurture.cli.check",
    "understand": "nurture.cli.understand",
    "cron": "nurture.cli.cron",
    "db": "nurture.cli.db",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for: starting stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: Any = getattr(importlib.import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "obj": None})
@click.version_option(__version__, prog_name="nurture")
@global_options
def nurture() -> None:
    """Relationship-first follow-ups, written as drafts. It never sends.

    Begin with `nurture demo`, then `nurture init`.
    """


def main(args: list[str] | None = None) -> None:
    """The entry point: runs a command and exits with its code."""
    settings = Settings()
    try:
        nurture.main(args=args, prog_name="nurture", standalone_mode=False, obj=settings)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was done is kept; the next run goes on from there.", err=True)
        sys.exit(130)
    except Deferred as later:
        click.echo(f"nurture: {later}", err=True)  # nobody but `nurture run` tries again by itself
        sys.exit(later.speaks_with)
    except NurtureError as fault:
        click.echo(f"nurture: {fault}", err=True)
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as fault:
        _own_fault(settings, fault)
    sys.exit(0)


def _own_fault(settings: Settings, fault: Exception) -> None:
    """A fault of ours: one line that names nobody; the traceback only where it was asked for."""
    if settings.verbose:
        raise fault
    where = fault.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename.rpartition('/')[2]}:{where.tb_lineno}" if where else "?"
    click.echo(
        f"nurture: a fault of its own ({type(fault).__name__} at {place}). Nothing is lost; run again with --verbose and report it.",
        err=True,
    )
    sys.exit(70)
