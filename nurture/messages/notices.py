"""Automatic answers by their words: absence, departure, receipt, challenge, newsletter, calendar. One look a sentence.

A person who mentions their own absence is human: who greets us by name, asks, quotes, or speaks of our matter is no machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nurture.messages.absence import first_day_back
from nurture.messages.addresses import check_address
from nurture.messages.cues import notice_cues, subject_cues
from nurture.messages.message import Address, Headers, Mark
from nurture.messages.words import fold, one_line, sentences, unwrapped

READ = 6_000  # characters of a mail that are read
STATEMENTS = 80
LONGEST = 1_000  # characters of a sentence
SHORT = 900  # characters that a notice without headers may have
SUBJECTS = frozenset({"subject_away", "subject_received", "subject_left"})
ASKS = 3  # points that a question takes
SUBJECT = 2  # points that a notice's subject is worth
PLAIN = 3  # points from which words alone make a notice; one more under the subject of a reply
WEIGHTS = {"away": 2, "left": 2, "received": 1, "automatic": 2, "helps": 1}
AGAINST = {"been": 2, "topic": 2}
MACHINES = frozenset({Mark.AUTO_REPLIED, Mark.AUTO_GENERATED, Mark.NULL_SENDER, Mark.BULK, Mark.NO_REPLY, Mark.LIST})
_LINK = re.compile(r"https?:|\bcli(?:ck|c|qu)|\breply\b|\br[eé]pond", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-zA-Z0-9.-]{1,120}\.[a-zA-Z]{2,24}")
_NAMED = re.compile(r"((?:[A-ZÀ-Ý][\w'’-]{1,20} ){1,3}[A-ZÀ-Ý][\w'’-]{1,20})[\s,:;(–-]{0,4}$")
_VERB = re.compile(
    r"(?:contact|ecri|adress|voir|voyez|veuillez|please|appel|joign|call|e-?mail|mail|write|merci|pour|for|ask|reach|see|via|avec)"
)
_SPEAKS = re.compile(  # to the reader, of oneself, or in answer: a person
    r"\b(?:i|i'\w+|we|we'\w+|you|your|me|us|my|our|je|j'\w*|moi|m'\w*|nous|notre|nos|on|vous|votre|vos|tu|toi|ton|tes|t'\w*|mon|ma|mes)\b"
    r"|^\W*(?:yes|no|not|ok\w*|deal|thanks?|sure|perfect|great|oui|non|pas|d'accord|merci|parfait|super|entendu|vendu)\b"
)
_OTHER = re.compile(  # whom to ask is away, or a thing comes back
    r"\b(?:ask|speak|talk|write|see|try|best|answers?|handles?|deals|looks after|colleague|buyer|voyez|voir|vois|demand\w+|contact\w+|adress\w+"
    r"|ecriv\w+|ecris|appel\w+|collegue|s'occupe|gere)\b[^.]{0,80}\b(?:(?:she|he|they)(?:'s|'re|'ll| is| are| will)\b"
    r"|(?:elle|il|elles|ils) (?:est|sont|sera|seront|revien\w*|rentr\w*|repren\w*|n'est)\b)|\b(?:it|them) back\b"
)
_OURSELVES = re.compile(  # … or who writes is, or speaks for who is
    r"\b(?:i am|i'm|i'll be|we are|we're|we'll be|je suis|je serai|nous sommes|nous serons|bureaux|office (?:is|will)|cabinet|magasin|atelier|closed|fermee?s?"
    r"|urgen\w*)\b"
)
_TOUCH = re.compile(
    r"\bback (in (?:touch|contact)\b|to (?:you|u)\b)"
)  # "I'll be back in touch in ten days" promises, and is not away
_REPLY = re.compile(r"^(?:\[[^\]]{1,60}\]\s*)?(?:re|rep|tr|aw|sv|fwd?|fw|antw|r|wg|i)\s?(?:\[\d+\])?\s?:")


@dataclass(frozen=True)
class Said:
    """The subject and the sentences of a mail, with what each could say."""

    headers: Headers
    text: str  # without what it quotes
    quotes: bool = False
    at_once: bool = False  # it answers sooner than a person can

    @cached_property
    def subject(self) -> str:
        return fold(self.headers.subject[:LONGEST])

    @cached_property
    def subject_cues(self) -> frozenset[str]:
        return subject_cues(self.subject)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return sentences(unwrapped(self.text[:READ]))[:STATEMENTS]

    @cached_property
    def cues(self) -> tuple[frozenset[str], ...]:
        return tuple(notice_cues(_TOUCH.sub(r"\1", fold(s[:LONGEST]))) for s in self.sentences)

    @cached_property
    def anything(self) -> frozenset[str]:
        """What the text could say as a whole: no sentence of it says more."""
        return notice_cues(fold(unwrapped(self.text[:READ])))

    def has(self, *names: str, within: int = STATEMENTS) -> bool:
        """Whether one of the first sentences says one of these things."""
        return (bool(self.anything & set(names)) or "calendar" in names) and any(cues & set(names) for cues in self.cues[:within])

    def count(self, name: str) -> int:
        return sum(name in cues for cues in self.cues)

    def quote(self, *names: str) -> str:
        """The first sentence that says it."""
        return next((one_line(s) for s, cues in zip(self.sentences, self.cues, strict=True) if cues & set(names)), "")

    @cached_property
    def day_back(self) -> tuple[date | None, str]:
        """The first day back that the text states, with its sentence."""
        return first_day_back(self.text, self.headers.sent.date()) if self.headers.sent else (None, "")

    @property
    def is_reply(self) -> bool:
        return bool(_REPLY.match(self.subject)) or bool(self.headers.parents)


def is_plain_notice(said: Said) -> bool:
    """An automatic answer that no header gives away: its words are a notice's, and nothing in it is meant for us alone."""
    if "subject_auto" in said.subject_cues:
        return True
    if len(said.text) > SHORT or said.quotes or greets_us(said):
        return False
    if _told_at_once(said):
        return True
    if not said.has("away", "left", "received", "automatic"):
        return False
    points = sum(weight for name, weight in WEIGHTS.items() if said.has(name))
    points += SUBJECT * bool(said.subject_cues & SUBJECTS)
    points -= sum(weight for name, weight in AGAINST.items() if said.has(name) and (name != "been" or said.has("away", "left")))
    points -= ASKS * (_asks(said) or _of_another(said))
    points += said.day_back[0] is not None
    return points >= PLAIN + said.is_reply


def _told_at_once(said: Said) -> bool:
    """An absence with its end, within a minute of our mail, in which nobody speaks to anybody: "At sea until Sunday 8 March"."""
    return said.at_once and not _asks(said) and not _SPEAKS.search(fold(said.text)) and said.day_back[0] is not None


def _of_another(said: Said) -> bool:
    """ "Best to ask Julie, she's back on 9 March": who writes is there."""
    away = [fold(s[:LONGEST]) for s, cues in zip(said.sentences, said.cues, strict=True) if "away" in cues]
    return (
        bool(away)
        and not said.subject_cues & SUBJECTS
        and all(map(_OTHER.search, away))
        and not _OURSELVES.search(fold(said.text[:READ]))
    )


def _asks(said: Said) -> bool:
    return any(s.endswith("?") and "calendar" not in cues for s, cues in zip(said.sentences, said.cues, strict=True))


def greets_us(said: Said) -> bool:
    """Whether the first line names somebody it is addressed to; a machine does not know whom it answers."""
    names = {w for a in said.headers.to for w in re.findall(r"[a-z]{3,}", fold(a.name))}
    first = next((line for line in said.text[:400].split("\n") if line.strip()), "")
    return bool(names & set(re.findall(r"[a-z]{3,}", fold(first[:80]))))


def is_challenge(said: Said) -> bool:
    """A demand to prove that a human wrote: "click to have your message delivered"."""
    named = "challenge" in said.subject_cues
    if not _LINK.search(said.text[:READ]) or not (named or said.has("challenge", within=20)):
        return False
    return bool(
        named or said.headers.marks & MACHINES or said.count("challenge") >= 2 or "mailinblack" in said.text[:READ].lower()
    )


def stand_in(said: Said) -> Address | None:
    """The address that a notice names beside the sender's own and ours: a stand-in or successor, with the name before it."""
    own = {a.addr for a in said.headers.to} | ({said.headers.sender.addr} if said.headers.sender else set())
    for found in _addresses(said.text[:READ]):
        if (addr := check_address(found[0].strip("."))) and addr not in own:
            name = _NAMED.search(said.text[max(0, found.start() - 80) : found.start()])
            return Address(addr=addr, name=_without_verb(one_line(name[1], 120)) if name else "")
    return None


def _without_verb(name: str) -> str:
    """ "Contactez Sonia Le Bihan": the first word begins the sentence."""
    first, _, rest = name.partition(" ")
    return rest if " " in rest and _VERB.match(fold(first)) else name


def _addresses(text: str) -> Iterator[re.Match[str]]:
    for n, found in enumerate(_ADDRESS.finditer(text)):
        if n == 10:
            return
        yield found
