"""`nurture resource add|list|edit|remove|import`: what can be shared with people who are written to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.drafts import Resource
    from nurture.store import Session
    from nurture.world import World

F = TypeVar("F", bound=Callable[..., Any])

FROM_NOW = "It is looked at for every draft that is written from now on; what lies in Drafts stays as it is."
MOST = 12  # faults of a file that are told at once
LARGEST = 2 * 1024 * 1024  # bytes of a file


@click.group()
@global_options
def resource() -> None:
    """What can be shared: add, list, edit, remove, import.

    \b
    Example: nurture resource list
    """


def shape(resource: Resource, shared: int = 0) -> dict[str, Any]:
    """One resource in JSON."""
    return {
        "number": resource.key, "kind": resource.kind, "title": resource.title, "url": resource.url or None, "language": resource.lang,
        "tags": list(resource.tags), "sentence": resource.sentence, "shared": shared,
    }  # fmt: skip


def fields(command: F) -> F:
    """The options that say what a resource is."""
    for option in reversed(
        (
            click.option("--title", help="What it is called."),
            click.option("--url", help="Where it lies (https://…); without one its sentence says all of it."),
            click.option("--sentence", help="What it brings the reader; it stands in the letter as it is."),
            click.option("--language", help="fr or en; told from its words where you do not say."),
            click.option("--kind", help="article, case or tool."),
            click.option("--tag", "tags", multiple=True, help="What it is about; may be given several times."),
        )
    ):
        command = option(command)
    return command


def checked(given: dict[str, Any], key: int = 0) -> Resource:
    """The resource, or everything that is wrong with it in one sentence."""
    from nurture.drafts import resource_of

    found, faults = resource_of(given, key)
    if found is None:
        raise WrongUsage(f"It was not taken in: {'; '.join(faults)}. Mend that, then say it again.")
    return found


def on_the_shelf(session: Session, number: int) -> Resource:
    """The resource of a number."""
    from nurture.store import library

    found = library.get(session, number)
    if found is None:
        raise WrongUsage(f"There is no resource {number}. `nurture resource list` shows their numbers.")
    return found


def refuse_a_twin(session: Session, resource: Resource) -> None:
    """The same thing twice would be shared twice."""
    from nurture.store import library

    twin = library.twin(session, resource)
    if twin and twin[1]:
        what = "link" if resource.link else "title"
        raise WrongUsage(
            f"The same {what} is there already, as number {twin[0].key}. Change it with `nurture resource edit {twin[0].key}`."
        )


@resource.command("add")
@global_options
@fields
@click.pass_obj
def add(settings: Settings, /, **given: Any) -> None:
    """Put something of value on the shelf: an article, a case, a tool.

    \b
    Example: nurture resource add --title "Apprendre entre pairs" \\
        --url https://example.com/pairs --tag formation --tag clients \\
        --sentence "Trois entreprises racontent ce que leurs clients ont appris."
    """
    from nurture.cli import opening, show
    from nurture.store import library

    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            wanted = checked(given)
            refuse_a_twin(session, wanted)
            kept = library.add(session, wanted, settings.now)
        told(settings, world, kept, f"Resource {kept.key} is on the shelf. {FROM_NOW}")
    if not kept.tags and not settings.quiet and not settings.as_json:
        show.say("It has no tags: it is found by the words of its title and sentence only.")


@resource.command("list")
@global_options
@click.pass_obj
def list_all(settings: Settings) -> None:
    """Everything on the shelf, and with how many people it was shared.

    \b
    Example: nurture resource list
    """
    from nurture.cli import opening, show
    from nurture.messages import one_line
    from nurture.store import library

    with opening.world_of(settings) as world, world.store.begin() as session:
        rows, shared = library.all(session), library.times(session)
        if settings.as_json:
            show.as_json([shape(row, shared.get(row.key, 0)) for row in rows])
            return
        for row in rows:
            click.secho(f"{row.key:4}  {row.lang}  {row.kind:7}  {one_line(row.title, show.WIDTH - 19)}", bold=True)
            if row.url:
                click.echo(f"      {one_line(row.url, 500)}")  # whole, however long: it is there to be copied
            show.bullet(row.sentence, indent="      ")
            tags = f"tags: {', '.join(row.tags)} · " if row.tags else ""
            count = shared.get(row.key, 0)
            show.bullet(f"{tags}shared with {count} {'person' if count == 1 else 'people'}", indent="      ")
        if not rows and not settings.quiet:
            show.say("The shelf is empty. `nurture resource add --help` shows how to put something on it.")


@resource.command("edit")
@global_options
@click.argument("number", type=int)
@fields
@click.option("--no-tags", is_flag=True, help="Take all tags off.")
@click.pass_obj
def edit(settings: Settings, /, number: int, no_tags: bool, **given: Any) -> None:
    """Change one; what you do not name stays. For something else altogether, add a new one: whoever had this one has had it.

    \b
    Example: nurture resource edit 3 --tag formation --tag onboarding
    """
    from nurture.cli import opening
    from nurture.store import library

    changes = {name: value for name, value in given.items() if value not in (None, ())}
    if not changes and not no_tags:
        raise WrongUsage("Nothing to change was named. `nurture resource edit --help` lists what can be.")
    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            before = on_the_shelf(session, number)
            facts = {**shape(before), **({"tags": ()} if no_tags else {}), **changes}
            after = checked(facts, number)
            refuse_a_twin(session, after)
            library.edit(session, after, settings.now)
            shared = library.times(session).get(number, 0)
        told(settings, world, after, f"Resource {number} is changed. {FROM_NOW}", shared)


@resource.command("remove")
@global_options
@click.argument("numbers", metavar="NUMBER…", type=int, nargs=-1, required=True)
@click.pass_obj
def remove(settings: Settings, numbers: tuple[int, ...]) -> None:
    """Take off the shelf. With whom it was shared stays known, so that it is new to nobody if it comes back.

    \b
    Example: nurture resource remove 3
    """
    from nurture.cli import opening, show
    from nurture.store import library

    with opening.world_of(settings) as world, world.store.begin() as session:
        rows = [on_the_shelf(session, number) for number in dict.fromkeys(numbers)]
        shared = library.times(session)
        for row in rows:
            library.remove(session, row.key, settings.now)
        if settings.as_json:
            show.as_json([shape(row, shared.get(row.key, 0)) for row in rows])
        elif not settings.quiet:
            for row in rows:
                show.say(f"Resource {row.key} is off the shelf. With whom it was shared stays known.")


@resource.command("import")
@global_options
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_file(settings: Settings, file: Path) -> None:
    """Take in a file, .csv or .toml: all of it, or nothing where a line is wrong. What is there already stays as it is.

    \b
    CSV: a first line of names: kind,title,url,language,tags,sentence;
         tags parted by |
    TOML: [[resource]] tables with the same names, tags as a list
    Example: nurture resource import resources.csv
    """
    from nurture.cli import opening, show
    from nurture.store import library

    rows = read_file(file)
    with opening.world_of(settings) as world:
        with world.store.begin() as session:
            added: list[Resource] = []
            for _line, found in rows:
                twin = library.twin(session, found)
                added += [] if twin and twin[1] else [library.add(session, found, settings.now)]
        named = names(world, added)
    known = len(rows) - len(added)
    if settings.as_json:
        show.as_json({"schema": 1, "added": [shape(r) | {"names": named[r.key]} for r in added], "known": known})
        return
    if not settings.quiet:
        there = f", {known} were there already and stay as they are" if known else ""
        show.say(f"{len(added)} taken in{there}." + (f" {FROM_NOW}" if added else ""))
    warn(named)


def read_file(file: Path) -> tuple[tuple[int, Resource], ...]:
    """The resources of a file with their lines. Raises WrongUsage that names every line that is wrong."""
    from nurture.drafts import read_csv, read_toml

    readers = {".csv": read_csv, ".toml": read_toml}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise WrongUsage(f"{file.name} is neither .csv nor .toml. Save it as one of these.")
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise WrongUsage(f"{file} cannot be read ({error.strerror}). Name a file that is there.") from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise WrongUsage(f"{file.name}, line {line}: is not written in UTF-8. Save it as UTF-8, then import it again.") from error
    if len(raw) > LARGEST:
        raise WrongUsage(f"{file.name} is larger than {LARGEST // 1024 // 1024} MB. Take it in in parts.")
    rows, faults = reader(text)
    if faults:
        listed = "; ".join(f"line {line}: {says}" for line, says in faults[:MOST])
        more = f"; and {len(faults) - MOST} more" if len(faults) > MOST else ""
        raise WrongUsage(f"{file.name}: {listed}{more}. Nothing was taken in; mend the file, then import it again.")
    return rows


def told(settings: Settings, world: World, kept: Resource, sentence: str, shared: int = 0) -> None:
    """What became of one resource, and whom it names."""
    from nurture.cli import show

    named = names(world, [kept])
    if settings.as_json:
        show.as_json({"schema": 1, **shape(kept, shared), "names": named[kept.key]})
        return
    if not settings.quiet:
        show.say(sentence)
    warn(named)


def names(world: World, kept: Sequence[Resource]) -> dict[int, list[dict[str, str]]]:
    """What each of them would tell of somebody (docs/confidential.md)."""
    from nurture.confidential import of_each

    found = of_each(world, [r.text for r in kept])
    return {r.key: [{"text": m.text, "kind": m.kind.value} for m in told] for r, told in zip(kept, found, strict=True)}


def warn(named: dict[int, list[dict[str, str]]]) -> None:
    """A resource that names somebody of the mailbox holds drafts back; better known now than wondered at later."""
    from nurture.cli import show
    from nurture.messages import one_line

    for number, told in named.items():
        if told:
            texts = ", ".join(f"“{one_line(t['text'], 60)}”" for t in told[:MOST])
            show.say(
                f"Resource {number} names {texts}, known from somebody in your mail: a draft for anybody else that shares it is held back. "
                "Put it otherwise, or say `nurture confidential clear TEXT` where everybody may know it."
            )
