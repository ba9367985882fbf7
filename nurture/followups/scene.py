"""One person's case as the rules see it on one day: the plain facts that every rule needs, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from nurture.conversations import Entry
from nurture.followups.cadence import months_after
from nurture.followups.exchanged import OWN_AUTOMATIC, Exchanged
from nurture.followups.outside import Happening
from nurture.followups.places import was_for
from nurture.followups.planned import DraftState, Lane, LedgerRow
from nurture.messages import Kind
from nurture.stages import Evidence, Signal, Turn

DEFERRAL_MONTHS = 3  # after which a deferral without a date is the owner's to decide
DONE = frozenset({DraftState.SENT, DraftState.DELETED, DraftState.CLOSED})


@dataclass(frozen=True, kw_only=True)
class Absence:
    """They are away: back on `end`, left alone until `until`."""

    end: date
    until: date
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Deferral:
    """They asked to be written to later: on `until`, or at something without a date."""

    until: date | None
    said: date
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Scene(Exchanged):
    """The same, with what stops the clock, and what we did."""

    # what stops the clock

    @cached_property
    def absence(self) -> Absence | None:
        """The longest absence told since their last word, over or not."""
        found = [self._absence(e) for e in self.entries[self.word_at + 1 :] if e.by == "them" and e.kind is Kind.OUT_OF_OFFICE]
        return max((*found, *self._judged_absence()), key=lambda a: a.until, default=None)

    def _absence(self, entry: Entry) -> Absence:
        reading = self.reading(entry)
        back = entry.resume_on or (reading.resume_on if reading else None)
        evidence = Evidence(quote=entry.notice_quote, entry=entry.key, message_id=entry.message_id)
        if back is not None and back > entry.day:
            return Absence(end=back, until=self.calendar.add_working_days(back, 1), evidence=evidence)
        end = entry.day + timedelta(days=self.policy.cadence.absence_default)
        return Absence(end=end, until=end, evidence=evidence)

    def _judged_absence(self) -> tuple[Absence, ...]:
        """What the judge says, unless they have written since."""
        verdict = self.case.verdict
        if verdict is None or verdict.absent_until is None:
            return ()
        evidence = verdict.absent or Evidence()
        if any(e.key == evidence.entry for e in self.entries[: self.word_at + 1]):
            return ()
        return (
            Absence(end=verdict.absent_until, until=self.calendar.add_working_days(verdict.absent_until, 1), evidence=evidence),
        )

    @property
    def away(self) -> bool:
        return self.absence is not None and self.today < self.absence.until

    @cached_property
    def deferral(self) -> Deferral | None:
        """The deferral in force, due or not; None once a mail of ours has taken it up."""
        verdict = self.case.verdict
        if verdict is None or (verdict.deferred is None and verdict.deferred_until is None):
            return None
        evidence = verdict.deferred or Evidence()
        entry = next((e for e in self.entries if e.key == evidence.entry), None) or self.word
        said = entry.day if entry else self.today
        until = verdict.deferred_until
        due = until or months_after(said, DEFERRAL_MONTHS)
        if self.ours and entry and self.ours.sent > entry.sent and self.ours.day >= due:
            return None
        if entry and self.talk and self.talked_over(entry) and (until is None or self.talk.day >= until):
            return None
        return Deferral(until=until, said=said, evidence=evidence)

    @property
    def deferral_due(self) -> bool:
        """The day that they named has come, and nothing was made of it yet."""
        d = self.deferral
        return d is not None and d.until is not None and d.until <= self.today and not self._took_up_deferral

    @cached_property
    def _took_up_deferral(self) -> bool:
        always = self.sequences.always(self.lang, self.case.pinned, self.case.outside)
        step = next((s for s in always.steps if s.on == "deferral"), None) if always else None
        return any(step and row.state in DONE and was_for(self.sequences, row, step) for row in self.rows_in_silence)

    def covered_by_deferral(self, entry: Entry) -> bool:
        """What they wrote up to asking for a pause is no sign against writing when the pause is over."""
        d = self.deferral
        if d is None:
            return False
        at = next((e for e in self.entries if e.key == d.evidence.entry), None)
        return at is None or entry.sent <= at.sent

    @cached_property
    def meeting(self) -> tuple[date, Entry] | None:
        """The day that the newest word about a meeting names, unless it is called off since, or we have written after that day."""
        day, entry = self._last_named()
        if day is None or entry is None or (self.ours and self.ours.day > day) or self._met(day):
            return None
        return day, entry

    def _last_named(self) -> tuple[date | None, Entry | None]:
        """What is called off ends what stood before it: the day that it tells, or else whatever it was."""
        named: tuple[date | None, Entry | None] = (None, None)
        for entry in self.entries:
            reading = self.reading(entry)
            if reading and reading.meeting_off and reading.meeting_off_on in (None, named[0]):
                named = (None, None)
            if reading and reading.meeting_on:
                named = (reading.meeting_on, entry)
        return named

    def _met(self, day: date) -> bool:
        """The owner has told of a meeting on that day or later, or of a talk after it: what was said there is known."""
        return any(one.day >= day and (one.kind is Happening.MEETING or one.is_talk) for one in self.contacts)

    # what we did

    @cached_property
    def lane(self) -> Lane:
        """Answers where the turn is ours and a word of theirs waits; an absence only interrupts that. A pause wins over it."""
        turn = self.verdict.turn
        if not self.pending or self.deferral is not None or turn is Turn.THEIRS:
            return Lane.FOLLOWUPS
        returned = turn is Turn.NOBODY and self.absence is not None and not self.away
        return Lane.ANSWERS if returned or (turn is Turn.OURS and not self.away) else Lane.FOLLOWUPS

    @cached_property
    def rows_in_silence(self) -> tuple[LedgerRow, ...]:
        """Our follow-up drafts since their last word."""
        began = self.word.sent if self.word else None
        return tuple(r for r in self.case.ledger if r.occasion.lane is Lane.FOLLOWUPS and (began is None or r.created > began))

    @cached_property
    def unseen_sent(self) -> tuple[LedgerRow, ...]:
        """Sent drafts whose mail has not been read yet: they count as if it had."""
        last = self.ours.sent if self.ours else None
        return tuple(r for r in self.rows_in_silence if r.state is DraftState.SENT and (last is None or r.created > last))

    @cached_property
    def reminders(self) -> int:
        """Mails of ours in this silence beside the one that opened it; after a deferral every mail from its day on is one.

        A talk breaks the silence.
        """
        talk = self.talk if self.talk and not (self.word and self.word.sent > self.talk.happened) else None
        ours = [e for e in self.entries[self.word_at + 1 :] if e.ours and e.kind not in OWN_AUTOMATIC]
        if talk:
            ours = [e for e in ours if e.sent > talk.happened]
        unseen = [row for row in self.unseen_sent if talk is None or row.created > talk.happened]
        asked = self.reading(self.word) if self.word else None
        later = asked.resume_on if asked and Signal.DEFERRAL in asked.signals else None
        opener = 0 if later and ours and ours[0].day >= later else 1
        if talk:
            opener = 1 if ours and not self._is_follow_up(ours[0], talk.happened) else 0
        return max(0, len(ours) + len(unseen) - opener)

    def _is_follow_up(self, entry: Entry, since: datetime) -> bool:
        """Whether a mail of ours came out of a draft that was made after a moment."""
        return any(since < r.created <= entry.sent and r.state is DraftState.SENT for r in self.rows_in_silence)
