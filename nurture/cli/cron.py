"""`nurture cron install|remove`: nurture's lines in the user's crontab, between two marker lines."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

BEGIN = "# >>> nurture >>> (edited by `nurture cron`)"
END = "# <<< nurture <<<"
EVERY = "*/20 7-19 * * 1-5"


def without_ours(table: str) -> str:
    """A crontab without the lines between the markers; everything else stays to the letter."""
    lines = [line.rstrip() for line in table.splitlines()]
    if lines.count(BEGIN) != lines.count(END):
        raise WrongUsage(
            "One of nurture's two marker lines is missing from your crontab. Mend it with `crontab -e`; nothing was changed."
        )
    kept, inside = [], False
    for line in table.splitlines(keepends=True):
        inside = inside or line.rstrip() == BEGIN
        if not inside:
            kept.append(line)
        inside = inside and line.rstrip() != END
    return "".join(kept)


def with_ours(table: str, line: str) -> str:
    """A crontab with exactly one block of ours at its end."""
    rest = without_ours(table)
    if rest and not rest.endswith("\n"):
        rest += "\n"
    return f"{rest}{BEGIN}\n{line}\n{END}\n"


def cron_line(schedule: str, home: str | None) -> str:
    """What cron runs: the very program that is running now. Per cent signs mean a new line to cron and are escaped."""
    found = shutil.which("nurture") or sys.argv[0]
    program = str(Path(found).absolute()) if Path(found).name == "nurture" else f"{sys.executable} -m nurture"
    words = [*(shlex.quote(p) for p in ([program] if " -m " not in program else program.split(" "))), "run"]
    if home:
        words += ["--home", shlex.quote(str(Path(home).absolute()))]
    return f"{schedule} {' '.join(words)}".replace("%", r"\%")


def read_table() -> str:
    """The user's crontab; "" where there is none."""
    found = _crontab("-l")
    if found.returncode and "no crontab" not in found.stderr.lower():
        raise WrongUsage(
            f"crontab -l failed: {found.stderr.strip() or found.returncode}. Put the line of crontab.example in by hand."
        )
    return found.stdout if not found.returncode else ""


def write_table(table: str) -> None:
    """Hand the whole table back to cron."""
    done = _crontab("-", table)
    if done.returncode:
        raise WrongUsage(f"crontab refused the table: {done.stderr.strip()}. Nothing was changed.")


def _crontab(argument: str, table: str | None = None) -> subprocess.CompletedProcess[str]:
    if shutil.which("crontab") is None:
        raise WrongUsage("There is no `crontab` here. Install cron, or run `nurture run` from a systemd timer (docs/cron.md).")
    return subprocess.run(["crontab", argument], input=table, capture_output=True, text=True, check=False, timeout=30)


@click.group()
@global_options
def cron() -> None:
    """Nurture's lines in your crontab."""


@cron.command()
@global_options
@click.option("--schedule", default=EVERY, show_default=True, help="When, in cron's five fields.")
@click.pass_obj
def install(settings: Settings, schedule: str) -> None:
    """Have cron run `nurture run`; replaces the block that an earlier install wrote.

    \b
    Example: nurture cron install --schedule "*/30 8-18 * * 1-5"
    """
    if len(schedule.split()) != 5:
        raise WrongUsage(f"{schedule!r} is no cron schedule: five fields, e.g. {EVERY!r}.")
    line = cron_line(schedule, settings.home)
    write_table(with_ours(read_table(), line))
    if not settings.quiet:
        click.echo(f"Installed: {line}")


@cron.command()
@global_options
@click.pass_obj
def remove(settings: Settings) -> None:
    """Take nurture's lines out of the crontab."""
    table = read_table()
    if BEGIN not in table:
        if not settings.quiet:
            click.echo("There are no lines of nurture in your crontab.")
        return
    write_table(without_ours(table))
    if not settings.quiet:
        click.echo("Removed.")
