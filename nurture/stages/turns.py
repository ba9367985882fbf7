"""The turn: whose move it is after one message (docs/labels.md)."""

from __future__ import annotations

from dataclasses import replace

from nurture.conversations import Entry
from nurture.messages import Kind
from nurture.stages.standing import Standing, evidence, is_our_mail, is_their_word, strongest
from nurture.stages.verdict import Reading, Signal, Turn


def turned(standing: Standing, entry: Entry, reading: Reading) -> Standing:
    """The standing with the turn after this message. `standing` knows already what the message says of stage and address."""
    if is_our_mail(entry):
        return _set(standing, Turn.THEIRS, "we-wrote", entry)
    if is_their_word(entry):
        return _after_their_word(standing, entry, reading)
    if standing.dead and standing.dead.entry == entry.key:
        return _set(standing, Turn.NOBODY, "address-dead", entry)
    if entry.by == "them" and entry.kind is Kind.OUT_OF_OFFICE:
        return _set(standing, Turn.NOBODY, "away", entry)
    return standing


def _after_their_word(standing: Standing, entry: Entry, reading: Reading) -> Standing:
    if standing.opted_out:
        return _set(standing, Turn.NOBODY, "they-asked-to-stop", entry, reading)
    if Signal.DEFERRAL in reading.signals:
        return _set(standing, Turn.NOBODY, "pause-asked", entry, reading, Signal.DEFERRAL)
    if reading.signals == {Signal.THANKS}:
        return _set(standing, Turn.NOBODY, "thanked", entry, reading)
    return _set(standing, Turn.OURS, "they-wrote", entry, reading)


def _set(standing: Standing, turn: Turn, rule: str, entry: Entry, reading: Reading | None = None, *signals: Signal) -> Standing:
    found = strongest(reading, *signals) if reading else None
    return replace(standing, turn=turn, turn_rule=rule, turn_evidence=evidence(entry, found))
