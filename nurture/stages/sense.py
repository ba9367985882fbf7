"""What the model cannot know by itself: what a sentence that looks like a signal must withstand to be one.

A linear model adds up words. It does not know that « n'hésitez pas à m'écrire » invites, that only what was offered can be accepted, or that a
bare yes says yes to one thing. Topics of the lexicon named `not-<signal>` say what only looks like that signal, where no sure rule
says that it is one; those named `opposite-<signal>` say so whatever else is said.
"""

from __future__ import annotations

import re

from nurture.stages.answers import said_yes_to
from nurture.stages.lexical import ANSWERING, OFFERED, WHEN
from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, Sentence
from nurture.stages.verdict import Awaits, Signal

FEW = 3  # words, a mark that stands apart among them; so short a question asks back ("Oui ?")
SURE = 0.8  # the weight from which on a rule of the lexicon stands against its counter-example
# the score from which on an offer of ours does: "two days a month for six months, 900 a day" is one, though "a day" looks like a rate
PLAIN = 0.93
_SUM = re.compile(r"[0-9][0-9 .,'\u00a0\u202f]{0,15}")
_THOUSANDS = re.compile(r"\b([0-9]{1,3})(?:[.,]([0-9]))? ?k(?:\b|€)")
_CENTS = re.compile(r"[.,][0-9]{2}\W*$")


def withstands(scored: Scored, letter: Letter) -> bool:
    """Whether what the model saw in a sentence can be meant there."""
    sentence, signal = scored.sentence, scored.signal
    if sentence.hit("assent") and (said_yes_to(letter) is not None or _beside_the_offer(sentence, signal, letter)):
        return False  # `by_answer` knows what it says yes to
    if sentence.hit(f"opposite-{signal.value}") or (signal is Signal.ACCEPTANCE and _at_another_price(sentence, letter)):
        return False
    if signal in (Signal.OPT_OUT, Signal.DECLINE) and sentence.hit("only-until"):
        return False  # « pas avant juin » asks for a pause
    known = sentence.hit(signal.value)
    sure = (known is not None and known.weight >= SURE) or (signal is Signal.PROPOSAL_SENT and scored.score >= PLAIN)
    if not sure and sentence.hit(f"not-{signal.value}"):
        return False
    if _asks_back(sentence) and (known is None or signal is Signal.ACCEPTANCE):
        return False
    return signal is not Signal.ACCEPTANCE or _something_to_accept(sentence, letter)


def _at_another_price(sentence: Sentence, letter: Letter) -> bool:
    """« À 3 900 c'est signé », where the sentence of ours that they answer names another sum."""
    ours = _sums(letter.context.awaits_quote)
    return bool(sentence.hit("other-price") and ours and not _sums(sentence.folded) & ours)


def _sums(text: str) -> frozenset[int]:
    """The whole sums that a text names: 4200 of « 4 200,00 € », "£4,200", "4.2k"."""
    thousands = {1000 * int(whole) + 100 * int(tenth or 0) for whole, tenth in _THOUSANDS.findall(text)}
    return frozenset(
        thousands | {int(re.sub(r"\D", "", _CENTS.sub("", said))) for said in _SUM.findall(_THOUSANDS.sub(" ", text))}
    )


def _beside_the_offer(sentence: Sentence, signal: Signal, letter: Letter) -> bool:
    """A yes to a question beside our offer, taken for a yes to the offer."""
    return signal is Signal.ACCEPTANCE and letter.context.awaits is Awaits.OFFER and not sentence.hit("orders")


def _something_to_accept(sentence: Sentence, letter: Letter) -> bool:
    """An offer of ours; or words that order by themselves, or name an offer: a delivery that was signed for is none."""
    if WHEN[OFFERED](letter.context):
        return True
    orders = any(hit.topic == Signal.ACCEPTANCE.value and hit.when != OFFERED for hit in sentence.hits)
    return WHEN[ANSWERING](letter.context) and (orders or sentence.hit("names-offer") is not None)


def _asks_back(sentence: Sentence) -> bool:
    return sentence.asks and len(sentence.folded.split()) <= FEW
