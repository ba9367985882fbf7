"""What the commands on templates share: where templates lie, and what is told of a finding in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nurture.cli.options import Settings

if TYPE_CHECKING:
    from nurture.cli.own_templates import Shelf
    from nurture.drafts import TrialFinding


def shelf_of(settings: Settings) -> Shelf:
    """The shipped templates and the owner's."""
    from nurture.cli import opening
    from nurture.cli.own_templates import Shelf
    from nurture.shipped import shipped

    return Shelf(own=opening.home_of(settings).templates, shipped=shipped("templates"))


def shape(finding: TrialFinding) -> dict[str, Any]:
    """One finding in JSON."""
    return {
        "template": finding.file.name, "language": finding.file.lang, "variant": finding.file.variant, "path": str(finding.file.path),
        "line": finding.line, "rule": finding.rule, "severity": finding.severity.value, "says": finding.says, "for": finding.called, "times": finding.times,
    }  # fmt: skip
