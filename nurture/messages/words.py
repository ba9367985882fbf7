"""Text as the rules read it: folded words, sentences, lines fit for a terminal. Linear time on anything."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from functools import lru_cache

_SPELLED = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o",
    "ł": "l", "đ": "d", "ı": "i", "…": "...", "‐": "-", "‑": "-", "–": "-", "—": "-", "：": ":", "\u00a0": " ", "\u202f": " ", "\u2007": " ",
    "\u2009": " ", "\u200a": " ", "\u200b": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "", "\ufeff": "", "\u00ad": "", "\ufdfa": " ", "\ufdfb": " ",
}  # fmt: skip
_ODD = re.compile("[" + "".join(_SPELLED) + "\ud800-\udfff]")  # lone surrogates go: RE2 reads UTF-8
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_STRETCH = 256  # characters normalised at once: the sort of long runs of combining marks is quadratic
_BREAK = re.compile(r"(?<=[.!?…])[\"»”')\]]{0,3}\s+|\n+")
_WRAP = re.compile(r"^([^\n]{59,99}[^\s.!?:;])[ \t]*\n(?=[^\s>*•-])", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]")


def fold(text: str) -> str:
    """Lower case, no accents, straight quotes and plain spaces: what RE2 rules are written for (its \\b and \\w are ASCII).

    Line breaks stay where they are, so a folded text has the lines of the text.
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered.replace("`", "'") if "`" in lowered else lowered
    plain = _ODD.sub(lambda found: _SPELLED.get(found[0], ""), lowered)
    if plain.isascii():
        return plain
    stretches = (plain[i : i + _STRETCH] for i in range(0, len(plain), _STRETCH))
    return _ACCENTS.sub("", "".join(unicodedata.normalize("NFKD", s) for s in stretches)).lower()


def fold_same(text: str) -> str:
    """Folded letter by letter without a change of length, so that places in it are places in the text."""
    return text.lower() if text.isascii() else "".join(map(_one_letter, text))


@lru_cache(maxsize=4096)
def _one_letter(letter: str) -> str:
    return fold(letter)[:1] or " "


def plain_words(text: str) -> list[str]:
    """The words of a text, folded, without punctuation."""
    return _WORD.findall(fold(text))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order, stripped, none empty; a line end ends a sentence too."""
    return tuple(s for s in (part.strip() for part in _BREAK.split(text)) if s)


def unwrapped(text: str) -> str:
    """A text with its hard-wrapped lines joined: a line of wrapping length goes on in the next, unless a blank one follows."""
    return _WRAP.sub(r"\1 ", text)


def one_line(text: str, limit: int = 200) -> str:
    """A mail's words made harmless for terminal, log and template: one line, no control, bidi or zero-width characters.

    Longer than `limit` it is cut behind a word, and ends in an ellipsis; only a single long word is cut within.
    """
    clean = " ".join(_UNSAFE.sub(" ", text).split())
    if len(clean) <= limit:
        return clean
    start, space, broken = clean[:limit].rpartition(" ")
    whole = start if space and len(broken) < limit // 2 else clean[: limit - 1]
    return whole.rstrip(" ,;:-–—(«“") + "…"


def sentence_hashes(text: str, key: bytes) -> frozenset[str]:
    """Keyed 16-digit hashes of the sentences of at least four words: enough to see that something was said, nothing to read."""
    return frozenset(
        hmac.new(key, b"said:" + " ".join(words).encode(), hashlib.sha256).hexdigest()[:16]
        for sentence in sentences(text)
        if len(words := plain_words(sentence)) >= 4
    )
