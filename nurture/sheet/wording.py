"""What nurture says, in the owner's language.

The plan tells its reasons in English, as they are kept; the catalogue of a language says each of those sentences. A key is the
English sentence with {} for each value; dates are translated, and so is a value that is a sentence of the catalogue itself. A test
reads all sentences out of the code and finds every one of them here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from nurture.messages import fold, one_line

DEPTH = 6  # sentences within sentences
LONGEST = 1200  # characters of a reason; what is longer is not looked at
TELLING = 4  # letters beside its values that make a sentence recognisable
_HOLE = "{}"
_DATE = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})")
_RULE = re.compile(r"([a-z]+(?:-[a-z]+)+): ")
_QUOTED = re.compile("(«[^»]*»|“[^”]*”)")
_FRENCH_QUOTES = re.compile("«[ \u00a0]?([^«»]*?)[ \u00a0]?»")
_ELIDED = re.compile("[aeiou]|y[^aeiou]")  # names before which "de" and "que" lose their e
_MARKS = re.compile(r" ([:;?!»%])|(«) ")


@dataclass(frozen=True)
class Sentence:
    """One entry of a catalogue: what stands before, between and behind its values, and what is said for it."""

    parts: tuple[str, ...]
    says: str
    raw: tuple[bool, ...]  # for each value: it is quoted, and never translated
    telling: bool

    def values(self, text: str) -> tuple[str, ...] | None:
        """The values with which the entry is exactly this text, each as short as it can be; None: it is another text. Linear time."""
        first, *between = self.parts
        last = between.pop() if between else ""
        end = len(text) - len(last)
        if not (text.startswith(first) and text.endswith(last)):
            return None
        found, at = [], len(first)
        for part in between:
            there = text.find(part, at, end)
            if there < 0:
                return None
            found.append(text[at:there])
            at = there + len(part)
        if at > end or (len(self.parts) == 1 and at < end):
            return None
        return (*found, text[at:end]) if len(self.parts) > 1 else ()


class Wording:
    """One language's words. `say` never fails: what it does not know stays as it is, or is told by its rule."""

    def __init__(self, lang: str, data: dict[str, Any]) -> None:
        self.lang = lang
        self.tables = data
        self.year = 0  # which goes without saying

    def of_year(self, year: int) -> Wording:
        """The same words, for a sheet of that year."""
        _ = self._sentences  # read once, for both
        other = copy(self)
        other.year = year
        return other

    def label(self, name: str, **values: object) -> str:
        """One of the sheet's own words."""
        return self._spaced(str(self.tables["labels"][name]).format(**values))

    def count(self, name: str, number: int) -> str:
        """A number of things: "1 draft", "3 drafts"."""
        one, many = self.tables["counts"][name]
        few = number < 2 if self.lang == "fr" else number == 1
        return self._spaced((one if few else many).format(number))

    def named(self, table: str, name: str) -> str:
        """A stage, or what a text asks or gives."""
        return self._spaced(str(self.tables[table].get(name, name)))

    def quoted(self, words: str) -> str:
        """Their sentence, in the language's quotation marks."""
        return self.label("quote", words=one_line(words))

    def day(self, day: date) -> str:
        """With its weekday, for the head of the sheet."""
        weekday, month = self.tables["weekdays"][day.weekday()], self.tables["months"][day.month - 1]
        return self.label("day", weekday=weekday, number=self._ordinal(day.day), month=month, year=day.year)

    def say(self, sentence: str, rule: str = "") -> str:
        """A reason of the plan, or a remark of lint."""
        plain = one_line(sentence, LONGEST)
        said = self._said(plain, DEPTH) or str(self.tables.get("rules", {}).get(rule) or plain)
        return self._spaced(said) if self.lang == "fr" else _FRENCH_QUOTES.sub(r"“\1”", said)

    def naming(self, said: str, name: str) -> str:
        """The same with a name in the place of "this person", outside of what is quoted; only where the language has that place."""
        this, after = str(self.tables.get("this_person", "")), "’" if _ELIDED.match(fold(name)) else "e "
        place = re.compile(rf"\b(?:(d|qu)e )?{this}", re.IGNORECASE)
        return _outside_quotes(place, lambda m: f"{m[1]}{after}{name}" if m[1] else name, said) if this else said

    def short(self, said: str) -> str:
        """The same without this year, outside of what is quoted."""
        return _outside_quotes(re.compile(rf"\b({'|'.join(self.tables['months'])}) {self.year}\b"), lambda m: m[1], said)

    @property
    def keys(self) -> frozenset[str]:
        """The English sentences of the catalogue."""
        return frozenset(self.tables.get("sentences", {}))

    @property
    def rules(self) -> frozenset[str]:
        """The rules that are told where their sentence is not known."""
        return frozenset(self.tables.get("rules", {}))

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        found = [(_literals(key), key, says) for key, says in self.tables.get("sentences", {}).items()]
        return tuple(_sentence(key, says, literals) for literals, key, says in sorted(found, key=lambda f: (-f[0], f[1])))

    def _said(self, text: str, depth: int) -> str | None:
        if depth == 0 or not text:
            return None
        if named := _RULE.match(text):  # of a remark, with its rule in front
            return (
                f"{named[1]} : {self._value(text[named.end() :], depth - 1)}" if "; " not in text else self._listed(text, depth)
            )
        return self._matched(text, depth, telling=True) or self._listed(text, depth) or self._matched(text, depth, telling=False)

    def _matched(self, text: str, depth: int, *, telling: bool) -> str | None:
        for tried in dict.fromkeys((text, text[:1].lower() + text[1:])):
            for sentence in self._sentences:
                if not tried.startswith(sentence.parts[0]) or sentence.telling is not telling:
                    continue  # nearly all of the hundreds
                if (values := sentence.values(tried)) is not None:
                    said = self._filled(sentence, values, depth)
                    if said is not None:
                        return said if tried == text else said[:1].upper() + said[1:]
        return None

    def _filled(self, sentence: Sentence, values: tuple[str, ...], depth: int) -> str | None:
        """The sentence with its values; None where neither it nor one of them tells anything."""
        said = [v if raw else self._value(v, depth - 1) for v, raw in zip(values, sentence.raw, strict=True)]
        return sentence.says.format(*said) if sentence.telling or said != list(values) else None

    def _listed(self, text: str, depth: int) -> str | None:
        """Several remarks in one breath."""
        parts = text.split("; ")
        said = [self._value(part, depth - 1) for part in parts]
        return " ; ".join(said) if len(parts) > 1 and said != parts else None

    def _value(self, value: str, depth: int) -> str:
        lead = value[: len(value) - len(value.lstrip())]
        known = self.tables.get("names", {}).get(value.strip())
        return lead + (known or self._said(value.strip(), depth) or _DATE.sub(self._date, value.strip()))

    def _date(self, found: re.Match[str]) -> str:
        english = self.tables.get("english_months", ())
        if found[2] not in english:
            return found[0]
        return f"{self._ordinal(int(found[1]))} {self.tables['months'][english.index(found[2])]} {found[3]}"

    def _ordinal(self, number: int) -> str:
        return str(self.tables.get("first", number)) if number == 1 else str(number)

    def _spaced(self, text: str) -> str:
        """No line ends before a mark that belongs to what stands before it."""
        return _MARKS.sub(lambda m: f"\u00a0{m[1]}" if m[1] else f"{m[2]}\u00a0", text) if self.lang == "fr" else text


def _outside_quotes(place: re.Pattern[str], said: Callable[[re.Match[str]], str], text: str) -> str:
    """Every place said otherwise, but in quotation marks."""
    parts = _QUOTED.split(text)
    return "".join(part if i % 2 else place.sub(said, part) for i, part in enumerate(parts))


def _literals(key: str) -> int:
    return sum(map(str.isalpha, key.replace(_HOLE, "")))


def _sentence(key: str, says: str, literals: int) -> Sentence:
    parts = tuple(key.split(_HOLE))
    return Sentence(parts=parts, says=says, raw=tuple(p.endswith("« ") for p in parts[:-1]), telling=literals >= TELLING)


@lru_cache(maxsize=4)
def wording(lang: str) -> Wording:
    """The words of a language; English where there are none."""
    path = Path(__file__).parent / f"{lang}.toml"
    if not path.exists():
        return wording("en")
    return Wording(lang, tomllib.loads(path.read_text(encoding="utf-8")))
