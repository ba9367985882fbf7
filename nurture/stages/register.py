"""tu or vous, from the newly written words: what they ask for, else greeting, closing, pronouns, possessives, imperatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nurture.stages.lexicon import Hit, Lexicon
from nurture.stages.sentences import Letter, Sentence

ORDERS = frozenset({"imperative", "order", "order-behind"})
ADDRESSING = frozenset({"vous", "votre", "imperative"})  # not a mere « Bonjour Monsieur »
REGISTERS = {"register-tu": "tu", "register-vous": "vous"}
WANTED = {"register-wants-tu": "tu", "register-wants-vous": "vous"}
CLEAR = 2.0  # times as much as the other, where both stand
SINGULAR = 2.5  # a tu weighs more: vous is the plural too (« vous veniez de boucler votre tour », said to a firm), …
ONCE = 1.25  # … but not where one sentence alone says tu beside others that say vous: a proverb, a slogan, « tu parles ! »
# The words of others: between quotation marks, between stars, and behind « notre slogan : », « il m'a dit : ».
QUOTED = re.compile(
    r"«[^«»]{1,400}»|“[^“”]{1,400}”|„[^„“”]{1,400}[“”]|‹[^‹›]{1,400}›|(?<!\w)‘[^‘’\n]{1,200}(?:’\w[^‘’\n]{1,200}){0,4}’(?!\w)|\"[^\"\n]{1,400}\""
    r"|(?<!\w)'[^'\n]{1,200}(?:'\w[^'\n]{1,200}){0,4}'(?!\w)|(?<!\w)\*[A-ZÀ-Ý][^*\n]{7,200}\*"
    r"|(?i:\b(?:slogan|baseline|accroche|titre|devise|(?:a|ai) (?:dit|répondu|écrit)))[^:.!?\n]{0,30}:[^.!?\n]{1,200}"
)
PLACE = re.compile(
    r"https?://\S{1,500}|\bwww\.\S{1,300}|[\w.+-]{1,64}@\S{1,250}|\b[\w-]{1,60}\.(?:fr|com|net|org|be|ch|eu|io|ca|co)\b"
)
ADDRESSES = r"(?:Tu|Toi|Te|Ta|Tes|Ton|Vos|Votre|Vous)"
# A name: « Tes Vacances », « Vous et Nous », « Marc Vos » behind a small word or a name; a firm's initials.
NAME = re.compile(
    rf"(?<=[\w,] ){ADDRESSES} (?:(?:et|&) )?[A-ZÀ-Ý]\w*|\b{ADDRESSES} & [A-ZÀ-Ý]\w*|(?<=[a-zà-ÿ] )Vos(?= est\b| a\b|[,.)]|$)"
)
INITIALS = re.compile(r"(?<!\w)(?:TU|TES|TA|TON|VOS|TE)\b(?! [A-ZÀ-Ý]{2,}\b(?! ?,))")
SEVERAL = re.compile(r"\b(?:et toi|toi et|toi comme|tous les deux|tous les trois|toute l'equipe)\b")
PARTICIPLE = re.compile(r"é(?=\b)")


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
    told = list(_their_own(letter))
    shown = [_points(hits) for _, hits in told]
    if said_tu := sum(p["tu"] >= 1 for p in shown):
        for (folded, _), points in zip(told, shown, strict=True):
            if SEVERAL.search(folded):  # « vous êtes libres, Paul et toi ? » is said to one who is a tu
                points["vous"], said_tu = 0.0, 2
    apart = any(
        p["vous"] and not p["tu"] and any(h.name in ADDRESSING for h in hits) for (_, hits), p in zip(told, shown, strict=True)
    )
    totals = {register: sum(p[register] for p in shown) for register in REGISTERS.values()}
    totals["tu"] *= ONCE if said_tu == 1 and apart else SINGULAR
    (most, first), (_, second) = sorted(totals.items(), key=lambda p: -p[1])
    return most if first > 0 and first >= CLEAR * second else None


def _points(hits: tuple[Hit, ...]) -> dict[str, float]:
    """What one sentence tells of each register."""
    points = dict.fromkeys(REGISTERS.values(), 0.0)
    for hit in hits:
        if hit.topic in REGISTERS:
            points[REGISTERS[hit.topic]] += hit.weight
    return points


def _their_own(letter: Letter) -> Iterator[tuple[str, tuple[Hit, ...]]]:
    """Each sentence and what fires on it without what addresses nobody; quotation marks may run over several sentences."""
    whole = "\n".join(s.text for s in letter.sentences)
    left = QUOTED.sub(lambda found: "\n" * found[0].count("\n"), whole)
    loud = whole.upper() == whole
    for sentence, text in zip(letter.sentences, left.split("\n"), strict=False):
        spoken = _spoken(text, sentence, letter.lexicon, loud=loud)
        yield spoken, sentence.hits if spoken == sentence.folded else letter.lexicon.hits(spoken)


def _spoken(text: str, sentence: Sentence, lexicon: Lexicon, *, loud: bool) -> str:
    """A sentence folded, without addresses, names and what looks like a register."""
    said = PLACE.sub(" ", text)
    if not loud:
        said = INITIALS.sub(" ", NAME.sub(" ", said))
    if any(hit.topic == "register-tu" and hit.name in ORDERS for hit in sentence.hits):
        said = PARTICIPLE.sub("ey", said)
    folded = sentence.folded if said == sentence.text else lexicon.folded(said)
    return without_excused(folded, lexicon)


def without_excused(folded: str, lexicon: Lexicon) -> str:
    """A folded text with blanks, as many, for what looks like tu or vous and addresses nobody (`no-register`, `quebec-tu`)."""
    if "no-register" not in lexicon.words:
        return folded
    for part in ("quebec-tu", "ton-noun"):  # what stands before them may be a « vous »
        folded = lexicon.part(part).sub(lambda found: found[0][:-3] + "   ", folded)
    return str(lexicon.part("no-register").sub(lambda found: " " * len(found[0]), folded))
