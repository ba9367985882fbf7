"""One run, told: for a person who reads, and as JSON (docs/json.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from nurture.cli import show
from nurture.followups import Item
from nurture.messages import one_line
from nurture.post import Posted
from nurture.review import Line, Review
from nurture.run import Report
from nurture.store import GestureRow, ledger
from nurture.world import World


def show_line(line: Line) -> None:
    """One person: address and rule, then why, then their sentence."""
    room = show.WIDTH - len(line.rule) - 6
    click.echo("  " + click.style(one_line(line.address, room), bold=True) + f"  [{line.rule}]")
    show.bullet(line.why)
    if line.quote:
        show.bullet(f"« {one_line(line.quote)} »")
    for detail in line.details:
        show.bullet(detail)


def show_section(title: str, lines: Iterable[Line]) -> None:
    """One section, left out when empty."""
    shown = tuple(lines)
    if shown:
        show.heading(f"{title} ({len(shown)})")
        for line in shown:
            show_line(line)


def show_review(found: Review, *, dry_run: bool = False) -> None:
    """A whole run for a person to read."""
    show_section("Drafts that would be written" if dry_run else "Drafts to read", found.drafts)
    show_section("Drafts to be taken back" if dry_run else "Drafts taken back", found.withdrawn)
    show_section("Needs a word from you", found.asks_the_owner)
    show_section("Done at your gesture", found.heeded)
    show_section("Waiting for their day", found.waiting)
    show_section("Left in peace", found.silent)


def show_sheet(report: Report) -> None:
    """That there is a new review sheet."""
    if report.sheet is Posted.POSTED:
        show.heading("Review sheet")
        show.bullet("a new one lies in the folder Nurture; `nurture sheet` shows it here", indent="  ")


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
        "question": item.question or None,
    }


def gesture_shape(row: GestureRow) -> dict[str, Any]:
    """One gesture of the owner's in JSON."""
    return {
        "account": row.account, "folder": row.folder, "gesture": row.gesture, "addresses": list(row.addresses), "rule": row.rule,
        "why": row.why, "moved": bool(row.moved), "message_id": row.mid or None,
    }  # fmt: skip


def report_shape(report: Report, deferred: str | None = None) -> dict[str, Any]:
    """One run in JSON (docs/json.md)."""
    return {
        "schema": 1,
        "started": report.started,
        "dry_run": report.dry_run,
        "read": [asdict(r) for r in report.read],
        "gestures": [gesture_shape(row) for row in report.heeded],
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
        "sheet": report.sheet,
        "problems": report.problems,
        "deferred": deferred,
    }


def show_read(report: Report) -> None:
    """What was read, folder by folder."""
    show.heading("Read")
    for r in report.read:
        if r.new or r.kept:
            show.bullet(f"{r.folder}: {r.new} new, {r.kept} kept", indent="  ")
    if not any(r.new or r.kept for r in report.read):
        show.bullet("nothing new", indent="  ")
    if report.aside:
        show.bullet(f"{report.aside} could not be read and were set aside", indent="  ")
    for outcome in report.outcomes:
        if outcome.state is not outcome.draft.state:
            show.bullet(f"the draft for {outcome.draft.to}: {outcome.state} ({outcome.why})", indent="  ")


def show_demo_end(world: World, report: Report, mail: Path) -> None:
    """Where the drafts lie now, and one of them to look at."""
    show.heading("Where the drafts lie")
    with world.store.begin() as session:
        lying = [row for account in world.config.accounts for row in ledger.open(session, account.key)]
    fresh = sum(a.done == "appended" for a in report.applied)
    show.bullet(
        f"{len(lying)} drafts in {mail}/.Drafts ({fresh} of them new in this run). Nothing was sent, nothing else was touched.",
        indent="  ",
    )
    show.bullet(f"Read them with any mail client: neomutt -f {mail}/.Drafts", indent="  ")
    show.bullet(f"The review sheet says what to read and what to decide: neomutt -f {mail}/.Nurture", indent="  ")
    if lying:
        show.heading(f"One of them, to {lying[0].to}")
        for paragraph in lying[0].text.split("\n"):
            click.echo(show.wrapped(one_line(paragraph, 2000), "  | ") if paragraph.strip() else "  |")
    click.echo()
    show.say(f"Ask why: nurture --home {mail.parent}/home why {lying[0].to if lying else 'ADDRESS'}")
