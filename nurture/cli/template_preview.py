"""`nurture template preview`: what a template would really say to a real person, with the rules' word on it. Nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import TemplateFault, WrongUsage

if TYPE_CHECKING:
    from nurture.drafts import Remark, Text
    from nurture.followups import Case, Item, Sequences
    from nurture.world import World

Shown = tuple["Text", tuple["Remark", ...]]


@click.command()
@global_options
@click.argument("name")
@click.option("--for", "address", metavar="ADDRESS", required=True, help="Whom it would be written to.")
@click.pass_obj
def preview(settings: Settings, name: str, address: str) -> None:
    """The real text for a real person, and what the rules say of it. Nothing is written or kept.

    \b
    Example: nurture template preview open-door --for marie@societe.example
    """
    from nurture.cli import opening, show
    from nurture.cli.template_shape import shelf_of
    from nurture.cli.words import person_of
    from nurture.join import case_of
    from nurture.write import desk_of, tried_on

    chosen = {s.called for s in shelf_of(settings).named(name)}
    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            key = person_of(session, address).person.key
        case, sequences = case_of(world, key, settings.now), _sequences(world)
        item = _item(world, case, sequences, settings, _bare(chosen))
        lang = _language(world, case, settings, chosen)
        shown = tried_on(desk_of(world, sequences, settings.now), case, item, item.template, lang)
    shown = tuple((text, remarks) for text, remarks in shown if f"{lang}/{text.template}.{text.variant}" in chosen)
    if settings.as_json:
        show.as_json({"schema": 1, **_shape(item, lang, shown)})
    else:
        _tell(settings, item, lang, shown)


def _bare(chosen: set[str]) -> str:
    """The one template that was named, without its language and variant."""
    names = {called.partition("/")[2].partition(".")[0] for called in chosen}
    name = names.pop()
    if name.startswith("_"):
        raise WrongUsage(f"{name} is no text by itself: it holds what all others share. Name one of those.")
    return name


def _sequences(world: World) -> Sequences:
    """Those in force; the shipped ones before the first run."""
    from nurture.followups import Sequences
    from nurture.store import sequences

    with world.store.begin() as session:
        kept = sequences.everything(session)
    return Sequences.of(kept) if kept else Sequences.shipped()


def _item(world: World, case: Case, sequences: Sequences, settings: Settings, template: str) -> Item:
    """What the plan says of them today, with this template in the place of its own, and what that one answers."""
    from nurture.followups import plan_one

    item = plan_one(case, sequences, world.policy, settings.now, world.tz)
    if item.template == template and item.anchor is not None:
        return item
    answers = next((a for s in sequences.in_force for a in s.answers if a.template == template), None)
    entries = case.conversation.entries
    anchor = item.anchor if item.anchor is not None else (entries[-1].key if entries else None)
    item = replace(item, template=template, anchor=anchor, signal="", scope="")
    if answers is None:
        return item
    evidence = _newest(case, answers.to)
    return replace(item, signal=answers.to, scope=answers.scope, **({"evidence": evidence} if evidence else {}))


def _newest(case: Case, signal: str) -> Any:
    """The sentence of theirs that such a template would answer."""
    from nurture.stages import Evidence

    for entry in reversed(case.conversation.entries):
        reading = case.readings.get(entry.key)
        for finding in reading.findings if reading and entry.by == "them" else ():
            if finding.signal == signal:
                return Evidence(quote=finding.quote, message_id=entry.message_id)
    return None


def _language(world: World, case: Case, settings: Settings, chosen: set[str]) -> str:
    """Theirs; or the one that was named."""
    from nurture.followups import language_of

    langs = {called.partition("/")[0] for called in chosen}
    theirs = language_of(case, world.policy, settings.now, world.tz)
    if theirs in langs:
        return str(theirs)
    if len(langs) == 1:
        return langs.pop()
    named = " or ".join(f"{lang}/…" for lang in sorted(langs))
    if theirs is None:
        raise WrongUsage(f"In which language they are written to is not known yet. Name the text with its language: {named}.")
    raise TemplateFault(
        f"There is no such template in {theirs}, the language they are written to in. Name {named} to see another."
    )


def _shape(item: Item, lang: str, shown: tuple[Shown, ...]) -> dict[str, Any]:
    return {
        "address": item.address, "language": lang, "action": item.action, "rule": item.rule, "why": item.why,
        "texts": [
            {
                "template": text.template, "variant": text.variant, "text": text.body, "slots": list(text.slots),
                "findings": [{"rule": r.rule, "severity": r.severity.value, "says": r.says, "words": text.said[slice(*r.span)]} for r in remarks],
            }
            for text, remarks in shown
        ],
    }  # fmt: skip


def _tell(settings: Settings, item: Item, lang: str, shown: tuple[Shown, ...]) -> None:
    from nurture.cli import show
    from nurture.drafts import Severity

    if not settings.quiet:
        show.say(f"To {item.address}, if it were sent today. What the plan says of them: {item.action}, {item.rule}. {item.why}")
    for text, remarks in shown:
        show.heading(f"{lang}/{text.template}.{text.variant}")
        for line in text.body.split("\n"):
            click.echo(show.wrapped(line, "  | ") if line.strip() else "  |")
        for remark in remarks:
            words = text.said[slice(*remark.span)]
            mark = "WRONG  " if remark.severity is Severity.ERROR else "note   "
            show.bullet(f"{remark.rule}: {remark.says}{f' (“{words}”)' if words else ''}", indent=mark, limit=600)
        if not remarks and not settings.quiet:
            show.say("The rules have nothing to say against it.")
