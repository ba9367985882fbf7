"""The client's measure: on the day that they named for it, or that the owner knows, one question about it, once."""

from __future__ import annotations

from datetime import date

from nurture.followups.cadence import LATEST, in_words
from nurture.followups.clock import due, start
from nurture.followups.expected import Expectation, expectation
from nurture.followups.scene import Scene
from nurture.followups.sequence import Step
from nurture.followups.steps import Course
from nurture.stages import Evidence, Stage, measure_day

QUIET = 3  # working days behind our last mail before the question comes


def named_day(scene: Scene) -> tuple[date, Evidence] | None:
    """The day of a client's measure: the owner's word, else what their sentence names, if it lies behind their yes."""
    if scene.verdict.stage is not Stage.CLIENT:
        return None
    if stated := scene.case.outside.measure_day:
        return min(stated, LATEST), Evidence()
    found = expectation(scene.case, "measure", scene.tz)
    day = _in_words_of(scene, found) if found else None
    return (min(day, LATEST), found.evidence) if found and day and day > _accepted_on(scene) else None


def _in_words_of(scene: Scene, found: Expectation) -> date | None:
    """In their language first; the owner may have noted it in another."""
    langs = dict.fromkeys(lang for lang in (scene.lang, *scene.policy.languages) if lang)
    days = (measure_day(found.words, found.said, lang, scene.policy.feasts) for lang in langs)
    return next((day for day in days if day), None)


def _accepted_on(scene: Scene) -> date:
    entry = next((e for e in scene.entries if e.key == scene.verdict.evidence.entry), None)
    said = scene.case.outside.stage
    return entry.day if entry else scene.day_of(said.at) if said else date.min


def measure_ahead(scene: Scene) -> bool:
    """A day is known on which a client will be asked: that is a reason of its own, whatever our last mail left open."""
    if scene.verdict.stage is not Stage.CLIENT:
        return False
    course = Course(scene=scene)
    return course.measure is not None and not course.full and named_day(scene) is not None


def question_day(scene: Scene, step: Step) -> tuple[date, str, Evidence]:
    """(the working day of the question, why, their sentence). Without a day of theirs it is the step's own wait that counts."""
    named = named_day(scene)
    if named is None:
        told = f"our mail of {in_words(scene.ours.day)}" if scene.ours else "their yes"
        return due(scene, step.after), f"Nothing was said of their measure since {told}", Evidence()
    day, evidence = named
    why = f"The day of their measure is {in_words(day)}"
    if start(scene) >= day:  # the day has passed over our last mail: that may have been about it
        return due(scene, step.after), why, evidence
    quiet = scene.calendar.add_working_days(start(scene), QUIET)
    return max(scene.calendar.on_or_after(day), quiet), why, evidence
