"""How things look: 80 columns, no colour when piped, words of mails made harmless, JSON by the documented shapes."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from unicodedata import category

import click

from nurture.cli.options import Settings
from nurture.messages import one_line

WIDTH = 80
ENDLESS = 320  # the longest address; no word of a mail is as long


def wrapped(text: str, indent: str = "") -> str:
    """One paragraph in 80 columns; addresses, paths and file names stay whole, other endless words do not."""
    room = WIDTH - len(indent)
    words = [part for word in text.split(" ") for part in _parts(word, room)]
    return textwrap.fill(
        " ".join(words), WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )  # fmt: skip


def _parts(word: str, room: int) -> list[str]:
    if len(word) <= room or (len(word) <= ENDLESS and ("@" in word or "/" in word)):
        return [word]
    return [word[i : i + room] for i in range(0, len(word), room)]


def say(text: str = "") -> None:
    """One paragraph, wrapped and harmless: folder names come from a server."""
    click.echo(wrapped(one_line(text, 2000)) if text else "")


def heading(text: str) -> None:
    """A section's title."""
    click.echo()
    click.secho(one_line(text, WIDTH), bold=True)


def bullet(text: str, indent: str = "    ", limit: int = 400) -> None:
    """One wrapped line under another, harmless whatever a mail put into it."""
    click.echo(wrapped(one_line(text, limit), indent))


def lines(told: Iterable[str]) -> None:
    """Lines that are harmless and fit already, at once: there may be thousands, and each on its own would be a write of its own."""
    if text := "\n".join(told):
        click.echo(text)


def source(text: str, *, err: bool = False) -> None:
    """The text of a file as it is, however long its lines: it is there to be copied. Only what a terminal would obey is left out."""
    for line in text.splitlines():
        click.echo("".join(c for c in line if c.isprintable() or c == "\t" or category(c) == "Zs"), err=err)


def as_json(value: Any) -> None:
    """One JSON document; control characters are escaped by JSON itself, bidi and zero-width ones are kept as data.

    A list has one of its things a line: there may be thousands, and Python writes them many times sooner without indentation.
    """
    context = click.get_current_context(silent=True)
    if context and (settings := context.find_object(Settings)):
        settings.told_json = True
    if isinstance(value, list) and value:
        encode = json.JSONEncoder(default=_plain).encode  # json.dumps would make a new one for each
        click.echo("[\n" + ",\n".join(map(encode, value)) + "\n]")
    else:
        click.echo(json.dumps(value, indent=2, default=_plain))


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else many}"


def answer(settings: Settings, said: Iterable[tuple[str, str]], named: str = "address") -> None:
    """What a command has done: a sentence for each address (or what else is `named`); nothing for people where --quiet is given."""
    if settings.as_json:
        as_json([{named: one, "done": sentence} for one, sentence in said])
    elif not settings.quiet:
        for _, sentence in said:
            say(sentence)


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset | set | tuple):
        return sorted(map(str, value))
    return str(value)
