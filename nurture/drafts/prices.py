"""The owner's range as the language of the letter writes figures: « 4 800 – 9 500 € », "€4,800 – €9,500"."""

from __future__ import annotations

import re

_GROUPED_BY_SPACE = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_GROUPED_BY_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CENTS = re.compile(r"(?<=\d)[.,](?=\d{2}(?!\d))")
_RANGE = re.compile(r"(?<![\d€£$,])(\d[\d,]*)\s?([–—-])\s?(\d[\d,]*)\s?€")
_BEHIND = re.compile(r"(?<![\d€£$,.])(\d[\d,]*(?:\.\d{1,2})?)\s?€")
THIN = "\u202f"


def price_in(text: str, lang: str) -> str:
    """Thousands and the euro sign where the language puts them; whatever else stands there is left as it is."""
    if lang == "fr":
        return _CENTS.sub(",", _GROUPED_BY_COMMA.sub(THIN, text))
    figures = _GROUPED_BY_SPACE.sub(",", _CENTS.sub(".", text))
    return _BEHIND.sub(r"€\1", _RANGE.sub(r"€\1 \2 €\3", figures))
