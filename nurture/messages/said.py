"""A mail as the rules of notices see it: its sentences with what each could say, what its author newly wrote, and how soon it came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from nurture.messages.absence import first_day_back, is_habit, names_a_day, without_genders
from nurture.messages.cues import notice_cues, subject_cues
from nurture.messages.language import detect_language
from nurture.messages.message import Headers
from nurture.messages.person import asks_of_matters, speaks_of_own
from nurture.messages.words import fold, one_line, sentences, unwrapped

READ = 6_000  # characters of a mail that are read
STATEMENTS = 80
LONGEST = 1_000  # characters of a sentence
AMERICAN = (-600, -240)  # minutes east of UTC where an English mail counts the month first
SKEW = timedelta(seconds=10)  # an answer may seem the earlier mail, where clocks differ
SECONDS = timedelta(seconds=15)
AT_ONCE = timedelta(seconds=90)
LATE = timedelta(hours=1)
_ON_RETURN = re.compile(
    r"\b(?:a|des|apres) (?:mon|notre) retour\b|\bon (?:my|our) return\b|\bwhen (?:i|we)(?:'m| am|'re| are)? (?:back|return)|nach meiner ruckkehr"
)
_REPLY = re.compile(r"^(?:\[[^\]]{1,60}\]\s*)?(?:re|rep|tr|aw|sv|fwd?|fw|antw|r|wg|i)\s?(?:\[\d+\])?\s?:")
_OF_THE_ADDRESS = re.compile(
    r"\b(?:this|cette|mon ancienne) (?:e-?mail )?(?:address|adresse|mailbox|boite)\b|\b(?:mailing |distribution )?lists?\b|\blistes?\b"
)
_TOUCH = re.compile(
    r"\bback (in (?:touch|contact)\b|to (?:you|u)\b)"
)  # "I'll be back in touch in ten days" promises, and is not away


@dataclass(frozen=True)
class Said:
    """The subject and the sentences of a mail, with what each could say."""

    headers: Headers
    text: str  # without what it quotes
    new: str = ""  # what its author newly wrote: no signature, no footer
    quotes: bool = False
    gap: timedelta | None = None  # between our mail and this answer, where that is known

    @cached_property
    def subject(self) -> str:
        return fold(without_genders(self.headers.subject[:LONGEST]))

    @cached_property
    def subject_cues(self) -> frozenset[str]:
        return subject_cues(self.subject)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return sentences(unwrapped(without_genders(self.text[:READ])))[:STATEMENTS]

    @cached_property
    def cues(self) -> tuple[frozenset[str], ...]:
        return tuple(_cues_of(fold(s[:LONGEST])) for s in self.sentences)

    @cached_property
    def anything(self) -> frozenset[str]:
        """What the text could say as a whole: no sentence of it says more."""
        return notice_cues(fold(unwrapped(without_genders(self.text[:READ]))))

    def has(self, *names: str, within: int = STATEMENTS) -> bool:
        """Whether one of the first sentences says one of these things."""
        return (bool(self.anything & set(names)) or "calendar" in names) and any(cues & set(names) for cues in self.cues[:within])

    @cached_property
    def is_away(self) -> bool:
        """Whether an absence is told; « fermés le lundi » is none, it holds every week."""
        return any("away" in cues and not is_habit(fold(s)) for s, cues in zip(self.sentences, self.cues, strict=True))

    @property
    def tells_of_return(self) -> bool:
        """Whether it speaks of a return, or names a day: what an automatic answer without a receipt's words says of an absence."""
        sent = self.headers.sent
        return bool(_ON_RETURN.search(fold(self.text[:READ]))) or (sent is not None and names_a_day(self.text, sent.date()))

    def count(self, name: str) -> int:
        return sum(name in cues for cues in self.cues)

    def quote(self, *names: str) -> str:
        """The first sentence that says it."""
        return next((one_line(s) for s, cues in zip(self.sentences, self.cues, strict=True) if cues & set(names)), "")

    @cached_property
    def day_back(self) -> tuple[date | None, str]:
        """The first day back that the text states, with its sentence."""
        return self.first_day_back_in(self.text, beside=self.headers.subject)

    def first_day_back_in(self, words: str, *, beside: str = "") -> tuple[date | None, str]:
        """The first day back that some words of the mail state; `beside` is what else may prove how it writes days."""
        sent = self.headers.sent
        if sent is None:
            return None, ""
        american = AMERICAN[0] <= (self.headers.offset or 0) <= AMERICAN[1] and detect_language(self.text) == "en"
        day = (sent + timedelta(minutes=self.headers.offset or 0)).date()
        return first_day_back(words, day, american=american, beside=beside)

    @cached_property
    def own(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The sentences that its author newly wrote, folded, with what each could say."""
        known = dict(zip(self.sentences, self.cues, strict=True))
        said = sentences(unwrapped(without_genders(self.new[:READ])))[:STATEMENTS]
        folded = ((s, fold(s[:LONGEST])) for s in said)
        return tuple((words, known[s] if s in known else _cues_of(words)) for s, words in folded)

    @cached_property
    def refuses(self) -> bool:
        """Whether its author says no, or asks for no more mail: nobody lets a machine say so, but of an address that is no longer theirs."""
        told = [sentence for sentence, cues in self.own if "refuses" in cues]
        return bool(told) and not (self.in_seconds and self.has("left") and all(map(_OF_THE_ADDRESS.search, told)))

    @cached_property
    def asks(self) -> bool:
        """Whether its author asks something of somebody."""
        return any(asks_of_matters(s, cues) for s, cues in self.own)

    @cached_property
    def speaks(self) -> bool:
        """Whether a sentence of its author is neither a notice's nor a form of politeness."""
        return any(speaks_of_own(s, cues) for s, cues in self.own)

    @cached_property
    def speaks_to_us(self) -> bool:
        """The same, or it says "you"."""
        return any(speaks_of_own(s, cues, to_reader=True) for s, cues in self.own)

    @property
    def is_person(self) -> bool:
        """Whether something in it only a person says."""
        return self.refuses or self.asks or self.speaks

    @property
    def at_once(self) -> bool:
        """It answers sooner than anybody reads a mail and types."""
        return self.gap is not None and -SKEW <= self.gap <= AT_ONCE

    @property
    def in_seconds(self) -> bool:
        """It answers sooner than anybody opens a mail."""
        return self.gap is not None and -SKEW <= self.gap <= SECONDS

    @property
    def late(self) -> bool:
        """It answers when a machine has long answered."""
        return self.gap is not None and self.gap >= LATE

    @property
    def is_answer(self) -> bool:
        """Whether its subject is that of an answer."""
        return bool(_REPLY.match(self.subject))

    @property
    def is_reply(self) -> bool:
        return self.is_answer or bool(self.headers.parents)


def _cues_of(folded: str) -> frozenset[str]:
    """What a folded sentence could say."""
    return notice_cues(_TOUCH.sub(r"\1", folded))
