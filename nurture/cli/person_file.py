"""`nurture person import|export`: people in and out of files, with what is odd said before anything is kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options
from nurture.cli.whole_file import Written, write_whole
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nurture.enrol import Enrolled, Entry
    from nurture.exchange import AddressBook
    from nurture.store import Session
    from nurture.world import World

EXAMPLES = 3  # shown of each kind of oddity; all of them with --verbose
SAYS = {
    "no-address": "without any address: left out",
    "invalid-address": "without a valid address: left out",
    "twice": "a second time in the file: left out",
    "own-address": "your own, or a colleague of yours: left out",
    "excluded": "excluded by config.toml: left out",
    "no-reply": "an address that reads no answer: left out",
    "said-no": "said no or were stopped: left alone, `nurture reopen` is yours to say",
    "says-no": "marked in the file as stopped or unsubscribed: put on the list of those who said no",
    "unfollowed": "not followed, by your word: left so",
    "known": "known already: what is known of them stays as it is",
    "no-name": "without a name: they are greeted without one",
    "name-is-address": "with an address for a name: it is no name",
    "role-address": "a shared address, behind which nobody in particular reads",
    "private-mailbox": "a private mailbox: their company is not known by it, nor their colleagues",
    "others-address": "with a further address that is left out",
}


@click.command("import")
@global_options
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--tag", "tags", multiple=True, metavar="NAME", help="Give all of them a tag; may be given several times.")
@click.option("--list", "lists", multiple=True, metavar="NAME", help="Put all of them on a list; may be given several times.")
@click.pass_obj
def import_people(settings: Settings, file: Path, dry_run: bool, tags: tuple[str, ...], lists: tuple[str, ...]) -> None:
    """Take in the people of a file, .csv or .vcf, and follow them: all of it, or nothing.

    What is odd is shown, and you are asked. Nobody who said no is followed
    again, and what is known of somebody stays as it is.

    \b
    Example: nurture person import contacts.csv --dry-run
    Example: nurture person import salon.vcf --list salon-2026
    """
    from nurture import enrol
    from nurture.cli import opening, show
    from nurture.exchange import read_people

    labels = _labels(tags, lists)
    book = read_people(file)
    asking = not dry_run and not settings.yes
    with opening.world_of(settings) as world:
        if asking:
            with world.store.begin() as session:
                entries = enrol.look(world, session, book.contacts)
            _preview(settings, file, book, entries)
            _ask(settings, entries)
        with world.store.begin() as session:  # looked at once more: the world may have moved while the question stood there
            entries = enrol.look(world, session, book.contacts)
            if not asking:
                _preview(settings, file, book, entries)
            done = None if dry_run else enrol.enrol(world, session, entries, labels, settings.now)
    if settings.as_json:
        show.as_json(_shape(book, entries, done))
    elif not settings.quiet:
        show.say(_outcome(done))


def _labels(tags: Sequence[str], lists: Sequence[str]) -> tuple[tuple[str, str], ...]:
    from nurture.cli.facts import text_of

    named = [("tag", text_of(t, 60, "A tag")) for t in tags] + [("list", text_of(name, 60, "A list")) for name in lists]
    if wrong := next((name for _, name in named if not name or set(name) & set("|;")), None):
        raise WrongUsage(f"{wrong!r} cannot name a tag or a list: it needs letters, and no | or ;.")
    return tuple(named)


def _preview(settings: Settings, file: Path, book: AddressBook, entries: Sequence[Entry]) -> None:
    from nurture.cli import show

    if settings.quiet or settings.as_json:
        return
    show.say(f"{file.name}: {book.kind}, {book.encoding}, {_people(len(entries))}.")
    found: dict[str, list[tuple[int, str]]] = {}
    for entry in entries:
        for odd, what in entry.odd:
            found.setdefault(odd.value, []).append((entry.contact.line, what))
    for kind, says in SAYS.items():
        if rows := found.get(kind):
            show.bullet(f"{len(rows)} {says}", indent="  ")
            for line, what in rows if settings.verbose else rows[:EXAMPLES]:
                show.bullet(f"line {line}: {what}" if what else f"line {line}", indent="      ", limit=200)
            if len(rows) > EXAMPLES and not settings.verbose:
                show.bullet(f"and {len(rows) - EXAMPLES} more (--verbose)", indent="      ")
    new = sum(entry.new for entry in entries)
    show.say(f"To be followed: {_people(new)}. The next run reads what was exchanged with them.")


def _ask(settings: Settings, entries: Sequence[Entry]) -> None:
    from nurture.cli import asking

    new = sum(entry.new for entry in entries)
    asking.ask(settings, f"Take in {_people(new)}?" if new else "Nobody is new. Go on all the same?")


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people".replace(",", " ")


def _outcome(done: Enrolled | None) -> str:
    if done is None:
        return "Nothing was kept: this was a dry run."
    more = [
        f"{done.completed} known ones completed" if done.completed else "",
        f"{done.labelled} given tags or lists" if done.labelled else "",
        f"{done.stopped} put on the list of those who said no" if done.stopped else "",
    ]
    return f"Followed now: {_people(done.new)}{''.join(f'; {one}' for one in more if one)}."


def _shape(book: AddressBook, entries: Sequence[Entry], done: Enrolled | None) -> dict[str, Any]:
    counts = Counter(odd.value for entry in entries for odd in dict.fromkeys(o for o, _ in entry.odd))
    return {
        "schema": 1, "kind": book.kind, "encoding": book.encoding, "people": len(entries), "new": sum(entry.new for entry in entries),
        "kept_out": sum(entry.kept_out for entry in entries), "counts": dict(sorted(counts.items())),
        "odd": [
            {"line": entry.contact.line, "odd": odd.value, "about": what, "kept_out": entry.kept_out} for entry in entries for odd, what in entry.odd
        ],
        "done": None if done is None else {"followed": done.new, "completed": done.completed, "labelled": done.labelled, "stopped": done.stopped},
    }  # fmt: skip


@click.command("export")
@global_options
@click.argument("file", required=False, type=Written(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("csv", "vcf")), help="A table or vCards; else told by FILE's name (.vcf), else csv."
)
@click.pass_obj
def export_people(settings: Settings, file: Path | None, form: str | None) -> None:
    """Write everybody who is known into a CSV file that spreadsheets open, or into vCards; without FILE on stdout.

    The cells are parted as your spreadsheet expects it (by your language), and
    none is run as a formula. A file of vCards is for address books, of phones
    too. `nurture person import` reads both back, with every no.

    \b
    Example: nurture person export people.csv
    Example: nurture person export people.vcf
    """
    from nurture.cli import opening, show
    from nurture.exchange import CARD_ENDINGS, as_cards, as_csv

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            shapes = _exported(world, session)
        cards = form == "vcf" or (form is None and file is not None and file.suffix.lower() in CARD_ENDINGS)
        text = as_cards(shapes) if cards else as_csv(shapes, world.config.owner.language)
    if file is not None and str(file) != "-":
        _write(settings, file, text)
    if settings.as_json:
        show.as_json(shapes)
    elif file is None or str(file) == "-":
        click.echo(text.encode(), nl=False)
    elif not settings.quiet:
        show.say(f"{_people(len(shapes))} in {file}. It names them: keep it where nobody else reads.")


def _exported(world: World, session: Session) -> list[dict[str, Any]]:
    from nurture.cli.person_shape import shape
    from nurture.store import outside, people

    rows = people.all(session)
    told = outside.outside_of(session, [row.person.key for row in rows])
    noes = world.suppression.covered(address for row in rows for address in row.person.addresses)
    return [
        shape(row) | {
            "stopped": row.stopped or not noes.isdisjoint(row.person.addresses), "country": told[row.person.key].country or None,
            "tags": sorted(told[row.person.key].tags), "lists": sorted(told[row.person.key].lists),
        }
        for row in rows
    ]  # fmt: skip


def _write(settings: Settings, file: Path, text: str) -> None:
    """Whole or not at all, for the owner alone; over another file only with their word."""
    from nurture.cli import asking

    if file.is_file():
        asking.ask(settings, "Write over it?", f"{file} is there already.")
    write_whole(file, text.encode())
