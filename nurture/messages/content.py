"""The words of a text that carry its content, in one form each: for looking up what texts are about. Small on purpose."""

from __future__ import annotations

from nurture.messages.words import plain_words

STEM = 7  # letters in which « recruter » and « recrutement », "recruit" and "recruiting" are one
IDLE = {
    "fr": """
a afin ai ainsi alors apres as assez au aucun aucune aujourd aussi autre autres aux avait avant avec avez avoir avons beaucoup besoin bien bon
bonjour bonne c ca car ce ceci cela celle celui cependant ces cet cette ceux chaque chez chose comme comment d dans de deja demain depuis des
donc dont du elle elles en encore enfin entre es est et etaient etait ete etes etre eu eux faire fait faites faudra faudrait faut font hui ici
il ils j je jour jours juste l la laquelle le lequel les leur leurs lors lui m ma mais me meme merci mes mettre mieux mois moi moins mon n ne ni
non nos notre nous nouveau on ont ou oui par parce pas peu peut peuvent plus plutot pour pourquoi pourrait pouvez pouvoir pouvons puis qu quand
que quel quelle quelles quelque quelques quels qui quoi rien s sa sans savoir se sera serait ses si sinon soit son sont sous souvent suis sur t
ta tant te tel telle tes toi ton toujours tous tout toute toutes tres trop tu un une va vers veut veux voici voila voir vois vos votre voudrais
voudrait voulons vouloir vous vraiment y
absolument aimerais aimerions attendons cherche cherchons indispensable necessaire souhaite souhaitons souhaiterais imperatif
imperativement obligatoire prevoir prevoyez fournir disposer inclure inclus comprendre propose proposez proposer
""",
    "en": """
a able about after again all also always am an and another any anything are as at back be because been before being best but by can could d
day days did do does doing don done each else enough ever every few for from get give go going good got had has have having he hello help her
here hi him his how i if in into is isn it its just know let like ll look looking lot made make many maybe me mean month months more most much
must my need needs needed never new no not nothing now of off ok on once one only or other our ours out over own please put re really right s
said same say see she should since so some someone something soon still such sure t take than thank thanks that the their them then there these
they thing things think this those through time to today too tomorrow under until up us use used very want wanted was way we week weeks well
were what when where which while who why will with without won would yes yet you your yours
absolutely essential mandatory necessary require required requires provide include included includes expect propose offer could
""",
}
_IDLE = {lang: frozenset(words.split()) for lang, words in IDLE.items()}
EVERYWHERE = frozenset().union(*_IDLE.values())


def without_plural(word: str) -> str:
    """A folded word as it stands for one thing: « modules » and « module », « journaux » and « journal » are the same word."""
    if len(word) < 4 or word[-1] not in "sx":
        return word
    return f"{word[:-3]}al" if word.endswith("aux") and not word.endswith("eaux") else word[:-1]


def stem(word: str) -> str:
    """The beginning of a folded word, by which its family is known."""
    return without_plural(word)[:STEM]


def content_words(text: str, lang: str | None = None) -> tuple[str, ...]:
    """The folded words of a text that say what it is about, in order; None: whatever is idle in any language is left out."""
    idle = _IDLE.get(lang or "", EVERYWHERE)
    return tuple(word for word in plain_words(text) if word not in idle and (len(word) > 2 or word.isdigit()))


def stems(text: str, lang: str | None = None) -> tuple[str, ...]:
    """The stems of the words that carry the content, in order."""
    return tuple(stem(word) for word in content_words(text, lang))
