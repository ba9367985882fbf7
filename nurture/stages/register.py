"""tu or vous, from the newly written words: what they ask for, else greeting, closing, pronouns, possessives, imperatives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from nurture.stages.lexicon import Hit, Lexicon, tables
from nurture.stages.sentences import Letter, Sentence
from nurture.stages.verdict import Reading

ORDERS = frozenset({"imperative", "order", "order-behind"})
ADDRESSING = frozenset({"vous", "votre", "imperative"})  # not a mere « Bonjour Monsieur »
REGISTERS = {"register-tu": "tu", "register-vous": "vous"}
WANTED = {"register-wants-tu": "tu", "register-wants-vous": "vous"}
CLEAR = 2.0  # times as much as the other, where both stand
AGAIN = 2  # messages of vous end a tu
SINGULAR = 2.5  # a tu weighs more: vous is the plural too (« vous veniez de boucler votre tour », said to a firm), …
ONCE = 1.25  # … but not where one sentence alone says tu beside others that say vous: a proverb, a slogan, « tu parles ! »
# The words of others: between quotation marks, between stars, and behind « notre slogan : », « il m'a dit : ».
QUOTED = re.compile(
    r"«[^«»]{1,400}»|“[^“”]{1,400}”|„[^„“”]{1,400}[“”]|‹[^‹›]{1,400}›|(?<!\w)‘[^‘’\n]{1,200}(?:’\w[^‘’\n]{1,200}){0,4}’(?!\w)|\"[^\"\n]{1,400}\""
    r"|(?<!\w)'[^'\n]{1,200}(?:'\w[^'\n]{1,200}){0,4}'(?!\w)|(?<!\w)\*[A-ZÀ-Ý][^*\n]{7,200}\*"
    r"|(?i:(?<!pour l')(?<!pour le )(?<!pour la )\b(?:(?:slogan|baseline|accroche|titre|devise)(?! d'| indicatif)(?:(?! est\b)[^:.!?\n]){0,30}"
    r"|(?:a|ai) (?:dit|répondu|écrit)) ?:[^.!?\n]{1,200})"
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


def between(said: Iterable[tuple[bool, Reading]]) -> str | None:
    """The register of a conversation, of (whether it is ours, what it says) of each message, the oldest first: the newest wish; else that of
    their words; else that of ours.

    One vous behind a tu that both sides say is the plural (« vous prendriez combien ? »): nobody goes back without a word.
    """
    told = [(ours, reading.register, reading.register_wanted) for ours, reading in said if reading.register]
    if wish := next((asked for _, _, asked in reversed(told) if asked), None):
        return wish
    theirs, ours = ([shown for side, shown, _ in told if side is whose] for whose in (False, True))
    said_by = (theirs, ours) if theirs else (ours,)
    return "tu" if told and all("tu" in shown[-AGAIN:] for shown in said_by) else next(reversed(said_by[0]), None)


def register(letter: Letter) -> str | None:
    """The register that is asked for in so many words, else the one that the words show; None where they show none, or both without a clear majority."""
    return wanted(letter) or _shown(letter)


def wanted(letter: Letter) -> str | None:
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
    """A folded text with blanks, as many, for what looks like tu or vous and addresses nobody."""
    if "no-register" not in lexicon.words:
        return folded
    told = lexicon.part("quebec-tu").sub(_behind, without_nouns(folded, lexicon.lang))
    return str(lexicon.part("no-register").sub(_blank, told))


def without_nouns(folded: str, lang: str = "fr") -> str:
    """A folded text with blanks, as many, for « rendez-vous », « y a-t'il » and « ton » where it is a noun."""
    words, tone = _nouns(lang)
    return str(words.sub(_blank, tone.sub(_behind, folded)))


@lru_cache(maxsize=2)
def _nouns(lang: str) -> tuple[Any, Any]:
    """Read without the rest of the lexicon, which drafts do without."""
    import re2

    parts = tables(lang, "parts")
    return re2.compile(rf"\b(?:{parts['noun-apart']})\b"), re2.compile(rf"\b(?:{parts['ton-noun']})\b")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _behind(found: re.Match[str]) -> str:
    """What stands before « ton » and « -tu » stays: it may be a « votre »."""
    return found[0][:-3] + "   "
