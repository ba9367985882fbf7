"""Stops and holds: everything that stands between a person and a draft, as one ordered table. The order is the design's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from nurture.followups.cadence import in_words, months_after
from nurture.followups.clock import last_day, rest_end, too_old
from nurture.followups.plan import OPEN_STATES, Action, DraftState, Lane
from nurture.followups.scene import DEFERRAL_MONTHS, DONE, Scene
from nurture.followups.silence import Silence, State, concerns, silence
from nurture.followups.steps import Course
from nurture.messages import Kind
from nurture.stages import Awaits, Evidence, Finding, Signal, Stage

A = frozenset({Lane.ANSWERS})
F = frozenset({Lane.FOLLOWUPS})
AF = A | F
PROMISE_DAYS = 5  # working days that a promise without a day may take
UNSURE = {Signal.OPT_OUT: "wants no more mail", Signal.DECLINE: "says no", Signal.DEFERRAL: "asks to be written to later"}
LYING = {
    DraftState.INTENDED: "A draft for them may have been written; the next run finds out.",
    DraftState.OPEN: "A draft for them lies in Drafts.",
    DraftState.EDITED: "You have changed the draft for them; it is yours now.",
    DraftState.MISSING: "The draft for them is gone and nothing tells why, so they are left alone.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """Something stands in the way. `until`: the day on which time alone could lift it."""

    rule: str
    why: str
    action: Action = Action.HOLD
    until: date | None = None
    evidence: Evidence = Evidence()


Judge = Callable[[Scene], Hold | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One row of the table. `verdict`: it needs one. A hold may carry a more telling rule name than its row."""

    name: str
    lanes: frozenset[Lane]
    sentence: str
    judge: Judge


def not_followed(scene: Scene) -> Hold | None:
    if scene.case.word.followed:
        return None
    return Hold(rule="not-followed", why="You do not follow this person.", action=Action.STOP)


def opted_out(scene: Scene) -> Hold | None:
    """The owner's word, the judge's, or any message of their side since the owner last reopened it."""
    if scene.case.word.stopped:
        return Hold(rule="opted-out", why="You stopped it, or they are on the list of those who asked for no more mail.", action=Action.STOP)
    reopened = scene.case.word.reopened_at
    for entry in reversed(scene.entries):
        said = entry.by in ("them", "thread") and Signal.OPT_OUT in scene.signals(entry)
        if said and (reopened is None or entry.sent > reopened):
            why = f"They asked on {in_words(entry.day)} not to be written to again."
            return Hold(rule="opted-out", why=why, action=Action.STOP, evidence=_quote_of(scene, Signal.OPT_OUT) or scene.evidence(entry))
    if scene.case.verdict and scene.case.verdict.stage is Stage.OPTED_OUT:
        return Hold(rule="opted-out", why="They asked not to be written to again.", action=Action.STOP, evidence=scene.verdict.evidence)
    return None


def _quote_of(scene: Scene, signal: Signal) -> Evidence | None:
    for entry in reversed(scene.entries):
        reading = scene.reading(entry)
        for finding in (*reading.findings, *reading.unsure) if reading else ():
            if finding.signal is signal:
                return Evidence(quote=finding.quote, entry=entry.key, message_id=entry.message_id)
    return None


def unreachable(scene: Scene) -> Hold | None:
    """The judge says so, or the last delivery failed for good and no word of theirs has come since."""
    if scene.case.verdict and scene.case.verdict.stage is Stage.UNREACHABLE:
        return Hold(rule="unreachable", why="Their address bounced for good.", action=Action.STOP, evidence=scene.verdict.evidence)
    for entry in reversed(scene.entries):
        if scene.is_word(entry) and entry.by == "them":
            return None
        if entry.kind is Kind.BOUNCE_HARD and not entry.ours and concerns(scene, entry):
            why = f"Their address bounced for good on {in_words(entry.day)}."
            return Hold(rule="unreachable", why=why, action=Action.STOP, evidence=scene.evidence(entry))
    return None


def left(scene: Scene) -> Hold | None:
    for entry in reversed(scene.entries):
        if scene.is_word(entry) and entry.by == "them":
            return None
        if entry.kind is Kind.LEFT and entry.by == "them":
            why = f"An automatic message of {in_words(entry.day)} says that they no longer work there. Whom to write to instead is yours to decide."
            return Hold(rule="left", why=why, action=Action.STOP, evidence=scene.evidence(entry))
    return None


def paused(scene: Scene) -> Hold | None:
    until = scene.case.word.paused_until
    if until is None or until <= scene.today:
        return None
    return Hold(rule="paused", why=f"You paused this person until {in_words(until)}.", until=until)


def open_draft(scene: Scene) -> Hold | None:
    """Ours or the owner's own. An untouched one that is too old is the owner's to decide."""
    row = next((r for r in reversed(scene.case.ledger) if r.state in OPEN_STATES), None)
    if row is None:
        tomorrow = scene.today + timedelta(days=1)
        return Hold(rule="own-draft", why="A draft of your own for them lies in Drafts.", until=tomorrow) if scene.case.owners_draft else None
    if row.state is DraftState.OPEN and too_old(scene, row):
        made = in_words(scene.day_of(row.created))
        why = f"The draft of {made} ({row.step}) has lain untouched since; say whether it is still wanted."
        return Hold(rule="untouched-draft", why=why, action=Action.SHEET)
    until = last_day(scene, row) + timedelta(days=1) if row.state is DraftState.OPEN else None
    return Hold(rule="open-draft", why=LYING[row.state], until=until)


def nothing_judged(scene: Scene) -> Hold | None:
    if scene.case.verdict is not None:
        return None
    return Hold(rule="nothing-judged", why="There is nothing to judge yet, or a message could not be read.")


def unsure(scene: Scene) -> Hold | None:
    """A no, an opt-out or a pause is suspected in what came since our last mail, and the owner has not settled it."""
    finding = next((f for f in scene.verdict.unsure if f.signal in UNSURE), None)
    word, came = scene.case.word, [e.sent for e in scene.since]
    if finding is None or (word.settled and word.settled_at and came and max(came) <= word.settled_at):
        return None
    why = f"It is not sure whether their message {UNSURE[finding.signal]}. Read it, then write, stop or settle."
    return Hold(rule="unsure", why=why, action=Action.SHEET, evidence=_where(scene, finding))


def _where(scene: Scene, finding: Finding) -> Evidence:
    entry = next((e for e in reversed(scene.entries) if (r := scene.reading(e)) and finding in r.unsure), None)
    return Evidence(quote=finding.quote, entry=entry.key if entry else None, message_id=entry.message_id if entry else None)


def declined(scene: Scene) -> Hold | None:
    """One goodbye for a no, then nothing until they write."""
    if scene.verdict.stage is not Stage.DECLINED:
        return None
    says_no = any(Signal.DECLINE in scene.signals(e) for e in scene.pending)
    if scene.lane is Lane.ANSWERS and says_no and not _said_goodbye(scene):
        return None
    why = "They said no. Nothing more is written until they write."
    return Hold(rule="declined", why=why, action=Action.REST, evidence=_quote_of(scene, Signal.DECLINE) or scene.verdict.evidence)


def _said_goodbye(scene: Scene) -> bool:
    """Their word before this one was a no too, and we wrote after it."""
    if scene.ours is None:
        return False
    earlier = [e for e in scene.entries if scene.is_word(e) and e.sent < scene.ours.sent]
    return bool(earlier) and Signal.DECLINE in scene.signals(earlier[-1])


def colleague_answered(scene: Scene) -> Hold | None:
    """A new person is never a recipient."""
    last = scene.pending[-1] if scene.pending else None
    if last is None or last.by != "thread":
        return None
    why = f"A colleague of theirs answered on {in_words(last.day)}. A new person is yours to write to."
    return Hold(rule="colleague-answered", why=why, action=Action.SHEET, evidence=scene.evidence(last))


def refused(scene: Scene) -> Hold | None:
    if scene.awaits is not Awaits.REFUSAL:
        return None
    return Hold(rule="refused", why="Our last mail declined what they asked for; they are left in peace.", action=Action.REST, evidence=_our_words(scene))


def _our_words(scene: Scene) -> Evidence:
    reading = scene.reading(scene.ours) if scene.ours else None
    if reading is None or scene.ours is None:
        return Evidence()
    return Evidence(quote=reading.promise or reading.awaits_quote, entry=scene.ours.key, message_id=scene.ours.message_id)


def deferred(scene: Scene) -> Hold | None:
    """Until the day they named; without one for three months, then the owner decides."""
    deferral = scene.deferral
    if deferral is None:
        return None
    if deferral.until is not None:
        why = f"They asked to be written to later: not before {in_words(deferral.until)}."
        return Hold(rule="deferred", why=why, until=deferral.until, evidence=deferral.evidence) if scene.today < deferral.until else None
    until = months_after(deferral.said, DEFERRAL_MONTHS)
    if scene.today < until:
        why = f"They asked to be written to later and named no day; it comes back to you on {in_words(until)}."
        return Hold(rule="deferred", why=why, until=until, evidence=deferral.evidence)
    why = f"They asked on {in_words(deferral.said)} to be written to later and named no day. Whether it has come is yours to say."
    return Hold(rule="deferred-without-date", why=why, action=Action.SHEET, evidence=deferral.evidence)


def absent(scene: Scene) -> Hold | None:
    if not scene.away or scene.absence is None:
        return None
    why = f"They are away until {in_words(scene.absence.end)}; they are left alone until {in_words(scene.absence.until)}."
    return Hold(rule="absent", why=why, until=scene.absence.until, evidence=scene.absence.evidence)


def meeting(scene: Scene) -> Hold | None:
    """Ahead, and for some days after it: the owner knows what was said there."""
    if scene.meeting is None:
        return None
    day, entry = scene.meeting
    until = scene.calendar.add_working_days(day, scene.policy.cadence.meeting_quiet)
    if scene.today >= until:
        return None
    tense = "is" if day >= scene.today else "was"
    why = f"A meeting {tense} on {in_words(day)}; nothing is written before {in_words(until)}."
    return Hold(rule="meeting", why=why, until=until, evidence=scene.evidence(entry))


def promise(scene: Scene) -> Hold | None:
    """What we owe comes before what we ask. A promise to come back after a pause is kept by coming back."""
    reading = scene.reading(scene.ours) if scene.ours else None
    if reading is None or scene.ours is None or not reading.promise:
        return None
    pause = scene.deferral.until if scene.deferral else None
    if pause and (reading.promise_on is None or reading.promise_on >= pause):
        return None
    by = reading.promise_on or scene.calendar.add_working_days(scene.ours.day, PROMISE_DAYS)
    evidence = _our_words(scene)
    if scene.today <= by:
        why = f"We promised something on {in_words(scene.ours.day)}; it is expected by {in_words(by)}."
        return Hold(rule="promise", why=why, until=by + timedelta(days=1), evidence=evidence)
    why = f"A promise of ours of {in_words(scene.ours.day)} seems unkept; it was expected by {in_words(by)}."
    return Hold(rule="promise-unkept", why=why, action=Action.SHEET, evidence=evidence)


def incomplete(scene: Scene) -> Hold | None:
    if scene.case.proven_complete:
        return None
    tomorrow = scene.today + timedelta(days=1)
    return Hold(rule="incomplete", why="Not every account could be read, so silence is not proven.", until=tomorrow)


ACTIONS = {"thanked": Action.REST, "colleague-answered": Action.SHEET, "challenge": Action.SHEET, "left": Action.STOP, "hard-bounce": Action.STOP}


def not_silent(scene: Scene) -> Hold | None:
    """The strongest sign of life since our last mail; the hold carries the name of its row in that table."""
    found = silence(scene)
    if found.state is State.SILENT:
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
    """Silence after a mail that left nothing open is no silence. A pause that they asked for, now over, is a reason of its own."""
    if scene.ours is None and not scene.deferral_due:
        return Hold(rule="nothing-sent", why="Nothing was written to them, so there is nothing to follow up.", action=Action.REST)
    if scene.deferral_due or scene.awaits not in (Awaits.NOTHING, None) or (scene.awaits and Course(scene=scene).full):
        return None
    if scene.awaits is None:
        return Hold(rule="awaits-unknown", why="It is not known what our last mail left open.", action=Action.REST)
    return Hold(rule="awaits-nothing", why="Our last mail left nothing open.", action=Action.REST, evidence=_our_words(scene))


def ceiling(scene: Scene) -> Hold | None:
    """As many of ours as one silence bears, the owner's own and the open door counted; after a rest one letter in a lifetime."""
    course = Course(scene=scene)
    if scene.deferral_due and scene.reminders < course.ceiling:
        return None
    if not course.full:
        return None
    step = course.special("rest") if course.may_write_after_rest else None
    again = rest_end(scene, step.after) if step else None
    if again and again <= scene.today:
        return None
    last = f" Our last mail is of {in_words(scene.ours.day)}." if scene.ours else ""
    why = f"{scene.reminders} of our mails have gone unanswered in a row; that is enough.{last}"
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
    why = f"You threw away the last two drafts for them, the second one by {in_words(scene.day_of(closed))}. Say whether to go on."
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
    Rule(name="opted-out", lanes=AF, sentence="They asked for no more mail, or the owner stopped it.", judge=opted_out),
    Rule(name="unreachable", lanes=AF, sentence="Their address is dead.", judge=unreachable),
    Rule(name="left", lanes=AF, sentence="They no longer work there.", judge=left),
    Rule(name="paused", lanes=AF, sentence="The owner paused this person.", judge=paused),
    Rule(name="open-draft", lanes=AF, sentence="A draft for them is open, ours or the owner's own.", judge=open_draft),
    Rule(name="nothing-judged", lanes=AF, sentence="There is no judgement of the conversation.", judge=nothing_judged),
    Rule(name="unsure", lanes=AF, sentence="An opt-out, a no or a pause is suspected.", judge=unsure),
    Rule(name="declined", lanes=AF, sentence="They said no: one goodbye, then nothing until they write.", judge=declined),
    Rule(name="colleague-answered", lanes=A, sentence="A colleague answered; a new person is never a recipient.", judge=colleague_answered),
    Rule(name="refused", lanes=F, sentence="We declined what they asked for.", judge=refused),
    Rule(name="deferred", lanes=F, sentence="They asked to be written to later.", judge=deferred),
    Rule(name="absent", lanes=F, sentence="They are away.", judge=absent),
    Rule(name="meeting", lanes=F, sentence="A meeting lies ahead or was a short while ago.", judge=meeting),
    Rule(name="promise", lanes=F, sentence="A promise of ours is open.", judge=promise),
    Rule(name="incomplete", lanes=F, sentence="Silence is not proven: not every account was read.", judge=incomplete),
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


def language(scene: Scene) -> Hold | None:
    if scene.lang in scene.policy.languages:
        return None
    says = f"There are no templates in their language ({scene.lang})." if scene.lang else "Their language is not known."
    return Hold(rule="language", why=says)


LAST = (  # asked only of those for whom something would be written
    Rule(name="several-recipients", lanes=AF, sentence="Our first mail went to several people.", judge=several_recipients),
    Rule(name="language", lanes=AF, sentence="No template in their language.", judge=language),
)


def hold(scene: Scene, rules: tuple[Rule, ...] = RULES) -> Hold | None:
    """The first thing that stands in the way, or None. The lane is asked for only behind `nothing-judged`."""
    for rule in rules:
        if (rule.lanes == AF or scene.lane in rule.lanes) and (found := rule.judge(scene)):
            return found
    return None
