"""Lint: the relationship rules that a text can break. An error means no draft; a warning is shown to the owner.

What a text may ask and promise depends on how far the conversation has come; the phrases that break a rule are data
(`phrases/<lang>.toml`), matched on folded text in linear time. docs/lint.md says how well they do.
"""

from __future__ import annotations

from nurture.drafts.addressing import addressed_right
from nurture.drafts.asking import ask_fits_stage, expectations_first, tactful_challenge
from nurture.drafts.draft import Remark, Severity
from nurture.drafts.form import complete, fragile_start
from nurture.drafts.giving import confidential, discretion, gives_something, no_pressure, not_twice, scope
from nurture.drafts.page import Page, Reader, Rule
from nurture.drafts.tone import marketing_tone

__all__ = ["RULES", "Page", "Reader", "lint"]

RULES: tuple[Rule, ...] = (
    confidential,
    complete,
    addressed_right,
    ask_fits_stage,
    expectations_first,
    fragile_start,
    gives_something,
    no_pressure,
    marketing_tone,
    scope,
    tactful_challenge,
    discretion,
    not_twice,
)


def lint(page: Page) -> tuple[Remark, ...]:
    """Every remark on a text, errors first."""
    found = [remark for rule in RULES for remark in rule(page)]
    return tuple(sorted(found, key=lambda r: r.severity is not Severity.ERROR))
