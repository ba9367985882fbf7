"""What the owner's own word calls for: a welcome after a yes by word of mouth, a summary after a talk in which they told what they expect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nurture.followups.cadence import in_words
from nurture.followups.planned import DraftState
from nurture.followups.scene import Scene
from nurture.followups.sequence import Step
from nurture.followups.steps import Course
from nurture.stages import Evidence, Stage

FRESH = 5  # working days behind its day after which a welcome or a summary would be odd
NOWHERE = Evidence()
BEFORE_A_YES = frozenset({Stage.PROSPECT, Stage.QUALIFIED, Stage.PROPOSAL})


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A step that is owed, the day on which it is due, why, and the words that it goes back to."""

    rule: str
    step: Step
    due: date
    why: str
    evidence: Evidence = NOWHERE


def owed(scene: Scene) -> Owed | None:
    """One letter for one word of the owner's, unless either side has written since."""
    return _welcome(scene) or _summary(scene)


def _welcome(scene: Scene) -> Owed | None:
    """A yes that no mail says. That an old client was taken for a stranger and is put right is no yes."""
    said, detected = scene.case.outside.stage, scene.case.detected
    if said is None or said.stage is not Stage.CLIENT or scene.verdict.stage is not Stage.CLIENT or detected is None:
        return None
    told_by_talk = any(one.at == said.at for one in scene.contacts if one.is_talk)
    if detected.stage is Stage.CLIENT or not (told_by_talk or detected.stage in BEFORE_A_YES):
        return None
    if (fresh := _fresh(scene, "welcome", said.at)) is None:
        return None
    why = f"You said on {in_words(scene.day_of(said.at))} that they have accepted"
    return Owed(rule="welcome-due", step=fresh[0], due=fresh[1], why=why)


def _summary(scene: Scene) -> Owed | None:
    talk = scene.talk
    heard = [h for h in scene.case.outside.heard if h.words and talk and h.at >= talk.at]
    if talk is None or not heard:
        return None
    if (fresh := _fresh(scene, "talk", talk.happened)) is None:
        return None
    why = f"You spoke with them on {in_words(talk.day)}, and heard what they expect"
    return Owed(rule="summary-due", step=fresh[0], due=fresh[1], why=why, evidence=Evidence(quote=heard[-1].words))


def _fresh(scene: Scene, on: str, moment: datetime) -> tuple[Step, date] | None:
    """(the step, the day on which it is due), unless either side has written since, it was drafted, or that day is long past."""
    step = Course(scene=scene).special(on)
    if step is None or any(e.sent > moment for e in (scene.ours, scene.word) if e) or _drafted(scene, step):
        return None
    due = step.after.end(scene.day_of(moment), scene.calendar)
    late = scene.today > scene.calendar.add_working_days(due, FRESH)
    return None if late else (step, due)


def _drafted(scene: Scene, step: Step) -> bool:
    """Since our last mail, whatever became of it."""
    last = scene.ours.sent if scene.ours else None
    rows = (r for r in scene.case.ledger if r.step == step.name and r.state is not DraftState.FAILED)
    return any(last is None or row.created > last for row in rows)
