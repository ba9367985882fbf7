"""A bare yes: it says yes to what our mail asked just before (docs/labels.md, "A bare yes to what we offered")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nurture.messages import fold
from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, Sentence
from nurture.stages.verdict import Awaits, Signal

SURE = 0.85
NEAR = 2  # sentences from the beginning; a yes further down answers something else
ASKED = {  # what our sentence asked -> what a yes to it says
    "ours-proposes-meeting": Signal.MEETING,
    "ours-offers-document": Signal.INFO_REQUEST,
    "ours-asks-interest": Signal.INTEREST,
}
BESIDE: Mapping[str, Signal | None] = {  # the same of a question beside an offer of ours
    "ours-asks-call": Signal.MEETING,
    "ours-asks-sending": Signal.INFO_REQUEST,
    "ours-asks-receipt": None,  # that it has come
}


def by_answer(letter: Letter) -> Iterator[Scored]:
    """A sentence at the beginning that only assents, where it is known to what."""
    yes = next((s for s in letter.body[:NEAR] if s.hit("assent")), None)
    signal = said_yes_to(letter) if yes else None
    if yes and letter.context.awaits is Awaits.OFFER and yes.hit("orders"):
        signal = Signal.ACCEPTANCE
    if yes and signal and not (signal is Signal.ACCEPTANCE and _only_received(yes, letter)):
        yield Scored(signal=signal, sentence=yes, score=SURE, rule="bare-yes")


def _only_received(yes: Sentence, letter: Letter) -> bool:
    """« Ok merci » says of an offer that it has come; an order has a yes in it, or no thanks."""
    return yes.hit("acknowledges") is not None and any(s.hit("says-thanks") for s in letter.sentences)


def said_yes_to(letter: Letter) -> Signal | None:
    """What our last mail asked that a yes can answer; None where that is not known. A yes to a mail with an offer in it says yes to the
    offer, unless the mail ended with a question about something else (`awaits` quotes that one then)."""
    context = letter.context
    if context.awaits is Awaits.MEETING:
        return Signal.MEETING
    asked = letter.lexicon.topics(" ".join(fold(context.awaits_quote).split()))
    if context.awaits is Awaits.OFFER:
        return next((signal for topic, signal in BESIDE.items() if topic in asked), Signal.ACCEPTANCE)
    return next((signal for topic, signal in ASKED.items() if topic in asked), None)
