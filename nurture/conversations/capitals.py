"""Capitalised words in a row, as names stand in a text; and which words everybody uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nurture.conversations.first_names import PARTICLES, TITLES
from nurture.messages import fold

LONGEST = 8  # words of a run; a longer one is a headline
FIGURE = 4  # digits of a figure in a name
SMALL = PARTICLES | {"of", "the", "and", "et", "&", "for", "pour", "en", "aux", "au", "a", "sur", "in", "on"}
BREAKS = frozenset(
    "i january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday "
    "sunday janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi "
    "dimanche jan feb apr jun jul aug sep sept oct nov dec janv fevr avr juil mon tue wed thu fri sat sun lun mar mer jeu ven sam dim am pm".split()
)
CUES = frozenset(
    "projet projets project programme program produit product application appli app plateforme platform logiciel software operation gamme".split()
)  # a name may hang on one of these words though it is written small: « le projet Horizon »
_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ \t\u00a0\u202f]{1,2}|[-'’&]|[ \u00a0]?&[ \u00a0]|\.[ \u00a0]?")
_BEGINS = re.compile(r"(?:^|[.!?…:;\n«“\"(\[–—•>*|])[\s«“\"(\[–—•>*-]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One word where it stands: folded, capitalised or not, the first of its sentence or not."""

    plain: str
    start: int
    end: int
    capital: bool
    first: bool

    @property
    def small(self) -> bool:
        """A particle or conjunction inside a name."""
        return not self.capital and self.plain in SMALL


def runs_of(text: str) -> Iterator[list[Word]]:
    """Capitalised words that stand side by side, with the particles between them and a figure behind them."""
    run: list[Word] = []
    for token in _TOKEN.finditer(text):
        word = token[0]
        if not word[0].isupper() and word not in SMALL and word not in CUES and not word.isdigit():
            if run:
                yield from _ended(run)
                run = []
            continue
        found = _word(token, text)
        joined = bool(run) and _joins(text[run[-1].end : found.start], run[-1])
        names = (found.capital and found.plain not in BREAKS) or found.plain in CUES
        if joined and (names or found.small or (word.isdigit() and len(word) <= FIGURE and not run[-1].small)):
            run.append(found)
            continue
        yield from _ended(run)
        run = [found] if names else []
    yield from _ended(run)


def _word(token: re.Match[str], text: str) -> Word:
    start, word = token.start(), token[0]
    first = start == 0 or bool(_BEGINS.search(text[max(0, start - 6) : start]))
    return Word(plain=_folded(word), start=start, end=token.end(), capital=word[0].isupper(), first=first)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def _joins(gap: str, before: Word) -> bool:
    return bool(_GAP.fullmatch(gap)) and (not gap.startswith(".") or len(before.plain) == 1 or before.plain in TITLES)


def _ended(run: list[Word]) -> Iterator[list[Word]]:
    while run and run[-1].small:
        run = run[:-1]
    if run and len(run) <= LONGEST and any(w.capital for w in run):
        yield run


def named(run: Sequence[Word]) -> list[Word]:
    """The words of a run without particles."""
    return [w for w in run if not w.small and w.plain not in PARTICLES]


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """What is written in small letters every day, in French or English (folded)."""
    lines = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
