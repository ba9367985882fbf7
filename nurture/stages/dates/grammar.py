"""Finds the days that a folded sentence names: the forms of a language, tried in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from nurture.stages.dates.almanac import Feast
from nurture.stages.dates.joining import Joints, counted, joined
from nurture.stages.dates.named import AFTER_A_FEAST, ALONE, COUNTED, EDGES, FOLLOWING, MAY_RUN, NUMBERED, PASSING, Edge, Named
from nurture.stages.dates.periods import KINDS
from nurture.stages.dates.placing import neighbour, placed, shared
from nurture.stages.dates.slots import Slots
from nurture.stages.lexicon import feasts, tables

MAX = 1_000  # characters of a sentence in which days are looked for
MOST = 40  # days that are looked for in a sentence
YEARS = range(1990, 2200)  # in which a message may have been written
BEHIND = 40  # characters behind a date that may change how it is meant
_BEFORE = 80  # characters in front of a date that say how it is meant
_LEAD = 100  # characters in front of a day in which a count that starts from it may stand
_SLOT = re.compile(r"\{([a-z]+(?:_[a-z]+)?)(2?)\}")
_PART = re.compile(r"(?<!P)<([a-z-]+)>")
_PLAIN = {
    "day": r"\d{1,2}",
    "month_number": r"\d{1,2}",
    "year": r"20\d{2}",
    "year_short": r"\d{2}",
    "quarter": "[1-4]",
    "half": "[12]",
    "zone": "[abc]",
}
_TABLES = {
    "month": "months",
    "weekday": "weekdays",
    "ordinal": "ordinals",
    "unit": "units",
    "part": "parts",
    "season": "seasons",
    "holiday": "holidays",
    "days_ahead": "days-ahead",
    "day_word": "day-words",
}


class Grammar:
    """The forms of one language. Bounded input, linear patterns.

    `own` are the owner's feasts, each a folded name with its span; they count before the language's.
    """

    def __init__(self, data: Mapping[str, Any], own: Iterable[tuple[str, str]] = ()) -> None:
        import re2

        self._tables: dict[str, Mapping[str, Any]] = {slot: data[name] for slot, name in _TABLES.items()}
        self.feasts = self._tables["holiday"] = _feasts(data["holidays"], own, re.compile(data["article"]))
        self._numbers: Mapping[str, int] = {word.replace("-", " "): n for word, n in data["numbers"].items()}
        self._parts: Mapping[str, str] = data["words"]
        self._kinds: list[str] = [row["kind"] for row in data["forms"]]
        self._filter = re2.Filter()
        added = [self._filter.Add(self._filled(row["match"])) for row in data["forms"]]
        self._filter.Compile()
        self._forms = [self._filter.re(index) for index in added]
        self._front = _cues({name: self._filled(pattern) for name, pattern in data["front"].items()})
        self._behind = _cues({name: self._filled(pattern) for name, pattern in data["behind"].items()})
        self._joints = Joints(*(re2.compile(self._filled(data["joints"][name])) for name in Joints._fields))
        self._leads = [(row["kind"], re2.compile(self._filled(row["match"]) + self._parts["lead"])) for row in data["leads"]]
        self.soft = re2.compile(self._filled(data["joints"]["soft"]))
        self._apart = re2.compile(data["joints"]["apart"])
        self._returns = frozenset(data["until-is-back"])
        asked = {name: re2.compile(self._filled(pattern)) for name, pattern in data["request"].items()}
        self.request, self.back, self.afterwards = asked["match"], asked["back"], asked["afterwards"]
        self.then, self.event, self.vague = asked["then"], asked["event"], asked["vague"]
        self.prefers, self.after_what, self.within = asked["prefers"], asked["after-what"], asked["within"]
        self.parting, self.past = asked["parting"], asked["past"]
        self.ahead, self.was_away = asked["ahead"], asked["was-away"]

    def _filled(self, match: str) -> str:
        match = _PART.sub(lambda found: f"(?:{self._parts[found[1]]})", match)
        return _SLOT.sub(lambda found: f"(?P<{found[1]}{found[2]}>{self._words(found[1])})", match)

    def _words(self, slot: str) -> str:
        if slot in _PLAIN:
            return _PLAIN[slot]
        names: Iterable[str] = self._numbers if slot == "n" else self._tables[slot]
        words = "|".join(_spaced(w) for w in sorted(names, key=len, reverse=True))
        return rf"\d{{1,3}}|{words}" if slot == "n" else words

    def named(self, folded: str, sent: date, before: Named | None = None, zone: str | None = None) -> tuple[Named, ...]:
        """The days that a sentence names, in their order; one that the words put into the past is none.

        `before` is the day that was named last in what stands in front of the sentence; `zone` that of the school holidays.
        """
        if sent.year not in YEARS:
            return ()
        text, taken = folded[:MAX], bytearray(MAX + 1)
        forms = [(self._kinds[i], self._forms[i]) for i in sorted(self._filter.Match(text) or ())]
        base = Slots(sent=sent, zone=zone)
        every = (n for kind, form in forms for n in self._of(kind, form, text, taken, base))
        found = list(joined(sorted(islice(every, MOST), key=lambda n: n.at), text, self._joints))
        out: list[Named] = []
        for at, n in enumerate(found):
            one = self._placed(n, out, found[at + 1 :], before, text)
            if one is None:
                continue
            if one.kind not in COUNTED | FOLLOWING | PASSING | {"weekday"}:
                one = self._led(one, text, base)
                out = [m for m in out if m.at < one.at]
            out.append(one)
        return tuple(out)

    def _placed(self, n: Named, front: Sequence[Named], behind: Sequence[Named], before: Named | None, text: str) -> Named | None:
        """A name where the names beside it put it."""
        between = text[n.end : behind[0].at] if behind else ""
        if behind and self._joints.listed.match(between) and (one := shared(n, behind[0])):
            return one
        lent = bool(self._joints.lends.match(between))
        beside = neighbour(n, front, behind, before, lent=lent)
        return placed(n, beside, same_sentence=beside is not before)

    def _led(self, n: Named, text: str, base: Slots) -> Named:
        """A day, or what words in front of it count from it."""
        start = max(0, n.at - _LEAD)
        for kind, form in self._leads:
            match = form.search(text[start : n.at])
            if match and not self._apart.search(match["between"]):
                at = start + match.start()
                groups = {name: said for name, said in match.groupdict().items() if name != "between"}
                edge = _edge(self._in_front(text, at), self._behind(text[n.end : n.end + BEHIND]))
                return counted(n, kind, self._slots(groups, base), at, edge) or n
        return n

    def _of(self, kind: str, form: Any, text: str, taken: bytearray, base: Slots) -> Iterator[Named]:
        for match in form.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or start == end:
                continue
            behind = self._behind(text[end : end + BEHIND])
            if kind in NUMBERED and "hour" in behind:
                continue  # « jeudi 15 h » names the hour: a later form finds the day
            if kind in ALONE and "alone" not in behind:
                continue  # « le lendemain du bal », "the week after the fair": of what nobody knows the day
            taken[start:end] = b"\1" * (end - start)  # whatever comes of it: « le 31 février » is no « le 31 » either
            front = self._in_front(text, start)
            inside = min((match.start(n) for n in form.groupindex.values() if match.group(n)), default=start)
            inner = front if inside == start else front | self._in_front(text, inside)
            edge = _edge(front if kind in AFTER_A_FEAST else inner, behind)
            habit = kind == "weekday" and "habit" in front and "this-once" not in front
            if not habit and edge is not Edge.SINCE and (edge is Edge.AFTER or "past" not in behind):
                yield from self._named(kind, match, edge, inner | behind, base)

    def _in_front(self, text: str, at: int) -> frozenset[str]:
        """The cues in front of a place; what they thank for or tell of is past as far as the words do not turn to what is to come."""
        cues = self._front(text[max(0, at - _BEFORE) : at])
        return cues | {Edge.SINCE.value} if "told-of" in cues and "turned" not in cues else cues

    def _named(self, kind: str, match: Any, edge: Edge, cues: frozenset[str], base: Slots) -> Iterator[Named]:
        start, end = match.span()
        if (kind in COUNTED and edge in (Edge.BEFORE, Edge.BY)) or (kind in FOLLOWING and edge is Edge.AFTER):
            edge = Edge.ON
        slots = self._slots(match.groupdict(), replace(base, running=edge is Edge.AFTER))
        if slots.year is None and "next-year" in cues:
            slots = replace(slots, year=slots.sent.year + 1)
        period = KINDS[kind](slots)
        if period is None:
            return
        if edge is Edge.ON and period.start == period.end and "after-event" in cues:
            edge = Edge.AFTER
        if edge is Edge.UNTIL and kind in ("weekday", "tomorrow") and period.start.weekday() in self._returns:
            edge = Edge.BACK
        if "next" in cues and edge is not Edge.AFTER and kind in MAY_RUN:
            slots = replace(slots, year=period.start.year)  # « en mars prochain »: not the one that is running
        marks = {
            "picked": not cues.isdisjoint(("pick", "picked")),
            "leaving": "leaving" in cues and kind != "range",
            "fixed": slots.year is not None or "fixed" in cues,
            "open": "suits" in cues or ("available" in cues and "unavailable" not in cues),
        }
        yield Named(period=period, at=start, end=end, edge=edge, kind=kind, slots=slots, **marks)

    def _slots(self, groups: Mapping[str, str | None], base: Slots) -> Slots:
        values: dict[str, Any] = {}
        for name, said in groups.items():
            if not said:
                continue
            if name == "year_short":
                values["year"] = 2000 + int(said)
            else:
                values[{"day_word": "day"}.get(name, name)] = self._value(name, said)
        return replace(base, **values)

    def _value(self, name: str, said: str) -> Any:
        slot = name.rstrip("2")
        if slot == "n":
            return int(said) if said.isdigit() else self._numbers[said.replace("-", " ")]
        if slot == "zone":
            return said
        if slot in _PLAIN:
            return int(said)
        table = self._tables[slot]
        return table.get(said, table.get(said.replace("-", " ")))


def _cues(patterns: Mapping[str, str]) -> Callable[[str], frozenset[str]]:
    """Which of these patterns fire on a piece of text: one pass for all."""
    import re2

    names, found = list(patterns), re2.Set.SearchSet()
    for pattern in patterns.values():
        found.Add(pattern)
    found.Compile()
    return lambda text: frozenset(names[n] for n in found.Match(text) or ())


def _edge(front: frozenset[str], behind: frozenset[str]) -> Edge:
    """Read off the words in front of the date's first slot, so that "after" counts inside and outside the form; what stands
    behind may turn it: "until the 3rd inclusive", « avant l'été je ne peux rien faire », "once the year has begun".
    """
    edge = next((edge for edge in EDGES if edge.value in front), None)
    if edge is None:
        return Edge.AFTER if "over" in behind else Edge.NOT if "refused" in behind else Edge.ON
    turned = {(Edge.UNTIL, "included"): Edge.AFTER, (Edge.AFTER, "begun"): Edge.ON, (Edge.BEFORE, "cannot"): Edge.NOT_BEFORE}
    return next((to for (of, cue), to in turned.items() if of is edge and cue in behind), edge)


def _spaced(word: str) -> str:
    return re.escape(word).replace("\\-", "[ -]").replace("\\ ", "[ -]")


def _feasts(named: Mapping[str, Any], own: Iterable[tuple[str, str]], article: re.Pattern[str]) -> dict[str, Feast]:
    """Each name with its spans; a name that stands for a row of the common table is looked up there; the owner's come first."""
    rows = feasts()
    known: dict[str, Feast] = {name: rows.get(said, said) if isinstance(said, str) else said for name, said in named.items()}
    mine: dict[str, tuple[str, ...]] = {}
    for name, said in own:
        name = article.sub("", name).replace("-", " ")
        mine[name] = (*mine.get(name, ()), said)
    return {name.replace("-", " "): feast for name, feast in known.items()} | mine


@lru_cache(maxsize=16)
def grammar(lang: str, own: tuple[tuple[str, str], ...] = ()) -> Grammar:
    """The grammar of a language that has a lexicon, with the owner's feasts."""
    return Grammar(tables(lang, "dates"), own)


def named(folded: str, sent: date, lang: str) -> tuple[Named, ...]:
    """The days that a folded sentence names."""
    return grammar(lang).named(folded, sent)
