"""`nurture template edit|new`: your own text over a shipped one, or beside them, tried on imagined people before it counts."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import NurtureError, TemplateFault, WrongUsage
from nurture.shipped import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nurture.cli.edit_session import Fault
    from nurture.cli.own_templates import Shelf, Standing
    from nurture.conversations import Mention
    from nurture.drafts import TemplateFile, TrialFinding

COMMENT = ("{# ", " #}")
NEW = re.compile(r"(?:(?P<lang>[a-z]{2})/)?(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<variant>[a-z0-9]{1,20}))?(?:\.txt\.j2)?")
BLANK = """{{# asks = "none", gives = "slot", offers = false, stages = [] #}}
{{% extends "{lang}/_mail.txt.j2" %}}
{{% block body %}}
{{{{ slot("{slot}") }}}}
{{% endblock %}}
"""
SLOTS = {"fr": "ce que vous seul pouvez dire", "en": "what only you can say"}


@click.command()
@global_options
@click.argument("name")
@click.pass_obj
def edit(settings: Settings, name: str) -> None:
    """Change a text in your editor: a copy of your own, in force from the moment it is saved without fault.

    VISUAL or EDITOR names the editor. What is wrong is marked at its line, and
    you may edit again; nothing faulty is ever saved, and your text is kept
    either way.

    \b
    Example: nurture template edit fr/useful-news.a
    """
    from nurture.cli import show
    from nurture.cli.template_shape import shelf_of

    shelf = shelf_of(settings)
    standing = shelf.one(name)
    if standing.moved_on and not settings.quiet and not settings.as_json:
        show.say(
            f"The shipped one has changed since you made your copy (`nurture template diff {standing.called} --since`). "
            "When this edit is saved, that counts as seen."
        )
    _edited(settings, shelf, standing, standing.text)


@click.command()
@global_options
@click.argument("name")
@click.option("--from", "other", metavar="OTHER", help="Begin with the text of another one.")
@click.pass_obj
def new(settings: Settings, name: str, other: str | None) -> None:
    """Write a template of your own; a sequence may then name it.

    NAME may say the language and the variant: fr/thank-you.b. Otherwise it is
    your own language, and the first variant that is free.

    \b
    Example: nurture template new fr/thank-you --from fr/useful-news.a
    """
    from nurture.cli.own_templates import Standing
    from nurture.cli.template_shape import shelf_of

    shelf = shelf_of(settings)
    file = _new_file(settings, shelf, name)
    text = shelf.one(other).text if other else BLANK.format(lang=file.lang, slot=SLOTS[file.lang])
    _edited(settings, shelf, Standing(file=file), text)


def _new_file(settings: Settings, shelf: Shelf, name: str) -> TemplateFile:
    from nurture.drafts import TemplateFile

    found = NEW.fullmatch(name)
    if found is None:
        raise WrongUsage(f"{name!r} cannot be a template's name. Write small letters, digits and hyphens: fr/thank-you.a.")
    lang = found["lang"] or _own_language(settings)
    if lang not in LANGUAGES:
        raise WrongUsage(f"There are no templates in {lang!r}. Write fr/{found['name']} or en/{found['name']}.")
    taken = {file.variant for file in shelf.templates.files(lang, found["name"])}
    variant = found["variant"] or next((v for v in "abcdefghijklmnopqrstuvwxyz" if v not in taken), "")
    if variant in taken or not variant:
        key = f"{lang}/{found['name']}.{variant or 'a'}"
        raise WrongUsage(f"{key} is there already. `nurture template edit {key}` changes it.")
    path = shelf.own / lang / f"{found['name']}.{variant}.txt.j2"
    return TemplateFile(lang=lang, name=found["name"], variant=variant, path=path)


def _own_language(settings: Settings) -> str:
    from nurture.cli import opening

    home = opening.home_of(settings)
    if home.config_file.exists():
        return opening.config_of(home).owner.language
    raise WrongUsage("In which language? Write fr/NAME or en/NAME.")


def _edited(settings: Settings, shelf: Shelf, standing: Standing, text: str) -> None:
    """Hold the session, and keep what came of it, unless somebody else has changed the file meanwhile."""
    from nurture.cli import editor, opening
    from nurture.cli.edit_session import Manuscript, edited

    file, folder = standing.file, opening.home_of(settings).state / "unsaved"
    if not settings.quiet:
        editor.tell_left_over(standing.called, folder.glob(f"*/{file.lang}-{file.path.name}"))
    manuscript = Manuscript(text=text, title=standing.called, name=f"{file.lang}-{file.path.name}", comment=COMMENT)
    with edited(settings, manuscript, lambda said: faults(shelf, file, said), folder) as said:
        changed = said != standing.text or bool(standing.moved_on) or standing.own is standing.shipped is None
        if changed:
            _refuse_a_race(shelf, standing, said)
            shelf.keep(file, said)
    _told(settings, shelf, file, said, changed=changed)


def _refuse_a_race(shelf: Shelf, before: Standing, said: str) -> None:
    """Two edits at once: the second is told, and shown what the first has made of it."""
    from nurture.cli import show
    from nurture.cli.own_templates import difference

    now = shelf.standing(before.file)
    if now.own == before.own:
        return
    show.source(difference(now.text, said, ("as it is now", "your edit")), err=True)
    raise TemplateFault(f"{before.called} was changed by somebody else while you edited it. See the difference, then edit anew")


@contextmanager
def _on_top(shelf: Shelf, file: TemplateFile, text: str) -> Iterator[tuple[Path, ...]]:
    """The folders of templates with this text in force, without keeping it."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="nurture-") as folder:
        path = Path(folder) / file.key
        path.parent.mkdir()
        path.write_bytes(text.encode())
        yield (Path(folder), shelf.own, shelf.shipped)


def findings(shelf: Shelf, file: TemplateFile, text: str) -> tuple[TrialFinding, ...]:
    """What is to be said of this text in the place of that file. Greeting and closing are tried with every text that has them."""
    from nurture.cli.own_templates import FRAME
    from nurture.drafts import Severity, Templates, try_all

    with _on_top(shelf, file, text) as folders:
        if file.name == FRAME:
            found = try_all(Templates(folders), None, file.lang).findings
            return tuple(f for f in found if f.severity is Severity.ERROR and f.file.lang == file.lang)
        return tuple(f for f in try_all(Templates(folders), file.name, file.lang).findings if f.file.key == file.key)


def faults(shelf: Shelf, file: TemplateFile, text: str) -> list[Fault]:
    """What keeps this text from being saved."""
    from nurture.cli.edit_session import Fault
    from nurture.drafts import Severity

    wrong = [f for f in findings(shelf, file, text) if f.severity is Severity.ERROR]
    return [
        Fault(line=f.line or 1, says=_sentence(f)) if f.file.key == file.key else Fault(says=f"{f.file.called}: {_sentence(f)}")
        for f in wrong
    ]


def _sentence(finding: TrialFinding) -> str:
    whom = f" (for: {finding.called})" if finding.called else ""
    return f"{finding.rule}: {finding.says}{whom}"


def _told(settings: Settings, shelf: Shelf, file: TemplateFile, text: str, *, changed: bool) -> None:
    """What was kept, what is worth a look, and of whom it would tell."""
    from nurture.cli import opening, show
    from nurture.cli.own_templates import FRAME
    from nurture.cli.template_shape import shape
    from nurture.drafts import SAYS

    remarks = findings(shelf, file, text) if file.name != FRAME else ()
    named = _named(settings, text)
    called = file.called
    if settings.as_json:
        show.as_json({
            "schema": 1, "template": file.name, "language": file.lang, "variant": file.variant or None, "path": str(shelf.own / file.key),
            "changed": changed, "findings": [shape(f) for f in remarks], "confidential": [{"text": m.text, "kind": m.kind.value} for m in named],
        })  # fmt: skip
        return
    for mention in named:
        opening.complain(
            f"{called} names what is known of somebody ({SAYS[mention.kind]}: {mention.text}): its drafts for anybody else will be held "
            "back. `nurture confidential clear` says that it may be told."
        )
    if settings.quiet:
        return
    for finding in remarks:
        show.bullet(
            f"{called}{f', line {finding.line}' if finding.line else ''}: {_sentence(finding)}", indent="note   ", limit=600
        )
    show.say(f"{called} is in force: {shelf.own / file.key}." if changed else f"{called} is as it was; nothing was changed.")


def _named(settings: Settings, text: str) -> tuple[Mention, ...]:
    """What is known of somebody in a text for everybody; nothing is known where there is no database yet."""
    from nurture.cli import opening
    from nurture.confidential import of_anybody

    home = opening.home_of(settings)
    if not home.config_file.exists() or not (home.database.exists() or opening.config_of(home).database_url):
        return ()
    try:
        with opening.world_of(settings) as world:
            return tuple({m.key: m for m in of_anybody(world, text)}.values())
    except NurtureError as error:
        opening.complain(f"It is saved, but whether it names somebody could not be looked up: {error}")
        return ()
