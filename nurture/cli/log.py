"""`nurture log ADDRESS …`: what happened outside of mail, and go or no-go."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from datetime import date

    from nurture.cli.facts import Said, Telling
    from nurture.world import World

WHAT = ("call", "meeting", "note", "fit")
ANSWERS = ("yes", "no")


@click.command()
@global_options
@click.argument("address")
@click.argument("what", type=click.Choice(WHAT))
@click.argument("text", nargs=-1)
@click.option("--on", "on", metavar="DAY", help="The day on which it happened; today where nothing is said.")
@click.option(
    "--stage", metavar="STAGE", help="Where it has brought you: contact, prospect, qualified, proposal, client, declined."
)
@click.option("--result", metavar="TEXT", help="The result that they expect, as you heard it; in quotation marks: word by word.")
@click.option("--measure", metavar="TEXT", help="How they will judge success, as you heard it.")
@click.option("--no-answer", is_flag=True, help="Nobody took the call, or came.")
@click.pass_obj
def log(
    settings: Settings, /, address: str, what: str, text: tuple[str, ...], on: str | None, no_answer: bool, **heard: str | None
) -> None:  # fmt: skip
    """Tell what happened outside of mail: a call, a meeting, a note; or whether what they expect can be satisfied.

    After a call or a meeting the wait for the next step counts anew. A note moves nothing. `fit no` has a kind refusal drafted,
    `fit yes` opens the way to the offer.

    \b
    Example: nurture log marie@societe.example call "Asked about March"
    Example: nurture log marie@societe.example meeting --on 2026-03-03 \\
               --result "« moins d'appels au support »"
    Example: nurture log marie@societe.example fit yes
    """
    from nurture.cli import opening, show
    from nurture.cli.facts import telling_of, text_of
    from nurture.cli.words import person_of

    words = text_of(" ".join(text))
    _refuse_what_does_not_fit(what, words, on=on, no_answer=no_answer, heard={k: v for k, v in heard.items() if v is not None})
    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            row = person_of(session, address)
        telling = telling_of(row, address, settings.now, via=f"log {what}")
        if what == "fit":
            done = _fit(world, telling, words)
        else:
            done = _happened(world, telling, what, words, on=on, answered=not no_answer, heard=heard)
        show.answer(settings, [(address, done)])


def _refuse_what_does_not_fit(what: str, words: str, *, on: str | None, no_answer: bool, heard: dict[str, str]) -> None:
    if what == "fit" and (words not in ANSWERS or on or no_answer or heard):
        raise WrongUsage("Say `fit yes` or `fit no`, and nothing else: whether what they expect can be satisfied.")
    if what == "note" and not words:
        raise WrongUsage('A note needs its words: nurture log ADDRESS note "what is worth knowing".')
    if what == "note" and (no_answer or heard):
        raise WrongUsage("A note moves nothing. What you know of stage, result and measure is said by `nurture person set`.")
    if no_answer and heard:
        raise WrongUsage("Where nobody answered, nothing was heard. Leave --no-answer out, or the rest.")


def _happened(
    world: World, telling: Telling, what: str, words: str, *, on: str | None, answered: bool, heard: dict[str, str | None]
) -> str:  # fmt: skip
    from nurture.cli.facts import day_of, detected_stage, keep, refuse_closed, said_of
    from nurture.store import outside

    today = telling.at.astimezone(world.tz).date()
    day = day_of(on, latest=today) if on else today
    facts = said_of(heard)
    if staged := any(one.field == "stage" for one in facts):
        refuse_closed(world, telling)
    detected = detected_stage(world, telling) if staged else None
    happened = telling.at if day == today else datetime.combine(day, time.min, tzinfo=world.tz)
    saying = outside.Saying(person=telling.row.person.key, address=telling.address, at=telling.at, via=telling.via)
    with world.store.begin() as session:
        outside.log(session, saying, what, happened=happened, day=day, text=words, answered=answered)
        keep(session, telling, facts, detected)
    return _told(telling, what, day, answered=answered, facts=facts)


def _told(telling: Telling, what: str, day: date, *, answered: bool, facts: tuple[Said, ...]) -> str:
    from nurture.followups import in_words

    if what == "note":
        return f"{telling.address}: noted. `nurture why {telling.address}` shows it."
    came = "" if answered else " that nobody answered"
    also = f" Also kept: {', '.join(one.field for one in facts)}." if facts else ""
    return f"{telling.address}: a {what} of {in_words(day)}{came} is logged; the wait for the next step counts from it.{also}"


def _fit(world: World, telling: Telling, words: str) -> str:
    from nurture.join import case_of
    from nurture.stages import Stage
    from nurture.store import cases, outside

    case = case_of(world, telling.row.person.key, telling.at)
    stage = case.verdict.stage if case.verdict else None
    if stage in (None, Stage.STRANGER):
        raise WrongUsage(f"{telling.address} has not told yet what they expect: there is nothing to decide.")
    if stage not in (Stage.CONTACT, Stage.PROSPECT, Stage.QUALIFIED, Stage.PROPOSAL):
        raise WrongUsage(f"{telling.address} is {stage}: go or no-go is a question of before. `nurture why` tells the rest.")
    saying = outside.Saying(person=telling.row.person.key, address=telling.address, at=telling.at, via=telling.via)
    with world.store.begin() as session:
        outside.log(session, saying, outside.FIT, happened=telling.at, day=telling.at.astimezone(world.tz).date(), text=words)
        cases.touch(session, {telling.row.person.key})
    if words == "yes":
        return f"{telling.address}: what they expect can be satisfied; the way to the offer goes on."
    return f"{telling.address}: what they expect cannot be satisfied; the next run drafts a kind refusal."
