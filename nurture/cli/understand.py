"""`nurture understand PATH…`: what mail says, read from files; no database, no server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options

if TYPE_CHECKING:
    from nurture.conversations import Owner
    from nurture.exchange import Retold, Told
    from nurture.stages import Finding

ENDS = 20  # characters at the end of a quote that find its line
LADDER = ("stranger", "contact", "prospect", "qualified", "proposal", "client")


@click.command()
@global_options
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help="One JSON object a line, a line a conversation (docs/labels.md).")
@click.option(
    "--owner", "owners", metavar="ADDRESS", multiple=True, help="Whose mail it is, where the configuration does not say."
)
@click.pass_obj
def understand(settings: Settings, paths: tuple[Path, ...], jsonl: bool, owners: tuple[str, ...]) -> None:
    """Read mail from files and say what it means: .eml, mbox, a Maildir, or conversations (.jsonl).

    Nothing is written, and no server is asked.

    \b
    Example: nurture understand ~/Maildir --owner me@company.example
    """
    from nurture.cli import show
    from nurture.exchange import open_path, prediction, retell

    owner, feasts = _owner(settings, owners), _feasts(settings)
    found = (retell(exchange, feasts) for path in paths for exchange in open_path(path, owner))
    if jsonl:
        for retold in found:
            click.echo(json.dumps(prediction(retold), ensure_ascii=False))
    elif settings.as_json:
        show.as_json([prediction(retold) for retold in found])
    else:
        _show_all(found)


def _owner(settings: Settings, addresses: tuple[str, ...]) -> Owner | None:
    """Of the option, else of the configuration, if there is one."""
    from nurture.cli import opening
    from nurture.cli.words import checked
    from nurture.conversations import owner_of

    if addresses:
        return owner_of([checked(a) for a in addresses], "")
    home = opening.home_of(settings)
    if not home.config_file.exists():
        return None
    config = opening.config_of(home)
    return owner_of(config.owner.addresses, config.owner.name)


def _feasts(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The named days of the configuration, if there is one."""
    from nurture.cli import opening
    from nurture.stages import feasts_of

    home = opening.home_of(settings)
    return feasts_of(opening.config_of(home).holidays) if home.config_file.exists() else ()


def _show_all(found: Iterator[Retold]) -> None:
    for number, retold in enumerate(found):
        if number:
            click.echo()
        show_page(retold)


def show_page(retold: Retold) -> None:
    """One conversation for a person to read: what is new as it stands, all else grey, each signal beside its sentence."""
    from nurture.cli import show

    facts = [retold.lang or "language unknown", *([retold.register] if retold.register else [])]
    show.heading(f"{retold.name}  ({', '.join(facts)})")
    for told in retold.told:
        _show_message(told)


def _show_message(told: Told) -> None:
    from nurture.cli import show

    headers, kind = told.message.headers, told.message.kind.value
    who = "we" if told.ours else headers.sender.addr if headers.sender else "nobody"
    day = f"{headers.sent:%Y-%m-%d}" if headers.sent else "no date"
    click.echo()
    show.bullet(f"{day}  {who}{_called(told)}" + ("" if kind == "human" else f"  [{kind}]"), indent="  ")
    _show_text(told)
    _show_reading(told)
    click.echo(f"    {_ladder(told.verdict.stage.value)}   turn {told.verdict.turn.value}")


def _called(told: Told) -> str:
    """The first name by which the writer can be greeted."""
    from nurture.conversations import first_name, signed_by
    from nurture.messages import Kind, one_line

    sender = told.message.headers.sender
    if told.ours or sender is None or told.message.kind is not Kind.HUMAN:
        return ""
    first = first_name(sender.name, sender.addr, signed_by(told.message))
    return f", called {one_line(first, 40)}" if first else ""


def _show_text(told: Told) -> None:
    """The body: what is not newly written is grey, and marked `~` for those who see no colour; a signal below its sentence."""
    from nurture.cli import show
    from nurture.messages import one_line

    fresh = {_plain(line) for line in told.message.new_text.split("\n") if line.strip()}
    said = [(found, "") for found in told.reading.findings] + [(found, "unsure: ") for found in told.reading.unsure]
    for line in told.message.text.split("\n")[:200]:
        if plain := one_line(line, 400):
            new = _plain(line) in fresh
            styled = show.wrapped(plain, "    | " if new else "    ~ ")
            click.echo(styled if new else click.style(styled, dim=True))
            here = [pair for pair in said if new and _plain(pair[0].quote)[-ENDS:] in _plain(line)]
            said = [pair for pair in said if pair not in here]
            for found, doubt in here:
                show.bullet(_finding(found, doubt), indent="      ^ ")
    for found, doubt in said:
        show.bullet(f"{_finding(found, doubt)}  « {found.quote} »")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _finding(found: Finding, doubt: str) -> str:
    return f"{doubt}{found.signal.value} {found.confidence:.2f} [{found.rule}]"


def _show_reading(told: Told) -> None:
    from nurture.cli import show

    if told.message.unsure:
        show.bullet("unsure where their words end")
    back = told.reading.resume_on or told.message.notice.resume_on
    if back:
        show.bullet(f"until {back}")
    if told.reading.awaits:
        show.bullet(
            f"awaits {told.reading.awaits.value}" + (f"  « {told.reading.awaits_quote} »" if told.reading.awaits_quote else "")
        )
    if told.reading.promise:
        show.bullet(
            f"{'we' if told.ours else 'they'} promised  « {told.reading.promise} »"
            + (f" by {told.reading.promise_on}" if told.reading.promise_on else "")
        )
    if told.reading.meeting_on:
        show.bullet(f"meeting on {told.reading.meeting_on}")


def _ladder(stage: str) -> str:
    """Where on the ladder: the rungs that are behind, and the one that counts in capitals."""
    if stage not in LADDER:
        return stage.upper()
    return " > ".join(rung.upper() if rung == stage else rung for rung in LADDER[: LADDER.index(stage) + 1])
