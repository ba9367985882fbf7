"""tu or vous, from the newly written words: what they ask for, else greeting, closing, pronouns, possessives, imperatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nurture.stages.lexicon import Hit
from nurture.stages.sentences import Letter

REGISTERS = {"register-tu": "tu", "register-vous": "vous"}
WANTED = {"register-wants-tu": "tu", "register-wants-vous": "vous"}
CLEAR = 2.0  # times as much as the other, where both stand
QUOTED = re.compile(r"«[^«»]{1,400}»|“[^“”]{1,400}”|\"[^\"\n]{1,400}\"")  # the words of others, a slogan
SINGULAR = 2.5  # a tu weighs more: vous is the plural too (« vous veniez de boucler votre tour », said to a firm)


def register(letter: Letter) -> str | None:
    """The register that is asked for in so many words, else the one that the words show; None where they show none, or both without a clear majority."""
    return _wanted(letter) or _shown(letter)


def _wanted(letter: Letter) -> str | None:
    """« Tutoyons-nous » decides, the last of them where they change their mind. A question of ours only proposes: their yes decides."""
    said = [_named(s.hits) for s in letter.sentences if not (letter.context.ours and s.asks)]
    return next((register for register in reversed(said) if register), None) or _agreed(letter)


def _agreed(letter: Letter) -> str | None:
    """What our last mail proposed, where they begin with a yes to it."""
    asked, first = letter.context.awaits_quote, next(iter(letter.body), None)
    if letter.context.ours or not asked or first is None or first.asks or not first.hit("assent"):
        return None
    return _named(letter.lexicon.hits(letter.lexicon.folded(asked)))


def _named(hits: tuple[Hit, ...]) -> str | None:
    """« Depuis quand on se tutoie ? » names both: it is vous that is wanted."""
    named = {WANTED[hit.topic] for hit in hits if hit.topic in WANTED}
    return "vous" if "vous" in named else next(iter(named), None)


def _shown(letter: Letter) -> str | None:
    points = dict.fromkeys(REGISTERS.values(), 0.0)
    for hits in _their_own(letter):
        for hit in hits:
            if hit.topic in REGISTERS:
                points[REGISTERS[hit.topic]] += hit.weight * (SINGULAR if hit.topic == "register-tu" else 1)
    (most, first), (_, second) = sorted(points.items(), key=lambda p: -p[1])
    return most if first > 0 and first >= CLEAR * second else None


def _their_own(letter: Letter) -> Iterator[tuple[Hit, ...]]:
    """What fires on each sentence without the words between quotation marks, which may run over several."""
    whole = "\n".join(s.text for s in letter.sentences)
    left = QUOTED.sub(lambda found: "\n" * found[0].count("\n"), whole)
    for sentence, text in zip(letter.sentences, left.split("\n"), strict=False):
        yield sentence.hits if text == sentence.text else letter.lexicon.hits(letter.lexicon.folded(text))
