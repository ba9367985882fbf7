"""Go or no-go: once result and measure are known, the owner says whether they can be satisfied, before any offer."""

from __future__ import annotations

from nurture.followups.answers import reply
from nurture.followups.cadence import in_words
from nurture.followups.clock import answer_time
from nurture.followups.expected import expectation, expectations, said_anew
from nurture.followups.places import was_for
from nurture.followups.planned import Action, Lane
from nurture.followups.scene import DONE, Scene
from nurture.followups.sequence import Step
from nurture.followups.steps import Course
from nurture.followups.stops import Hold
from nurture.messages import one_line
from nurture.stages import Evidence, Signal, Stage

REFUSABLE = frozenset({Stage.CONTACT, Stage.PROSPECT, Stage.QUALIFIED, Stage.PROPOSAL})
SHOWN = 90  # characters of their words in a question to the owner


def go(scene: Scene) -> bool | None:
    """The owner's word; None while it is missing, or once they have said result or measure anew."""
    fit = scene.case.outside.fit
    if fit is None or fit.at > scene.now or said_anew(scene.case, fit.upto, fit.at):
        return None
    return fit.yes


def refusing(scene: Scene) -> bool:
    """A kind refusal is to be written, and as early as can be."""
    said = scene.case.outside.fit is not None
    return said and _is_no_go(scene) and not _told(scene) and refusal_of(scene) is not None


def refusal_of(scene: Scene) -> Step | None:
    """The step with which a no-go is told."""
    return Course(scene=scene).special("no-go")


def _is_no_go(scene: Scene) -> bool:
    return scene.verdict.stage in REFUSABLE and go(scene) is False


def _told(scene: Scene) -> bool:
    """The refusal was sent or thrown away, or the owner has written by hand since."""
    fit, step = scene.case.outside.fit, refusal_of(scene)
    if fit is None:
        return False
    written = scene.ours is not None and scene.ours.sent > fit.at
    since = (r for r in scene.case.ledger if r.state in DONE and r.created >= fit.at)
    return written or any(step and was_for(scene.sequences, r, step) for r in since)


def no_go(scene: Scene) -> Hold | None:
    """After the refusal they are left in peace; where no sequence knows how to refuse, the owner does it."""
    fit = scene.case.outside.fit
    if fit is None or not _is_no_go(scene) or refusing(scene):
        return None
    said = f"You said on {in_words(scene.day_of(fit.at))} that what they expect cannot be satisfied"
    if _told(scene):
        return Hold(rule="no-go", why=f"{said}; nothing more is written until they write.", action=Action.REST)
    return Hold(rule="no-go", why=f"{said}, and no sequence says how to tell them. Write it yourself.", action=Action.SHEET)


def undecided(scene: Scene) -> Hold | None:
    """Asked as soon as they are qualified. What they wrote is answered all the same, with the question beside the draft; after a no
    nothing leads them on to an offer."""
    if refusing(scene):
        return None
    if scene.lane is Lane.ANSWERS:
        if not (scene.case.outside.fit and _is_no_go(scene) and _asks_for_an_offer(scene)):
            return None
        why = "They ask for an offer, and you said that what they expect cannot be satisfied. What to write is yours to say."
        return Hold(rule="no-go", why=why, action=Action.SHEET)
    asked = question(scene)
    return Hold(rule="go-or-no-go", why=asked, action=Action.SHEET, evidence=_evidence(scene)) if asked else None


def question(scene: Scene) -> str:
    """What the owner is asked at `qualified`; "" where nothing is to be asked."""
    if scene.verdict.stage is not Stage.QUALIFIED or go(scene) is not None:
        return ""
    return f"{_expected(scene)}: can you satisfy this? Say `nurture log {scene.address} fit yes|no`."


def _expected(scene: Scene) -> str:
    result, measure = (expectation(scene.case, name, scene.tz) for name in ("result", "measure"))
    if result and measure:
        return f"They expect « {one_line(result.words, SHOWN)} », measured by « {one_line(measure.words, SHOWN)} »"
    if result:
        return f"They expect « {one_line(result.words, SHOWN)} »"
    return f"They will judge it by « {one_line(measure.words, SHOWN)} »" if measure else "You say that they are qualified"


def _evidence(scene: Scene) -> Evidence:
    return next((e.evidence for e in reversed(expectations(scene.case, scene.tz))), Evidence())


def _asks_for_an_offer(scene: Scene) -> bool:
    chosen = reply(scene, late=answer_time(scene, scene.pending[-1]).late)
    return chosen is not None and chosen.signal is Signal.PROPOSAL_REQUEST
