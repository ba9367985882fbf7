"""What is asked for that was not offered, counted: by the owner's name for it, else by the words of those who ask. Values only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from nurture.followups import Policy, named, required
from nurture.messages import fold, plain_words, stem
from nurture.store import Asked

WORTH_KNOWING = 3  # people who ask the same
ALIKE = 0.5  # share of the words of the shorter request that another must hold
LABEL = 4  # words that name what the configuration does not


@dataclass(kw_only=True)
class Feature:
    """One thing that is asked for. `scope` is "" where the configuration does not name it; `name` then is made of their words."""

    name: str = ""
    scope: str = ""
    words: frozenset[str] = frozenset()  # of the first who asked: whoever asks alike is counted here
    asked: list[Asked] = field(default_factory=list)

    @property
    def people(self) -> int:
        return len({a.person.key for a in self.asked})

    @property
    def stages(self) -> dict[str, int]:
        """How many people stand where, now."""
        return dict(Counter({a.person.key: a.stage for a in self.asked}.values()).most_common())

    @property
    def first(self) -> date:
        return min(a.at for a in self.asked).date()

    @property
    def last(self) -> date:
        return max(a.at for a in self.asked).date()

    @property
    def worth_knowing(self) -> bool:
        return self.people >= WORTH_KNOWING


def requested(rows: Iterable[Asked], policy: Policy) -> tuple[Feature, ...]:
    """Everything that is asked for, what most people ask for first."""
    known: dict[tuple[str, str], Feature] = {}
    unknown: list[Feature] = []
    by_word: dict[str, list[Feature]] = defaultdict(list)
    for row in rows:
        found = named(row.quote, policy)
        if found.scope and found.entry:
            name = found.entry.name
            feature = known.setdefault((found.scope, name), Feature(name=name, scope=found.scope))
        else:
            feature = _alike(row, found.scope, by_word)
            unknown += [] if feature.asked else [feature]
        feature.asked.append(row)
    for feature in unknown:
        feature.name = _label(feature)
    return tuple(sorted((*known.values(), *unknown), key=lambda f: (-f.people, -len(f.asked), fold(f.name))))


def _alike(row: Asked, scope: str, by_word: dict[str, list[Feature]]) -> Feature:
    """The feature that somebody asked for in much the same words before, else a new one."""
    words = frozenset(stem(word) for word in _words(row))
    near = {id(f): f for word in words for f in by_word[word] if f.scope == scope}
    best = max(near.values(), key=lambda f: _likeness(f.words, words), default=None)
    if best and _likeness(best.words, words) >= ALIKE:
        return best
    new = Feature(scope=scope, words=words)
    for word in words:
        by_word[word].append(new)
    return new


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of all their words both share; where they share two or more, how much of the shorter."""
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared > 1 else shared / len(one | other)


def _words(row: Asked) -> tuple[str, ...]:
    """What they require, without their own and their company's name: the count names nobody."""
    own = {*plain_words(row.person.name), *plain_words((row.person.company or "").replace(".", " "))}
    return tuple(word for word in required(row.quote) if word not in own)


def _label(feature: Feature) -> str:
    """The words that most of them used, in the order of the first."""
    used = Counter(stem(word) for row in feature.asked for word in dict.fromkeys(_words(row)))
    order = list(dict.fromkeys(word for row in feature.asked for word in _words(row)))
    place = {word: n for n, word in enumerate(order)}
    first_of = {stem(word): word for word in reversed(order)}
    best = sorted(first_of, key=lambda s: (-used[s], place[first_of[s]]))[:LABEL]
    return " ".join(sorted((first_of[s] for s in best), key=place.__getitem__))
