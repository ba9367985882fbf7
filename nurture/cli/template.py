"""`nurture template …`: the texts that drafts are made of, the shipped ones and your own copies over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options
from nurture.cli.template_edit import edit, new
from nurture.cli.template_preview import preview
from nurture.cli.template_shape import shape, shelf_of

if TYPE_CHECKING:
    from nurture.cli.own_templates import Shelf, Standing
    from nurture.drafts import TrialFinding


@click.group()
@global_options
def template() -> None:
    """The texts that drafts are made of, and your own in their place.

    A template is named as useful-news (all its texts), useful-news.a (one
    variant in each language) or fr/useful-news.a (one text). fr/_mail is what
    all French ones share: greeting and closing.

    \b
    Example: nurture template show fr/useful-news.a
    """


for command in (edit, new, preview):
    template.add_command(command)


@template.command("list")
@global_options
@click.option("--own", "only_own", is_flag=True, help="Only those of your own.")
@click.pass_obj
def list_all(settings: Settings, only_own: bool) -> None:
    """All templates, your own first; and whether a shipped one has changed since you made your copy.

    \b
    Example: nurture template list --own
    """
    from nurture.cli import show

    shelf = shelf_of(settings)
    standings = [s for s in shelf.all() if s.own is not None or not only_own]
    if settings.as_json:
        show.as_json([_shape_of(shelf, s) for s in standings])
        return
    own = [s for s in standings if s.own is not None]
    if own:
        show.heading(f"Yours ({len(own)})")
        for standing in own:
            show.bullet(f"{standing.called}: {_told_of(standing)}", indent="  ")
    elif only_own and not settings.quiet:
        show.say("You have none of your own. `nurture template edit NAME` makes a copy of a shipped one.")
    if not only_own:
        _list_names(standings)


def _told_of(standing: Standing) -> str:
    if standing.shipped is None:
        return "yours alone"
    if standing.own == standing.shipped:
        return "the same as the shipped one"
    over = "over the shipped one"
    if standing.moved_on is None:
        return f"{over}; put there by hand, so whether that has changed since cannot be told"
    if standing.moved_on:
        return f"{over}, which has changed since you made the copy: `nurture template diff {standing.called} --since`"
    return over


def _list_names(standings: list[Standing]) -> None:
    """A line a name: in which languages, which variants; * marks your own."""
    from nurture.cli import show
    from nurture.cli.own_templates import FRAME

    texts: dict[str, dict[str, str]] = {}
    for s in standings:
        langs = texts.setdefault(s.file.name, {})
        mark = "*" if s.own is not None else ""
        langs[s.file.lang] = f"{langs.get(s.file.lang, '')} {s.file.variant}{mark}"
    show.heading(f"In force ({len(standings)}; * yours)")
    for name, langs in texts.items():
        told = " · ".join(f"{lang}{variants.rstrip()}" for lang, variants in sorted(langs.items()))
        click.echo(f"  {name:29} {told}{' (greeting and closing)' if name == FRAME else ''}")


def _shape_of(shelf: Shelf, standing: Standing) -> dict[str, Any]:
    """One template file in JSON; what the first line says is null where it cannot be read."""
    from nurture.cli.own_templates import FRAME
    from nurture.errors import TemplateFault

    file, meta = standing.file, None
    if file.name != FRAME:
        try:
            meta = shelf.templates.meta(file)
        except TemplateFault:
            meta = None
    return {
        "template": file.name, "language": file.lang, "variant": file.variant or None, "path": str(file.path), "own": standing.own is not None,
        "shipped": standing.shipped is not None, "shipped_changed": standing.moved_on, "asks": meta.asks if meta else None,
        "gives": meta.gives if meta else None, "offers": meta.offers if meta else None, "stages": list(meta.stages) if meta else None,
    }  # fmt: skip


@template.command("show")
@global_options
@click.argument("name")
@click.option("--shipped", "as_shipped", is_flag=True, help="The shipped text, also where you have your own.")
@click.pass_obj
def show_one(settings: Settings, name: str, as_shipped: bool) -> None:
    """The source of a template, as it is in force; one text as it stands in its file.

    \b
    Example: nurture template show fr/useful-news.a
    """
    from nurture.cli import show

    shelf = shelf_of(settings)
    found = [(s, s.shipped if as_shipped else s.text) for s in shelf.named(name)]
    if settings.as_json:
        show.as_json([_shape_of(shelf, s) | {"text": text} for s, text in found])
        return
    for standing, text in found:
        if len(found) > 1:
            show.heading(f"{standing.called}{' (yours)' if standing.own is not None and not as_shipped else ''}")
        if text is None:
            show.say(f"{standing.called} is yours alone: there is no shipped one.")
        else:
            show.source(text)


@template.command("diff")
@global_options
@click.argument("name")
@click.option("--since", is_flag=True, help="What has changed in the shipped one since you made your copy.")
@click.pass_obj
def diff(settings: Settings, name: str, since: bool) -> None:
    """Your own text against the shipped one, as diff -u shows it.

    \b
    Example: nurture template diff useful-news
    """
    from nurture.cli import show
    from nurture.cli.own_templates import difference

    found = [s for s in shelf_of(settings).named(name) if s.own is not None]
    if not found and not settings.quiet and not settings.as_json:
        show.say(f"You have no text of your own for {name}; what is shipped is in force.")
    told: list[dict[str, Any]] = []
    for s in found:
        before, after = (s.base, s.shipped) if since else (s.shipped, s.own)
        names = ("when you copied it", "shipped now") if since else ("shipped", "yours")
        changes = difference(before or "", after or "", names) if before is not None else None
        told.append(_shape_of(shelf_of(settings), s) | {"diff": changes})
        if not settings.as_json:
            _tell_difference(settings, s, changes, since=since)
    if settings.as_json:
        show.as_json(told)


def _tell_difference(settings: Settings, standing: Standing, changes: str | None, *, since: bool) -> None:
    from nurture.cli import show

    if changes:
        show.heading(standing.called)
        show.source(changes)
    elif not settings.quiet:
        nothing = "nothing has changed in the shipped one" if since else "the same as the shipped one"
        unknown = "put there by hand: when is not known" if standing.shipped is not None else "yours alone"
        show.say(f"{standing.called}: {nothing if changes is not None else unknown}.")
    if changes and standing.moved_on and not since and not settings.quiet:
        show.say(
            f"The shipped one has changed since you made your copy; `nurture template diff {standing.called} --since` shows how."
        )


@template.command("reset")
@global_options
@click.argument("name")
@click.pass_obj
def reset(settings: Settings, name: str) -> None:
    """Let the shipped text be in force again; your own is set aside, never lost.

    \b
    Example: nurture template reset fr/useful-news.a
    """
    from nurture.cli import asking, show
    from nurture.errors import TemplateFault

    shelf = shelf_of(settings)
    own = [s for s in shelf.named(name) if s.own is not None]
    if not own:
        raise TemplateFault(f"You have no text of your own for {name}. What is shipped is in force.")
    alone = [s.called for s in own if s.shipped is None]
    if alone:
        about = f"No shipped text stands behind {', '.join(alone)}: nothing would be drafted with it."
        asking.ask(settings, "Set it aside?", about)
    moved = [(s, shelf.set_aside(s.file, settings.now)) for s in own]
    if settings.as_json:
        show.as_json([_shape_of(shelf, shelf.standing(s.file)) | {"set_aside": str(path)} for s, path in moved])
    elif not settings.quiet:
        for standing, path in moved:
            now = "there is none now" if standing.shipped is None else "the shipped text is in force again"
            show.say(f"{standing.called}: {now}. Yours lies in {path}.")


@template.command("check")
@global_options
@click.argument("name", required=False)
@click.pass_obj
def check(settings: Settings, name: str | None) -> None:
    """Try every template, or NAME: yours and the shipped ones.

    Each is rendered for imagined people (known well or hardly, tu and vous, at every stage that it serves), and read by every
    rule of docs/lint.md. Exit code 16 where a rule says no.

    \b
    Example: nurture template check useful-news
    """
    from nurture.cli import opening, show
    from nurture.drafts import Templates, try_all
    from nurture.errors import TemplateFault
    from nurture.shipped import shipped

    tried = try_all(Templates((opening.home_of(settings).templates, shipped("templates"))), name)
    if settings.as_json:
        facts = {"schema": 1, "sound": tried.sound, "files": tried.files, "texts": tried.texts}
        show.as_json(facts | {"findings": [shape(f) for f in tried.findings]})
    else:
        for finding in tried.findings:
            _told(settings, finding)
        if not settings.quiet:
            show.say(f"Files: {tried.files}; texts: {tried.texts}; {_summary(tried.findings)}")
    if not tried.sound:
        raise SystemExit(TemplateFault.exit_code)


def _told(settings: Settings, finding: TrialFinding) -> None:
    from nurture.cli import show
    from nurture.drafts import Severity

    wrong = finding.severity is Severity.ERROR
    if settings.quiet and not wrong:
        return
    place = f"{finding.file.called}{f', line {finding.line}' if finding.line else ''}"
    show.bullet(place, indent="WRONG  " if wrong else "note   ")
    show.bullet(str(finding.file.path), indent="       ")
    show.bullet(f"{finding.rule}: {finding.says}", indent="       ", limit=600)
    if finding.called:
        more = f" (and {finding.times - 1} more)" if finding.times > 1 else ""
        show.bullet(f"for: {finding.called}{more}", indent="       ")


def _summary(findings: tuple[TrialFinding, ...]) -> str:
    from nurture.drafts import Severity

    wrong = sum(f.severity is Severity.ERROR for f in findings)
    return f"wrong: {wrong}; to look at: {len(findings) - wrong}." if findings else "nothing is wrong."
