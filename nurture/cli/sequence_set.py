"""`nurture sequence set`: what stands at the head of a sequence, for scripts."""

from __future__ import annotations

from typing import Any

import click

from nurture.cli import sequence_named as named
from nurture.cli.options import Settings, global_options
from nurture.cli.sequence_steps import change
from nurture.errors import WrongUsage

CONDITIONS = ("lang", "tag", "list")


@click.command("set")
@global_options
@click.argument("name")
@click.option("--title", metavar="TEXT", help="What it is for, in a few words.")
@click.option("--ceiling", type=click.IntRange(0, 2), help="Letters of ours in one silence.")
@click.option("--for-lang", "lang", metavar="LANGUAGE", help="Only for who reads it.")
@click.option("--for-tag", "tag", metavar="TAG", help="Only for who carries it.")
@click.option("--for-list", "list_", metavar="LIST", help="Only for who stands on it.")
@click.option("--for-everybody", is_flag=True, help="Without any condition.")
@named.message_option
@click.pass_obj
def set_head(
    settings: Settings, /, name: str, title: str | None, ceiling: int | None, for_everybody: bool, message: str, **conditions: Any
) -> None:
    """Change title, ceiling, or for whom a sequence is: --for-… say it anew, all of it.

    \b
    Example: nurture sequence set salon --title "After the fair" \\
        --for-list salon-2026
    """
    from nurture.followups import head_set

    said = {
        key: value
        for key, value in zip(CONDITIONS, (conditions["lang"], conditions["tag"], conditions["list_"]), strict=True)
        if value
    }
    if said and for_everybody:
        raise WrongUsage("--for-everybody and a condition cannot both be meant. Name one.")
    fields: dict[str, Any] = {key: value for key, value in (("title", title), ("ceiling", ceiling)) if value is not None}
    if said or for_everybody:
        fields["for"] = said
    if not fields:
        raise WrongUsage("Nothing to change was named. `nurture sequence set --help` lists what can be.")
    change(settings, name, message or _told(fields), lambda _, source: head_set(source, fields))


def _told(fields: dict[str, Any]) -> str:
    """What stands in the history."""
    facts = [f"{key} {value}" for key, value in fields.items() if key != "for"]
    if "for" in fields:
        facts.append("for " + (", ".join(f"{key} {value}" for key, value in fields["for"].items()) or "everybody"))
    return ", ".join(facts)[:300]
