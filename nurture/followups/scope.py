"""Whether something that they require is offered: looked up by its words in the configuration. Unknown is a question, never a promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nurture.config import Near
from nurture.followups.policy import Policy
from nurture.messages import content_words, detect_language, fold, plain_words, without_plural

OUTSIDE, NEAR, INSIDE, AGREED = "outside", "near", "inside", "agreed"
QUESTION = "question"  # of what they dictate: nothing is contradicted, they are asked
ENOUGH = 2  # words of content that a request shares with a sentence of the offer before it is in it
# « sans », "without": what follows may be the opposite of what is offered
TURNS = frozenset(
    "sans pas ni jamais sauf hors moins autre autres outre plus not no without never nor except other than beyond more extra".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What the configuration knows of a request: its scope, "" where it does not tell, and its entry."""

    scope: str = ""
    entry: Near | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Match:
    start: int
    end: int
    scope: str
    entry: Near

    def within(self, other: _Match) -> bool:
        """A longer name covers some of the same words: it is what they speak of."""
        longer = other.end - other.start > self.end - self.start
        return longer and self.start < other.end and other.start < self.end


def scope_of(quote: str, policy: Policy) -> str:
    """ "outside", "near" or "inside" where the configuration names what they ask for and is of one mind; else "": a question."""
    return named(quote, policy).scope


def named(quote: str, policy: Policy) -> Named:
    """What the configuration says of a request: the longest names count. What is offered may be spoken of beside what is not,
    and says nothing then; between outside and near there is no guessing."""
    found = list(_matches(_words(quote), policy))
    found = [m for m in found if not any(m.within(other) for other in found)]
    asked = [m for m in found if m.scope != INSIDE] or found
    if len({m.scope for m in asked}) == 1:
        best = max(asked, key=lambda m: (m.end - m.start, -m.start))
        return Named(scope=best.scope, entry=best.entry)
    return Named(scope=INSIDE) if not asked and _is_offered(quote, policy.sentences) else Named()


def feature_name(entry: Near | None, lang: str, owners: str = "") -> str:
    """The owner's own name for it; in a language that is not the `owners`, the first of their words for it there. "" where the name
    is plainly in another language and there are no such words."""
    if entry is None:
        return ""
    words = next((w for w in {"fr": entry.fr, "en": entry.en}.get(lang, ()) if w.strip()), "")
    foreign = detect_language(entry.name) not in (None, lang)
    return words if foreign or (words and owners not in ("", lang)) else entry.name


def _matches(words: list[str], policy: Policy) -> Iterator[_Match]:
    kinds = ((OUTSIDE, policy.outside), (NEAR, policy.near), (INSIDE, policy.inside))
    for scope, entry in ((scope, entry) for scope, entries in kinds for entry in entries):
        for name in (entry.name, *entry.fr, *entry.en):
            joined = "".join(_words(name))
            for start, end in _places(joined, words):
                yield _Match(start=start, end=end, scope=scope, entry=entry)


def _words(text: str) -> list[str]:
    """Folded words, each as one thing."""
    return [without_plural(word) for word in plain_words(text)]


def _places(joined: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where whole words, run together, are the name: « e-learning », « e learning » and « elearning » are one."""
    for start in range(len(words)) if joined else ():
        rest, end = joined, start
        while rest and end < len(words) and rest.startswith(words[end]):
            rest, end = rest[len(words[end]) :], end + 1
        if not rest:
            yield start, end


def required(quote: str) -> tuple[str, ...]:
    """The words that say what is required, each as one thing, without those in which anything is required."""
    return tuple(dict.fromkeys(w for word in content_words(quote) if (w := without_plural(word)) not in FRAME))


def _is_offered(quote: str, sentences: tuple[str, ...]) -> bool:
    """Everything that the request is about stands in one sentence of the offer, and nothing turns it round."""
    asked = frozenset(required(quote))
    if len(asked) < ENOUGH or TURNS & set(fold(quote).replace("'", " ").split()):
        return False
    return any(asked <= {without_plural(word) for word in plain_words(sentence)} for sentence in sentences)


# The words in which something is required, whatever it is; with the idle ones they are left out of the comparison.
FRAME = frozenset(
    without_plural(word)
    for word in """
demande demandons demander exige exigeons exiger tient tenons important importante essentiel essentielle primordial condition prerequis
impossible attend attente aurions aurait voulu vouloir compte obligatoirement possible equipe direction
ask asking asks demand insist important crucial key condition looking wish wants hoping possible team management board
""".split()
)
