"""Holds that end on a day: a pause that they asked for, an absence, a meeting, a promise of ours."""

from __future__ import annotations

from datetime import timedelta

from nurture.conversations import Entry
from nurture.followups.cadence import LATEST, in_words, months_after
from nurture.followups.exchanged import OWN_AUTOMATIC
from nurture.followups.planned import Action
from nurture.followups.scene import DEFERRAL_MONTHS, Scene
from nurture.followups.stops import Hold
from nurture.stages import Awaits, Evidence

HANDED_OVER = frozenset({Awaits.OFFER, Awaits.DOCUMENT})
PROMISE_DAYS = 5  # working days that a promise without a day may take


def deferred(scene: Scene) -> Hold | None:
    """Until the day they named; without one for three months, then the owner decides."""
    deferral = scene.deferral
    if deferral is None:
        return None
    if deferral.until is not None:
        why = f"They asked to be written to later: not before {in_words(deferral.until)}."
        return (
            Hold(rule="deferred", why=why, until=deferral.until, evidence=deferral.evidence)
            if scene.today < deferral.until
            else None
        )
    until = months_after(deferral.said, DEFERRAL_MONTHS)
    if scene.today < until:
        why = f"They asked to be written to later and named no day; it comes back to you on {in_words(until)}."
        return Hold(rule="deferred", why=why, until=until, evidence=deferral.evidence)
    why = f"They asked on {in_words(deferral.said)} to be written to later and named no day. Whether it has come is yours to say."
    return Hold(rule="deferred-without-date", why=why, action=Action.SHEET, evidence=deferral.evidence)


def absent(scene: Scene) -> Hold | None:
    if not scene.away or scene.absence is None:
        return None
    end, until = scene.absence.end, scene.absence.until
    why = f"They are away until {in_words(end)}" + ("." if until == end else f"; they are left alone until {in_words(until)}.")
    return Hold(rule="absent", why=why, until=scene.absence.until, evidence=scene.absence.evidence)


def meeting(scene: Scene) -> Hold | None:
    """Ahead, and for some days after it: the owner knows what was said there."""
    if scene.meeting is None:
        return None
    day, entry = scene.meeting
    until = scene.calendar.add_working_days(day, scene.policy.cadence.meeting_quiet)
    if scene.today >= until:
        return None
    when = f"A meeting is on {in_words(day)}" if day >= scene.today else f"A meeting was on {in_words(day)}"
    why = f"{when}; nothing is written before {in_words(until)}."
    return Hold(rule="meeting", why=why, until=until, evidence=scene.evidence(entry))


def promise(scene: Scene) -> Hold | None:
    """What we owe comes before what we ask. A promise to come back after a pause is kept by coming back."""
    promising = _promising(scene)
    reading = scene.reading(promising) if promising else None
    if reading is None or promising is None:
        return None
    pause = scene.deferral.until if scene.deferral else None
    if pause and (reading.promise_on is None or reading.promise_on >= pause):
        return None
    by = min(reading.promise_on, LATEST) if reading.promise_on else scene.calendar.add_working_days(promising.day, PROMISE_DAYS)
    if scene.talk and scene.talk.happened > promising.sent and scene.talk.day >= by:
        return None
    evidence = Evidence(quote=reading.promise, entry=promising.key, message_id=promising.message_id)
    earlier = promising is not scene.ours  # we have written since, and did not seem to keep it: in doubt we did
    if scene.today > by and earlier:
        return None
    if scene.today <= by:
        why = f"We promised something on {in_words(promising.day)}; it is expected by {in_words(by)}."
        return Hold(rule="promise", why=why, until=by + timedelta(days=1), evidence=evidence)
    why = f"A promise of ours of {in_words(promising.day)} seems unkept; it was expected by {in_words(by)}."
    return Hold(rule="promise-unkept", why=why, action=Action.SHEET, evidence=evidence)


def _promising(scene: Scene) -> Entry | None:
    """Our last mail that promises something. An earlier one than our last counts for the day that it names, as long as no mail of ours since
    has handed anything over."""
    for entry in reversed(scene.entries):
        reading = scene.reading(entry) if entry.ours and entry.kind not in OWN_AUTOMATIC else None
        if reading is None:
            continue
        if reading.promise:
            return entry if entry is scene.ours or reading.promise_on else None
        if reading.awaits in HANDED_OVER:
            return None
    return None


def our_words(scene: Scene) -> Evidence:
    """The sentence of our last mail that promises something, or else that says what it awaits."""
    reading = scene.reading(scene.ours) if scene.ours else None
    if reading is None or scene.ours is None:
        return Evidence()
    return Evidence(quote=reading.promise or reading.awaits_quote, entry=scene.ours.key, message_id=scene.ours.message_id)
