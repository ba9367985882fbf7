"""`nurture confidential list|clear|forget|scan`: what may not be told to others, and the owner's word that some of it may."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.conversations import Entity
    from nurture.store import Session
    from nurture.world import World

LONGEST = 200  # characters of a text that is cleared
LARGEST = 1024 * 1024  # bytes of a file that is looked through


@click.group()
@global_options
def confidential() -> None:
    """What no draft tells to others: list, clear, forget, scan.

    A draft that names what is known from somebody else only is held back.
    What may be told to everybody (a product on the market, a reference that
    you publish), you clear.

    \b
    Example: nurture confidential list
    """


@confidential.command("list")
@global_options
@click.pass_obj
def list_all(settings: Settings) -> None:
    """For which words drafts are held back, and what you have cleared.

    \b
    Example: nurture confidential list
    """
    from nurture.cli import opening, show
    from nurture.drafts import SAYS
    from nurture.store import known

    with opening.world_of(settings) as world, world.store.begin() as session:
        held, cleared = known.held(session), known.cleared(session)
    if settings.as_json:
        show.as_json({
            "schema": 1,
            "held": [{"text": h.text, "kind": h.kind.value, "people": h.people} for h in held],
            "cleared": [{"text": text, "at": at} for text, at in cleared],
        })  # fmt: skip
        return
    for row in held:
        drafts = "a draft" if row.people == 1 else f"drafts for {row.people} people"
        show.bullet(f"{row.text}: {SAYS[row.kind]} known from others; holds {drafts} back", indent="  ")
    for text, at in cleared:
        show.bullet(f"{text}: cleared on {at.date()}", indent="  ")
    if held and not settings.quiet:
        show.say("`nurture confidential clear TEXT` says that a text may be told to anybody.")
    if not (held or cleared or settings.quiet):
        show.say("No draft is held back, and nothing was cleared.")


@confidential.command("clear")
@global_options
@click.argument("texts", metavar="TEXT…", nargs=-1, required=True)
@click.pass_obj
def clear(settings: Settings, texts: tuple[str, ...]) -> None:
    """These texts may be told to anybody. Drafts held back for them are written anew.

    \b
    Example: nurture confidential clear "Atelier Bertrand" "4 800 €"
    """
    from nurture.cli.words import each
    from nurture.store import cases, known

    def act(_world: World, session: Session, text: str) -> str:
        named = _named(text)
        cases.touch(session, known.held_for(session, named))
        known.clear(session, text, settings.now)
        return f"“{text}” may be told to anybody."

    each(settings, tuple(map(_checked, texts)), act, named="text")


@confidential.command("forget")
@global_options
@click.argument("texts", metavar="TEXT…", nargs=-1, required=True)
@click.pass_obj
def forget(settings: Settings, texts: tuple[str, ...]) -> None:
    """Take a clearance back: these texts are confidential again.

    \b
    Example: nurture confidential forget "Atelier Bertrand"
    """
    from nurture.cli.words import each
    from nurture.store import known

    def act(_world: World, session: Session, text: str) -> str:
        if not known.forget(session, text):
            raise WrongUsage(f"“{text}” was never cleared. `nurture confidential list` shows what was, as it was written.")
        return f"“{text}” is confidential again."

    each(settings, tuple(map(_checked, texts)), act, named="text")


@confidential.command("scan")
@global_options
@click.argument("paths", metavar="[FILE…]", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def scan(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Look through your own templates, resources and configuration, or through files, for what is known of somebody.

    Exit code 16 where something is found. It holds drafts back, but for what stands in the configuration: that is told.

    \b
    Example: nurture confidential scan
    Example: nurture confidential scan case-study.txt
    """
    from nurture.cli import opening, show
    from nurture.confidential import of_configuration, of_each
    from nurture.drafts import SAYS

    with opening.world_of(settings) as world:
        texts = {str(path): _read(path) for path in paths} if paths else _own_texts(world)
        told = dict(zip(texts, of_each(world, list(texts.values())), strict=True))
        if not paths:
            told[str(world.home.config_file)] = of_configuration(world)
    rows = [(where, mention) for where, found in told.items() for mention in found]
    if settings.as_json:
        found = [{"file": where, "text": m.text, "kind": m.kind.value} for where, m in rows]
        show.as_json({"schema": 1, "files": len(told), "found": found})
    else:
        for where, mention in rows:
            show.bullet(f"{where}: {SAYS[mention.kind]} that is known of somebody: {mention.text}", indent="  ")
        if not rows and not settings.quiet:
            show.say(f"{len(told)} {'text names' if len(told) == 1 else 'texts name'} nobody.")
    if rows:
        raise SystemExit(16)


def _own_texts(world: World) -> dict[str, str]:
    """The owner's templates and resources, each with where it stands."""
    from nurture.store import library

    files = {str(path): _read(path) for path in sorted(world.home.templates.glob("*/*.j2"))}
    with world.store.begin() as session:
        return files | {f"resource {r.key}": r.text for r in library.all(session)}


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST:
            raise WrongUsage(f"{path} is larger than {LARGEST} bytes. Scan the text that goes into drafts.")
        return raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{path} cannot be read ({type(error).__name__}). Name a text file in UTF-8.") from error


def _named(text: str) -> frozenset[Entity]:
    from nurture.conversations import named_in

    return frozenset(m.key for m in named_in(text))


def _checked(text: str) -> str:
    """A text that names something; says what is wrong with another."""
    from nurture.messages import one_line

    plain = one_line(text, LONGEST)
    if len(" ".join(text.split())) > LONGEST:
        raise WrongUsage(f"A text of more than {LONGEST} characters cannot be cleared. Name the words alone.")
    if not _named(plain):
        raise WrongUsage(
            f"“{plain}” names nothing. Write it as it stands in the draft: Capitals, an amount with its currency, an address."
        )
    return plain
