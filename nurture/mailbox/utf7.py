"""Folder names as servers write them: modified UTF-7 (RFC 3501 5.1.3), or what they send instead of it."""

from __future__ import annotations

import base64
import re
import unicodedata

_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")


def decode(raw: bytes) -> str:
    """The name for human eyes, one clean line in NFC. Never raises: what is no modified UTF-7 is UTF-8, else latin-1, else left."""
    try:
        text = _SHIFTED.sub(_shifted, raw.decode("ascii"))
    except UnicodeDecodeError:
        text = _eight_bit(raw)
    return unicodedata.normalize("NFC", "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text))


def _shifted(found: re.Match[str]) -> str:
    data = found[1].replace(",", "/")
    try:
        return base64.b64decode(data + "=" * (-len(data) % 4)).decode("utf-16-be") if data else "&"
    except ValueError:
        return found[0]


def _eight_bit(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
