"""`nurture simulate`: the plan played forward. Nobody answers, and the owner sends each draft, as it is, on the day it appears.

Each day is a run of `nurture.run` over a copy of the database, in memory, and mailboxes in which nothing new comes but what the
owner sends. Days on which nobody is due are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nurture.ahead import moment_of
from nurture.apply import Done
from nurture.followups import Action, Item, Lane, calendar_of
from nurture.rehearse import Stage, hollow_mailbox, lay_own_drafts, played_world, send_what_lies_open
from nurture.run import Report
from nurture.store import cases, people
from nurture.world import World

SENT_AFTER = timedelta(minutes=1)
SATURDAY = 5
PUT_OFF = frozenset({"cap", "company-draft"})


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """One draft of a day to come."""

    item: Item
    subject: str
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day: the drafts that appear, what was put off, and what the owner is asked."""

    day: date
    free: bool = False  # no working day of the owner's
    drafts: tuple[Drafted, ...] = ()
    capped: tuple[Item, ...] = ()  # due, and put off since enough drafts were made
    company: tuple[Item, ...] = ()  # due, and put off for a colleague's
    asked: tuple[Item, ...] = ()  # for the owner to decide

    @property
    def answers(self) -> int:
        return sum(d.item.lane is Lane.ANSWERS for d in self.drafts)


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What the coming days hold. `lying`: drafts that lie open now, sent at once; `own`: those that the owner writes by
    hand, which stay; `unread`: people whose past no run has read."""

    start: date
    end: date
    days: tuple[Day, ...]
    lying: int = 0
    own: int = 0
    unread: int = 0
    people: int = 0  # followed
    resting: int = 0  # followed people for whom nothing is drafted in this time
    runs: int = 0

    @property
    def drafts(self) -> int:
        return sum(len(day.drafts) for day in self.days)

    def of(self, keys: Collection[int]) -> Simulation:
        """The same, of some people only: caps are shared with all others."""
        days = tuple(_of(day, keys) for day in self.days)
        resting = len(set(keys) - {d.item.person for day in days for d in day.drafts})
        return replace(self, days=days, resting=resting)


def _of(day: Day, keys: Collection[int]) -> Day:
    drafts = tuple(d for d in day.drafts if d.item.person in keys)
    capped, company, asked = (tuple(i for i in items if i.person in keys) for items in (day.capped, day.company, day.asked))
    return replace(day, drafts=drafts, capped=capped, company=company, asked=asked)


def simulate(world: World, now: datetime, days: int) -> Simulation:
    """Play `days` calendar days from now on. Raises what a run raises; the owner's database is not touched."""
    start = now.astimezone(world.tz).date()
    end = start + timedelta(days=days - 1)
    with played_world(world) as played:
        stage = Stage(world=played, boxes=tuple(hollow_mailbox(played, a.key) for a in played.config.accounts))
        lying = sum(send_what_lies_open(played, box, now) for box in stage.boxes)
        own = lay_own_drafts(played, stage.boxes[0])
        found = {day.day: day for day in _play(stage, now, end)}
        unread, followed = _who(played)
    everybody = {d.item.person for day in found.values() for d in day.drafts}
    shown = sorted({*found, *_free_days(world, start, end)})
    return Simulation(
        start=start, end=end, days=tuple(found.get(day) or Day(day=day, free=True) for day in shown), lying=lying, own=own, unread=unread,
        people=followed, resting=followed - len(everybody), runs=len(found),
    )  # fmt: skip


def _who(played: World) -> tuple[int, int]:
    """(followed people whose past no run has read, followed people)."""
    with played.store.begin() as session:
        rows = people.all(session, followed_only=True)
        return len(cases.without_mail(session, [row.person.key for row in rows])), len(rows)


def _play(stage: Stage, now: datetime, end: date) -> Iterator[Day]:
    world, today = stage.world, now.astimezone(stage.world.tz).date()
    first, moment = today, now
    while today <= end:
        if today.weekday() < SATURDAY:
            report = stage.run(moment)
            yield _day(world, report, today)
            stage.send_all(report, moment + SENT_AFTER)
            stirred = any(a.done is Done.APPENDED for a in report.applied)
        else:
            stirred = True
        with world.store.begin() as session:
            following = today + timedelta(days=1) if stirred else cases.next_day(session, today)
        if following is None:
            return
        today = max(following, today + timedelta(days=1))
        moment = moment_of(today, world.tz)
        world.progress("Playing the days", (today - first).days, (end - first).days + 1)
    world.progress("Playing the days", 1, 1)


def _day(world: World, report: Report, today: date) -> Day:
    subjects = {w.item.person: w.draft for w in report.written if w.draft}
    made = {a.written.item.person for a in report.applied if a.done is Done.APPENDED}
    rules = {rule: tuple(i for i in report.items if i.rule == rule) for rule in PUT_OFF}
    return Day(
        day=today, free=_is_free(world, today),
        drafts=tuple(
            Drafted(item=i, subject=subjects[i.person].subject, slots=subjects[i.person].text.slots)
            for i in report.items if i.person in made
        ),
        capped=rules["cap"], company=rules["company-draft"], asked=tuple(i for i in report.items if i.action is Action.SHEET),
    )  # fmt: skip


def _is_free(world: World, day: date) -> bool:
    policy = world.policy
    return not calendar_of(policy.country, policy.free_days, policy.cadence.bridges_off, policy.cadence.august_off).is_working(
        day
    )


def _free_days(world: World, start: date, end: date) -> list[date]:
    """The owner's days off in the week."""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in days if day.weekday() < SATURDAY and _is_free(world, day)]


def by_step(found: Simulation) -> Counter[str]:
    """How many drafts of each template."""
    return Counter(d.item.template for day in found.days for d in day.drafts)
