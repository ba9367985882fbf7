"""Whether anybody on their side has shown a sign of life since our last mail. The table is the design's, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from nurture.conversations import Entry, called_by, mailbox_of
from nurture.followups.cadence import in_words
from nurture.followups.planned import Case
from nurture.followups.policy import Policy
from nurture.followups.revisions import Sequences
from nurture.followups.scene import Scene
from nurture.messages import Address, Kind
from nurture.stages import Evidence

NOWHERE = Evidence()
SOFT_BOUNCE_DAYS = 3  # working days


class State(StrEnum):
    """What the signs of life amount to."""

    UNREACHABLE = "unreachable"
    STOPPED = "stopped"  # they have left
    ANSWERED = "answered"
    HELD = "held"  # away, or the mail is not through yet
    PERHAPS = "perhaps"
    SILENT = "silent"


STRENGTH = tuple(State)  # of several signs the first here counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """`until`: the day on which time alone ends this state. `rule` names the row of the table."""

    state: State
    until: date | None = None
    evidence: Evidence = NOWHERE
    rule: str = ""
    why: str = ""


Sign = Callable[[Scene, Entry], Silence | None]


def _seen(scene: Scene, entry: Entry, state: State, rule: str, says: str, until: date | None = None) -> Silence:
    why = f"{says} on {in_words(entry.day)}"
    return Silence(state=state, until=until, evidence=scene.evidence(entry), rule=rule, why=why)


def _perhaps(scene: Scene, entry: Entry, rule: str, says: str) -> Silence:
    until = scene.calendar.add_working_days(entry.day, scene.policy.cadence.perhaps_days)
    return _seen(scene, entry, State.PERHAPS, rule, says, until)


def they_wrote(scene: Scene, entry: Entry) -> Silence | None:
    """The same person, by hand. In Junk: perhaps. A bare thank-you for an offer, a question or a document is no answer yet."""
    if entry.junk:
        return _perhaps(scene, entry, "junk", "a message of theirs came into Junk")
    if scene.is_thanks(entry):
        return None if scene.thanks_restart else _seen(scene, entry, State.ANSWERED, "thanked", "they thanked us")
    return _seen(scene, entry, State.ANSWERED, "answered", "they wrote")


def a_colleague_wrote(scene: Scene, entry: Entry) -> Silence | None:
    """A colleague in the thread, by hand."""
    if entry.junk:
        return _perhaps(scene, entry, "junk", "a message from their side came into Junk")
    if scene.is_thanks(entry) and scene.thanks_restart:
        return None
    return _seen(scene, entry, State.ANSWERED, "colleague-answered", "a colleague of theirs wrote in the thread")


def their_company_wrote(scene: Scene, entry: Entry) -> Silence | None:
    """Also somebody of their very name, at an address that nothing proves theirs: a name is no proof, and reason enough to wait."""
    own = {called_by(Address(addr=a, name=scene.person.name)) for a in scene.person.addresses}
    if called_by(entry.sender) in own - {""}:
        return _perhaps(scene, entry, "namesake-wrote", "somebody of their name wrote from another address")
    return _perhaps(scene, entry, "company-wrote", "somebody of their company wrote outside the thread")


def somebody_wrote(scene: Scene, entry: Entry) -> Silence | None:
    return _perhaps(scene, entry, "somebody-wrote", "somebody else wrote in the thread")


def they_are_away(scene: Scene, _entry: Entry) -> Silence | None:
    absence = scene.absence
    if absence is None:
        return None
    why = f"they are away until {in_words(absence.end)}"
    return Silence(state=State.HELD, until=absence.until, evidence=absence.evidence, rule="absent", why=why)


def they_left(scene: Scene, entry: Entry) -> Silence | None:
    return _seen(scene, entry, State.STOPPED, "left", "an automatic message said that they no longer work there,")


def calendar_answer(scene: Scene, entry: Entry) -> Silence | None:
    return _seen(scene, entry, State.ANSWERED, "calendar", "they answered an invitation")


def company_calendar(scene: Scene, entry: Entry) -> Silence | None:
    return _perhaps(scene, entry, "company-calendar", "an invitation of their company was answered outside the thread")


def soft_bounce(scene: Scene, entry: Entry) -> Silence | None:
    if not concerns(scene, entry):
        return None
    until = scene.calendar.add_working_days(entry.day, SOFT_BOUNCE_DAYS)
    return _seen(scene, entry, State.HELD, "soft-bounce", "our mail could not be delivered for the moment,", until)


def hard_bounce(scene: Scene, entry: Entry) -> Silence | None:
    if not concerns(scene, entry):
        return None
    return _seen(scene, entry, State.UNREACHABLE, "hard-bounce", "our mail could not be delivered for good,")


def challenge(scene: Scene, entry: Entry) -> Silence | None:
    return _seen(scene, entry, State.HELD, "challenge", "a filter asked the sender to prove being a person")


def concerns(scene: Scene, entry: Entry) -> bool:
    """A bounce that names only other people's addresses says nothing about this person."""
    own = {mailbox_of(a) for a in scene.person.addresses}
    return not entry.failed or not own.isdisjoint(mailbox_of(a) for a in entry.failed)


# (by, kind) -> sign. What is not here (acknowledgements, bulk, a colleague's absence) is silence.
# Mail systems write under names of their own, so a bounce or a challenge counts whoever seems to have sent it.
SIGNS: dict[tuple[str, Kind], Sign] = {
    ("them", Kind.HUMAN): they_wrote,
    ("thread", Kind.HUMAN): a_colleague_wrote,
    ("company", Kind.HUMAN): their_company_wrote,
    ("other", Kind.HUMAN): somebody_wrote,
    ("them", Kind.OUT_OF_OFFICE): they_are_away,
    ("them", Kind.LEFT): they_left,
    ("them", Kind.CALENDAR): calendar_answer,
    ("thread", Kind.CALENDAR): calendar_answer,
    ("company", Kind.CALENDAR): company_calendar,
    **{(by, kind): sign for by in ("them", "thread", "company", "other") for kind, sign in (
        (Kind.BOUNCE_SOFT, soft_bounce), (Kind.BOUNCE_HARD, hard_bounce), (Kind.CHALLENGE, challenge))},
}  # fmt: skip
SETTLED_AWAY = frozenset({State.ANSWERED, State.PERHAPS})  # what `nurture settle ADDRESS silent` can say of older messages
SETTLED_RULES = frozenset({"challenge", "soft-bounce"})


def silence(scene: Scene) -> Silence:
    """The strongest sign of life since our last mail that still counts today."""
    word = scene.case.word
    settled = word.settled_at if word.settled == "answered" else None
    if settled and (scene.ours is None or settled >= scene.ours.sent) and not scene.talked_since(settled):
        return Silence(
            state=State.ANSWERED,
            rule="settled",
            why=f"you said on {in_words(scene.day_of(settled))} that they have answered",
        )
    return min(
        _signs(scene),
        key=lambda s: STRENGTH.index(s.state),
        default=Silence(state=State.SILENT, rule="silent", why="nobody has written"),
    )


def _signs(scene: Scene) -> Iterator[Silence]:
    """Every sign that still counts. An absence told before our last mail counts until it is over."""
    word_at = max((e.sent for e in scene.since if e.by == "them" and scene.is_word(e)), default=None)
    for entry in scene.since:
        sign = SIGNS.get((entry.by, entry.kind))
        by_hand = entry.kind in (Kind.HUMAN, Kind.CALENDAR)
        over = by_hand and (scene.covered_by_deferral(entry) or scene.talked_over(entry))
        seen = sign(scene, entry) if sign and not over else None
        superseded = word_at is not None and entry.sent < word_at and entry.kind is not Kind.HUMAN
        if seen and not superseded and not _settled(scene, entry, seen) and not _over(scene, seen):
            yield seen
    if scene.away and (away := they_are_away(scene, scene.entries[-1])):
        yield away


def _settled(scene: Scene, entry: Entry, seen: Silence) -> bool:
    return scene.settled(entry) and (seen.state in SETTLED_AWAY or seen.rule in SETTLED_RULES)


def _over(scene: Scene, seen: Silence) -> bool:
    return seen.until is not None and seen.until <= scene.today


def silence_of(case: Case, policy: Policy, now: datetime, tz: tzinfo) -> Silence:
    """The same question, asked of a case by itself."""
    return silence(Scene(case=case, sequences=Sequences({}, {}), policy=policy, now=now, tz=tz))
