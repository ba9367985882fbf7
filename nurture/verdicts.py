"""Lines three and four: put together each person's case and judge it. Knows the store and the core; touches no mailbox."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from nurture.followups import Case
from nurture.messages import Kind
from nurture.stages import Reading, Signal, Stage, judge
from nurture.store import cases
from nurture.world import World

UNDONE = frozenset({Signal.OPT_OUT, Signal.DECLINE})  # what `nurture reopen` takes back
CHUNK = 500


def judged(
    world: World, keys: Collection[int], today: date, *, since: datetime, owners: frozenset[str], complete: bool
) -> Iterator[Case]:
    """The case of each person, judged. `owners`: addresses the owner keeps own drafts for; `complete`: every account was read."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        with world.store.begin() as session:
            loaded = cases.load(session, wanted[start : start + CHUNK], today=today)
        for case in loaded:
            yield judge_case(_with_the_owners_word(world, case, owners=owners, complete=complete), since)


def _with_the_owners_word(world: World, case: Case, *, owners: frozenset[str], complete: bool) -> Case:
    addresses = case.conversation.person.addresses
    word = case.word
    if not word.stopped and world.suppressed(addresses):
        word = replace(word, stopped=True)
    word = replace(word, excluded=world.excluded(addresses))
    return replace(
        case, word=word, owners_draft=case.owners_draft or bool(owners.intersection(addresses)), proven_complete=complete
    )


def judge_case(case: Case, since: datetime) -> Case:
    """The case with its verdict; no verdict where a human message of the looked-at time could not be read: in doubt, silence."""
    entries = case.conversation.entries
    unread = any(e.kind is Kind.HUMAN and e.sent >= since and e.key not in case.readings for e in entries)
    if not entries or unread:
        return replace(case, verdict=None)
    readings = _reopened(case)
    verdicts = judge([(e, readings.get(e.key)) for e in entries])
    return replace(case, readings=readings, verdict=verdicts[-1])


def _reopened(case: Case) -> dict[int, Reading]:
    """What was said before the owner reopened the conversation closes it no more."""
    at = case.word.reopened_at
    if at is None:
        return case.readings
    old = {e.key for e in case.conversation.entries if e.sent <= at}
    return {key: _without_the_no(r) if key in old else r for key, r in case.readings.items()}


def _without_the_no(reading: Reading) -> Reading:
    return replace(
        reading,
        findings=tuple(f for f in reading.findings if f.signal not in UNDONE),
        unsure=tuple(f for f in reading.unsure if f.signal not in UNDONE),
    )


def remember_the_noes(world: World, looked_at: Sequence[Case], now: datetime) -> int:
    """Put everybody who asked not to be written to on the list beside the configuration (P6). Returns how many were new."""
    added = 0
    for case in looked_at:
        if case.verdict and case.verdict.stage is Stage.OPTED_OUT:
            for address in case.conversation.person.addresses:
                if not world.suppression.contains(address):
                    world.suppression.add(address, "they asked", now)
                    added += 1
    return added
