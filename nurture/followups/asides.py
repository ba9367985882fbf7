"""Holds for what was said beside the matter: that they come back to it themselves, and a stop that somebody else said."""

from __future__ import annotations

from nurture.conversations import Entry
from nurture.followups.cadence import in_words
from nurture.followups.planned import Action, Lane
from nurture.followups.scene import Scene
from nurture.followups.stops import Hold
from nurture.followups.told import their_promise
from nurture.messages import Kind
from nurture.stages import Evidence, Finding, Signal

OTHERS = frozenset({"thread", "company", "other"})


def they_promised(scene: Scene) -> Hold | None:
    """Nobody is chased before the day that they named themselves. What else they said is answered all the same."""
    promise = their_promise(scene)
    if promise is None or scene.today >= promise.until:
        return None
    if scene.lane is Lane.ANSWERS and any(scene.signals(entry) for entry in scene.pending):
        return None
    named = f", and named {in_words(promise.day)}" if promise.day else ""
    why = f"They wrote on {in_words(promise.said)} that they come back to it{named}; nothing is written before {in_words(promise.until)}."
    return Hold(rule="they-promised", why=why, until=promise.until, evidence=promise.evidence)


def somebody_said_stop(scene: Scene) -> Hold | None:
    """Somebody else in the thread asked for no more mail, or may have: whether it holds for this person is the owner's to say."""
    for entry in reversed(scene.entries):
        stop = _stop(scene, entry)
        if stop is not None and not _decided(scene, entry):
            who = "A colleague of theirs" if entry.by in ("thread", "company") else "Somebody else in the thread"
            asked = f"{who} asked" if stop.signal in scene.signals(entry) else f"{who} may have asked"
            why = f"{asked} on {in_words(entry.day)} not to be written to again. Read it, then stop or settle."
            evidence = Evidence(quote=stop.quote, entry=entry.key, message_id=entry.message_id)
            return Hold(rule="somebody-said-stop", why=why, action=Action.SHEET, evidence=evidence)
    return None


def _stop(scene: Scene, entry: Entry) -> Finding | None:
    """Its opt-out, found or suspected."""
    reading = scene.reading(entry)
    if reading is None or entry.kind is not Kind.HUMAN or entry.by not in OTHERS:
        return None
    return next((f for f in (*reading.findings, *reading.unsure) if f.signal is Signal.OPT_OUT), None)


def _decided(scene: Scene, entry: Entry) -> bool:
    word = scene.case.word
    return word.settles(entry) or word.reopens(entry)
