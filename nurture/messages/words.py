"""Text as the rules read it: folded words, sentences, lines fit for a terminal. Linear time on anything."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

_ODD = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae",
                      "ß": "ss", "…": "...", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})  # fmt: skip
_BREAK = re.compile(r"(?<=[.!?…])[\"»”')\]]{0,3}\s+|\n+")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def fold(text: str) -> str:
    """Lower case, no accents, straight quotes and plain spaces: what RE2 rules are written for (its \\b and \\w are ASCII)."""
    lowered = text.translate(_ODD).lower()
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order, stripped, none empty; a line end ends a sentence too."""
    return tuple(s for s in (part.strip() for part in _BREAK.split(text)) if s)


def one_line(text: str, limit: int = 200) -> str:
    """A mail's words made harmless for terminal, log and template: one line, no control, bidi or zero-width characters, cut at `limit`."""
    clean = " ".join(_UNSAFE.sub(" ", text).split())
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def sentence_hashes(text: str, key: bytes) -> frozenset[str]:
    """Keyed 16-digit hashes of the sentences of at least four words: enough to see that something was said, nothing to read."""
    return frozenset(
        hmac.new(key, b"said:" + " ".join(words).encode(), hashlib.sha256).hexdigest()[:16]
        for sentence in sentences(text)
        if len(words := re.findall(r"[a-z0-9]+", fold(sentence))) >= 4
    )
