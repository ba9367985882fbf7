"""When something is due: from which day a wait counts, when it ends, and when it is too late for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nurture.conversations import Entry
from nurture.followups.cadence import Wait, months_after
from nurture.followups.planned import DraftState, LedgerRow
from nurture.followups.scene import Scene
from nurture.followups.told import their_promise


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerTime:
    """When an answer to a message is due, and how late it has become."""

    due: date
    late: bool  # the text has to own the delay
    too_late: bool  # for the owner to decide
    next_change: date  # the day on which time alone changes one of these


def start(scene: Scene) -> date:
    """The day from which a follow-up's wait counts: our last mail by whatever hand, a call or a meeting, or what
    stopped the clock or closed a step since."""
    return max(_starts(scene), default=scene.today)


def _starts(scene: Scene) -> list[date]:
    days = [scene.ours.day] if scene.ours else []
    days += [one.day for one in scene.contacts]
    days += [scene.day_of(row.closed or row.created) for row in (*scene.unseen_sent, *_deleted(scene))]
    if scene.absence:
        days.append(scene.absence.end)
    if scene.meeting:
        days.append(scene.meeting[0])
    if scene.deferral and scene.deferral.until:
        days.append(scene.deferral.until)
    if (promise := their_promise(scene)) and promise.day:
        days.append(promise.day)
    if scene.thanks_restart and scene.thanks:
        days.append(scene.thanks.day)
    return days


def _deleted(scene: Scene) -> list[LedgerRow]:
    return [row for row in scene.rows_in_silence if row.state is DraftState.DELETED]


def due(scene: Scene, wait: Wait) -> date:
    """The day of a step; after a thank-you the wait is doubled."""
    return (wait.doubled if scene.thanks_restart else wait).end(start(scene), scene.calendar)


def overdue(scene: Scene, day: date, wait: Wait) -> bool:
    """Late by more than its own wait and the slack. While the owner paused somebody nothing could be written; what they revived
    is not late."""
    if scene.revived:
        return False
    could = max(day, scene.case.word.paused_until or day)
    return scene.today > scene.calendar.add_working_days(wait.end(could, scene.calendar), scene.policy.cadence.overdue_slack)


def rest_end(scene: Scene, after: Wait) -> date:
    """When the one letter after a rest is due: today, where the owner takes the rest up again."""
    if scene.revived:
        return scene.today
    return after.end(months_after(start(scene), scene.policy.cadence.rest_months), scene.calendar)


def rest_wait(scene: Scene) -> Wait:
    return Wait(count=scene.policy.cadence.rest_months, unit="months")


def answer_time(scene: Scene, message: Entry) -> AnswerTime:
    """Due a working day after their message (the owner may be answering), late after ten, the owner's alone after sixty days."""
    cadence = scene.policy.cadence
    day = scene.calendar.add_working_days(message.day, cadence.answer_after)
    last = scene.calendar.add_working_days(message.day, cadence.answer_within)
    end = message.day + timedelta(days=cadence.late_answer_within)
    changes = (day, last + timedelta(days=1), end + timedelta(days=1))
    later = next((c for c in changes if c > scene.today), changes[-1])
    return AnswerTime(due=day, late=scene.today > last, too_late=scene.today > end, next_change=later)


def too_old(scene: Scene, row: LedgerRow) -> date | None:
    """The day on which an untouched draft had lain long enough to be taken back, once that day has come."""
    day = last_day(scene, row)
    return day if scene.today > day else None


def last_day(scene: Scene, row: LedgerRow) -> date:
    """The last day on which an untouched draft may still lie."""
    return scene.owners_calendar.add_working_days(scene.day_of(row.created), scene.policy.caps.open_days)
