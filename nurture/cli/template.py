"""`nurture template check`: every template tried before anybody is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options

if TYPE_CHECKING:
    from nurture.drafts import TrialFinding


@click.group()
@global_options
def template() -> None:
    """The texts that drafts are made of: check."""


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


def shape(finding: TrialFinding) -> dict[str, Any]:
    """One finding in JSON."""
    return {
        "template": finding.file.name, "language": finding.file.lang, "variant": finding.file.variant, "path": str(finding.file.path),
        "line": finding.line, "rule": finding.rule, "severity": finding.severity.value, "says": finding.says, "for": finding.called, "times": finding.times,
    }  # fmt: skip


def _told(settings: Settings, finding: TrialFinding) -> None:
    from nurture.cli import show
    from nurture.drafts import Severity

    wrong = finding.severity is Severity.ERROR
    if settings.quiet and not wrong:
        return
    place = f"{finding.file.key.removesuffix('.txt.j2')}{f', line {finding.line}' if finding.line else ''}"
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
