"""`nurture man [COMMAND]`: the manual page of a command, made of the very commands that it tells of."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

CONFIGURATION = "config"  # the page of config.toml


@click.command()
@global_options
@click.argument("command", required=False)
@click.pass_obj
def man(settings: Settings, command: str | None) -> None:
    """Show the manual page of nurture, of one of its commands, or of its configuration (`nurture man config`).

    Into a pipe or a file goes its source, for `man -l -` or `mandoc`.

    \b
    Example: nurture man sequence
    Example: nurture man config | mandoc -T utf8 | less
    """
    from nurture.cli import opening, show
    from nurture.cli.manual import pages

    found = pages()
    name = "nurture-config.5" if command == CONFIGURATION else f"nurture-{command}.1" if command else "nurture.1"
    if name not in found:
        raise WrongUsage(f"There is no page on {command!r}. `nurture --help` lists the commands.")
    if settings.as_json:
        show.as_json({"schema": 1, "page": name, "text": found[name]})
    elif opening.on_a_terminal() and shutil.which("man"):
        read(name, found[name])
    else:
        click.echo(found[name], nl=False)


def read(name: str, text: str) -> None:
    """Open a page with the reader of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        sys.stdout.flush()
        if subprocess.run(["man", str(file)], check=False).returncode:
            click.echo(text, nl=False)
