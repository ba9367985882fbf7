"""Their words inside a text of ours: whole words, one line, no mark-up, and quotation marks that pair."""

from __future__ import annotations

import html
import re

from nurture.drafts.paragraphs import FULL
from nurture.messages import one_line

LONGEST = 200  # characters of what came by mail
# Marks inside a quote, so that the end of theirs is not taken for the end of ours.
INNER = {"fr": ("“", "”"), "en": ("‘", "’")}
OUTER = {"fr": (f"«{FULL}", f"{FULL}»"), "en": ("“", "”")}
OPENING, CLOSING, EITHER = "«“„‹", "»”›", '"'
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--[^<>]{0,300}-->")
_BULLET = re.compile(r"^(?:[-–—•*·>]+\s+|\d{1,2}[.)]\s+)+")
_SPACED = re.compile(r"\s+([,.])")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_TWICE = re.compile(r",(?:\s*,)+")


def quoted(words: str, lang: str) -> str:
    """Their words between the quotation marks of the language, without the sentence's own full stop; cut, they end in "…"."""
    text = paired(unwrapped(tidy(words)), lang)
    text = text[:-1].rstrip() if text.endswith(".") and not text.endswith("..") else text
    text = _APOSTROPHE.sub("’", text) if lang == "fr" else text  # as French is set around it
    start, end = OUTER[lang]
    return f"{start}{text.strip(' ,;:')}{end}"


def tidy(words: str) -> str:
    """One line without tags, entities, bullets and odd spaces before commas, cut at a word where it is too long."""
    plain = html.unescape(_TAG.sub(" ", html.unescape(words)))
    line = one_line(_BULLET.sub("", one_line(plain, len(plain) + 1)), LONGEST)
    return _TWICE.sub(",", _SPACED.sub(r"\1", line)).strip()


def unwrapped(text: str) -> str:
    """Without marks that enclose the whole of it."""
    inner = text.strip().rstrip(".").rstrip()
    enclosed = len(inner) > 2 and inner[0] in OPENING + EITHER and inner[-1] in CLOSING + EITHER
    within = inner[1:-1].strip() if enclosed else ""
    return within if within and not any(mark in within for mark in OPENING + CLOSING + EITHER) else text.strip()


def paired(text: str, lang: str) -> str:
    """Every pair of marks as the language sets them inside a quote; a mark without its partner is left out."""
    letters: list[str] = list(text)
    opened: list[int] = []
    for place, letter in enumerate(text):
        if letter in OPENING or (letter == EITHER and not opened):
            opened.append(place)
        elif letter in CLOSING + EITHER:
            letters[place] = INNER[lang][1] if opened else ""
            if opened:
                letters[opened.pop()] = INNER[lang][0]
    for place in opened:
        letters[place] = ""
    start, end = INNER[lang]
    joined = " ".join("".join(letters).split())
    return re.sub(rf"\s+{end}", end, re.sub(rf"{start}\s+", start, joined)) if lang == "fr" else joined
