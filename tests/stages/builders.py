"""Mails and conversations by hand: `said("Non merci.")` is a reading, `judged(us(), them(Signal.NEED))` the verdicts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nurture.conversations import Entry
from nurture.messages import Address, Headers, Kind, Message, Notice
from nurture.stages import Context, Finding, Reading, Signal, Verdict, judge, read

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 3, 2)
OWNER = "camille@atelier.example"
ANNA = "anna@client.example"
NOBODY_KNOWN = Context(ours=False, sent=MONDAY)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail of a conversation before it has its key and its day."""

    entry: Entry
    reading: Reading | None = None


def message(text: str, *, lang: str | None = "fr", kind: Kind = Kind.HUMAN, notice: Notice | None = None) -> Message:
    """A parsed mail with these newly written words."""
    return Message(headers=Headers(), text=text, new_text=text, lang=lang, kind=kind, notice=notice or Notice())


def said(text: str, *, lang: str | None = "fr", **known: Any) -> Reading:
    """What their mail says; `known` goes to the context."""
    return read(message(text, lang=lang), replace(NOBODY_KNOWN, **known))


def wrote(text: str, *, lang: str | None = "fr", **known: Any) -> Reading:
    """What our mail says."""
    return read(message(text, lang=lang), replace(NOBODY_KNOWN, ours=True, **known))


def found(*signals: Signal, **more: Any) -> Reading:
    """A reading with these findings; `more` goes to it."""
    findings = tuple(Finding(signal=s, quote=f"their words: {s}", confidence=0.9, rule="test") for s in signals)
    return Reading(reader=1, findings=findings, **more)


def us(*signals: Signal, **entry: Any) -> Mail:
    """A mail of ours."""
    return _mail("us", found(*signals), {"to": (Address(addr=ANNA),), "sender": Address(addr=OWNER)} | entry)


def them(*signals: Signal, by: str = "them", reading: Reading | None = None, **entry: Any) -> Mail:
    """A mail of theirs."""
    return _mail(by, reading or found(*signals), {"to": (Address(addr=OWNER),), "sender": Address(addr=ANNA)} | entry)


def automatic(kind: Kind, *, by: str = "them", **entry: Any) -> Mail:
    """What a program of their side wrote."""
    return _mail(by, Reading(reader=1), {"kind": kind, "sender": Address(addr=ANNA)} | entry)


def unread(by: str) -> Mail:
    """A mail whose words were never read."""
    return Mail(entry=_mail(by, None, {"sender": Address(addr=ANNA)}).entry)


def _mail(by: str, reading: Reading | None, fields: dict[str, Any]) -> Mail:
    sent = datetime(2026, 3, 2, 10, tzinfo=PARIS)
    known: dict[str, Any] = {"key": 0, "by": by, "message_id": None, "sent": sent, "offset": 60}
    entry = Entry(**(known | fields))
    return Mail(entry=entry, reading=reading)


def judged(*mails: Mail) -> list[Verdict]:
    """The verdict after each, a day apart unless they name their own."""
    start = datetime(2026, 3, 2, 10, tzinfo=PARIS)
    dated = [
        (
            replace(
                m.entry,
                key=n,
                message_id=f"<{n}@x.example>",
                sent=m.entry.sent if m.entry.sent != start else start + timedelta(days=n),
            ),
            m.reading,
        )
        for n, m in enumerate(mails, 1)
    ]
    return judge(dated)


def after(*mails: Mail) -> Verdict:
    """The last verdict."""
    return judged(*mails)[-1]
