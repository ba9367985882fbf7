"""`nurture replay`: the past played again. For every past day only what was known on it, a real run, and then what really came.

The mailbox is read, header rows at once and words when a played run asks for them; nothing in it is changed. The runs are those of
`nurture.run`, over a database in memory that begins with nobody's mail; the owner's words are said again, each at its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from nurture.ahead import moment_of
from nurture.apply import Done
from nurture.conversations import Entry, is_ours
from nurture.drafts import likeness
from nurture.followups import Action, Case, calendar_of
from nurture.hindsight import After, Came, Judged, Made, judge_draft
from nurture.join import merge, split
from nurture.mailbox import Folder, RecalledMailbox, Role, Row, SteadyMailbox
from nurture.messages import parse, parse_headers
from nurture.rehearse import Stage, played_world
from nurture.run import Opener, Report
from nurture.store import NoesOfThen, Spoken, cases, joining, outside, people, retold
from nurture.verdicts import judged
from nurture.world import World, silent

BODY_CAP = 256 * 1024  # bytes of a mail of the owner's that is compared with a draft
SATURDAY = 5
MET_BY_MAIL = frozenset({"written to", "wrote in"})  # people whom the mail itself makes known, where everybody is followed


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the past cannot show: numbers of messages."""

    gone: int = 0  # read once, and in the mailbox no more
    filed_later: int = 0  # copied there after they came: played by their Date
    in_trash: int = 0  # known by their headers alone


@dataclass(frozen=True, kw_only=True)
class Replay:
    """The past as it would have been."""

    since: date
    until: date
    days: int  # on which a run was played
    people: int
    messages: int
    drafts: tuple[Judged, ...]
    put_off: int  # people for whom a draft waited for room, at least once
    asked: int  # questions to the owner
    limits: Limits

    def count(self, *came: Came) -> int:
        """How many drafts came to this."""
        return sum(j.came in came for j in self.drafts)

    @property
    def wrong(self) -> tuple[Judged, ...]:
        return tuple(j for j in self.drafts if j.wrong)


@dataclass
class Past:
    """One replay in progress."""

    real: World
    stage: Stage
    boxes: tuple[RecalledMailbox, ...]
    said: list[Spoken]
    made: list[Made] = field(default_factory=list)
    put_off: set[int] = field(default_factory=set)
    asked: set[tuple[int, str, str]] = field(default_factory=set)
    played: int = 0

    def come_to(self, moment: datetime) -> None:
        """What had arrived and was said by then."""
        for box in self.boxes:
            box.come_to(moment)
        noes = self.stage.world.suppression
        assert isinstance(noes, NoesOfThen)
        noes.come_to(moment.astimezone(self.real.tz).date())
        self.said = [one for one in self.said if one.at > moment or not _say(self.stage.world, one)]

    def day(self, moment: datetime) -> Report:
        """The run of one morning."""
        self.come_to(moment)
        report = self.stage.run(moment)
        self.played += 1
        for applied in report.applied:
            if applied.done is Done.APPENDED and applied.written.draft:
                written = applied.written
                self.made.append(Made(at=moment, item=written.item, case=written.case, draft=applied.written.draft))
        self.put_off |= {i.person for i in report.items if i.rule == "cap"}
        self.asked |= {(i.person, i.rule, i.why) for i in report.items if i.action is Action.SHEET}
        return report

    def next_morning(self, moment: datetime) -> date | None:
        """The next weekday on which something may happen; None: nothing is to come."""
        today = moment.astimezone(self.real.tz).date()
        with self.stage.world.store.begin() as session:
            due = cases.next_day(session, today)
        coming = [box.next_arrival for box in self.boxes] + [next((one.at for one in self.said if one.at > moment), None)]
        days = [c.astimezone(self.real.tz).date() for c in coming if c] + ([due] if due else [])
        return weekday(max(min(days), today + timedelta(days=1))) if days else None


def weekday(day: date) -> date:
    """The day, or the Monday after it: cron starts no runs on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day


def _say(world: World, one: Spoken) -> bool:
    """Say a word again. False: it cannot be said yet."""
    if one.kind in retold.JOINING:
        return _join_again(world, one)
    with world.store.begin() as session:
        return retold.say_again(session, one)


def _join_again(world: World, one: Spoken) -> bool:
    """Join or part people as the owner did. It waits while nobody is known there, or played drafts lie open for both."""
    with world.store.begin() as session:
        row, other = people.by_address(session, one.address), people.by_address(session, one.facts["other"])
        if row is None or (other and joining.both_have_drafts(session, row.person.key, other.person.key)):
            return False
    together = other is not None and other.person.key == row.person.key
    if one.kind == outside.MERGE and not together:
        merge(world, row, one.facts["other"], one.at)
    elif one.kind == outside.SPLIT and together:
        split(world, row, one.address, one.at)
    return True


def replay(world: World, openers: Iterable[Opener], since: date, now: datetime) -> Replay:
    """Play every day from `since` up to now. Raises what a run raises."""
    with the_past(world, openers, since) as past:
        for _ in play(past, since, now):
            pass
        return _told(past, since, now)


@contextmanager
def the_past(world: World, openers: Iterable[Opener], since: date) -> Iterator[Past]:
    """The accounts recalled, and a played world that knows nothing yet."""
    with ExitStack() as stack:
        boxes = tuple(_recalled(world, stack.enter_context(SteadyMailbox(opener))) for opener in openers)
        played = stack.enter_context(played_world(world, before=since))
        _follow(world, played, moment_of(since, world.tz))
        yield Past(real=world, stage=Stage(world=played, boxes=boxes), boxes=boxes, said=_said(world))


def play(past: Past, since: date, now: datetime) -> Iterator[tuple[datetime, Report]]:
    """The runs of the mornings from `since` on, in their order; those before which nothing can have changed are left out."""
    tz, progress = past.real.tz, past.real.progress
    whole = (now.astimezone(tz).date() - since).days + 1
    day: date | None = weekday(since)
    while day and (moment := moment_of(day, tz)) <= now:
        yield moment, past.day(moment)
        past.stage = replace(past.stage, world=replace(past.stage.world, progress=silent))  # the first run's is of interest
        progress("Playing the past", (day - since).days, whole)
        day = past.next_morning(moment)
    progress("Playing the past", whole, whole)


def _recalled(world: World, real: SteadyMailbox) -> RecalledMailbox:
    def own_in_trash(folder: Folder, row: Row) -> bool:
        """A draft thrown away, or taken back: on that day it lay elsewhere."""
        sender = parse_headers(row.header).sender if folder.role is Role.TRASH else None
        return sender is not None and is_ours(sender.addr, world.owner)

    return RecalledMailbox(real, world.progress, own_in_trash)


def _said(world: World) -> list[Spoken]:
    with world.store.begin() as session:
        return list(retold.everything(session))


def _follow(real: World, played: World, at: datetime) -> None:
    """Whoever is followed now was followed from the beginning; whom mail makes known becomes known by it."""
    with real.store.begin() as there, played.store.begin() as here:
        for row in people.all(there, followed_only=True):
            if real.config.follow != "all" or row.source not in MET_BY_MAIL:
                people.add(here, address=row.person.addresses[0], name="", source=row.source, followed=True, now=at)


# what came of it


def _told(past: Past, since: date, now: datetime) -> Replay:
    """The report, when all is known."""
    past.come_to(now)
    past.stage.run(now, dry_run=True)  # what came since the last morning
    finals = _finals(past, now)
    ends = Ends(past, now)
    found = tuple(_with_likeness(past, judge_draft(m, replace(ends.of(m), case=finals[m.item.person]))) for m in past.made)
    with past.stage.world.store.begin() as session:
        everybody = len(people.all(session, followed_only=True))
    return Replay(
        since=since, until=now.astimezone(past.real.tz).date(), days=past.played, people=everybody,
        messages=sum(box.arrived() for box in past.boxes), drafts=found,
        put_off=len(past.put_off), asked=len(past.asked), limits=_limits(past, since),
    )  # fmt: skip


def _finals(past: Past, now: datetime) -> dict[int, Case]:
    """Everybody's case in the end. People may have been joined meanwhile: by the key of their draft."""
    world, tz = past.stage.world, past.real.tz
    lookback = now - timedelta(days=30.5 * world.config.lookback_months)
    keys = {m.item.person for m in past.made}
    with world.store.begin() as session:
        there = {row.person.key for row in people.by_keys(session, keys)}
        moved = {
            m.item.person: row.person.key
            for m in past.made
            if m.item.person not in there and (row := people.by_address(session, m.item.address))
        }
    wanted = there | set(moved.values())
    found = {
        c.conversation.person.key: c
        for c in judged(world, wanted, now.astimezone(tz).date(), since=lookback, owners=frozenset(), complete=True)
    }
    then = {m.item.person: m.case for m in past.made}
    return {key: found.get(moved.get(key, key)) or then[key] for key in keys}


class Ends:
    """What is known in the end beside the cases: of drafts that were really written, of stops, of the owner's working days."""

    def __init__(self, past: Past, now: datetime) -> None:
        policy, caps = past.real.policy, past.real.config.caps
        calendar = calendar_of(policy.country, policy.free_days, policy.cadence.bridges_off, policy.cadence.august_off)
        with past.real.store.begin() as session:
            self.states = retold.drafts_by_id(session)
        self.stops = [(one.address, one.at) for one in _said(past.real) if one.kind == "word" and one.facts["word"] == "stop"]
        self.now, self.tz = now, past.real.tz
        self.last_day = lambda day: calendar.add_working_days(day, caps.open_days)

    def of(self, made: Made) -> After:
        mine = made.case.conversation.person.addresses
        return After(
            case=made.case, end=self.now, tz=self.tz, last_day=self.last_day, real=self.states.get(made.draft.identity.message_id, ""),
            stopped=tuple(at for address, at in self.stops if address in mine),
        )  # fmt: skip


def _with_likeness(past: Past, found: Judged) -> Judged:
    """How alike the owner's own mail was: its words are read again, and let go."""
    if found.came not in (Came.WROTE, Came.SENT) or found.entry is None:
        return found
    words = _words_of(past.boxes, found.entry)
    draft = found.made.draft.text
    return replace(found, alike=likeness(f"{draft.greeting}\n{draft.said}", words)) if words else found


def _words_of(boxes: Sequence[RecalledMailbox], entry: Entry) -> str:
    box = next((b for b in boxes if b.account == entry.account), None)
    if box is None or not entry.message_id:
        return ""
    for folder in box.folders():
        for hit in box.find(entry.message_id, folder):
            for _, raw in box.bodies(folder, [hit.uid], BODY_CAP):
                return parse(raw, received=entry.received).new_text
    return ""


def _limits(past: Past, since: date) -> Limits:
    with past.real.store.begin() as session:
        known = retold.message_ids(session, moment_of(since, past.real.tz))
    there = frozenset(mid for box in past.boxes for mid in box.message_ids)
    trash = sum(box.arrived(Role.TRASH) for box in past.boxes)
    return Limits(gone=len(known - there), filed_later=sum(box.filed_later for box in past.boxes), in_trash=trash)
