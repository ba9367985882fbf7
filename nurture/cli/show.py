"""How things look: 80 columns, no colour when piped, words of mails made harmless, JSON by the documented shapes."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from nurture.cli.options import Settings
from nurture.followups import Item
from nurture.messages import one_line
from nurture.review import Line, Review
from nurture.run import Report
from nurture.store import ledger
from nurture.world import World

WIDTH = 80


def wrapped(text: str, indent: str = "") -> str:
    """One paragraph in 80 columns; addresses, paths and file names stay whole."""
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )  # fmt: skip


def say(text: str = "") -> None:
    """One paragraph, wrapped."""
    click.echo(wrapped(text) if text else "")


def heading(text: str) -> None:
    """A section's title."""
    click.echo()
    click.secho(text, bold=True)


def bullet(text: str, indent: str = "    ", limit: int = 400) -> None:
    """One wrapped line under another, harmless whatever a mail put into it."""
    click.echo(wrapped(one_line(text, limit), indent))


def as_json(value: Any) -> None:
    """One JSON document; control characters are escaped by JSON itself, bidi and zero-width ones are kept as data."""
    context = click.get_current_context(silent=True)
    if context and (settings := context.find_object(Settings)):
        settings.told_json = True
    click.echo(json.dumps(value, ensure_ascii=True, indent=2, default=_plain))


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset | set | tuple):
        return sorted(map(str, value))
    return str(value)


def show_line(line: Line) -> None:
    """One person: address and rule, then why, then their sentence."""
    click.echo("  " + click.style(one_line(line.address, 60), bold=True) + f"  [{line.rule}]")
    bullet(line.why)
    if line.quote:
        bullet(f"« {one_line(line.quote)} »")
    for detail in line.details:
        bullet(detail)


def show_section(title: str, lines: Iterable[Line]) -> None:
    """One section, left out when empty."""
    shown = tuple(lines)
    if shown:
        heading(f"{title} ({len(shown)})")
        for line in shown:
            show_line(line)


def show_review(found: Review, *, dry_run: bool = False) -> None:
    """A whole run for a person to read."""
    show_section("Drafts that would be written" if dry_run else "Drafts to read", found.drafts)
    show_section("Drafts to be taken back" if dry_run else "Drafts taken back", found.withdrawn)
    show_section("Needs a word from you", found.asks_the_owner)
    show_section("Waiting for their day", found.waiting)
    show_section("Left in peace", found.silent)


def item_shape(item: Item) -> dict[str, Any]:
    """One plan item in JSON."""
    return {
        "address": item.address,
        "lane": item.lane,
        "action": item.action,
        "rule": item.rule,
        "why": item.why,
        "evidence": {"quote": item.evidence.quote, "message_id": item.evidence.message_id},
        "due": item.due,
        "sequence": item.sequence or None,
        "revision": item.revision or None,
        "step": item.step or None,
        "template": item.template or None,
        "signal": item.signal or None,
    }


def report_shape(report: Report, deferred: str | None = None) -> dict[str, Any]:
    """One run in JSON (docs/json.md)."""
    return {
        "schema": 1,
        "started": report.started,
        "dry_run": report.dry_run,
        "read": [asdict(r) for r in report.read],
        "understood": report.understood,
        "set_aside": report.aside,
        "outcomes": [
            {"address": o.draft.to, "state": o.state, "why": o.why, "message_id": o.draft.identity.message_id}
            for o in report.outcomes
        ],
        "plan": [item_shape(i) for i in report.items],
        "appended": [
            {
                "address": a.written.item.address,
                "done": a.done,
                "why": a.why,
                "message_id": a.written.draft.identity.message_id if a.written.draft else None,
                "template": a.written.item.template,
            }
            for a in report.applied
        ],
        "withdrawn": [{"address": w.draft.to, "rule": w.rule, "why": w.why, "done": w.done} for w in report.withdrawn],
        "problems": report.problems,
        "deferred": deferred,
    }


def show_read(report: Report) -> None:
    """What was read, folder by folder."""
    heading("Read")
    for r in report.read:
        if r.new or r.kept:
            bullet(f"{r.folder}: {r.new} new, {r.kept} kept", indent="  ")
    if not any(r.new or r.kept for r in report.read):
        bullet("nothing new", indent="  ")
    if report.aside:
        bullet(f"{report.aside} could not be read and were set aside", indent="  ")
    for outcome in report.outcomes:
        if outcome.state is not outcome.draft.state:
            bullet(f"the draft for {outcome.draft.to}: {outcome.state} ({outcome.why})", indent="  ")


def show_demo_end(world: World, report: Report, mail: Path) -> None:
    """Where the drafts lie now, and one of them to look at."""
    heading("Where the drafts lie")
    with world.store.begin() as session:
        lying = [row for account in world.config.accounts for row in ledger.open(session, account.key)]
    fresh = sum(a.done == "appended" for a in report.applied)
    bullet(
        f"{len(lying)} drafts in {mail}/.Drafts ({fresh} of them new in this run). Nothing was sent, nothing else was touched.",
        indent="  ",
    )
    bullet(f"Read them with any mail client: neomutt -f {mail}/.Drafts", indent="  ")
    if lying:
        heading(f"One of them, to {lying[0].to}")
        for paragraph in lying[0].text.split("\n"):
            click.echo(wrapped(paragraph, "  | ") if paragraph else "  |")
    click.echo()
    say(f"Ask why: nurture --home {mail.parent}/home why {lying[0].to if lying else 'ADDRESS'}")
