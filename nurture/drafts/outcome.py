"""What tells an untouched draft from an edited one, and a sent mail from another: digests of bytes and of words.

Clients re-flow and re-encode a draft that nobody edited (mail-facts 3.3), so words are compared without white space, transfer
encoding and signature; bytes only to prove that nothing at all was touched.
"""

from __future__ import annotations

import hashlib
import unicodedata
from difflib import SequenceMatcher

from nurture.messages import parse, plain_words

LONGEST = 1500  # words of a text that are compared


def digest(raw: bytes) -> str:
    """SHA-256 of the raw bytes as the mailbox holds them, hex."""
    return hashlib.sha256(raw).hexdigest()


def text_hash(raw: bytes) -> str:
    """SHA-256 of the words of a message: decoded, un-flowed, NFC, without what follows `-- `, white space apart."""
    return words_hash(parse(raw).text)


def words_hash(text: str) -> str:
    """The same of a text that is decoded already."""
    body = "\n" + text.replace("\r\n", "\n")
    head = body.partition("\n-- \n")[0]
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", head).split()).encode("utf-8", "replace")).hexdigest()


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: the share of their words that stand in both, in the same order."""
    words = plain_words(one)[:LONGEST], plain_words(other)[:LONGEST]
    return SequenceMatcher(None, *words, autojunk=False).ratio() if all(words) else 0.0
