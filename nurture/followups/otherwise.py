"""What else could come next for somebody, and why it does not: for the owner who wants to know before anything acts.

Asked of the same scene by which the plan was made; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from nurture.followups.answers import agreed, strongest
from nurture.followups.cadence import in_words
from nurture.followups.clock import answer_time
from nurture.followups.courtesy import ANSWER
from nurture.followups.owed import owed
from nurture.followups.planned import Action, Case, Item, Lane
from nurture.followups.policy import Policy
from nurture.followups.revisions import Sequences
from nurture.followups.scene import Scene
from nurture.followups.sequence import ANY, Answer, Sequence, Step
from nurture.followups.steps import Course
from nurture.stages import Turn

NO_GO = "no-go"


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """Something that does not come next. `kind`: lane, sequence, step, answer, or template."""

    kind: str
    name: str
    why: str


def alternatives(
    case: Case, item: Item, sequences: Sequences, policy: Policy, now: datetime, tz: tzinfo
) -> tuple[Alternative, ...]:
    """Everything that lost against `item`, which was decided at this very moment; () where nothing was judged, or nothing is next."""
    if case.verdict is None or item.action not in (Action.DRAFT, Action.WAIT):
        return ()
    scene = Scene(case=case, sequences=sequences, policy=policy, now=now, tz=tz)
    if item.rule == NO_GO:
        why = "you said that what they expect cannot be satisfied, and that is told first"
        return tuple(Alternative(kind="lane", name=lane.value, why=why) for lane in Lane)
    lost = _answers(scene, item) if item.lane is Lane.ANSWERS else _steps(scene, item)
    return (*_lane(scene), *_sequences(scene), *lost)


def _lane(scene: Scene) -> Iterator[Alternative]:
    """The other lane."""
    if scene.lane is Lane.ANSWERS:
        why = f"their message of {in_words(scene.pending[-1].day)} waits for an answer, and that comes before any follow-up"
        yield Alternative(kind="lane", name=Lane.FOLLOWUPS.value, why=why)
    else:
        yield Alternative(kind="lane", name=Lane.ANSWERS.value, why=_why_no_answer(scene))


def _why_no_answer(scene: Scene) -> str:
    if not scene.pending:
        return "no word of theirs waits for an answer"
    if scene.deferral is not None:
        return "they asked to be written to later"
    if scene.away:
        return "they are away"
    turn = "it is their turn" if scene.verdict.turn is Turn.THEIRS else "nothing that they wrote calls for an answer"
    return f"{turn} ({scene.verdict.turn_rule})" if scene.verdict.turn_rule else turn


def _sequences(scene: Scene) -> Iterator[Alternative]:
    """Others for the same stage; and a newer revision of the one with which the conversation began."""
    chosen = Course(scene=scene).sequence
    for other in scene.sequences.in_force:
        if other.stage != scene.verdict.stage or chosen is None:
            continue
        if other.name == chosen.name and other.revision != chosen.revision:
            why = f"the conversation began with revision {chosen.revision}"
            yield Alternative(kind="sequence", name=f"{other.name} {other.revision}", why=why)
        elif other.name != chosen.name:
            fits = other.criterion.fits(scene.lang, scene.case.outside)
            why = f"{chosen.name} comes before it" if fits else "it is meant for others (its `for`)"
            yield Alternative(kind="sequence", name=other.name, why=why)


# steps


def _steps(scene: Scene, item: Item) -> Iterator[Alternative]:
    course = Course(scene=scene)
    for sequence in (s for s in (course.sequence, course.always) if s):
        for step in sequence.steps:
            if (sequence.name, step.name) != (item.sequence, item.step):
                yield Alternative(kind="step", name=f"{sequence.name}/{step.name}", why=_why_not(course, sequence, step, item))


def _why_not(course: Course, sequence: Sequence, step: Step, item: Item) -> str:
    if step.on != "silence":
        return SPECIAL[step.on](course, item)
    if over := course.passed_over(sequence, step):
        return over
    if course.full:
        return f"{_letters(course.scene.reminders)} of ours in this silence went unanswered, and no more may"
    if item.sequence != sequence.name or not _is_for_silence(sequence, item.step):
        return f"{item.step} comes first"
    names = [s.name for s in sequence.steps]
    if names.index(step.name) < names.index(item.step):
        return f"one more letter is all that this silence bears, and that is {item.step}"
    return f"it comes after {item.step}"


def _is_for_silence(sequence: Sequence, name: str) -> bool:
    return any(s.name == name and s.on == "silence" for s in sequence.steps)


def _letters(count: int) -> str:
    return "1 reminder" if count == 1 else f"{count} reminders"


def _deferral(course: Course, _item: Item) -> str:
    deferral = course.scene.deferral
    if deferral is None:
        return "they have asked for no pause"
    if deferral.until is None:
        return "they named no day for coming back to them"
    ahead = course.scene.today < deferral.until
    return f"their pause lasts until {in_words(deferral.until)}" if ahead else "their pause was taken up"


def _rest(course: Course, item: Item) -> str:
    if course.had_its_letter:
        return "the one letter after a rest has been written"
    if not course.scene.ever_answered:
        return "they have never answered: after this silence they are left in peace for good"
    return f"{item.step} comes first" if course.full else "it comes months after the last letter of a silence"


def _measure(course: Course, item: Item) -> str:
    return "how it came out was asked already" if course.measure is None else f"{item.step} comes first"


def _no_go(_course: Course, _item: Item) -> str:
    return "you have not said that what they expect cannot be satisfied, or they have been told"


def _welcome(course: Course, item: Item) -> str:
    return _owed(course, "welcome-due", "you have not said that they have accepted, or it is past the time for a welcome", item)


def _talk(course: Course, item: Item) -> str:
    return _owed(course, "summary-due", "you have not spoken with them and noted what they expect, or it was long ago", item)


def _owed(course: Course, rule: str, why: str, item: Item) -> str:
    due = owed(course.scene)
    return f"{item.step} comes first" if due and due.rule == rule else why


SPECIAL = {"deferral": _deferral, "rest": _rest, "measure": _measure, NO_GO: _no_go, "welcome": _welcome, "talk": _talk}


# answers


def _answers(scene: Scene, item: Item) -> Iterator[Alternative]:
    """What else they said, and in which other ways the same could be answered."""
    said = list(dict.fromkeys((signal, scope) for signal, _, scope in (*agreed(scene), *strongest(scene))))
    chosen = next((n for n, (signal, scope) in enumerate(said) if (signal, scope) == (item.signal, item.scope)), len(said))
    for n, (signal, scope) in enumerate(said):
        if n != chosen and signal != item.signal:
            why = f"{item.signal} is answered before it" if n > chosen else "no sequence of theirs answers it"
            yield Alternative(kind="answer", name=f"{ANSWER}{signal}" + (f" ({scope})" if scope else ""), why=why)
    course, late = Course(scene=scene), answer_time(scene, scene.pending[-1]).late
    for sequence in (s for s in (course.sequence, course.always) if s):
        for answer in sequence.answers:
            is_it = (sequence.name, answer.template) == (item.sequence, item.template)
            if answer.to in (item.signal, ANY) and not is_it:
                why = _why_other(scene, item, answer, late=late)
                yield Alternative(kind="answer", name=f"{sequence.name}/{answer.template}", why=why)


def _why_other(scene: Scene, item: Item, answer: Answer, *, late: bool) -> str:
    if answer.late != late:
        return "it is for an answer that comes late" if answer.late else "the answer comes late, and has to own that"
    if answer.scope not in ("", item.scope):
        return f"it is for the case {answer.scope}"
    if not answer.criterion.fits(scene.lang, scene.case.outside):
        return "it is meant for others (its lang, tag or list)"
    return "a more particular answer comes before it"
