"""Bytes to text: charsets that lie, transfer encodings that are cut off, RFC 2047 words. Nothing raises; what cannot be read stays."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from functools import lru_cache

# Text encodings that mail is written in. The codec registry also knows ones that take quadratic time (punycode, idna) or are no text.
_FAMILIES = (
    "utf-8",
    "utf-16",
    "utf-32",
    "utf-7",
    "iso8859-",
    "cp125",
    "cp85",
    "cp86",
    "cp437",
    "koi8-",
    "mac-",
    "euc_",
    "gb",
    "big5",
    "shift_jis",
    "iso2022_",
    "cp932",
    "cp949",
    "cp950",
    "hz",
    "ptcp",
    "tis-620",
    "johab",
)
_LATIN = frozenset({"ascii", "iso8859-1"})  # what programs say when they mean Windows-1252
_STRICTEST = 200  # replaced characters in a thousand above which a text is not in the charset that it states
_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]{0,2000})\?=")
_GAP = re.compile(r"(=\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]{0,2000}\?=)\s+(?==\?[^?\s]{1,40}\?[bBqQ]\?)")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


@lru_cache(maxsize=500)
def known_charset(label: str) -> str | None:
    """The codec of a charset's name, None where there is none or it is not fit for mail."""
    try:
        name = codecs.lookup(label.strip("'\" \t").partition("*")[0]).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if name in _LATIN:
        return "cp1252"
    return name if name.startswith(_FAMILIES) else None


def decode(raw: bytes, label: str = "") -> str:
    """Text of bytes: UTF-8 where it is that, whatever the label says; else as labelled; else Windows-1252."""
    charset = known_charset(label[:60]) if label else None
    if charset in (None, "utf-8", "cp1252"):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if charset is not None:
        text = raw.decode(charset, "replace")
        if text.count("\ufffd") * 1000 <= _STRICTEST * len(text) or charset == "cp1252":
            return _without_lone(text)
    elif (text := raw.decode("utf-8", "replace")).count("\ufffd") * 1000 <= len(text):  # cut off within a letter
        return text
    return raw.decode("cp1252", "replace")


def _without_lone(text: str) -> str:
    """Some codecs let half a surrogate pair through, which no file and no terminal takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def undo_transfer(body: bytes, encoding: str) -> bytes:
    """A part's bytes with its transfer encoding undone."""
    try:
        if encoding == "base64":
            clean = _NOT_BASE64.sub(b"", body)
            clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
            return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
        if encoding == "quoted-printable":
            return quopri.decodestring(body)
    except (binascii.Error, ValueError):
        pass
    return body


def decode_words(text: str) -> str:
    """RFC 2047 encoded words decoded, neighbours joined; what cannot be decoded stays as it is."""
    if "=?" not in text:
        return text
    return _WORD.sub(_word, _GAP.sub(r"\1", text))


def _word(found: re.Match[str]) -> str:
    data = found[3].replace("_", " ") if found[2] in "qQ" else found[3]
    raw = data.encode("ascii", "replace")
    charset = known_charset(found[1])
    if charset is None:
        return found[0]
    return decode(quopri.decodestring(raw) if found[2] in "qQ" else undo_transfer(raw, "base64"), charset)
