"""Reads a language's folder into one filtered set of RE2 patterns, at first use.

Each file holds arrays of tables named for a topic, a signal or what else the readers of this room look for:

    [[opt_out]]
    name = "remove-me"                  # what fired, as findings tell it
    weight = 0.95                       # how sure it makes us, 0..1
    match = '''one pattern a line'''    # any of them, on a folded sentence
    unless = '''one pattern a line'''   # none of them in the same sentence
    when = "offer"                      # only in such a context (see `lexical`)
    behind = ["objection_timing"]       # not where a sure rule of these topics fires on the same sentence

`words.toml` holds `[words]`, parts that patterns name as `<part>` (`greeting`: the words that open a letter), `[spelling]`, what
hurried words stand for, and `elided`, what stands before an apostrophe without a meaning of its own. `parts.toml` holds more parts, for
the rules that the model does not see. `meanings.toml`: see `meanings`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nurture.messages import fold
from nurture.stages.lexicon.meanings import Meanings

HERE = Path(__file__).parent
SURE = 0.7  # the weight from which on a rule stands before those that are `behind` it
_WORD = re.compile(r"[a-z][a-z0-9']*")
NO_RULES = frozenset({"words.toml", "parts.toml", "dates.toml", "meanings.toml"})
_PART = re.compile(r"<([a-z][a-z0-9-]*)>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A rule that fired on a sentence."""

    topic: str
    name: str
    weight: float
    when: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    hit: Hit
    match: frozenset[int]
    unless: frozenset[int]
    behind: frozenset[str]


class Lexicon:
    """One language's patterns. Linear in the text; it never raises on any."""

    def __init__(self, lang: str, data: Mapping[str, Any], words: Mapping[str, Any]) -> None:
        import re2

        self.lang = lang
        self.words: dict[str, str] = {}
        for name, part in words.get("words", {}).items():
            self.words[name] = f"(?:{self._filled(part)})"
        self._spelling: dict[str, str] = words.get("spelling", {})
        self._respelled = [(re2.compile(self._filled(p["match"])), p["put"]) for p in words.get("respell", ())]
        self._filter = re2.Filter()
        self._index: dict[str, int] = {}
        rules = [self._rule(topic, row) for topic, rows in data.items() for row in rows]
        self._filter.Compile()
        self._by_pattern: dict[int, list[_Rule]] = {}
        for rule in rules:
            for index in rule.match:
                self._by_pattern.setdefault(index, []).append(rule)

    def _filled(self, pattern: str) -> str:
        return _PART.sub(lambda found: self.words[found[1]], pattern)

    @lru_cache(maxsize=32)  # noqa: B019  # lexicons live as long as the program
    def part(self, name: str) -> Any:
        """One part of `words.toml` as a pattern of its own, on word borders."""
        import re2

        return re2.compile(rf"\b(?:{self.words[name]})\b")

    @lru_cache(maxsize=32)  # noqa: B019
    def border(self, name: str) -> Any:
        """One part of `parts.toml` as a pattern of its own, or None where the language has none."""
        import re2

        return re2.compile(self.words[name]) if name in self.words else None

    def _rule(self, topic: str, row: Mapping[str, Any]) -> _Rule:
        hit = Hit(topic=topic, name=row["name"], weight=float(row["weight"]), when=row.get("when", ""))
        match, unless = self._add(row["match"]), self._add(row.get("unless", ""))
        return _Rule(hit=hit, match=match, unless=unless, behind=frozenset(row.get("behind", ())))

    def _add(self, lines: str) -> frozenset[int]:
        found = set()
        for line in lines.strip().splitlines():
            if line.strip() and not line.startswith("#"):
                if line not in self._index:
                    self._index[line] = self._filter.Add(self._filled(line))
                found.add(self._index[line])
        return frozenset(found)

    def hits(self, folded: str) -> tuple[Hit, ...]:
        """Every rule that fires on a folded sentence, in no order that matters."""
        found = frozenset(self._filter.Match(folded) or ())
        rules = {id(r): r for index in found for r in self._by_pattern.get(index, ())}
        fired = [r for r in rules.values() if not r.unless & found]
        sure = {r.hit.topic for r in fired if r.hit.weight >= SURE and not r.behind and not r.hit.when}
        return tuple(r.hit for r in fired if not r.behind & sure)

    def topics(self, folded: str) -> frozenset[str]:
        """The topics of the rules that fire."""
        return frozenset(hit.topic for hit in self.hits(folded))

    def folded(self, text: str) -> str:
        """A text as patterns read it: lower case, no accents, single spaces, the usual spelling."""
        return self.spelled(" ".join(fold(text).split()))

    def spelled(self, folded: str) -> str:
        """A folded text in the usual spelling."""
        for pattern, put in self._respelled:
            folded = pattern.sub(put, folded)
        spelling = self._spelling
        return _WORD.sub(lambda found: spelling.get(found[0], found[0]), folded)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that have a lexicon."""
    return tuple(sorted(p.name for p in HERE.iterdir() if (p / "words.toml").is_file()))


@lru_cache(maxsize=8)
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a language that has one."""
    words, path = _toml(HERE / lang / "words.toml"), HERE / lang / "parts.toml"
    more = _toml(path) if path.is_file() else {}
    return Lexicon(lang, rules(lang), words | {"words": {**words.get("words", {}), **more}})


def rules(lang: str) -> dict[str, list[Any]]:
    """Every topic's rules as they stand."""
    data: dict[str, list[Any]] = {}
    for topic, rows in _tables(HERE / lang):
        data.setdefault(topic, []).extend(rows)
    return data


def tables(lang: str, name: str) -> dict[str, Any]:
    """One file of a language's folder as it stands."""
    return _toml(HERE / lang / f"{name}.toml")


@lru_cache(maxsize=8)
def meanings(lang: str) -> Meanings:
    """The classes of words of a language that has a lexicon; without its file, none."""
    path = HERE / lang / "meanings.toml"
    return Meanings(_toml(path) if path.is_file() else {}, tables(lang, "words").get("elided", ()))


@lru_cache(maxsize=1)
def feasts() -> dict[str, Any]:
    """The movable feasts and school holidays that no language owns."""
    return _toml(HERE / "feasts.toml")


def _tables(folder: Path) -> Iterator[tuple[str, list[Any]]]:
    for path in sorted(folder.glob("*.toml")):
        if path.name not in NO_RULES:
            yield from _toml(path).items()


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
