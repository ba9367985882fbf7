"""Automatic answers by their words: absence, departure, receipt, challenge, newsletter, calendar. One look a sentence.

A person who mentions their own absence is human: who greets us by name, asks, quotes, or speaks of our matter is no machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nurture.messages.addresses import check_address
from nurture.messages.message import Address, Mark
from nurture.messages.said import LONGEST, READ, Said
from nurture.messages.words import fold, one_line

SHORT = 900  # characters that a notice without headers may have
SUBJECTS = frozenset({"subject_away", "subject_received", "subject_left"})
ASKS = 3  # points that a question takes
OWN, OWN_TOLD = 3, 1  # … and words of one's own; fewer where the subject tells of an absence
GREETS, GREETS_SOON = 6, 1  # … and our name: a desk's form may know it, where nobody had the time to type it
TARRIES = 2  # … and an answer that comes late
SUBJECT = 2  # points that a notice's subject is worth
AUTO_SUBJECT = 3  # … and one that calls itself automatic
MARKED = 2  # … and headers that many programs set, some gateways too
URGENT = 2  # … and what to do in an emergency
SOON = 2  # … and an answer within seconds
PLAIN = 3  # points from which words alone make a notice; one more under the subject of a reply
WEIGHTS = {"away": 2, "left": 2, "received": 1, "automatic": 2, "helps": 1}
BEEN, TOPIC = 2, 2  # points that an absence which is over takes, and our matter
MACHINES = frozenset({Mark.AUTO_REPLIED, Mark.AUTO_GENERATED, Mark.NULL_SENDER, Mark.BULK, Mark.NO_REPLY, Mark.LIST})
_LINK = re.compile(r"https?:|\bcli(?:ck|c|qu)|\breply\b|\br[eé]pond", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-zA-Z0-9.-]{1,120}\.[a-zA-Z]{2,24}")
_NAMED = re.compile(r"((?:[A-ZÀ-Ý][\w'’-]{1,20} ){1,3}[A-ZÀ-Ý][\w'’-]{1,20})[\s,:;(–-]{0,4}$")
_VERB = re.compile(
    r"(?:contact|ecri|adress|voir|voyez|veuillez|please|appel|joign|call|e-?mail|mail|write|merci|pour|for|ask|reach|see|via|avec)"
)
_SPEAKS = re.compile(  # to the reader, of oneself, or in answer: a person
    r"\b(?:i|i'\w+|we|we'\w+|you|your|me|us|my|our|je|j'\w*|moi|m'\w*|nous|notre|nos|on (?:a|est|va|se|en|ne|n'\w*|y|peut|veut|vous|te|s'\w*|fait|aime\w*|prend|garde|cherche)|vous|votre|vos|tu|toi|ton|tes|t'\w*|mon|ma|mes)\b"
    r"|(?:^|[.!?\n])\W*(?:yes|no|not|ok\w*|deal|thanks?|sure|perfect|great|oui|non|pas|d'accord|merci|parfait|super|entendu|vendu)\b"
)
_SUBJECT_LINE = re.compile(r"^\W*(?:objet|sujet|subject|betreff|asunto|oggetto|onderwerp|assunto) ?:")
_AFFAIRS = re.compile(
    r"\b(?:devis|rendez-vous|contrat|commande|facture|quote|contract|meeting|invoice|order|call|j'ai du|i had to)\b"
)
_URGENT = re.compile(r"\b(?:en cas d'|pour (?:toute|les|une) |(?:if|for|in|should)\b.{1,40})(?:urgen|emergenc)")
SALUTATION = 40  # characters
_OTHER = re.compile(  # whom to ask is away, or a thing comes back
    r"\b(?:ask|speak|talk|write|see|try|best|answers?|handles?|deals|looks after|colleague|buyer|voyez|voir|vois|demand\w+|contact\w+|adress\w+"
    r"|ecriv\w+|ecris|appel\w+|collegue|s'occupe|gere)\b[^.]{0,80}\b(?:(?:she|he|they)(?:'s|'re|'ll| is| are| will)\b"
    r"|(?:elle|il|elles|ils) (?:est|sont|sera|seront|revien\w*|rentr\w*|repren\w*|n'est)\b)|\b(?:it|them) back\b"
)
_OURSELVES = re.compile(  # … or who writes is, or speaks for who is
    r"\b(?:i am|i'm|i'll be|we are|we're|we'll be|je suis|je serai|nous sommes|nous serons|bureaux|office (?:is|will)|cabinet|magasin|atelier|closed|fermee?s?"
    r"|urgen\w*)\b"
)


def is_plain_notice(said: Said) -> bool:
    """An automatic answer that no header gives away: its words are a notice's, and nothing in it is meant for us alone."""
    named = "subject_auto" in said.subject_cues
    if named and said.at_once and not greets_us(said):
        return True
    if (said.quotes or len(said.text) > SHORT) and not named:
        return False
    if _told_at_once(said) and not said.refuses:
        return True
    if not said.has("away", "left", "received", "automatic") and not said.subject_cues & {"subject_auto", "subject_left"}:
        return False
    if said.refuses:
        return False
    return _for(said) - _against(said) >= PLAIN + said.is_answer


def _for(said: Said) -> int:
    """What speaks for a machine: its words, its subject, its headers, and that it answers within seconds."""
    points = sum(weight for name, weight in WEIGHTS.items() if said.has(name))
    points += said.count("received") > 1
    points += (said.day_back[0] is not None) + URGENT * bool(_URGENT.search(fold(said.text[:READ])))
    points += SUBJECT * bool(said.subject_cues & SUBJECTS) + AUTO_SUBJECT * ("subject_auto" in said.subject_cues)
    marks = said.headers.marks
    marked = Mark.NULL_SENDER in marks or (Mark.BULK in marks and not said.is_answer)  # gateways mark answers, too
    return points + MARKED * marked + SOON * said.in_seconds


def _against(said: Said) -> int:
    """What speaks for a person: whom it greets, what it asks and tells, and that it comes late."""
    named = "subject_auto" in said.subject_cues
    matter = any("topic" in cues and not _SUBJECT_LINE.match(fold(s)) for s, cues in zip(said.sentences, said.cues, strict=True))
    points = TOPIC * (matter and not (named and not said.is_answer)) + BEEN * (said.has("been") and said.has("away", "left"))
    points += ASKS * (_asks(said) or _of_another(said) or said.asks)
    points += 0 if not greets_us(said) else GREETS_SOON if said.in_seconds else GREETS
    told = bool(said.subject_cues & {"subject_auto", *SUBJECTS}) and said.has("away", "left", "received")
    points += said.speaks_to_us * (0 if said.in_seconds or (told and named) else OWN_TOLD if told else OWN)
    return points + TARRIES * (
        said.late and not named and not said.subject_cues & SUBJECTS and Mark.NULL_SENDER not in said.headers.marks
    )


def _told_at_once(said: Said) -> bool:
    """An absence with its end, within a minute of our mail, in which nobody speaks to anybody: "At sea until Sunday 8 March"."""
    if not said.at_once or _asks(said) or said.quotes or said.speaks or greets_us(said):
        return False
    return not _SPEAKS.search(fold(said.text)) and said.day_back[0] is not None


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
    """Whether the first line begins with the name of somebody it is addressed to; a machine does not know whom it answers."""
    names = {w for a in said.headers.to for w in re.findall(r"[a-z]{3,}", fold(a.name))}
    first = next((line for line in said.text[:400].split("\n") if line.strip()), "")
    salutation = re.split(r"[,.!:;]", first[:SALUTATION], maxsplit=1)[0]
    return bool(names & set(re.findall(r"[a-z]{3,}", fold(salutation))))


def is_challenge(said: Said) -> bool:
    """A demand to prove that a human wrote: "click to have your message delivered"."""
    named = "challenge" in said.subject_cues
    if not _LINK.search(said.text[:READ]) or not (named or said.has("challenge", within=20)):
        return False
    if named or said.headers.marks & MACHINES or "mailinblack" in said.text[:READ].lower():
        return True
    return said.count("challenge") >= 2 and not (said.has("topic") or said.is_person or _AFFAIRS.search(fold(said.text[:READ])))


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
