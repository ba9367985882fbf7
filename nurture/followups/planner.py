"""Cases in, one decision a person out, with its reason. Nothing here touches the world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from nurture.conversations import Entry
from nurture.followups.answers import SAID, SAID_YES, Reply, reply
from nurture.followups.cadence import Wait, in_words
from nurture.followups.clock import answer_time, due, overdue, rest_end, rest_wait, start, too_old
from nurture.followups.contest import Wanted
from nurture.followups.courtesy import ANSWER, had_its_challenge, to_ask
from nurture.followups.fit import question, refusal_of, refusing
from nurture.followups.holds import LAST, hold
from nurture.followups.measure import question_day
from nurture.followups.owed import owed
from nurture.followups.planned import Action, Case, DraftState, Item, Lane, LedgerRow, Occasion, Plan, anchor_id
from nurture.followups.policy import Policy
from nurture.followups.revisions import Sequences
from nurture.followups.scene import Scene
from nurture.followups.scope import AGREED
from nurture.followups.sequence import Sequence, Step
from nurture.followups.steps import Course
from nurture.followups.stops import Hold
from nurture.stages import Evidence, Stage

ACTIVE = frozenset({Action.DRAFT, Action.WAIT})


def plan_one(case: Case, sequences: Sequences, policy: Policy, now: datetime, tz: tzinfo) -> Item:
    """What is to be done about one person today, and why. Caps and colleagues of the same plan are `plan`'s matter."""
    scene = Scene(case=case, sequences=sequences, policy=policy, now=now, tz=tz)
    if found := hold(scene):
        return held(scene, found)
    item = refuse(scene) if refusing(scene) else answer(scene) if scene.lane is Lane.ANSWERS else follow_up(scene)
    if item.action in ACTIVE and (found := hold(scene, LAST)):
        return held(scene, found)
    return (
        replace(item, question=question(scene))
        if item.action is Action.DRAFT and scene.verdict.stage is Stage.QUALIFIED
        else item
    )


def wanted(
    cases: Iterable[Case], sequences: Sequences, policy: Policy, now: datetime, tz: tzinfo, *, open_now: int, created_today: int
) -> Wanted:
    """One decision a person, to be fitted under the caps.

    `open_now`: untouched drafts that lie open; `created_today`: drafts made today.
    """
    decided: dict[int, tuple[Case, Item]] = {}
    for case in cases:
        decided.setdefault(case.conversation.person.key, (case, plan_one(case, sequences, policy, now, tz)))
    room = max(0, min(policy.caps.open_drafts - open_now, policy.caps.drafts_per_day - created_today))
    return Wanted(decided=tuple(decided.values()), room=room, today=now.astimezone(tz).date())


def plan(
    cases: Iterable[Case], sequences: Sequences, policy: Policy, now: datetime, tz: tzinfo, *, open_now: int, created_today: int
) -> Plan:
    """One item a person, drafts first: answers before follow-ups, the oldest due first, no more of them than the caps allow."""
    return wanted(cases, sequences, policy, now, tz, open_now=open_now, created_today=created_today).plan()


# one decision


def held(scene: Scene, found: Hold) -> Item:
    """A hold as a decision."""
    lane = scene.lane if scene.case.verdict else None
    return _item(scene, found.action, found.rule, found.why, lane=lane, evidence=found.evidence, look_again=found.until)


def _item(scene: Scene, action: Action, rule: str, why: str, **more: Any) -> Item:
    return Item(person=scene.person.key, address=scene.address, action=action, rule=rule, why=why, **more)


# answers


def answer(scene: Scene) -> Item:
    """The answer to what they said last: due a working day later, late after ten, the owner's alone after sixty days."""
    message = scene.pending[-1]
    time = answer_time(scene, message)
    closed = _answered_by(scene, message)
    if closed:
        return _closed(scene, closed, message)
    if time.too_late:
        why = f"Their message of {in_words(message.day)} has waited too long for a draft; what to write is yours to say."
        return _item(
            scene, Action.SHEET, "answer-too-late", why, lane=Lane.ANSWERS, evidence=scene.evidence(message), anchor=message.key
        )
    if time.late and scene.verdict.stage is Stage.DECLINED:
        why = f"They said no on {in_words(message.day)}; it is too late for a goodbye."
        return _item(scene, Action.REST, "declined", why, lane=Lane.ANSWERS, evidence=scene.evidence(message))
    chosen = reply(scene, late=time.late)
    if chosen is None:
        why = f"Their message of {in_words(message.day)} calls for an answer, and no template answers it."
        return _item(
            scene, Action.SHEET, "no-answer-known", why, lane=Lane.ANSWERS, evidence=scene.evidence(message), anchor=message.key
        )
    return _answer(scene, message, chosen)


def _answer(scene: Scene, message: Entry, chosen: Reply) -> Item:
    time = answer_time(scene, message)
    said = f"{SAID_YES if chosen.scope == AGREED else SAID.get(chosen.signal, 'They wrote')} on {in_words(_said_on(scene, chosen, message))}"
    step = f"{ANSWER}{chosen.signal.value}"
    common: dict[str, Any] = {
        "lane": Lane.ANSWERS, "evidence": chosen.evidence, "due": time.due, "sequence": chosen.sequence.name, "revision": chosen.sequence.revision,
        "step": step, "template": chosen.answer.template, "anchor": message.key, "signal": chosen.signal.value, "scope": chosen.scope,
    }  # fmt: skip
    if scene.today < time.due:
        why = f"{said}; an answer is due on {in_words(time.due)}."
        return _item(scene, Action.WAIT, "answer-not-due", why, look_again=time.due, **common)
    why = f"{said}; an answer has been due since {in_words(time.due)}" + (", so the text owns the delay." if time.late else ".")
    rule = "answer-late" if time.late else "answer-due"
    return _draft(scene, rule, why, message, chosen.sequence, step, common)


def _said_on(scene: Scene, chosen: Reply, message: Entry) -> date:
    return next((e.day for e in scene.pending if e.key == chosen.evidence.entry), message.day)


def _answered_by(scene: Scene, message: Entry) -> LedgerRow | None:
    """A draft that answered this very message, whatever it said."""
    rows = (r for r in reversed(scene.case.ledger) if r.occasion.lane is Lane.ANSWERS and r.occasion.anchor == anchor_id(message))
    return next((r for r in rows if r.state is not DraftState.FAILED), None)


def _closed(scene: Scene, row: LedgerRow, message: Entry) -> Item:
    lane = row.occasion.lane
    if row.state is DraftState.WITHDRAWN:
        made = in_words(scene.day_of(row.created))
        why = f"The draft of {made} ({row.step}) lay untouched and was taken back; say whether it is still wanted."
        return _item(scene, Action.SHEET, "withdrawn", why, lane=lane, evidence=scene.evidence(message), anchor=message.key)
    told = {DraftState.DELETED: "you threw it away", DraftState.SENT: "you sent it"}.get(row.state, "you wrote yourself")
    why = f"The draft of {in_words(scene.day_of(row.created))} ({row.step}) settled this: {told}."
    return _item(scene, Action.REST, "occasion-closed", why, lane=lane, anchor=message.key)


# a refusal of ours


def refuse(scene: Scene) -> Item:
    """What they expect cannot be satisfied: they are told kindly, and at once."""
    fit, step, always = scene.case.outside.fit, refusal_of(scene), Course(scene=scene).always
    assert fit is not None  # so `refusing` has seen
    assert step is not None
    assert always is not None
    anchor = scene.pending[-1] if scene.lane is Lane.ANSWERS else _followed_up(scene)
    said = scene.day_of(fit.at)
    common: dict[str, Any] = {
        "lane": scene.lane, "evidence": scene.evidence(anchor), "due": said, "sequence": always.name, "revision": always.revision,
        "step": step.name, "template": step.template, "anchor": anchor.key,
    }  # fmt: skip
    why = f"You said on {in_words(said)} that what they expect cannot be satisfied; it is told early, and kindly."
    return _draft(scene, "no-go", why, anchor, always, step.name, common)


# follow-ups


def follow_up(scene: Scene) -> Item:
    """The step that this silence calls for, when its day has come."""
    course = Course(scene=scene)
    if scene.deferral_due and scene.deferral and scene.deferral.until and (step := course.special("deferral")) and course.always:
        day = step.after.end(scene.deferral.until, scene.calendar)
        why = f"They asked to be written to from {in_words(scene.deferral.until)} on"
        return _step(scene, course.always, step, day, step.after, "deferral-due", why, evidence=scene.deferral.evidence)
    if (due_now := owed(scene)) and course.always:
        wanted = due_now.step
        return _step(
            scene, course.always, wanted, due_now.due, wanted.after, due_now.rule, due_now.why, evidence=due_now.evidence
        )
    if (step := course.measure) and course.sequence and not course.full:
        day, why, evidence = question_day(scene, step)
        return _step(scene, course.sequence, step, day, step.after, "measure-day", why, evidence=evidence)
    again = course.full or (scene.revived and course.next is None and course.may_write_after_rest)
    if again and (step := course.special("rest")) and course.always:
        day = rest_end(scene, step.after)
        why = f"They have been left in peace since {in_words(start(scene))}; one letter may follow, once"
        return _step(scene, course.always, step, day, rest_wait(scene), "after-rest", why)
    if course.sequence is None or course.next is None:
        return _item(scene, Action.REST, "sequence-done", "No step is left for this silence.", lane=Lane.FOLLOWUPS)
    why = f"There is no answer to our mail of {in_words(scene.ours.day)}" if scene.ours else "There is no answer"
    if scene.thanks_restart and scene.thanks:
        why = f"They thanked us on {in_words(scene.thanks.day)} and have said nothing else since, so the wait is doubled"
    if scene.talked_since_ours and scene.talk:
        why = f"You spoke with them on {in_words(scene.talk.day)}, and nothing has come since"
    wait = course.next.after.doubled if scene.thanks_restart else course.next.after
    return _step(scene, course.sequence, course.next, due(scene, course.next.after), wait, "step-due", why)


def _step(
    scene: Scene, sequence: Sequence, step: Step, day: date, wait: Wait, rule: str, why: str, evidence: Evidence | None = None
) -> Item:
    """One step on its day: not yet, today, too late, or taken back before."""
    anchor = _followed_up(scene)
    if scene.revived and scene.case.outside.revived_at:
        why = f"{why}; you took it up again on {in_words(scene.day_of(scene.case.outside.revived_at))}"
    if row := Course(scene=scene).withdrawn(sequence.name, step.name):
        return _closed(scene, row, anchor)
    common: dict[str, Any] = {
        "lane": Lane.FOLLOWUPS, "evidence": evidence or Evidence(), "due": day, "sequence": sequence.name, "revision": sequence.revision,
        "step": step.name, "template": step.template, "anchor": anchor.key,
    }  # fmt: skip
    if scene.today < day:
        return _item(
            scene, Action.WAIT, "step-not-due", f"{why}; {step.name} is due on {in_words(day)}.", look_again=day, **common
        )
    if overdue(scene, day, wait):
        told = f"{why}; {step.name} was due on {in_words(day)}, and that is too long ago."
        return _item(scene, Action.REST, "overdue", told, **common)
    return _draft(scene, rule, f"{why}; {step.name} has been due since {in_words(day)}.", anchor, sequence, step.name, common)


def _followed_up(scene: Scene) -> Entry:
    """The message that a follow-up refers to: the one that asked for a pause where it is the newer, else our last mail."""
    asked = scene.deferral.evidence.entry if scene.deferral_due and scene.deferral else None
    later = next((e for e in scene.entries if e.key == asked and (scene.ours is None or e.sent > scene.ours.sent)), None)
    return later or scene.ours or scene.word or scene.entries[-1]


def _draft(scene: Scene, rule: str, why: str, anchor: Entry, sequence: Sequence, step: str, common: dict[str, Any]) -> Item:
    """A draft, unless its occasion has had one."""
    occasion = Occasion(
        person=scene.person.addresses[0], lane=common["lane"], anchor=anchor_id(anchor), step=f"{sequence.name}/{step}"
    )  # fmt: skip
    before = next((r for r in scene.case.ledger if r.state is not DraftState.FAILED and _is_same(r.occasion, occasion)), None)
    if before:
        return _closed(scene, before, anchor)
    tomorrow = scene.today + timedelta(days=1)
    return _item(scene, Action.DRAFT, rule, why, look_again=tomorrow, occasion=occasion, **common)


def _is_same(before: Occasion, occasion: Occasion) -> bool:
    """Whoever's name it bears: people are joined and parted, and their first address changes by it."""
    return (before.lane, before.anchor, before.step) == (occasion.lane, occasion.anchor, occasion.step)


# the same questions, asked one by one of a case


def language_of(case: Case, policy: Policy, now: datetime, tz: tzinfo) -> str | None:
    """The language in which a person is written to, or None where no template could be."""
    scene = Scene(case=case, sequences=Sequences({}, {}), policy=policy, now=now, tz=tz)
    return scene.lang if scene.lang in policy.languages else None


def expectations_to_ask(case: Case, sequences: Sequences, policy: Policy, now: datetime, tz: tzinfo) -> tuple[str, ...]:
    """Of "result" and "measure", what is missing before an offer and was not asked yet; () without a verdict."""
    return to_ask(Scene(case=case, sequences=sequences, policy=policy, now=now, tz=tz)) if case.verdict else ()


def fit_question(case: Case, policy: Policy, now: datetime, tz: tzinfo) -> str:
    """What the owner is asked of somebody who is qualified, while it is not answered; else ""."""
    return question(Scene(case=case, sequences=Sequences({}, {}), policy=policy, now=now, tz=tz)) if case.verdict else ""


def challenged_before(case: Case, sequences: Sequences, policy: Policy, now: datetime, tz: tzinfo) -> bool:
    """Whether the one contradiction of this conversation was written already."""
    return had_its_challenge(Scene(case=case, sequences=sequences, policy=policy, now=now, tz=tz))


def untouched_too_long(case: Case, row: LedgerRow, policy: Policy, now: datetime, tz: tzinfo) -> str | None:
    """Why an untouched open draft is to be taken back for its age alone (10 working days), else None."""
    scene = Scene(case=case, sequences=Sequences({}, {}), policy=policy, now=now, tz=tz)
    if row.state is not DraftState.OPEN or not too_old(scene, row):
        return None
    return f"it has lain untouched since {in_words(scene.day_of(row.created))}"
