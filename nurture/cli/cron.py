"""`nurture cron install|remove`: nurture's lines in the user's crontab, between two marker lines."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

BEGIN = "# >>> nurture >>> (edited by `nurture cron`)"
END = "# <<< nurture <<<"
EVERY = "*/20 7-19 * * 1-5"
FIELD = re.compile(r"[0-9A-Za-z*/,~-]+")
CARRIED = ("XDG_CONFIG_HOME", "XDG_STATE_HOME")  # cron starts with next to no environment
BROKEN = "{} Mend it with `crontab -e`; nothing was changed."


def without_ours(table: bytes) -> bytes:
    """A crontab without the lines between the markers; everything else stays to the byte. Raises WrongUsage where the markers do not
    pair, or stand around lines that `nurture cron` did not write."""
    kept, inside = [], None
    for line in re.findall(rb"[^\n]*\n|[^\n]+", table):
        marker = line.strip()
        if marker in (BEGIN.encode(), END.encode()) and (inside is None) is not (marker == BEGIN.encode()):
            raise WrongUsage(BROKEN.format("One of nurture's two marker lines is missing from your crontab."))
        if marker == BEGIN.encode():
            inside = 0
        elif marker == END.encode():
            inside = None
        elif inside is None:
            kept.append(line)
        else:
            inside += 1
            if inside > 1:
                raise WrongUsage(BROKEN.format("Lines of your own stand between nurture's two marker lines in your crontab."))
    if inside is not None:
        raise WrongUsage(BROKEN.format("One of nurture's two marker lines is missing from your crontab."))
    return b"".join(kept)


def with_ours(table: bytes, line: str) -> bytes:
    """A crontab with exactly one block of ours at its end."""
    rest = without_ours(table)
    if rest and not rest.endswith(b"\n"):
        rest += b"\n"
    return rest + os.fsencode(f"{BEGIN}\n{line}\n{END}\n")


def cron_line(schedule: str, home: str | None, environ: Mapping[str, str]) -> str:
    """What cron runs: the very program that is running now, where it finds what it finds now."""
    fields = schedule.split()
    if len(fields) != 5 or not all(FIELD.fullmatch(field) for field in fields):
        raise WrongUsage(f"{schedule!r} is no cron schedule: five fields, e.g. {EVERY!r}.")
    home = home or environ.get("NURTURE_HOME")
    words = [*_program(), "run"]
    if home:
        words += ["--home", str(Path(os.path.expanduser(home)).absolute())]
    else:
        carried = [f"{name}={environ[name]}" for name in CARRIED if os.path.isabs(environ.get(name, ""))]
        words = [shutil.which("env") or "env", *carried, *words] if carried else words
    if any(not word.isprintable() or "\\" in word for word in words):
        raise WrongUsage("A path with a line break or a backslash cannot stand in a crontab. Put nurture's files elsewhere.")
    # A per cent sign means a new line to cron.
    return f"{' '.join(fields)} {' '.join(map(shlex.quote, words))}".replace("%", r"\%")


def _program() -> list[str]:
    own = Path(sys.argv[0]).absolute()
    if own.name == "nurture" and os.access(own, os.X_OK):
        return [str(own)]
    return [sys.executable, "-m", "nurture"]


def read_table() -> bytes:
    """The user's crontab; nothing where there is none."""
    found = _crontab("-l")
    said = _said(found)
    if found.returncode and not re.search("no crontab|no such file", said.lower()):
        raise WrongUsage(f"crontab -l failed: {said or found.returncode}. Put the line of crontab.example in by hand.")
    return found.stdout if not found.returncode else b""


def write_table(table: bytes) -> None:
    """Hand the whole table back to cron."""
    done = _crontab("-", table)
    if done.returncode:
        raise WrongUsage(f"crontab refused the table: {_said(done) or done.returncode}. Nothing was changed.")


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(done.stderr.decode("utf-8", "replace").split())[:300].rstrip(".")


def _crontab(argument: str, table: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    if shutil.which("crontab") is None:
        raise WrongUsage("There is no `crontab` here. Install cron, or run `nurture run` from a systemd timer (docs/cron.md).")
    try:
        return subprocess.run(["crontab", argument], input=table, capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WrongUsage(f"`crontab` could not be run ({getattr(error, 'strerror', None) or 'no answer'}).") from error


@click.group()
@global_options
def cron() -> None:
    """Nurture's lines in your crontab.

    \b
    Example: nurture cron install
    """


@cron.command()
@global_options
@click.option("--schedule", default=EVERY, show_default=True, help="When, in cron's five fields.")
@click.pass_obj
def install(settings: Settings, schedule: str) -> None:
    """Have cron run `nurture run`; replaces the block that an earlier install wrote.

    \b
    Example: nurture cron install --schedule "*/30 8-18 * * 1-5"
    """
    line = cron_line(schedule, settings.home, os.environ)
    before = read_table()
    after = with_ours(before, line)
    if after != before:
        write_table(after)
    _tell(settings, f"Installed: {line}", line)


@cron.command()
@global_options
@click.pass_obj
def remove(settings: Settings) -> None:
    """Take nurture's lines out of the crontab.

    \b
    Example: nurture cron remove
    """
    before = read_table()
    after = without_ours(before)
    if after != before:
        write_table(after)
    _tell(settings, "Removed." if after != before else "There are no lines of nurture in your crontab.", None)


def _tell(settings: Settings, sentence: str, line: str | None) -> None:
    from nurture.cli import show

    if settings.as_json:
        show.as_json({"schema": 1, "line": line})
    elif not settings.quiet:
        click.echo(sentence)
