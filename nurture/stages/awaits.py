"""What our mail left open, with the sentence that says so. In doubt it left nothing open, and silence after it means nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from nurture.stages.answers import BESIDE
from nurture.stages.clauses import Clause, clauses
from nurture.stages.promises import hanging, promised
from nurture.stages.sentences import Letter, Sentence
from nurture.stages.verdict import Awaits, Finding, Signal

ASKS = "ours-asks"
WORD_AND_MARK = 2  # a French question mark stands apart
Left = tuple[Awaits, Sentence] | None


def awaits(letter: Letter, said: Sequence[Finding]) -> tuple[Awaits, str]:
    """The first rule that applies; `said` is what the mail itself says."""
    told = _told(letter)
    for rule in RULES:
        if (found := rule(told, said)) is not None:
            return found[0], found[1].quote
    body = letter.body
    return Awaits.NOTHING, body[-1].quote if body else ""


def _told(letter: Letter) -> Letter:
    """The letter without what is no question, offer or reminder there: the clauses that promise, and what is asked for « si besoin »."""
    return replace(letter, sentences=tuple(_left(s, letter) for s in letter.sentences))


def _left(sentence: Sentence, letter: Letter) -> Sentence:
    hits, lexicon = sentence.hits, letter.lexicon
    if (found := promised(sentence, letter)) is not None:
        hits = tuple(hit for clause in found.beside for hit in lexicon.hits(clause.text))
    elif sentence.hit("ours-hands-over") and hanging(sentence, letter):
        hits = tuple(hit for hit in hits if hit.name != "sends-it")
    if any(hit.topic == ASKS for hit in hits) and not any(_asks(c) for c in _with_neighbours(clauses(sentence.folded, lexicon))):
        hits = tuple(hit for hit in hits if hit.topic != ASKS)
    return sentence if hits is sentence.hits else replace(sentence, hits=hits)


def _with_neighbours(parts: Sequence[Clause]) -> list[tuple[Clause, Clause | None, Clause | None]]:
    """Each clause with the one in front, and with the one behind where that is the last; those behind a hard border are none."""
    out = []
    for n, clause in enumerate(parts):
        front = parts[n - 1] if n and not clause.hard else None
        behind = parts[n + 1] if n + 2 == len(parts) and not parts[n + 1].hard else None
        out.append((clause, front, behind))
    return out


def _asks(around: tuple[Clause, Clause | None, Clause | None]) -> bool:
    return around[0].says(ASKS) and not any(c is not None and c.says("not-asking") for c in around)


def _an_offer(letter: Letter, said: Sequence[Finding]) -> Left:
    """Quoted is what hands it over; or the only question of the mail, where that is about something else: a yes would answer it."""
    offer = next((f for f in said if f.signal is Signal.PROPOSAL_SENT), None)
    if offer is None:
        return None
    sentence = letter.first("proposal_sent") or next(s for s in letter.sentences if s.quote == offer.quote)
    asked = _questions(letter)
    beside = len(asked) == 1 and any(asked[0].hit(topic) for topic in BESIDE)
    return Awaits.OFFER, asked[0] if beside else sentence


def _a_first_letter(letter: Letter, _: Sequence[Finding]) -> Left:
    """The first mail ever: it awaits an answer, whatever it asks; quoted is what a yes would say yes to."""
    if not letter.context.first or not letter.body:
        return None
    offered = letter.last("ours-offers-document", "ours-proposes-meeting")
    if offered is None:
        offered = next((s for s in reversed(letter.body) if hanging(s, letter)), letter.body[-1])
    return Awaits.FIRST_LETTER, _question(letter) or offered


def _a_meeting(letter: Letter, _: Sequence[Finding]) -> Left:
    sentence = letter.last("ours-proposes-meeting")
    return (Awaits.MEETING, sentence) if sentence else None


def _a_question(letter: Letter, _: Sequence[Finding]) -> Left:
    sentence = _question(letter) or letter.last(ASKS, "ours-offers-document")
    return (Awaits.QUESTION, sentence) if sentence else None


def _question(letter: Letter) -> Sentence | None:
    """The last question that is no courtesy; a single word with more behind it is rhetoric (« Franchement ? »)."""
    asked = reversed(_questions(letter))
    return next((s for s in asked if s is letter.body[-1] or len(s.folded.split()) > WORD_AND_MARK), None)


def _questions(letter: Letter) -> list[Sentence]:
    """How are you is none."""
    return [s for s in letter.body if s.asks and not s.hit("courtesy")]


def _a_refusal(letter: Letter, _: Sequence[Finding]) -> Left:
    sentence = letter.first("ours-refuses")
    return (Awaits.REFUSAL, sentence) if sentence and _question(letter) is None else None


def _an_agreement(letter: Letter, _: Sequence[Finding]) -> Left:
    sentence = letter.first("ours-agrees-meeting")
    return (Awaits.NOTHING, sentence) if sentence else None


def _a_goodbye(letter: Letter, _: Sequence[Finding]) -> Left:
    sentence = letter.first("ours-says-goodbye")
    return (Awaits.NOTHING, sentence) if sentence else None


def _a_document(letter: Letter, _: Sequence[Finding]) -> Left:
    sentence = letter.first("ours-hands-over")
    return (Awaits.DOCUMENT, sentence) if sentence else None


def _the_same_again(letter: Letter, _: Sequence[Finding]) -> Left:
    """A reminder without a question of its own leaves open what the mail before it did."""
    sentence, before = letter.first("ours-reminds"), letter.context.awaits
    return (before, sentence) if sentence and before and before is not Awaits.NOTHING else None


RULES: tuple[Callable[[Letter, Sequence[Finding]], Left], ...] = (  # first hit wins
    _an_offer,
    _a_refusal,
    _a_first_letter,
    _a_meeting,
    _a_question,
    _the_same_again,
    _an_agreement,
    _a_document,
    _a_goodbye,
)
