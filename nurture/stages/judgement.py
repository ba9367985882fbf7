"""The judge: folds a conversation message by message into what each has made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from nurture.conversations import Entry
from nurture.messages import Kind
from nurture.stages.ladder import REOPENING, REVEALING, stage
from nurture.stages.standing import NOTHING_SAID, Standing, evidence, is_our_mail, is_their_word, strongest
from nurture.stages.turns import turned
from nurture.stages.verdict import Reading, Signal, Verdict


def judge(pairs: Sequence[tuple[Entry, Reading | None]]) -> list[Verdict]:
    """The verdict after each entry, oldest first. A message that was never read counts as a word without signals."""
    standing, verdicts = Standing(), []
    for entry, reading in pairs:
        standing = after(standing, entry, reading or NOTHING_SAID)
        verdicts.append(verdict(standing))
    return verdicts


def after(standing: Standing, entry: Entry, reading: Reading) -> Standing:
    """What one more message makes of a conversation. Junk moves nothing, nor does what others write around it."""
    if entry.junk:
        return standing
    if is_our_mail(entry):
        standing = _we_wrote(standing, entry, reading)
    elif is_their_word(entry):
        standing = _they_wrote(standing, entry, reading)
    elif entry.kind is Kind.BOUNCE_HARD and not entry.ours:
        standing = _bounced(standing, entry)
    elif entry.kind is Kind.OUT_OF_OFFICE and entry.by == "them":
        standing = replace(standing, absent_until=entry.resume_on or reading.resume_on, absent=evidence(entry))
    return turned(standing, entry, reading)


def _we_wrote(standing: Standing, entry: Entry, reading: Reading) -> Standing:
    to = frozenset(a.addr for a in (*entry.to, *entry.cc))
    offer = strongest(reading, Signal.PROPOSAL_SENT)
    elsewhere = bool(to) and to.isdisjoint(standing.dead_addresses)
    taken_up = standing.deferred_until is not None and entry.day >= standing.deferred_until
    return replace(
        standing,
        offer=evidence(entry, offer) if offer else standing.offer,
        written_to=standing.written_to | to,
        last_to=to,
        dead=None if elsewhere else standing.dead,
        deferred=None if taken_up else standing.deferred,
        deferred_until=None if taken_up else standing.deferred_until,
        unsure=(),
    )


def _bounced(standing: Standing, entry: Entry) -> Standing:
    """A delivery that failed for good, where it concerns this person: no address is named, or one that we wrote to."""
    failed = frozenset(entry.failed)
    if failed and failed.isdisjoint(standing.written_to):
        return standing
    return replace(standing, dead=evidence(entry), dead_addresses=standing.dead_addresses | (failed or standing.last_to))


def _they_wrote(standing: Standing, entry: Entry, reading: Reading) -> Standing:
    """A word of their side: they are met; what they say adds up; yes, no and stop are theirs to say."""
    said = {f.signal: evidence(entry, strongest(reading, f.signal)) for f in reading.findings}
    revealing = strongest(reading, *REVEALING)
    standing = replace(
        standing,
        met=standing.met or evidence(entry, strongest(reading)),
        known=MappingProxyType(dict(standing.known) | {k: v for k, v in said.items() if k not in standing.known}),
        revealed=standing.revealed or (evidence(entry, revealing) if revealing else None),
        dead=None if entry.by == "them" else standing.dead,
        opted_out=standing.opted_out or said.get(Signal.OPT_OUT),
        unsure=(*standing.unsure, *reading.unsure),
    )
    return _paused(_answered(standing, entry, reading), entry, reading)


def _answered(standing: Standing, entry: Entry, reading: Reading) -> Standing:
    """Their yes makes a client, their no closes, new interest opens again where the ladder stood."""
    if no := strongest(reading, Signal.DECLINE):
        return replace(standing, declined=evidence(entry, no))
    if yes := strongest(reading, Signal.ACCEPTANCE):
        return replace(standing, accepted=standing.accepted or evidence(entry, yes), offer=None, declined=None)
    return replace(standing, declined=None) if reading.signals & REOPENING else standing


def _paused(standing: Standing, entry: Entry, reading: Reading) -> Standing:
    """A pause that they ask for holds until they say more than thanks; a word by hand ends their absence."""
    if entry.by == "them":
        standing = replace(standing, absent=None, absent_until=None)
    if asked := strongest(reading, Signal.DEFERRAL):
        return replace(standing, deferred=evidence(entry, asked), deferred_until=reading.resume_on)
    if reading.signals == {Signal.THANKS}:
        return standing
    return replace(standing, deferred=None, deferred_until=None)


def verdict(standing: Standing) -> Verdict:
    """What a standing amounts to."""
    found, rule, proof = stage(standing)
    return Verdict(
        stage=found,
        turn=standing.turn,
        rule=rule,
        evidence=proof,
        turn_rule=standing.turn_rule,
        turn_evidence=standing.turn_evidence,
        revealed=standing.revealed is not None,
        known=frozenset(standing.known),
        offer_out=standing.offer is not None and standing.declined is None,
        deferred_until=standing.deferred_until,
        deferred=standing.deferred,
        absent_until=standing.absent_until,
        absent=standing.absent,
        unsure=standing.unsure,
    )
