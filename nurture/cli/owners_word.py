"""The owner's word on one person, shown with its source: what they expect, what happened outside of mail, what was corrected."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nurture.followups import Case, Expectation
    from nurture.store import FactSaid, PersonRow, Session, Told
    from nurture.world import World


def shape(world: World, session: Session, row: PersonRow, now: datetime) -> dict[str, Any]:
    """As data (docs/json.md)."""
    from nurture.store import cases, outside, words

    key = row.person.key
    case = cases.load(session, [key], today=now.astimezone(world.tz).date())[0]
    return {
        "in_your_word": sorted(row.in_force),
        "country": case.outside.country or None,
        "tags": sorted(case.outside.tags),
        "lists": sorted(case.outside.lists),
        "stage_said": case.outside.stage.stage if case.outside.stage else None,
        "expects": [_expected(e) for e in _expectations(world, case)],
        "measure_day": case.outside.measure_day,
        "fit": None if case.outside.fit is None else "yes" if case.outside.fit.yes else "no",
        "log": [_line(line) for line in outside.lines(session, key)],
        "told": [_fact(fact) for fact in outside.facts(session, key)],
        "said": [{"at": at, "word": word} for at, word in words.said(session, key)],
    }


def _expectations(world: World, case: Case) -> tuple[Expectation, ...]:
    from nurture.followups import expectations

    return expectations(case, world.tz)


def _expected(e: Expectation) -> dict[str, Any]:
    return {
        "name": e.name, "words": e.words, "source": e.source, "said": e.said, "their_words": e.theirs, "message_id": e.evidence.message_id,
    }  # fmt: skip


def _line(line: Told) -> dict[str, Any]:
    return {"day": line.day, "at": line.at, "kind": line.kind, "answered": line.answered, "text": line.text}


def _fact(fact: FactSaid) -> dict[str, Any]:
    return {
        "field": fact.field, "value": fact.value, "at": fact.at, "detected": fact.detected, "their_words": fact.quoted, "via": fact.via,
    }  # fmt: skip


def tell(told: dict[str, Any]) -> None:
    """For a person to read; nothing where nothing was said."""
    from nurture.cli import show

    if told["expects"]:
        show.heading("What they expect")
    for e in told["expects"]:
        heard = "they wrote it" if e["source"] == "mail" else "you heard it"
        show.bullet(f"{e['name']}: {_marked(e)} ({heard}, {e['said']})", indent="  ")
    if told["measure_day"]:
        show.bullet(f"asked about it on {told['measure_day']}, in your word", indent="  ")
    if told["log"] or told["told"] or told["said"]:
        show.heading("What you said")
    for line in told["log"]:
        show.bullet(_sentence(line), indent="  ", limit=1200)
    for fact in told["told"]:
        was = f"; mail told {fact['detected']}" if fact["detected"] else ""
        show.bullet(
            f"{fact['at']:%Y-%m-%d} {fact['field'].replace('_', ' ')}: {fact['value'] or 'as mail tells'}{was}", indent="  "
        )
    for word in told["said"]:
        show.bullet(f"{word['at']:%Y-%m-%d} {word['word']}", indent="  ")


def _marked(expected: dict[str, Any]) -> str:
    return f"« {expected['words']} »" if expected["their_words"] else str(expected["words"])


def _sentence(line: dict[str, Any]) -> str:
    answered = "" if line["answered"] else ", nobody answered"
    text = f": {line['text']}" if line["text"] else ""
    return f"{line['day']} {line['kind']}{answered}{text}"
