"""The sequences and revisions that a command names, and how they look."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.drafts import SequenceFinding
    from nurture.revise import Saved
    from nurture.store import Author, Revision, SequenceRow, Session
    from nurture.world import World

MESSAGE = 300  # characters of what an author says about a revision
message_option = click.option("-m", "--message", default="", help="Why; it stands in the history.")


@contextmanager
def world_of(settings: Settings) -> Iterator[World]:
    """The world, with the shipped sequences in it."""
    from nurture.cli import opening

    with opening.world_of(settings) as world:
        from nurture.followups import shipped_sequences
        from nurture.store import sequences

        with world.store.begin() as session:
            sequences.seed(session, shipped_sequences(), settings.now)
        yield world


def author(world: World, settings: Settings, message: str) -> Author:
    """Who makes a revision: the owner by name, else the user of this machine."""
    from nurture.messages import one_line
    from nurture.store import Author, sequences

    if len(message) > MESSAGE:
        raise WrongUsage(f"The message has more than {MESSAGE} characters. Say it shorter.")
    name = one_line(world.config.owner.name or getpass.getuser(), 40)
    return Author(name=name if name != sequences.SHIPPED else "the owner", at=settings.now, message=one_line(message, MESSAGE))


def row_of(session: Session, name: str) -> SequenceRow:
    """The sequence of a name; says what it may have been meant to be."""
    from difflib import get_close_matches

    from nurture.store import sequences

    found = sequences.get(session, name)
    if found is None:
        near = get_close_matches(name, [row.name for row in sequences.all(session)], n=1)
        hint = f"Did you mean {near[0]}?" if near else "`nurture sequence list` shows what there is."
        raise WrongUsage(f"There is no sequence {name!r}. {hint}")
    return found


def revision_of(session: Session, named: str, number: int | None = None) -> Revision:
    """ "stranger" is its revision in force, "stranger:2" its second, as `number` may say, too."""
    from nurture.store import sequences

    name, colon, digits = named.partition(":")
    row = row_of(session, name)
    if colon and not digits.isdecimal():
        raise WrongUsage(f"{named!r} names no revision. Write NAME:NUMBER, e.g. {name}:1.")
    wanted = int(digits[:9]) if colon else number
    if wanted is None:
        return row.in_force
    there = sequences.history(session, name)
    found = next((r for r in there if r.number == wanted), None)
    if found is None:
        raise WrongUsage(f"{name} has no revision {wanted}: it has 1 to {there[-1].number}. `nurture sequence history {name}`.")
    return found


def shape(row: SequenceRow) -> dict[str, Any]:
    """One sequence in JSON; what cannot be read has no steps."""
    from nurture.followups import readable

    read = readable(row.in_force.source)
    criterion = read.criterion if read else None
    told = {k: v for k in ("lang", "tag", "list") if criterion and (v := getattr(criterion, k))}
    return {
        "name": row.name, "title": read.title if read else "(cannot be read: nurture sequence check)", "stage": read.stage if read else None,
        "revision": row.in_force.number, "steps": len(read.steps) if read else 0, "answers": len(read.answers) if read else 0,
        "people": row.people, "for": told, "retired": row.retired, "upgrade": row.upgrade,
    }  # fmt: skip


def revision_shape(revision: Revision) -> dict[str, Any]:
    """One revision in JSON."""
    return {
        "name": revision.name, "revision": revision.number, "made": revision.made, "author": revision.author, "message": revision.message,
        "in_force": revision.in_force, "people": revision.people,
    }  # fmt: skip


def finding_shape(finding: SequenceFinding) -> dict[str, Any]:
    """One finding in JSON."""
    return {"line": finding.line, "rule": finding.rule, "severity": finding.severity.value, "says": finding.says}


def tell_findings(where: str, source: str, findings: Iterable[SequenceFinding]) -> None:
    """Each with its line as it stands in the text, on stderr where something is refused."""
    from nurture.cli import show
    from nurture.drafts import Severity
    from nurture.messages import one_line

    lines = source.split("\n")
    for f in findings:
        show.bullet(f"{where}, line {f.line}", indent="WRONG  " if f.severity is Severity.ERROR else "note   ")
        if f.line <= len(lines) and lines[f.line - 1].strip():
            click.echo(f"       > {one_line(lines[f.line - 1], show.WIDTH - 9)}")
        show.bullet(f.says, indent="       ", limit=600)


def people(count: int) -> str:
    """ "1 person", "3 people"."""
    return "1 person" if count == 1 else f"{count} people"


def _whom(source: str) -> str:
    """Everybody, or whom its `for` means."""
    from nurture.followups import parse_sequence

    wanted = parse_sequence(source).criterion
    said = [f"{key} {value}" for key, value in (("lang", wanted.lang), ("tag", wanted.tag), ("list", wanted.list)) if value]
    return f"whoever is meant ({', '.join(said)}) and" if said else "everybody who"


def tell_saved(settings: Settings, saved: Saved, source: str) -> None:
    """What a change has come to, and for whom it is."""
    from nurture.cli import show

    if settings.as_json:
        told = {"schema": 1, "name": saved.name, "revision": saved.revision, "changed": saved.changed, "keep": saved.keep}
        show.as_json(told | {"findings": [finding_shape(f) for f in saved.findings]})
        return
    if settings.quiet:
        return
    if not saved.changed:
        show.say(f"Nothing was changed: {saved.name} stays at revision {saved.revision}.")
        return
    show.say(f"{saved.name} is at revision {saved.revision} now, for {_whom(source)} begins it from now on.")
    if saved.keep:
        keep = "keeps the revision it" if saved.keep == 1 else "keep the revision they"
        show.say(f"{people(saved.keep)} {keep} began with. What would change for them:")
        show.bullet(f"nurture sequence migrate {saved.name} --to {saved.revision} --dry-run")
    tell_findings(f"{saved.name} {saved.revision}", source, saved.findings)


def differences(a: Revision, b: Revision) -> list[str]:
    """A unified diff of two revisions; [] where they are the same."""
    from difflib import unified_diff

    return list(
        unified_diff(a.source.splitlines(), b.source.splitlines(), f"{a.name} {a.number}", f"{b.name} {b.number}", lineterm="")
    )


def tell_difference(line: str) -> None:
    """One line of a diff, harmless; green and red on a terminal."""
    clean = "".join(c if c.isprintable() or c == "\t" else " " for c in line)
    click.secho(clean, fg={"+": "green", "-": "red"}.get(clean[:1]))


def undecodable(source: str) -> SequenceFinding | None:
    """The line of the first byte that is not UTF-8."""
    from nurture.drafts import SequenceFinding, Severity

    at = next((n for n, c in enumerate(source) if "\udc80" <= c <= "\udcff"), None)
    if at is None:
        return None
    line = source.count("\n", 0, at) + 1
    return SequenceFinding(line=line, rule="form", severity=Severity.ERROR, says="is not written in UTF-8; save it as UTF-8")


def checked(name: str) -> str:
    """A name for a sequence."""
    if len(name) > 80 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise WrongUsage(f'{name!r} is no name; use small letters, digits and "-".')
    return name
