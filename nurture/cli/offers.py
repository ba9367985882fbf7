"""What a shell offers for a word that is being written: addresses, sequences, templates, numbers. Looks, changes nothing, and is quick.

SQLAlchemy would take longer to load than a person waits for a Tab, so the file is read as it lies there. A database that lies elsewhere
than in a file offers nothing; nor does one that cannot be read.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from nurture.cli.options import Settings

if TYPE_CHECKING:
    from nurture.config import Home

MOST = 50  # offered at a time
PATIENCE = 0.15  # seconds for the database
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+/-]*")  # what no shell reads as anything but a word
NOT_KNOWN_YET = {"init", "understand"}  # their addresses are the owner's own
ADDRESSES = "SELECT address FROM addresses WHERE address >= :begun AND address < :begun || '{' ORDER BY address LIMIT :most"
SEQUENCES = "SELECT name FROM sequences WHERE name LIKE :begun || '%' ORDER BY name LIMIT :most"
RESOURCES = "SELECT id FROM resources WHERE removed IS NULL AND id LIKE :begun || '%' ORDER BY id LIMIT :most"

SEQUENCE_NAMED = ("name", "a", "b", "what")

Offer = Callable[["Home", str], Iterator[str]]


def attach(path: tuple[str, ...], command: click.Command) -> None:
    """Have the parameters of a command, and of all below it, offer what is known; `path` are the names that lead to it."""
    for param in command.params:
        if offer := _offer_for(path, param):
            param.shell_complete = _quietly(offer)  # type: ignore[method-assign, assignment]
    for name, below in (command.commands if isinstance(command, click.Group) else {}).items():
        attach((*path, name), below)


def _offer_for(path: tuple[str, ...], param: click.Parameter) -> Offer | None:
    called = (param.metavar or param.human_readable_name).upper()
    if path[0] in NOT_KNOWN_YET:
        return None
    if "ADDRESS" in called or (path[0] == "person" and called == "OTHER"):
        return lambda home, begun: _rows(home, ADDRESSES, begun.lower())
    if path[0] == "sequence" and path[-1] != "new" and param.name in SEQUENCE_NAMED and isinstance(param, click.Argument):
        return lambda home, begun: _rows(home, SEQUENCES, begun)
    if param.name == "template" or (path[0] == "template" and called == "NAME"):
        return _templates
    if path[0] == "resource" and called.startswith("NUMBER"):
        return lambda home, begun: _rows(home, RESOURCES, begun)
    return None


def _quietly(offer: Offer) -> Callable[[click.Context, str], list[CompletionItem]]:
    def complete(context: click.Context, begun: str) -> list[CompletionItem]:
        from nurture.config import find_home

        settings = context.find_object(Settings) or Settings()
        try:
            found = [word for word in offer(find_home(settings.home, os.environ), begun) if PLAIN.fullmatch(word)]
        except Exception:  # whatever it is, no Tab is the place to tell it
            return []
        return [CompletionItem(word) for word in found[:MOST]]

    return complete


def _rows(home: Home, query: str, begun: str) -> Iterator[str]:
    place = _database(home)
    if place is None or (begun and not PLAIN.fullmatch(begun)):
        return
    end = time.monotonic() + PATIENCE
    # immutable: no lock is taken and no file is made beside it; what a run is writing at this moment is seen at the next Tab
    with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        database.set_progress_handler(lambda: time.monotonic() > end, 1000)
        yield from (str(row[0]) for row in database.execute(query, {"begun": begun, "most": MOST}))


def _database(home: Home) -> Path | None:
    """The file; None where there is none, or where the database is no file."""
    named = ""
    if home.config_file.exists():
        named = str(tomllib.loads(home.config_file.read_text(encoding="utf-8")).get("database_url", ""))
    place = Path(named.removeprefix("sqlite:///")) if named.startswith("sqlite:///") else None if named else home.database
    return place if place and place.is_file() else None


def _templates(home: Home, begun: str) -> Iterator[str]:
    """Names as `nurture template` takes them: useful-news, useful-news.a once its dot is written, fr/useful-news.a after fr/."""
    from nurture.shipped import shipped

    found = set()
    for folder in (home.templates, shipped("templates")):
        for path in folder.glob("*/*.txt.j2"):
            text = path.name.removesuffix(".txt.j2")
            found.add(f"{path.parent.name}/{text}" if "/" in begun else text if "." in begun else text.partition(".")[0])
    langs = {f"{path.name}/" for path in shipped("templates").iterdir() if path.is_dir()} if "/" not in begun else set()
    yield from (word for word in sorted(found | langs) if word.startswith(begun))
