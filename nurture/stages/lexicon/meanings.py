"""Words of like meaning: a word that the reader never met counts as its class.

`meanings.toml` names classes and what belongs to them, folded and in the usual spelling: words; stems (`patron*`: every word that begins
so); and words in a row (`tenir_au_courant`). Words in a row count before single words, the longer ones first; a whole word before a stem; a longer stem
before a shorter one. Where a word begins with an article or pronoun that lost its vowel (`elided` in `words.toml`), what stands behind it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

REMEMBERED = 30_000  # words whose class is known by heart


class Meanings:
    """The classes of one language. `NAMES` in what it gives back are classes, in capitals; words stay as they are."""

    def __init__(self, classes: Mapping[str, str], elided: Sequence[str] = ()) -> None:
        self._elided = tuple(elided)
        self._words: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._rows: dict[str, str] = {}
        self._reach: dict[str, list[int]] = {}  # first word -> how many words such rows have, most first
        for name, entries in classes.items():
            for entry in entries.split():
                self._add(entry, name.upper())
        for reach in self._reach.values():
            reach.sort(reverse=True)
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self._known: dict[str, str] = {}

    def _add(self, entry: str, name: str) -> None:
        if entry.endswith("*"):
            self._stems[entry[:-1]] = name
        elif "_" in entry:
            row = [self._bare(word) for word in entry.split("_")]
            self._rows[" ".join(row)] = name
            reach = self._reach.setdefault(row[0], [])
            if len(row) not in reach:
                reach.append(len(row))
        else:
            self._words[entry] = name

    def said(self, words: Sequence[str]) -> list[str]:
        """The words in order, each that belongs to a class replaced by it, words in a row by one."""
        return list(self._said(words)) if self._words else []

    def _said(self, words: Sequence[str]) -> Iterator[str]:
        bare = [self._bare(word) for word in words] if self._elided else words
        at, end = 0, len(words)
        while at < end:
            for span in self._reach.get(bare[at], ()):
                if at + span <= end and (name := self._rows.get(" ".join(bare[at : at + span]))):
                    yield name
                    at += span
                    break
            else:
                word = words[at]
                yield self._class_of(word) or word
                at += 1

    def _bare(self, word: str) -> str:
        """Without what was elided before it: « l'associe » is an « associe »."""
        if "'" not in word:
            return word
        head, _, rest = word.partition("'")
        return rest if rest and head in self._elided else word

    def _class_of(self, word: str) -> str:
        """The class of a word, "" where it has none."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._looked_up(word) or self._looked_up(self._bare(word))
        return known

    def _looked_up(self, word: str) -> str:
        if word in self._words:
            return self._words[word]
        return next((self._stems[word[:n]] for n in self._lengths if word[:n] in self._stems), "")
