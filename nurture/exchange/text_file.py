"""The text of a file that anybody may have written: with or without a mark of its encoding, from Excel, from an old address book."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from nurture.errors import WrongUsage

LARGEST = 50 * 1024 * 1024  # bytes
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
KINDS = (
    (b"PK\x03\x04", "a workbook of Excel or LibreOffice, or an archive: save it as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old workbook of Excel: save it as CSV UTF-8"),
    (b"%PDF", "a PDF: export the people as CSV"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"!BDN", "an archive of Outlook: export the contacts as CSV"),
)
LOOKED_AT = 4096
MANY = 0.3  # of the bytes at odd or even places, that are zero in a text of two bytes a letter


class BadFile(WrongUsage):
    """A file that is not what it seems to be: which, where, and what is wrong."""

    def __init__(self, path: Path, says: str, line: int | None = None) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {says}.")


@dataclass(frozen=True, kw_only=True)
class TextFile:
    """What a file says, and the encoding that it was read in."""

    text: str
    encoding: str


def read_text(path: Path) -> TextFile:
    """The text of a file. Raises BadFile for what is none: too large, a workbook, bytes without a meaning."""
    try:
        if path.is_dir():
            raise BadFile(path, "it is a folder; name a .csv or .vcf file")
        size = path.stat().st_size
        if size > LARGEST:
            raise BadFile(path, f"it is larger than {LARGEST // 1024 // 1024} MB. Take it in in parts, or leave the pictures out")
        raw = path.read_bytes()
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror})") from error
    if kind := next((says for start, says in KINDS if raw.startswith(start)), None):
        raise BadFile(path, f"it is {kind}")
    text, encoding = _decoded(path, raw)
    if not text.strip():
        raise BadFile(path, "it is empty")
    return TextFile(text=text, encoding=encoding)


def _decoded(path: Path, raw: bytes) -> tuple[str, str]:
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), encoding
    if encoding := _two_bytes(raw):
        return raw.decode(encoding, "replace"), encoding
    if b"\x00" in raw:
        raise BadFile(path, "it is no text. Export the people as CSV or vCard")
    return _one_byte(raw)


def _two_bytes(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte is zero."""
    start = raw[:LOOKED_AT]
    if len(start) < 4:
        return ""
    even, odd = start[::2].count(0) / len(start[::2]), start[1::2].count(0) / len(start[1::2])
    if max(even, odd) < MANY or min(even, odd) > MANY / 10:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _one_byte(raw: bytes) -> tuple[str, str]:
    """UTF-8, also with a torn letter; else what Windows wrote before it."""
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        mended = raw.decode("utf-8", "replace")
    letters = sum(not c.isascii() for c in mended)
    if (torn := mended.count("\ufffd")) * 2 < letters:
        return mended, f"utf-8 with {torn} torn letters"
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return raw.decode("latin-1"), "ISO 8859-1"
