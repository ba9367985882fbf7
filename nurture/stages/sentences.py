"""The words of one message as detectors read them: sentence by sentence, folded, with the rules of the lexicon that fire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, zip_longest

from nurture.messages import fold_same, one_line, sentences
from nurture.stages.lexicon import SURE, Hit, Lexicon
from nurture.stages.verdict import Context, Signal

HEAD, TAIL = 10_000, 4_000  # characters that are read of a long text; an opt-out likes to stand at the end
MAX_SENTENCES = 300  # that are read of a text, …
LAST = 60  # … the last ones among them
LONGEST = 800  # characters of one sentence; more is cut in pieces
WRAPPED = range(50, 100)  # the widths at which mail programs break lines
ADDRESSED = 5  # words of an address behind the word that greets: « Madame la directrice générale »
SAID = frozenset(s.value for s in Signal) | {"assent"}  # the topics of what is said
ANSWERS = frozenset({Signal.DECLINE.value, Signal.DEFERRAL.value})

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:M|Mr|Mrs|Ms|Mme|Mlle|MM|Dr|Me|Pr|Prof|St|Ste|art|env|max|min|approx|e\.g|i\.e|p\. ?ex|cf|vs|[A-Z])\.$"
)
_NUMBER = re.compile(r"(?:^|[\s(])[Nn]o\.$")  # an abbreviation only before a figure: « le no. 12 », not "It's a no. Sorry."
_ADDRESS_ENDS = re.compile(r"[,:!;]|\s[-–—]\s|\s\(")


class Role(StrEnum):
    """What a sentence is for."""

    GREETING = "greeting"
    BODY = "body"
    CLOSING = "closing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence: `text` as it stands, `folded` as patterns read it (lower case, no accents, usual spelling)."""

    text: str
    folded: str
    hits: tuple[Hit, ...] = ()
    role: Role = Role.BODY

    @property
    def asks(self) -> bool:
        return self.folded.rstrip(" .!\"')").endswith("?")

    @property
    def quote(self) -> str:
        return one_line(self.text)

    def hit(self, topic: str) -> Hit | None:
        """The surest rule of a topic that fired, whatever it asks of the context."""
        surest = None
        for hit in self.hits:
            if hit.topic == topic and (surest is None or hit.weight > surest.weight):
                surest = hit
        return surest


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """The newly written words of one message in one language, and what was known before it."""

    sentences: tuple[Sentence, ...]
    lexicon: Lexicon
    context: Context

    @property
    def body(self) -> tuple[Sentence, ...]:
        """Without greeting and closing."""
        return tuple(s for s in self.sentences if s.role is Role.BODY)

    def first(self, *topics: str) -> Sentence | None:
        """The first sentence of the body on which a rule of these topics fires."""
        return next((s for s in self.body for topic in topics if s.hit(topic)), None)

    def last(self, *topics: str) -> Sentence | None:
        return next((s for s in reversed(self.body) for topic in topics if s.hit(topic)), None)


def letter(text: str, lexicon: Lexicon, context: Context) -> Letter:
    """The sentences of a text in order, bounded in number and length."""
    found = [_sentence(piece, lexicon) for piece in _pieces(text)]
    found[:1] = [part for first in found[:1] for part in _greeting_apart(first, lexicon)]
    greeting = 1 if found and _greets(found[0]) else 0
    closing = len(found)
    while closing > greeting and _is(found[closing - 1], "closing") and not _answers(found[closing - 1]):
        closing -= 1
    roles = [Role.GREETING if n < greeting else Role.CLOSING if n >= closing else Role.BODY for n in range(len(found))]
    told = tuple(Sentence(text=s.text, folded=s.folded, hits=s.hits, role=role) for s, role in zip(found, roles, strict=True))
    return Letter(sentences=told, lexicon=lexicon, context=context)


def says_something(letter: Letter) -> bool:
    """A rule of what is said fires on it, in the body or around it."""
    return any(hit.topic in SAID for sentence in letter.sentences for hit in sentence.hits)


def _is(sentence: Sentence, frame: str) -> bool:
    """A question is never a mere greeting or closing."""
    return not sentence.asks and sentence.hit(frame) is not None


def _greets(sentence: Sentence) -> bool:
    """A line that only greets: a name alone may stand there, a « Pas intéressé, » may not."""
    return _is(sentence, "greeting") and not any(hit.topic in SAID for hit in sentence.hits)


def _answers(sentence: Sentence) -> bool:
    """A yes, a no or a pause that stands in a closing line is said."""
    return any(hit.topic in ANSWERS and hit.weight >= SURE for hit in sentence.hits)


def _greeting_apart(first: Sentence, lexicon: Lexicon) -> list[Sentence]:
    """A first sentence that goes on behind its greeting (« Bonjour Anna, merci mais non »), in two: what greets, and what is said."""
    end = _end_of_greeting(first, lexicon)
    rest = first.text[end:].strip()
    if not any(c.isalnum() for c in rest):
        return [first]
    said, greeting = _sentence(rest, lexicon), _sentence(first.text[:end].strip(), lexicon)
    return [first] if _greets(first) and _greets(said) and len(said.folded.split()) <= ADDRESSED else [greeting, said]


def _end_of_greeting(first: Sentence, lexicon: Lexicon) -> int:
    """Behind the comma of the address, where the words up to there are few and say nothing; else behind the word that greets."""
    opening = lexicon.part("greeting").match(fold_same(first.text[:LONGEST]))
    if opening is None:
        return len(first.text)
    comma = _ADDRESS_ENDS.search(first.text, opening.end())
    end = comma.end() if comma else len(first.text)
    address = _sentence(first.text[opening.end() : end], lexicon)
    few = len(address.folded.split()) <= ADDRESSED
    return end if few and not any(hit.topic in SAID for hit in address.hits) else opening.end()


def _sentence(text: str, lexicon: Lexicon) -> Sentence:
    folded = lexicon.folded(text)
    return Sentence(text=text, folded=folded, hits=lexicon.hits(folded))


def _pieces(text: str) -> Iterator[str]:
    """At most so many sentences of at most such a length: the first and the last ones."""
    found = list(_all_pieces(text))
    yield from found if len(found) <= MAX_SENTENCES else [*found[: MAX_SENTENCES - LAST], *found[-LAST:]]


def _all_pieces(text: str) -> Iterator[str]:
    """A sentence that ends in an abbreviation goes on in the next."""
    capped = text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n{text[-TAIL:].partition(' ')[2]}"
    held = ""
    told = sentences(unwrapped(capped))
    for sentence, following in zip_longest(told, told[1:], fillvalue=""):
        held = f"{held} {sentence}" if held else sentence
        if _goes_on(held, following) and len(held) < LONGEST:
            continue
        yield from _portions(held)
        held = ""
    if held:
        yield held


def _portions(sentence: str) -> Iterator[str]:
    """A sentence that is too long, cut between words where it has any."""
    while len(sentence) > LONGEST:
        end = sentence.rfind(" ", LONGEST // 2, LONGEST)
        end = end if end > 0 else LONGEST
        yield sentence[:end]
        sentence = sentence[end:].lstrip()
    if sentence:
        yield sentence


def _goes_on(held: str, following: str) -> bool:
    """It ends in an abbreviation, not in a full stop."""
    return bool(_ABBREVIATION.search(held[-8:])) or (following[:1].isdigit() and bool(_NUMBER.search(held[-8:])))


def unwrapped(text: str) -> str:
    """Lines that a mail program broke at its width, joined again: the next line's first word would not have fitted."""
    return "\n\n".join(_unwrapped(block.split("\n")) for block in text.split("\n\n"))


def _unwrapped(lines: list[str]) -> str:
    width = max(map(len, lines))
    if len(lines) == 1 or width not in WRAPPED:
        return "\n".join(lines)
    out = [lines[0]]
    for before, line in pairwise(lines):
        first = line.split(" ", 1)[0]
        broken = first[:1].isalnum() and len(before) + 1 + len(first) > width
        out += [" " if broken else "\n", line]
    return "".join(out)
