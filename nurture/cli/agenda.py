"""The days of a simulation as a calendar file (RFC 5545): how many drafts each day brings, and nobody's name (P7)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from nurture import __version__
from nurture.simulate import Day, Simulation

SAYS = {
    "fr": (
        "nurture\u00a0: {n} brouillon{s} à relire",
        "Réponses\u00a0: {a}. Relances\u00a0: {f}.",
        "Si personne ne répond d’ici là.",
    ),
    "en": ("nurture: {n} draft{s} to read", "Answers: {a}. Follow-ups: {f}.", "If nobody answers until then."),
}


def agenda(found: Simulation, lang: str, seed: str, now: datetime) -> bytes:
    """The file's bytes. A day keeps its UID, so that a newer file takes the place of an older one in the owner's calendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//nurture//{__version__}//EN")
    calendar.add("version", "2.0")
    drafted = [day for day in found.days if day.drafts]
    for day in drafted or [Day(day=found.start)]:  # a calendar must hold something (RFC 5545, 3.6)
        calendar.add_component(_event(day, lang if lang in SAYS else "en", seed, now))
    raw: bytes = calendar.to_ical()
    return raw


def _event(day: Day, lang: str, seed: str, now: datetime) -> Event:
    count, event = len(day.drafts), Event()
    summary, parts, unless = SAYS[lang]
    event.add("uid", f"{day.day}-{hashlib.sha256(seed.encode()).hexdigest()[:16]}@nurture.invalid")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", summary.format(n=count, s=_plural(count, lang)))
    event.add("description", f"{parts.format(a=day.answers, f=count - day.answers)} {unless}")
    event.add("transp", "TRANSPARENT")
    return event


def _plural(count: int, lang: str) -> str:
    """In French nought is singular."""
    return "" if count == 1 or (count == 0 and lang == "fr") else "s"
