"""`nurture preview ADDRESS`: what would be drafted next for this person, when, and what lost against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options

if TYPE_CHECKING:
    from nurture.drafts import Draft
    from nurture.preview import Preview

KINDS = {
    "lane": "The other lane", "sequence": "Other sequences", "step": "Other steps", "answer": "Other answers", "template": "Other variants",
}  # fmt: skip
NOTHING = {
    "open-draft": "What comes next depends on what becomes of that one. `nurture simulate --people ADDRESS` plays it as sent.",
    "own-draft": "What comes next depends on what becomes of that one.",
}


@click.command()
@global_options
@click.argument("address")
@click.pass_obj
def preview(settings: Settings, address: str) -> None:
    """What would be drafted next for one person, when, its text, and why nothing else. Nothing is stored.

    It looks ahead as if nothing more came from anybody; what lies in Drafts by your own hand is known to a run only.

    \b
    Example: nurture preview marie@societe.example
    """
    from nurture.cli import opening, show
    from nurture.cli.words import person_of
    from nurture.preview import preview as look_ahead

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            key = person_of(session, address).person.key
        found = look_ahead(world, key, settings.now)
        if settings.as_json:
            show.as_json(shape(found))
        elif not settings.quiet:
            tell(found)


def shape(found: Preview) -> dict[str, Any]:
    """The document (docs/json.md)."""
    from nurture.cli.telling import item_shape

    draft = found.written.draft if found.written else None
    decided = found.written.item if found.written else found.next
    return {
        "schema": 1, "address": found.next.address, "today": item_shape(found.today), "next": item_shape(decided),
        "day": found.day if draft else None, "cap": found.cap or None, "draft": _draft(draft) if draft else None,
        "alternatives": [{"kind": a.kind, "name": a.name, "why": a.why} for a in found.lost],
    }  # fmt: skip


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "to": draft.to[0].addr, "subject": draft.subject, "text": draft.text.body, "template": f"{draft.text.template}.{draft.text.variant}",
        "asks": draft.text.meta.asks, "gives": draft.text.meta.gives, "slots": list(draft.text.slots),
        "resource": draft.resource.title if draft.resource else None,
        "remarks": [{"rule": r.rule, "severity": r.severity, "says": r.says} for r in draft.remarks],
    }  # fmt: skip


def tell(found: Preview) -> None:
    """What comes next, for a person to read."""
    from nurture.cli import show

    decided = found.written.item if found.written else found.next
    draft = found.written.draft if found.written else None
    show.say(f"{decided.address}  [{decided.rule}]")
    show.bullet(decided.why, indent="  ")
    if decided.evidence.quote:
        show.bullet(f"« {decided.evidence.quote} »", indent="  ")
    if found.today.rule != found.next.rule:
        show.bullet(f"Until then: {found.today.why} [{found.today.rule}]", indent="  ")
    if draft is None:
        show.bullet(NOTHING.get(decided.rule, "Nothing would be drafted, as things stand."), indent="  ")
    else:
        _tell_draft(found, draft)
    for kind, title in KINDS.items():
        if lost := [a for a in found.lost if a.kind == kind]:
            show.heading(title)
            for one in lost:
                show.bullet(f"{one.name}: {one.why}", indent="  ")


def _tell_draft(found: Preview, draft: Draft) -> None:
    from nurture.cli import show
    from nurture.messages import one_line

    item = found.next
    show.bullet(
        f"On {found.day:%A %d %B %Y}: {item.step} ({item.sequence} {item.revision}), template {draft.text.template}.{draft.text.variant}",
        indent="  ",
    )
    if found.cap:
        show.bullet(f"It would wait: {found.cap}", indent="  ")
    show.heading("The draft")
    for line in (f"To: {draft.to[0].name} <{draft.to[0].addr}>", f"Subject: {draft.subject}", "", *draft.text.body.split("\n")):
        click.echo(show.wrapped(one_line(line, 2000), "  | ") if line.strip() else "  |")
    for remark in draft.remarks:
        show.bullet(f"{remark.rule}: {remark.says}", indent="  ")
