"""The global options, accepted before and after a command's name, and what they mean together."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

EARLIEST, LATEST = 1990, 2100  # years that `--now` may name


@dataclass
class Settings:
    """The global options of one invocation, wherever they stood."""

    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    home: str | None = None
    yes: bool = False
    stated_now: datetime | None = None
    as_json_asked: bool = False  # `--json` stands among the words, even where another of them was wrong
    told_json: bool = False  # the one JSON document is on stdout

    @property
    def now(self) -> datetime:
        """The clock, or what `--now` puts in its place."""
        return self.stated_now or datetime.now(UTC)


def _instant(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no ISO 8601 moment, e.g. 2026-03-11T08:00:00+01:00") from None
    if not EARLIEST <= moment.year <= LATEST:
        raise click.BadParameter(f"{value!r} is out of reach; name a moment between {EARLIEST} and {LATEST}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _flag(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        if value:
            setattr(ctx.ensure_object(Settings), name, value)

    return keep


def _keep_home(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None and not value.strip():
        raise click.BadParameter("an empty name is no folder (is the variable set?)")
    if value:
        ctx.ensure_object(Settings).home = value


def _keep_now(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if moment := _instant(ctx, param, value):
        ctx.ensure_object(Settings).stated_now = moment


OPTIONS = (
    click.option(
        "--json", is_flag=True, expose_value=False, callback=_flag("as_json"), help="One JSON document on stdout (docs/json.md)."
    ),
    click.option("--quiet", is_flag=True, expose_value=False, callback=_flag("quiet"), help="Say nothing but problems."),
    click.option(
        "--verbose", is_flag=True, expose_value=False, callback=_flag("verbose"), help="Say more; a traceback where it helps."
    ),
    click.option("--now", metavar="ISO-8601", expose_value=False, callback=_keep_now, help="Stands in for the clock."),
    click.option(
        "--home", metavar="DIR", expose_value=False, callback=_keep_home, help="Configuration and database in one folder."
    ),
    click.option("--yes", is_flag=True, expose_value=False, callback=_flag("yes"), help="Answer yes to every question."),
)


def in_colour() -> bool:
    """Whether a terminal may be told how to look: not where NO_COLOR or CLICOLOR=0 says so, nor where it is dumb (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("CLICOLOR") != "0" and os.environ.get("TERM") != "dumb"


def global_options(command: F) -> F:
    """Give a command the global options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command
