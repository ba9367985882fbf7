"""`nurture sequence check|export|import`: sequences as files, byte for byte, so that they can live in git."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nurture.cli import asking
from nurture.cli import sequence_named as named
from nurture.cli.options import Settings, global_options
from nurture.cli.whole_file import Written, write_whole
from nurture.errors import TemplateFault, WrongUsage

if TYPE_CHECKING:
    from nurture.drafts import SequenceFinding

LARGEST = 256 * 1024  # bytes that are read of a file; more is no sequence
_NAME = re.compile(r"[a-z0-9-]+(:[0-9]+)?")


@click.command("check")
@global_options
@click.argument("what", metavar="[NAME[:N]|PATH]", required=False)
@click.pass_obj
def check(settings: Settings, what: str | None) -> None:
    """Look a sequence over, or all of them, or a file: its form, its templates, what it asks of whom. Exit code 16 where it is faulty.

    \b
    Example: nurture sequence check sequences/stranger.toml
    """
    from nurture.cli import show

    tried = list(_of_files(settings, Path(what)) if what and not _NAME.fullmatch(what) else _of_names(settings, what))
    wrong = sum(f.severity == "error" for _, _, found in tried for f in found)
    if settings.as_json:
        findings = [{"sequence": where, **named.finding_shape(f)} for where, _, found in tried for f in found]
        show.as_json({"schema": 1, "sound": not wrong, "sequences": len(tried), "findings": findings})
    else:
        for where, source, found in tried:
            named.tell_findings(where, source, [f for f in found if not settings.quiet or f.severity == "error"])
        if not settings.quiet:
            notes = sum(len(found) for _, _, found in tried) - wrong
            show.say(
                f"Sequences: {len(tried)}; "
                + (f"wrong: {wrong}; to look at: {notes}." if wrong or notes else "nothing is wrong.")
            )
    if wrong:
        raise SystemExit(TemplateFault.exit_code)


Tried = tuple[str, str, tuple["SequenceFinding", ...]]


def _of_names(settings: Settings, name: str | None) -> Iterator[Tried]:
    from nurture.revise import templates_of, tried
    from nurture.store import sequences

    with named.world_of(settings) as world, world.store.begin() as session:
        there = [r.in_force for r in sequences.all(session) if r.retired is None]
        templates = templates_of(world)
        for revision in [named.revision_of(session, name)] if name else there:
            found = tried(session, templates, revision.source, revision.name)
            yield f"{revision.name} {revision.number}", revision.source, found.findings


def _of_files(settings: Settings, path: Path) -> Iterator[Tried]:
    """Without a database: a file may be looked at before there is one."""
    from nurture.cli import opening
    from nurture.drafts import Templates, try_sequence
    from nurture.shipped import shipped

    templates = Templates((opening.home_of(settings).templates, shipped("templates")))
    for file in files_of((path,)):
        source = text_of(file)
        yield str(file), source, (bad,) if (bad := named.undecodable(source)) else try_sequence(source, templates).findings


def files_of(paths: tuple[Path, ...]) -> list[Path]:
    """The files that are named, and the .toml files of the folders that are."""
    found = [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    if not found:
        raise WrongUsage(f"There is no .toml file in {paths[0]}.")
    return list(dict.fromkeys(found))


def text_of(file: Path) -> str:
    """A file's text, byte for byte; what is no UTF-8 stays recognisable."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST).decode("utf-8", errors="surrogateescape")
    except OSError as error:
        raise WrongUsage(f"{file} cannot be read ({error.strerror}). Name a file that is there.") from error


@click.command("export")
@global_options
@click.argument("folder", metavar="[DIR]", default=".", type=Written(file_okay=False, path_type=Path))
@click.pass_obj
def export(settings: Settings, folder: Path) -> None:
    """Write every sequence into DIR (else here), a file each, as it stands in force. Files that say something else are asked about;
    each is written whole, or stays as it was.

    \b
    Example: nurture sequence export sequences
    """
    from nurture.cli import show
    from nurture.store import sequences

    with named.world_of(settings) as world, world.store.begin() as session:
        rows = [row for row in sequences.all(session) if row.retired is None]
    wanted = [(folder / f"{row.name}.toml", row.in_force.source.encode()) for row in rows]
    try:
        new = [(path, text) for path, text in wanted if not path.exists() or path.read_bytes() != text]
        if over := [str(path) for path, _ in new if path.exists()]:
            asking.ask(settings, "Write over what they hold?", f"{', '.join(over)} would be changed.")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsage(f"{error.filename or folder} cannot be written ({error.strerror}). Name another folder.") from error
    for path, text in new:
        write_whole(path, text, 0o666)  # for git, and whoever reads with you
    if settings.as_json:
        written = {path for path, _ in new}
        show.as_json([{"name": path.stem, "path": str(path), "written": path in written} for path, _ in wanted])
    elif not settings.quiet:
        show.say(f"{len(wanted)} sequences stand in {folder}, {len(new)} of them written now.")


@click.command("import")
@global_options
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(path_type=Path))
@named.message_option
@click.pass_obj
def import_files(settings: Settings, paths: tuple[Path, ...], message: str) -> None:
    """Take in sequences from files, or from all .toml files of a folder: all of them, or none where one is faulty.

    Each counts under the `name` that it bears. What says the same as the revision in force stays as it is.

    \b
    Example: nurture sequence import sequences/ -m "from git"
    """
    from nurture.cli import show
    from nurture.revise import NotTakenIn, take_in, templates_of

    texts = [(str(file), text_of(file)) for file in files_of(paths)]
    if bad := tuple(f"{where}, line {f.line}: {f.says}" for where, text in texts if (f := named.undecodable(text))):
        raise NotTakenIn(bad)
    with named.world_of(settings) as world, world.store.begin() as session:
        saved = take_in(session, templates_of(world), texts, named.author(world, settings, message))
    if settings.as_json:
        show.as_json([_shape(s.name, s.revision, s.changed, where) for s, (where, _) in zip(saved, texts, strict=True)])
        return
    for one, (_, text) in zip(saved, texts, strict=True):
        if one.changed:
            named.tell_saved(settings, one, text)
    if not settings.quiet:
        same = sum(not s.changed for s in saved)
        show.say(f"{len(saved) - same} taken in; {same} say what is in force already.")


def _shape(name: str, revision: int, changed: bool, where: str) -> dict[str, Any]:
    return {"name": name, "revision": revision, "changed": changed, "path": where}
