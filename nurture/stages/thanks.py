"""A thank-you stands alone: where more than politeness is left of the words, it is none (docs/labels.md)."""

from __future__ import annotations

from nurture.stages.sentences import Letter, Role, Sentence
from nurture.stages.verdict import Finding, Signal

LEFT = 2  # words of content that a thank-you bears: a name, what became of it
HEARD = 0.85  # how sure the model has to be of a thank-you that bears more: what they will do with what they got
BROKEN_OFF = 0.3  # how sure a no is that is only begun: « merci, mais … »


def mere_thanks(letter: Letter, heard: float) -> bool:
    """Nothing of content is left: no « mais », nothing to do, no question, hardly a word that is not polite, unless it is `heard` clearly."""
    said = [s for s in letter.sentences if s.role is not Role.GREETING]
    if any(s.asks or _asks_by_thanks(letter, s) or _says(letter, s, "but") or _says(letter, s, "more") for s in said):
        return False
    return heard >= HEARD or sum(len(_content(letter, s)) for s in letter.body) <= LEFT


def perhaps_no(letter: Letter) -> tuple[Finding, ...]:
    """A no suspected in a thank-you that turns: what comes behind the « mais » was not understood, and is more often a no than not."""
    turning = next((s for s in letter.sentences if s.role is not Role.GREETING and _says(letter, s, "but")), None)
    if turning is None:
        return ()
    return (Finding(signal=Signal.DECLINE, quote=turning.quote, confidence=BROKEN_OFF, rule="thanks-but"),)


def _asks_by_thanks(letter: Letter, sentence: Sentence) -> bool:
    """« Merci de préciser … » is a request, « merci d'avoir précisé … » none."""
    plain = letter.lexicon.part("thanked-for").sub(" ", sentence.folded)
    return letter.lexicon.part("asks-by-thanks").search(plain) is not None


def _says(letter: Letter, sentence: Sentence, part: str) -> bool:
    """One of the words of a part stands there, politeness apart (« pas de souci »)."""
    plain = letter.lexicon.part("polite").sub(" ", sentence.folded)
    return letter.lexicon.part(part).search(plain) is not None


def _content(letter: Letter, sentence: Sentence) -> list[str]:
    """The words that are neither polite, nor idle, nor what is thanked for."""
    plain = sentence.folded
    for part in ("thanked-for", "polite", "idle"):
        plain = letter.lexicon.part(part).sub(" ", plain)
    return [word for word in plain.replace("'", " ").split() if len(word.strip(".,!;:-()")) > 1]
