"""The plain part: read in any client, and printed by `nurture sheet`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from nurture.sheet.lines import Item, Section, headline, quiet, sections
from nurture.sheet.sheet import Sheet
from nurture.sheet.wording import Wording

WIDTH = 76
INDENT = "    "
ENDLESS = 320  # the longest address; no word of a mail is as long


def text(sheet: Sheet, wording: Wording) -> str:
    """The whole sheet, in lines of at most 76 columns but for addresses, and for commands with long ones."""
    return "\n".join(_lines(sheet, wording)) + "\n"


def _lines(sheet: Sheet, wording: Wording) -> Iterator[str]:
    yield from _wrapped(wording.day(sheet.day)[:1].upper() + wording.day(sheet.day)[1:])
    yield from _wrapped(headline(sheet, wording))
    for section in sections(sheet, wording):
        yield from _section(section, wording)
    if facts := quiet(sheet, wording):
        yield from _title(wording.label("quiet"))
        for fact in facts:
            yield from _wrapped(fact, "  - ", "    ")
    yield ""
    yield "-- "
    yield from _wrapped(wording.label("foot"))


def _section(section: Section, wording: Wording) -> Iterator[str]:
    yield from _title(section.title)
    if section.lead:
        yield from _wrapped(section.lead)
    for number, item in enumerate(section.items, 1):
        yield ""
        yield from _item(number, item)
    if section.more:
        yield ""
        yield from _wrapped(wording.label("more", many=section.more), INDENT)


def _title(title: str) -> Iterator[str]:
    yield ""
    yield ""
    yield title.upper()
    yield "=" * len(title)


def _item(number: int, item: Item) -> Iterator[str]:
    stage = f" ({item.stage})" if item.stage else ""
    yield from _wrapped(f"{item.who}{stage}", f"{number:2}. ")
    if item.who != item.address:
        yield from _wrapped(item.address, INDENT)
    for said in (*item.says, item.quote):
        yield from _wrapped(said, INDENT, INDENT + "  ")
    for note in item.notes:
        yield from _wrapped(note, INDENT + "! ", INDENT + "  ")
    for does, command in item.commands:
        yield from _wrapped(does, INDENT + "> ", INDENT + "  ")
        yield f"{INDENT}  {command}"  # in one piece, to be copied


def _wrapped(said: str, first: str = "", rest: str | None = None) -> list[str]:
    """One paragraph; addresses stay whole, other endless words do not, and a space that must not break does not."""
    if not said:
        return []
    room = WIDTH - len(first)
    words = [part for word in said.split(" ") for part in _parts(word, room)]
    indent = " " * len(first) if rest is None else rest
    return textwrap.wrap(
        " ".join(words), WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )  # fmt: skip


def _parts(word: str, room: int) -> list[str]:
    if len(word) <= room or (len(word) <= ENDLESS and "@" in word):
        return [word]
    return [word[i : i + room] for i in range(0, len(word), room)]
