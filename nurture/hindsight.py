"""What really happened after a draft that a replay made, and whether it would have been wrong. Judged when all the past is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from nurture.conversations import THEIR_SIDE, Entry
from nurture.drafts import Draft
from nurture.followups import Case, DraftState, Item, Lane, in_words
from nurture.messages import Kind
from nurture.stages import Signal

SOON = timedelta(days=30)  # a no that comes within it may have been a no to one mail more
NOES = {Lane.FOLLOWUPS: frozenset({Signal.OPT_OUT, Signal.DECLINE}), Lane.ANSWERS: frozenset({Signal.OPT_OUT})}
MOST = 10


class Came(StrEnum):
    """What became of it. The first ones make a draft wrong; the order is that of what teaches most."""

    SAID_NO = "said-no"  # they asked soon after to be left alone
    HAD_ANSWERED = "had-answered"  # … and it was not known on that day
    HAD_WRITTEN = "had-written"  # the owner had, and it was not known
    HAD_TALKED = "had-talked"  # a call or meeting that was told of later
    SETTLED = "settled"  # the owner said later that they have answered
    THROWN_AWAY = "thrown-away"  # nurture did write it, and the owner threw it away
    STOPPED = "stopped"  # the owner stopped it soon after
    WROTE = "you-wrote"  # the owner wrote by hand while it would have lain there
    CROSSED = "crossed"  # they wrote on that very day
    THEY_WROTE = "they-wrote"  # … or on a later one, without it
    SENT = "sent"  # nurture did write it, and the owner sent it
    NOTHING = "nothing"
    OPEN = "open"  # it would lie there still


WRONG = frozenset({
    Came.SAID_NO, Came.HAD_ANSWERED, Came.HAD_WRITTEN, Came.HAD_TALKED, Came.SETTLED, Came.THROWN_AWAY, Came.STOPPED,
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Made:
    """A draft of a day that was played: the decision, its text, and the case as it was known then."""

    at: datetime
    item: Item
    case: Case
    draft: Draft


@dataclass(frozen=True, kw_only=True)
class After:
    """What is known of one person in the end: the whole case, what the owner did, and until when it was looked."""

    case: Case
    end: datetime
    tz: tzinfo
    last_day: Callable[[date], date]  # of a draft that nobody touches
    real: str = ""  # the state of this very draft, where nurture did write it
    stopped: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A draft with what came of it. `entry`: the message that shows it; `alike`: how alike the owner's own mail was, 0 to 1."""

    made: Made
    came: Came
    why: str
    quote: str = ""
    entry: Entry | None = None
    days: int | None = None  # from the draft to it
    alike: float | None = None

    @property
    def wrong(self) -> bool:
        return self.came in WRONG


@dataclass(frozen=True, kw_only=True)
class _Look:
    """One draft held against what is known in the end."""

    made: Made
    after: After
    known: frozenset[int] = field(default_factory=frozenset)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.after.tz).date()

    def told(self, moment: datetime) -> str:
        return in_words(self.day(moment))

    @property
    def unknown(self) -> Iterator[Entry]:
        """What had been sent by then, behind the mail that the draft is about, and was not known."""
        anchor = next((e.sent for e in self.made.case.conversation.entries if e.key == self.made.item.anchor), self.made.at)
        for e in self.after.case.conversation.entries:
            if e.key not in self.known and anchor < e.sent <= self.made.at:
                yield e

    @property
    def later(self) -> Iterator[Entry]:
        """What was sent after it, while the draft would have lain there."""
        last = self.after.last_day(self.day(self.made.at))
        for e in self.after.case.conversation.entries:
            if e.sent > self.made.at and self.day(e.sent) <= last:
                yield e

    def quote(self, entry: Entry, signals: frozenset[Signal] | None = None) -> str:
        """Their sentence."""
        reading = self.after.case.readings.get(entry.key)
        found = [f for f in reading.findings if signals is None or f.signal in signals] if reading else []
        return found[0].quote if found else ""

    def days(self, moment: datetime) -> int:
        return (self.day(moment) - self.day(self.made.at)).days

    def came(self, came: Came, why: str, entry: Entry | None = None, quote: str = "") -> Judged:
        days = self.days(entry.sent) if entry else None
        return Judged(made=self.made, came=came, why=why, quote=quote, entry=entry, days=days)


def _theirs(entry: Entry) -> bool:
    return entry.by in THEIR_SIDE and entry.kind is Kind.HUMAN and not entry.junk


def judge_draft(made: Made, after: After) -> Judged:
    """What came of it: the first of the rules that has something to say."""
    look = _Look(made=made, after=after, known=frozenset(e.key for e in made.case.conversation.entries))
    return next(found for rule in RULES if (found := rule(look)))


def _had_answered(look: _Look) -> Judged | None:
    entry = next((e for e in look.unknown if _theirs(e)), None)
    if entry is None:
        return None
    arrived = f" (it arrived on {look.told(entry.received)})" if entry.received and entry.received > look.made.at else ""
    why = f"They had written on {look.told(entry.sent)}, and that came to be known later{arrived}."
    return look.came(Came.HAD_ANSWERED, why, entry, look.quote(entry))


def _had_written(look: _Look) -> Judged | None:
    if entry := next((e for e in look.unknown if e.ours), None):
        return look.came(Came.HAD_WRITTEN, f"You had written on {look.told(entry.sent)}, and that came to be known later.", entry)
    return None


def _had_talked(look: _Look) -> Judged | None:
    logged = look.after.case.outside.logged
    talk = next((one for one in logged if one.is_talk and one.happened <= look.made.at < one.at), None)
    if talk is None:
        return None
    return look.came(
        Came.HAD_TALKED, f"You had spoken with them on {in_words(talk.day)}, and told of it on {look.told(talk.at)}."
    )


def _settled(look: _Look) -> Judged | None:
    word = look.after.case.word
    if word.settled == "answered" and word.settled_at and timedelta() < word.settled_at - look.made.at <= SOON:
        return look.came(Came.SETTLED, f"You said on {look.told(word.settled_at)} that they have answered.")
    return None


def _thrown_away(look: _Look) -> Judged | None:
    if look.after.real != DraftState.DELETED:
        return None
    return look.came(Came.THROWN_AWAY, "nurture did write this draft, and you threw it away.")


def _said_no(look: _Look) -> Judged | None:
    """Their first word after it is a no, and nothing of the owner's came in between that it could be an answer to."""
    first = next((e for e in look.after.case.conversation.entries if e.sent > look.made.at and (e.ours or _theirs(e))), None)
    noes = NOES[look.made.item.lane or Lane.FOLLOWUPS]
    if first is None or first.ours or first.sent - look.made.at > SOON or not (quote := look.quote(first, noes)):
        return None
    stop = look.quote(first, frozenset({Signal.OPT_OUT}))
    said = "They asked not to be written to again" if stop else "They said no"
    return look.came(Came.SAID_NO, f"{said} {_when(look.days(first.sent))}, on {look.told(first.sent)}.", first, stop or quote)


def _stopped(look: _Look) -> Judged | None:
    if at := next((at for at in look.after.stopped if timedelta() < at - look.made.at <= SOON), None):
        return look.came(Came.STOPPED, f"You stopped it on {look.told(at)}.")
    return None


def _sent(look: _Look) -> Judged | None:
    if look.after.real != DraftState.SENT:
        return None
    entry = next((e for e in look.later if e.ours), None)
    return look.came(Came.SENT, "nurture did write this draft, and you sent it.", entry)


def _what_came_next(look: _Look) -> Judged | None:
    entry = next((e for e in look.later if e.ours or _theirs(e)), None)
    if entry is None:
        return None
    days = look.days(entry.sent)
    if entry.ours:
        return look.came(Came.WROTE, f"You wrote yourself {_when(days)}.", entry)
    if not days:
        return look.came(Came.CROSSED, "They wrote that very day: it would have crossed their mail.", entry, look.quote(entry))
    return look.came(Came.THEY_WROTE, f"They wrote {_when(days)}, without it.", entry, look.quote(entry))


def _when(days: int) -> str:
    return "that very day" if not days else "the day after" if days == 1 else f"{days} days later"


def _nothing(look: _Look) -> Judged:
    last = look.after.last_day(look.day(look.made.at))
    if last >= look.day(look.after.end):
        return look.came(Came.OPEN, "It would lie there still.")
    return look.came(Came.NOTHING, f"Nobody wrote until {in_words(last)}, when it would have been taken back.")


RULES: tuple[Callable[[_Look], Judged | None], ...] = (
    _had_answered, _had_written, _had_talked, _thrown_away, _said_no, _settled, _stopped, _sent, _what_came_next, _nothing,
)  # fmt: skip


def instructive(judged: Sequence[Judged], most: int = MOST) -> tuple[Judged, ...]:
    """Those that teach most: of each kind in turn, the wrong ones first; nobody twice while there are others."""
    piles = [sorted((j for j in judged if j.came is came), key=_telling) for came in Came if came is not Came.OPEN]
    chosen: list[Judged] = []
    while any(piles) and len(chosen) < most:
        for pile in piles:
            seen = {j.made.item.person for j in chosen}
            fresh = next((j for j in pile if j.made.item.person not in seen), None)
            if pile and len(chosen) < most and (fresh or all(j.made.item.person in seen for p in piles for j in p)):
                chosen.append(fresh or pile[0])
                pile.remove(chosen[-1])
    return tuple(sorted(chosen, key=lambda j: (list(Came).index(j.came), j.made.at)))


def _telling(judged: Judged) -> tuple[float, datetime]:
    """The most different of the owner's own mails first; else the latest."""
    return (judged.alike if judged.alike is not None else 1.0, judged.made.at)
