"""Result and measure, as found in their mail or as the owner heard them: the newer word counts, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from nurture.conversations import THEIR_SIDE, Entry
from nurture.followups.outside import Heard
from nurture.followups.planned import Case
from nurture.stages import Evidence, Finding, Signal

EXPECTED = (("result", Signal.RESULT), ("measure", Signal.MEASURE))
THEM = frozenset({"them"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectation:
    """What they expect, or how they will judge it. `source` is "mail" or "owner"."""

    name: str
    words: str
    source: str
    said: date
    theirs: bool  # their very words: a draft may quote them
    evidence: Evidence


def expectation(case: Case, name: str, tz: tzinfo, by: frozenset[str] = THEIR_SIDE) -> Expectation | None:
    """The one of this name, or None where nobody has said it. What the owner heard stands until a later message says it anew."""
    found, heard = _found(case, name, by), case.outside.heard_of(name)
    if heard and heard.words and not (found and _is_newer(found[1], heard)):
        return Expectation(
            name=name, words=heard.words, source="owner", said=heard.at.astimezone(tz).date(), theirs=heard.quoted, evidence=Evidence(quote=heard.words)
        )  # fmt: skip
    if found is None:
        return None
    finding, entry = found
    evidence = Evidence(quote=finding.quote, entry=entry.key, message_id=entry.message_id)
    return Expectation(name=name, words=finding.quote, source="mail", said=entry.day, theirs=True, evidence=evidence)


def expectations(case: Case, tz: tzinfo) -> tuple[Expectation, ...]:
    """Those that are known, result first."""
    return tuple(found for name, _ in EXPECTED if (found := expectation(case, name, tz)))


def _found(case: Case, name: str, by: frozenset[str]) -> tuple[Finding, Entry] | None:
    """The newest sentence that says it."""
    signal = dict(EXPECTED)[name]
    for entry in reversed(case.conversation.entries):
        reading = case.readings.get(entry.key)
        for finding in reading.findings if reading and entry.by in by else ():
            if finding.signal is signal:
                return finding, entry
    return None


def _is_newer(entry: Entry, heard: Heard) -> bool:
    return entry.key > heard.upto and entry.sent > heard.at


def said_anew(case: Case, upto: int, at: datetime) -> bool:
    """Whether result or measure was said, by mail or to the owner, after what was known at some moment."""
    mailed = (_found(case, name, THEIR_SIDE) for name, _ in EXPECTED)
    heard = (case.outside.heard_of(name) for name, _ in EXPECTED)
    return any(f and f[1].key > upto and f[1].sent > at for f in mailed) or any(h and h.words and h.at > at for h in heard)
