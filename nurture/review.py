"""The review: what one run means for the owner. Values only; the CLI prints them, and `summarise` tells what waits in all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from nurture.drafts import Severity
from nurture.followups import Action, Item
from nurture.gestured import ASKS, DONE
from nurture.run import Report


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person in one section: who, which rule, why, their sentence."""

    address: str
    rule: str
    why: str
    quote: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Review:
    """The sections in the order of reading."""

    drafts: tuple[Line, ...]
    withdrawn: tuple[Line, ...]
    asks_the_owner: tuple[Line, ...]
    heeded: tuple[Line, ...]  # gestures
    waiting: tuple[Line, ...]
    silent: tuple[Line, ...]  # held, resting, stopped


def review(report: Report) -> Review:
    """Sort one run's report into what to read, what to decide, and what to leave alone."""
    return Review(
        drafts=tuple(_draft_line(report, item) for item in report.items if item.action is Action.DRAFT),
        withdrawn=tuple(Line(address=w.draft.to, rule=w.rule, why=w.why) for w in report.withdrawn),
        asks_the_owner=(*_gestures(report, ASKS), *_lines(report.items, Action.SHEET)),
        heeded=_gestures(report, DONE),
        waiting=_lines(report.items, Action.WAIT),
        silent=_lines(report.items, Action.HOLD, Action.REST, Action.STOP),
    )


def _lines(items: tuple[Item, ...], *actions: Action) -> tuple[Line, ...]:
    return tuple(Line(address=i.address, rule=i.rule, why=i.why, quote=i.evidence.quote) for i in items if i.action in actions)


def _gestures(report: Report, rules: Collection[str]) -> tuple[Line, ...]:
    return tuple(
        Line(
            address=", ".join(row.addresses) or row.folder, rule=row.rule, why=row.why, quote=row.subject,
            details=("moved there, not copied: it lies nowhere else now",) if row.moved else (),
        )
        for row in report.heeded if row.rule in rules
    )  # fmt: skip


def _draft_line(report: Report, item: Item) -> Line:
    written = next(w for w in report.written if w.item.person == item.person)
    applied = next((a for a in report.applied if a.written.item.person == item.person), None)
    details = [f"{item.sequence} {item.revision}, {item.step}, template {item.template}"]
    if written.draft:
        details.append(f"asks: {written.draft.text.meta.asks}; gives: {written.draft.text.meta.gives}")
        if written.draft.resource:
            details.append(f"shares: {written.draft.resource.title}")
        if item.question:
            details.append(item.question)
        if written.draft.text.slots:
            details.append(f"for you to fill: {', '.join(written.draft.text.slots)}")
        details += [f"note: {r.says}" for r in written.draft.remarks if r.severity is Severity.WARNING]
    if applied and applied.done != "appended":
        details.append(f"{applied.done}: {applied.why}")
    return Line(address=item.address, rule=item.rule, why=item.why, quote=item.evidence.quote, details=tuple(details))
