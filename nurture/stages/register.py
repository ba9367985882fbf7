"""tu or vous, from the newly written words: what they ask for, else greeting, closing, pronouns, possessives, imperatives."""

from __future__ import annotations

from nurture.stages.sentences import Letter, Sentence

REGISTERS = {"register-tu": "tu", "register-vous": "vous"}
WANTED = {"register-wants-tu": "tu", "register-wants-vous": "vous"}
CLEAR = 2.0  # times as much as the other, where both stand
SINGULAR = 2.5  # a tu weighs more: vous is the plural too (« vous veniez de boucler votre tour », said to a firm)


def register(letter: Letter) -> str | None:
    """The register that is asked for in so many words, else the one that the words show; None where they show none, or both without a clear majority."""
    return _wanted(letter) or _shown(letter)


def _wanted(letter: Letter) -> str | None:
    """« Tutoyons-nous » decides, the last of them where they change their mind. A question of ours only proposes."""
    said = [_named(s) for s in letter.sentences if not (letter.context.ours and s.asks)]
    return next((register for register in reversed(said) if register), None)


def _named(sentence: Sentence) -> str | None:
    """« Depuis quand on se tutoie ? » names both: it is vous that is wanted."""
    named = {WANTED[hit.topic] for hit in sentence.hits if hit.topic in WANTED}
    return "vous" if "vous" in named else next(iter(named), None)


def _shown(letter: Letter) -> str | None:
    points = dict.fromkeys(REGISTERS.values(), 0.0)
    for sentence in letter.sentences:
        for hit in sentence.hits:
            if hit.topic in REGISTERS:
                points[REGISTERS[hit.topic]] += hit.weight * (SINGULAR if hit.topic == "register-tu" else 1)
    (most, first), (_, second) = sorted(points.items(), key=lambda p: -p[1])
    return most if first > 0 and first >= CLEAR * second else None
