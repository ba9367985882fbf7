"""`nurture replay`: what would have been drafted in the past, and what really happened."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import EARLIEST, Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.hindsight import Judged
    from nurture.replay import Limits, Replay
    from nurture.world import World

MANY = 1_000_000  # drafts
AGO = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
HAPPENED = (  # (what came of it, in a few words); the wrong ones stand in their own section
    ("you-wrote", "you wrote yourself while it would have lain there"),
    ("sent", "nurture did write it, and you sent it"),
    ("crossed", "they wrote that very day"),
    ("they-wrote", "they wrote on a later day, without it"),
    ("nothing", "nobody wrote as long as it would have lain there"),
    ("open", "it would lie there still"),
)
WRONG = (
    ("said-no", "they said no soon after, or asked for no more mail"),
    ("had-answered", "they had answered, and it came to be known later"),
    ("had-written", "you had written, and it came to be known later"),
    ("had-talked", "you had spoken with them, and told of it later"),
    ("settled", "you said later that they have answered"),
    ("thrown-away", "nurture did write it, and you threw it away"),
    ("stopped", "you stopped it soon after"),
)


@click.command()
@global_options
@click.option("--since", metavar="AGO|DAY", default="12 months", show_default=True, help='"90 days", "12 months", or 2026-01-15.')
@click.option("--no-caps", is_flag=True, help="As if any number of drafts might be made and lie open.")
@click.pass_obj
def replay(settings: Settings, since: str, no_caps: bool) -> None:
    """Play the past: what would have been drafted each day, what really happened, and which drafts would have been wrong.

    For every past day only what had arrived and what you had said by then is known. The mailbox is read and not changed; nothing is
    stored. Rules, sequences, templates and library are those of today.

    \b
    Example: nurture replay --since "3 months"
    """
    from nurture.cli import opening, show
    from nurture.replay import replay as play

    with opening.world_of(settings) as world:
        today = settings.now.astimezone(world.tz).date()
        first = first_day(since, today)
        watched = opening.with_progress(without_caps(world) if no_caps else world, settings)
        found = play(watched, opening.openers(world.config, world.home), first, settings.now)
        if settings.as_json:
            show.as_json(shape(found))
        elif not settings.quiet:
            tell(world, found)


def without_caps(world: World) -> World:
    """The same world with room for every draft: played ones are left lying, and would keep others from being made."""
    from dataclasses import replace

    caps = replace(world.config.caps, open_drafts=MANY, drafts_per_day=MANY)
    return replace(world, config=replace(world.config, caps=caps))


def first_day(text: str, today: date) -> date:
    """The day that --since means."""
    from nurture.followups import Wait

    try:
        if ago := AGO.fullmatch(text.strip()):
            count, unit = int(ago[1]), ago[2]
            wait = Wait(count=count * 12, unit="months") if unit == "year" else Wait(count=count, unit=f"{unit}s")
            day = wait.before(today)
        else:
            day = date.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        raise WrongUsage(f'{text!r} is no day and no time. Write --since 2026-01-15, or --since "90 days".') from None
    if day > today or day.year < EARLIEST:
        raise WrongUsage(f"{day} is out of reach. Name a day between {EARLIEST} and today.")
    return day


def shape(found: Replay) -> dict[str, Any]:
    """The document (docs/json.md)."""
    from dataclasses import asdict

    from nurture.hindsight import Came, instructive

    best = instructive(found.drafts)
    return {
        "schema": 1, "since": found.since, "until": found.until, "days": found.days, "people": found.people, "messages": found.messages,
        "counts": {came.value: found.count(came) for came in Came}, "wrong": len(found.wrong), "put_off": found.put_off,
        "asked": found.asked, "limits": asdict(found.limits), "drafts": [_draft(j) for j in found.drafts],
        "instructive": [found.drafts.index(j) for j in best],
    }  # fmt: skip


def _draft(one: Judged) -> dict[str, Any]:
    from nurture.cli.telling import item_shape

    draft = one.made.draft
    return {
        **item_shape(one.made.item), "day": one.made.at.date(), "subject": draft.subject, "text": draft.text.body,
        "came": one.came, "wrong": one.wrong, "what_came": one.why, "quote": one.quote, "after_days": one.days,
        "alike": round(one.alike, 2) if one.alike is not None else None, "message_id": one.entry.message_id if one.entry else None,
    }  # fmt: skip


def _nobody(world: World) -> str:
    """Why there is nothing to play."""
    from nurture.store import people

    with world.store.begin() as session:
        followed = bool(people.all(session, followed_only=True))
    if followed:
        return "The mailbox holds no mail with anybody whom you follow. `nurture check` says which folders are read."
    return "Nobody is followed. `nurture candidates` shows whom you could follow; then play the past again."


def tell(world: World, found: Replay) -> None:
    """The report for a person to read."""
    from nurture.cli import show
    from nurture.hindsight import instructive

    show.say(
        f"From {found.since:%A %d %B %Y} to {found.until:%A %d %B %Y}: {show.counted(found.people, 'person', 'people')} followed, "
        f"{show.counted(found.messages, 'message', 'messages')}. Nothing was written or stored."
    )
    if not (found.people and found.messages):
        show.say(_nobody(world))
        return
    answers = sum(j.made.item.lane == "answers" for j in found.drafts)
    show.heading(f"What would have been drafted ({len(found.drafts)})")
    show.bullet(f"{answers} answers, {len(found.drafts) - answers} follow-ups", indent="  ")
    if found.put_off:
        caps = world.policy.caps
        people = show.counted(found.put_off, "person", "people")
        show.bullet(
            f"for {people} a draft waited for room (at most {caps.drafts_per_day} a day, {caps.open_drafts} open; --no-caps plays on)",
            indent="  ",
        )
    if found.asked:
        show.bullet(show.counted(found.asked, "question", "questions") + " to you", indent="  ")
    _tell_counts("What really happened", found, HAPPENED)
    _tell_counts("Would have been wrong, or unwelcome", found, WRONG)
    cases = instructive(found.drafts)
    if cases:
        show.heading("The most instructive cases")
    for number, case in enumerate(cases, 1):
        _tell_case(number, case)
    _tell_limits(found.limits)


def _tell_counts(title: str, found: Replay, kinds: tuple[tuple[str, str], ...]) -> None:
    from nurture.cli import show
    from nurture.hindsight import Came

    counts = [(found.count(Came(name)), says) for name, says in kinds]
    show.heading(f"{title} ({sum(count for count, _ in counts)})")
    for count, says in counts:
        if count:
            show.bullet(f"{says}: {count}", indent="  ")
    alike = sorted(j.alike for j in found.drafts if j.alike is not None and not j.wrong)
    if alike and kinds is HAPPENED:
        show.bullet(
            f"of your own mails the middle one was {alike[len(alike) // 2]:.0%} like the draft, the closest {alike[-1]:.0%}",
            indent="  ",
        )


def _tell_case(number: int, case: Judged) -> None:
    from nurture.cli import show

    item = case.made.item
    show.bullet(f"{number}. {case.made.at:%a %d %b %Y}, {item.address}: {item.step}", indent="  ")
    show.bullet(item.why, indent="     ")
    alike = f" Your mail was {case.alike:.0%} like it." if case.alike is not None else ""
    show.bullet(f"{_verdict(case)}{case.why}{alike}", indent="     ")
    if case.quote:
        show.bullet(f"« {case.quote} »", indent="     ")


def _verdict(case: Judged) -> str:
    """In front of what came. Before a no nobody was wrong, and one mail more would have been one too many."""
    if not case.wrong:
        return ""
    return "Unwelcome. " if case.came in ("said-no", "stopped") else "Wrong. "


def _tell_limits(limits: Limits) -> None:
    from nurture.cli import show

    told = [
        (limits.gone, "nurture had read, and that are in the mailbox no more (deleted, or fetched away by POP)"),
        (limits.filed_later, "were filed there days after they came, and count from their Date"),
        (limits.in_trash, "lie in Trash now, so that it is known who wrote them, and not what they say"),
    ]
    if any(count for count, _ in told):
        show.heading("What the past does not show")
    for count, says in told:
        if count:
            show.bullet(f"messages that {says}: {count}", indent="  ")
