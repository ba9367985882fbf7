"""Stops and holds: everything that stands between a person and a draft, as one ordered table. The order is the design's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from nurture.conversations import mailbox_of
from nurture.followups.asides import somebody_said_stop, they_promised
from nurture.followups.cadence import in_words
from nurture.followups.clock import rest_end
from nurture.followups.fit import no_go, refusing, undecided
from nurture.followups.measure import measure_ahead
from nurture.followups.owed import owed
from nurture.followups.pauses import absent, deferred, meeting, our_words, promise
from nurture.followups.planned import Action, DraftState, Lane
from nurture.followups.scene import DONE, Scene
from nurture.followups.silence import Silence, State, silence
from nurture.followups.steps import Course
from nurture.followups.stops import (
    Hold,
    colleague_answered,
    declined,
    excluded,
    left,
    not_followed,
    nothing_judged,
    open_draft,
    opted_out,
    paused,
    unreachable,
    unread,
    unsure,
)  # fmt: skip
from nurture.stages import Awaits

A = frozenset({Lane.ANSWERS})
F = frozenset({Lane.FOLLOWUPS})
AF = A | F
ACTIONS = {"thanked": Action.REST, "colleague-answered": Action.SHEET, "challenge": Action.SHEET}  # of signs of life

Judge = Callable[[Scene], Hold | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One row of the table. A hold may carry a more telling rule name than its row."""

    name: str
    lanes: frozenset[Lane]
    sentence: str
    judge: Judge


def refused(scene: Scene) -> Hold | None:
    if scene.awaits is not Awaits.REFUSAL:
        return None
    return Hold(
        rule="refused",
        why="Our last mail declined what they asked for; they are left in peace.",
        action=Action.REST,
        evidence=our_words(scene),
    )


def incomplete(scene: Scene) -> Hold | None:
    if scene.case.proven_complete:
        return None
    tomorrow = scene.today + timedelta(days=1)
    return Hold(
        rule="incomplete", why="Not every account and every new message could be read, so silence is not proven.", until=tomorrow
    )


def not_silent(scene: Scene) -> Hold | None:
    """The strongest sign of life since our last mail; the hold carries the name of its row in that table."""
    found = silence(scene)
    if found.state is State.SILENT or (found.rule == "thanked" and (scene.revived or refusing(scene) or measure_ahead(scene))):
        return None
    if found.rule in ("thanked", "settled") and owed(scene):
        return None
    action = Action.SHEET if found.state is State.PERHAPS else ACTIONS.get(found.rule, Action.HOLD)
    return Hold(rule=found.rule, why=_tell(found), action=action, until=found.until, evidence=found.evidence)


def _tell(found: Silence) -> str:
    said = found.why[:1].upper() + found.why[1:]
    if found.state is State.PERHAPS:
        return f"Perhaps they have answered: {found.why}. Settle it, or it counts as silence from {in_words(found.until or date.max)}."
    if found.rule == "challenge":
        return f"{said}: our mail may not have arrived. Only you can answer that."
    if found.state is State.HELD and found.until:
        return f"{said}; they are left alone until {in_words(found.until)}."
    return f"{said}."


def awaits_nothing(scene: Scene) -> Hold | None:
    """Silence after a mail that left nothing open is no silence. A pause that they asked for, now over, is a reason of its own; so are
    a talk since, the day of a client's measure, a refusal or a welcome that is owed, and the owner's word."""
    if scene.talked_since_ours or scene.revived or refusing(scene) or measure_ahead(scene) or owed(scene):
        return None
    if scene.ours is None and not scene.deferral_due:
        return Hold(rule="nothing-sent", why="Nothing was written to them, so there is nothing to follow up.", action=Action.REST)
    if scene.deferral_due or scene.awaits not in (Awaits.NOTHING, None) or (scene.awaits and Course(scene=scene).full):
        return None
    if scene.awaits is None:
        return Hold(rule="awaits-unknown", why="It is not known what our last mail left open.", action=Action.REST)
    return Hold(rule="awaits-nothing", why="Our last mail left nothing open.", action=Action.REST, evidence=our_words(scene))


def ceiling(scene: Scene) -> Hold | None:
    """As many of ours as one silence bears, the owner's own and the open door counted; after a rest one letter in a lifetime."""
    course = Course(scene=scene)
    if refusing(scene) or owed(scene):
        return None
    if scene.deferral_due and scene.reminders < course.ceiling:
        return None
    if not course.full:
        return None
    step = course.special("rest") if course.may_write_after_rest else None
    again = rest_end(scene, step.after) if step else None
    if again and again <= scene.today:
        return None
    last = f", the last one of {in_words(scene.ours.day)}" if scene.ours else ""
    why = f"They have left {scene.reminders} reminders of ours unanswered{last}; that is enough for one silence."
    return Hold(rule="ceiling", why=why, action=Action.REST, until=again)


def deleted_twice(scene: Scene) -> Hold | None:
    """The owner threw away the last two drafts: the program has not understood something."""
    over = [r for r in scene.case.ledger if r.state in DONE][-2:]
    if len(over) < 2 or any(r.state is not DraftState.DELETED for r in over):
        return None
    closed = over[-1].closed or over[-1].created
    told = (scene.case.word.settled_at, scene.case.word.reopened_at)
    if any(at and at >= closed for at in told):
        return None
    why = (
        f"You threw away the last two drafts for them, the second one by {in_words(scene.day_of(closed))}. Say whether to go on."
    )
    return Hold(rule="deleted-twice", why=why, action=Action.SHEET)


def company(scene: Scene) -> Hold | None:
    """One company, one voice: nobody is nudged while a colleague is being written to or is talking with us."""
    cadence, there = scene.policy.cadence, scene.case.colleagues
    drafted = scene.calendar.add_working_days(there.open_draft_since, cadence.company_open) if there.open_draft_since else None
    if drafted and scene.today < drafted:
        return Hold(rule="company-draft", why="A draft for somebody of the same company is open.", until=drafted)
    live = scene.calendar.add_working_days(there.live_since, cadence.company_live) if there.live_since else None
    if live and scene.today < live:
        why = f"Somebody of the same company is in conversation with you; this one rests until {in_words(live)}."
        return Hold(rule="company-live", why=why, until=live)
    return None


RULES = (  # first hit wins: the order is the design's
    Rule(name="not-followed", lanes=AF, sentence="The owner does not follow this person.", judge=not_followed),
    Rule(name="excluded", lanes=AF, sentence="The configuration excludes them.", judge=excluded),
    Rule(name="opted-out", lanes=AF, sentence="They asked for no more mail, or the owner stopped it.", judge=opted_out),
    Rule(name="unreachable", lanes=AF, sentence="Their address is dead.", judge=unreachable),
    Rule(name="left", lanes=AF, sentence="They no longer work there.", judge=left),
    Rule(name="paused", lanes=AF, sentence="The owner paused this person.", judge=paused),
    Rule(name="open-draft", lanes=AF, sentence="A draft for them is open, ours or the owner's own.", judge=open_draft),
    Rule(name="unread", lanes=AF, sentence="A message was not read: it lies in Trash, or could not be had.", judge=unread),
    Rule(name="nothing-judged", lanes=AF, sentence="There is no judgement of the conversation.", judge=nothing_judged),
    Rule(name="unsure", lanes=AF, sentence="An opt-out, a no or a pause is suspected.", judge=unsure),
    Rule(
        name="somebody-said-stop",
        lanes=AF,
        sentence="Somebody else in the thread asked for no more mail.",
        judge=somebody_said_stop,
    ),
    Rule(name="declined", lanes=AF, sentence="They said no: one goodbye, then nothing until they write.", judge=declined),
    Rule(
        name="colleague-answered",
        lanes=A,
        sentence="A colleague answered; a new person is never a recipient.",
        judge=colleague_answered,
    ),
    Rule(name="refused", lanes=F, sentence="We declined what they asked for.", judge=refused),
    Rule(name="no-go", lanes=F, sentence="The owner cannot satisfy what they expect, and they have been told.", judge=no_go),
    Rule(name="deferred", lanes=F, sentence="They asked to be written to later.", judge=deferred),
    Rule(name="absent", lanes=F, sentence="They are away.", judge=absent),
    Rule(name="they-promised", lanes=AF, sentence="They named a day on which they come back to it.", judge=they_promised),
    Rule(name="meeting", lanes=F, sentence="A meeting lies ahead or was a short while ago, unless called off.", judge=meeting),
    Rule(name="promise", lanes=F, sentence="A promise of ours is open, though we may have written since.", judge=promise),
    Rule(name="incomplete", lanes=F, sentence="Silence is not proven: not everything could be read.", judge=incomplete),
    Rule(name="not-silent", lanes=F, sentence="Somebody of theirs has shown a sign of life.", judge=not_silent),
    Rule(name="awaits-nothing", lanes=F, sentence="Our last mail left nothing open.", judge=awaits_nothing),
    Rule(name="ceiling", lanes=F, sentence="Enough of our mails have gone unanswered.", judge=ceiling),
    Rule(name="deleted-twice", lanes=AF, sentence="The owner threw away two drafts in a row.", judge=deleted_twice),
    Rule(name="company", lanes=F, sentence="A colleague of theirs has an open draft or a live conversation.", judge=company),
)


def several_recipients(scene: Scene) -> Hold | None:
    """Our first mail went to more than one person: whom to follow up is the owner's to say."""
    to = scene.case.conversation.to_set
    if len(to) < 2 or to <= set(scene.person.addresses):
        return None
    why = f"Our first mail went to {len(to)} addresses; whom to write to is yours to say."
    return Hold(rule="several-recipients", why=why, action=Action.SHEET)


def in_copy(scene: Scene) -> Hold | None:
    """Our last mail was written to others: that it was not answered by somebody in Cc or Bcc is no silence."""
    own, ours = {mailbox_of(a) for a in scene.person.addresses}, scene.ours
    if ours is None or own & {mailbox_of(a.addr) for a in ours.to} or not own & {mailbox_of(a.addr) for a in ours.cc}:
        return None
    why = f"Our mail of {in_words(ours.day)} reached them in copy only; whether to follow it up is yours to say."
    return Hold(rule="in-copy", why=why, action=Action.SHEET, evidence=scene.evidence(ours))


def language(scene: Scene) -> Hold | None:
    if scene.lang in scene.policy.languages:
        return None
    says = f"There are no templates in their language ({scene.lang})." if scene.lang else "Their language is not known."
    return Hold(rule="language", why=says)


LAST = (  # asked only of those for whom something would be written
    Rule(name="several-recipients", lanes=AF, sentence="Our first mail went to several people.", judge=several_recipients),
    Rule(name="in-copy", lanes=F, sentence="Our last mail was written to others.", judge=in_copy),
    Rule(name="go-or-no-go", lanes=AF, sentence="Whether what they expect can be satisfied is not decided.", judge=undecided),
    Rule(name="language", lanes=AF, sentence="No template in their language.", judge=language),
)


def hold(scene: Scene, rules: tuple[Rule, ...] = RULES) -> Hold | None:
    """The first thing that stands in the way, or None. The lane is asked for only behind `nothing-judged`."""
    for rule in rules:
        if (rule.lanes == AF or scene.lane in rule.lanes) and (found := rule.judge(scene)):
            return found
    return None
