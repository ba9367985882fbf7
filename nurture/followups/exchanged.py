"""What was exchanged with one person, as the rules see it on one day: the facts of `Scene` that are of the mail and the talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property

from nurture.conversations import THEIR_SIDE, Entry, Person
from nurture.followups.cadence import Calendar, calendar_of
from nurture.followups.country import country_of
from nurture.followups.outside import Happening, Logged
from nurture.followups.planned import Case, DraftState
from nurture.followups.policy import Policy
from nurture.followups.revisions import Sequences
from nurture.messages import Kind
from nurture.stages import Awaits, Evidence, Reading, Signal, Verdict

OWN_AUTOMATIC = frozenset({Kind.OUT_OF_OFFICE, Kind.ACKNOWLEDGEMENT})  # what the owner's mailbox says by itself is no letter
REPLIED_WITH_THANKS = frozenset({Awaits.OFFER, Awaits.QUESTION, Awaits.DOCUMENT})


def is_by_hand(entry: Entry) -> bool:
    """Somebody on their side wrote it, and it does not lie in Junk."""
    return entry.by in THEIR_SIDE and entry.kind is Kind.HUMAN and not entry.junk


@dataclass(frozen=True, kw_only=True)
class Exchanged:
    """A case, the owner's policy, and the day: who, when, and what was said."""

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

    def day_of(self, moment: datetime) -> date:
        """The owner's calendar day of a moment."""
        return moment.astimezone(self.tz).date()

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
    def word_at(self) -> int:
        return max((n for n, e in enumerate(self.entries) if self.is_word(e)), default=-1)

    @property
    def word(self) -> Entry | None:
        """The last word of their side."""
        return self.entries[self.word_at] if self.word_at >= 0 else None

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
