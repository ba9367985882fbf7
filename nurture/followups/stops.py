"""Stops: what ends or suspends everything for a person, whosever turn it is. `holds` puts them in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nurture.conversations import THEIR_SIDE, Entry
from nurture.followups.cadence import in_words
from nurture.followups.clock import last_day, too_old
from nurture.followups.exchanged import is_by_hand
from nurture.followups.planned import OPEN_STATES, Action, DraftState, Lane
from nurture.followups.scene import Scene
from nurture.messages import Kind
from nurture.stages import Evidence, Finding, Signal, Stage

UNSURE = {Signal.OPT_OUT: "wants no more mail", Signal.DECLINE: "says no", Signal.DEFERRAL: "asks to be written to later"}
LYING = {
    DraftState.INTENDED: "A draft for them may have been written; the next run finds out.",
    DraftState.OPEN: "A draft for them lies in Drafts.",
    DraftState.EDITED: "You have changed the draft for them; it is yours now.",
    DraftState.MISSING: "The draft for them is gone and nothing tells why, so they are left alone.",
}


NOWHERE = Evidence()


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """Something stands in the way. `until`: the day on which time alone could lift it."""

    rule: str
    why: str
    action: Action = Action.HOLD
    until: date | None = None
    evidence: Evidence = NOWHERE


def not_followed(scene: Scene) -> Hold | None:
    if scene.case.word.followed:
        return None
    return Hold(rule="not-followed", why="You do not follow this person.", action=Action.STOP)


def excluded(scene: Scene) -> Hold | None:
    """The configuration says that they are never written to."""
    if not scene.case.word.excluded:
        return None
    why = f"`exclude` in config.toml names {scene.case.word.excluded}: nobody there is written to."
    return Hold(rule="excluded", why=why, action=Action.STOP)


def opted_out(scene: Scene) -> Hold | None:
    """The owner's word, the judge's, or any message of their side since the owner last reopened it."""
    if scene.case.word.stopped:
        return Hold(
            rule="opted-out",
            why="You stopped it, or they are on the list of those who asked for no more mail.",
            action=Action.STOP,
        )
    reopened = scene.case.word.reopened_at
    for entry in reversed(scene.entries):
        said = entry.by in THEIR_SIDE and Signal.OPT_OUT in scene.signals(entry)
        if said and (reopened is None or entry.sent > reopened):
            why = f"They asked on {in_words(entry.day)} not to be written to again."
            return Hold(
                rule="opted-out", why=why, action=Action.STOP, evidence=_quote_of(scene, Signal.OPT_OUT) or scene.evidence(entry)
            )
    if scene.case.verdict and scene.case.verdict.stage is Stage.OPTED_OUT:
        return Hold(
            rule="opted-out", why="They asked not to be written to again.", action=Action.STOP, evidence=scene.verdict.evidence
        )
    return None


def _quote_of(scene: Scene, signal: Signal) -> Evidence | None:
    for entry in reversed(scene.entries):
        reading = scene.reading(entry)
        for finding in (*reading.findings, *reading.unsure) if reading else ():
            if finding.signal is signal:
                return Evidence(quote=finding.quote, entry=entry.key, message_id=entry.message_id)
    return None


def unreachable(scene: Scene) -> Hold | None:
    """The judge says so, or the address that would be written to failed for good and no word of theirs has come since."""
    if scene.case.verdict and scene.case.verdict.stage is Stage.UNREACHABLE:
        return Hold(
            rule="unreachable", why="Their address bounced for good.", action=Action.STOP, evidence=scene.verdict.evidence
        )
    for entry in reversed(scene.entries):
        if scene.is_word(entry) and entry.by == "them":
            return None
        if entry.kind is Kind.BOUNCE_HARD and _is_about_us(scene, entry):
            why = f"Their address bounced for good on {in_words(entry.day)}."
            return Hold(rule="unreachable", why=why, action=Action.STOP, evidence=scene.evidence(entry))
    return None


def _is_about_us(scene: Scene, entry: Entry) -> bool:
    """The failed address is the one that we would write to; where none is named, our last mail is the one that failed."""
    return scene.address in entry.failed if entry.failed else entry in scene.since


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
        return (
            Hold(rule="own-draft", why="A draft of your own for them lies in Drafts.", until=tomorrow)
            if scene.case.owners_draft
            else None
        )
    if row.state is DraftState.OPEN and too_old(scene, row):
        made = in_words(scene.day_of(row.created))
        why = f"The draft of {made} ({row.step}) has lain untouched since; say whether it is still wanted."
        return Hold(rule="untouched-draft", why=why, action=Action.SHEET)
    until = last_day(scene, row) + timedelta(days=1) if row.state is DraftState.OPEN else None
    return Hold(rule="open-draft", why=LYING[row.state], until=until)


def unread(scene: Scene) -> Hold | None:
    """Words that were not read: they lie in Trash, or could not be had. Whatever they say, nothing is written over them."""
    binned = next((e for e in reversed(scene.since) if e.trashed and is_by_hand(e) and not scene.settled(e)), None)
    if binned is not None:
        why = (
            f"A message of theirs of {in_words(binned.day)} lies in Trash. It counts as an answer, and what is there is not read."
        )
        return Hold(rule="answered-in-trash", why=why, evidence=scene.evidence(binned))
    if scene.case.verdict is not None:
        return None
    entry = next((e for e in reversed(scene.entries) if _is_unread(scene, e)), None)
    if entry is None:
        return None
    whose = "Our mail" if entry.ours else "A message of theirs"
    why = f"{whose} of {in_words(entry.day)} could not be read. Look at it, then settle it."
    return Hold(rule="unread", why=why, action=Action.SHEET, evidence=scene.evidence(entry))


def _is_unread(scene: Scene, entry: Entry) -> bool:
    words = entry.ours or is_by_hand(entry)
    return words and entry.kind is Kind.HUMAN and not entry.trashed and scene.reading(entry) is None and not scene.settled(entry)


def nothing_judged(scene: Scene) -> Hold | None:
    if scene.case.verdict is not None and scene.entries:
        return None
    return Hold(rule="nothing-judged", why="There is nothing to judge yet.")


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
