"""One person's case as the rules see it on one day: the plain facts that every rule needs, each worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

from nurture.conversations import THEIR_SIDE, Entry, Person
from nurture.followups.cadence import Calendar, calendar_of, months_after
from nurture.followups.country import country_of
from nurture.followups.outside import Happening, Logged
from nurture.followups.places import was_for
from nurture.followups.planned import Case, DraftState, Lane, LedgerRow
from nurture.followups.policy import Policy
from nurture.followups.revisions import Sequences
from nurture.messages import Kind
from nurture.stages import Awaits, Evidence, Reading, Signal, Turn, Verdict

OWN_AUTOMATIC = frozenset({Kind.OUT_OF_OFFICE, Kind.ACKNOWLEDGEMENT})  # what the owner's mailbox says by itself is no letter
REPLIED_WITH_THANKS = frozenset({Awaits.OFFER, Awaits.QUESTION, Awaits.DOCUMENT})
DEFERRAL_MONTHS = 3  # after which a deferral without a date is the owner's to decide
DONE = frozenset({DraftState.SENT, DraftState.DELETED, DraftState.CLOSED})


def is_by_hand(entry: Entry) -> bool:
    """Somebody on their side wrote it, and it does not lie in Junk."""
    return entry.by in THEIR_SIDE and entry.kind is Kind.HUMAN and not entry.junk


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
class Scene:
    """A case, the owner's policy, and the day."""

    case: Case
    sequences: Sequences
    policy: Policy
    now: datetime
    tz: tzinfo

    # who and when

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.tz).date()

    @property
    def person(self) -> Person:
        return self.case.conversation.person

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.case.conversation.entries

    @property
    def verdict(self) -> Verdict:
        """Only for rules behind `nothing-judged`."""
        assert self.case.verdict is not None
        return self.case.verdict

    @cached_property
    def calendar(self) -> Calendar:
        """The recipient's working days."""
        stated = self.case.outside.country
        return self._calendar(stated or country_of(self.person, self.entries, self.policy.country, self.tz))

    @cached_property
    def owners_calendar(self) -> Calendar:
        return self._calendar(self.policy.country)

    def _calendar(self, country: str) -> Calendar:
        cadence = self.policy.cadence
        return calendar_of(country, self.policy.free_days, cadence.bridges_off, cadence.august_off)

    @cached_property
    def lang(self) -> str | None:
        """Theirs, else that of our own mail, newest first."""
        if self.person.lang:
            return self.person.lang
        ours = (e.lang or (r.lang if (r := self.reading(e)) else None) for e in reversed(self.entries) if e.ours)
        return next((lang for lang in ours if lang), None)

    @cached_property
    def address(self) -> str:
        """Where they last wrote from by hand, if proven theirs, else where our last mail to them went, else their first address."""
        proven = self.person.addresses
        wrote = (e.sender.addr for e in reversed(self.entries) if e.by == "them" and e.kind is Kind.HUMAN and not e.junk)
        sent = (a.addr for e in reversed(self.entries) if e.ours for a in e.to)
        return next((a for a in (*wrote, *sent) if a in proven), proven[0] if proven else "")

    # what was said

    def reading(self, entry: Entry) -> Reading | None:
        return self.case.readings.get(entry.key)

    def signals(self, entry: Entry) -> frozenset[Signal]:
        reading = self.reading(entry)
        return reading.signals if reading else frozenset()

    def is_thanks(self, entry: Entry) -> bool:
        return self.signals(entry) == {Signal.THANKS}

    def evidence(self, entry: Entry) -> Evidence:
        """Where a message stands, with its first finding or what its notice says."""
        reading = self.reading(entry)
        quote = reading.findings[0].quote if reading and reading.findings else entry.notice_quote
        return Evidence(quote=quote, entry=entry.key, message_id=entry.message_id)

    @cached_property
    def _ours_at(self) -> int:
        """The index of our last mail, -1 where there is none."""
        return max((n for n, e in enumerate(self.entries) if e.ours and e.kind not in OWN_AUTOMATIC), default=-1)

    @property
    def ours(self) -> Entry | None:
        """Our last mail, by whatever hand."""
        return self.entries[self._ours_at] if self._ours_at >= 0 else None

    @cached_property
    def awaits(self) -> Awaits | None:
        """What our last mail left open; None where that is not known."""
        reading = self.reading(self.ours) if self.ours else None
        return reading.awaits if reading else None

    @cached_property
    def since(self) -> tuple[Entry, ...]:
        """What came after our last mail: by its Date, or by its arrival, though its own clock says that it is older."""
        before, after = self.entries[: max(self._ours_at, 0)], self.entries[self._ours_at + 1 :]
        ours = self.ours
        return (*(e for e in before if ours and e.came_after(ours)), *(e for e in after if not e.ours))

    def settled(self, entry: Entry) -> bool:
        """The owner said of everything that was known at some moment that it was silence, and this was."""
        return self.case.word.settled == "silent" and self.case.word.settles(entry)

    def is_word(self, entry: Entry) -> bool:
        """Somebody on their side wrote by hand, more than a bare thank-you, where the owner reads it."""
        return is_by_hand(entry) and not entry.trashed and not self.is_thanks(entry) and not self.settled(entry)

    @cached_property
    def pending(self) -> tuple[Entry, ...]:
        """Their words that no mail of ours has answered, nor a talk that came after them."""
        return tuple(e for e in self.since if self.is_word(e) and not self.talked_over(e))

    # what was told of outside the mail

    @cached_property
    def contacts(self) -> tuple[Logged, ...]:
        """Calls and meetings up to now, those to which nobody came among them."""
        return tuple(one for one in self.case.outside.logged if one.kind is not Happening.NOTE and one.happened <= self.now)

    @cached_property
    def talk(self) -> Logged | None:
        """The last time they spoke with the owner."""
        return max((one for one in self.contacts if one.is_talk), key=lambda one: one.happened, default=None)

    def talked_over(self, entry: Entry) -> bool:
        """They spoke with the owner after this message, and the owner had it before them."""
        return any(one.is_talk and one.covers(entry) for one in self.contacts)

    def talked_since(self, moment: datetime) -> bool:
        return self.talk is not None and self.talk.happened > moment

    @property
    def talked_since_ours(self) -> bool:
        """They spoke with the owner after our last mail: what that left open is open no more."""
        return self.talk is not None and (self.ours is None or self.talk.happened > self.ours.sent)

    @cached_property
    def revived(self) -> bool:
        """The owner has taken a rest up again, and nothing was written, said or drafted since: the word counts once."""
        at = self.case.outside.revived_at
        if at is None or at > self.now:
            return False
        later = [e.sent for e in (self.ours, self.word) if e] + [
            r.created for r in self.case.ledger if r.state is not DraftState.FAILED
        ]
        return all(moment <= at for moment in later) and not self.talked_since(at)

    @cached_property
    def _word_at(self) -> int:
        return max((n for n, e in enumerate(self.entries) if self.is_word(e)), default=-1)

    @property
    def word(self) -> Entry | None:
        """The last word of their side."""
        return self.entries[self._word_at] if self._word_at >= 0 else None

    @property
    def ever_answered(self) -> bool:
        """The person, not a colleague, has written by hand at some time."""
        return any(e.by == "them" and e.kind is Kind.HUMAN and not e.junk for e in self.entries)

    @cached_property
    def thanks(self) -> Entry | None:
        """A bare thank-you after our last mail."""
        return next(
            (e for e in reversed(self.since) if self._thanks_us(e)),
            None,
        )

    def _thanks_us(self, entry: Entry) -> bool:
        return is_by_hand(entry) and self.is_thanks(entry) and not self.talked_over(entry)

    @property
    def thanks_restart(self) -> bool:
        """The thank-you came for an offer, a question or a document: the wait begins anew, doubled."""
        return self.thanks is not None and self.awaits in REPLIED_WITH_THANKS

    # what stops the clock

    @cached_property
    def absence(self) -> Absence | None:
        """The longest absence told since their last word, over or not."""
        found = [self._absence(e) for e in self.entries[self._word_at + 1 :] if e.by == "them" and e.kind is Kind.OUT_OF_OFFICE]
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
        if any(e.key == evidence.entry for e in self.entries[: self._word_at + 1]):
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
        """The last day that either side named for a meeting, unless we have written after that day."""
        named = ((r.meeting_on, e) for e in self.entries if (r := self.reading(e)) and r.meeting_on)
        day, entry = max(named, key=lambda m: m[0], default=(None, None))
        if day is None or entry is None or (self.ours and self.ours.day > day) or self._met(day):
            return None
        return day, entry

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
        ours = [e for e in self.entries[self._word_at + 1 :] if e.ours and e.kind not in OWN_AUTOMATIC]
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

    def day_of(self, moment: datetime) -> date:
        """The owner's calendar day of a moment."""
        return moment.astimezone(self.tz).date()
