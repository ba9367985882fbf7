"""Lines three and four: put together each person's case and judge it. Knows the store and the core; touches no mailbox."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from nurture.conversations import EXCHANGE, Entry
from nurture.followups import Case, as_told
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
    """The case with its verdict; no verdict where a human message of the looked-at time could not be read: in doubt, silence.

    What their company or others write around the exchange is a sign of life, and judged by nobody; so is what lies in Trash.
    """
    entries = [e for e in case.conversation.entries if not e.trashed]
    unread = any(_is_missed(case, e) for e in entries if e.sent >= since)
    if not entries or unread:
        return replace(case, verdict=None)
    readings = _as_the_owner_left_it(case)
    pairs = [(e, readings.get(e.key)) for e in entries]
    verdicts = judge(pairs)
    told = as_told(verdicts, pairs, case.outside)
    detected = verdicts[-1] if told != verdicts[-1] else None
    return replace(case, readings=readings, verdict=told, detected=detected)


def _as_the_owner_left_it(case: Case) -> dict[int, Reading]:
    """What was known when the owner reopened closes no more, and what was suspected of it when the owner settled is settled."""
    found = dict(case.readings)
    for entry in case.conversation.entries:
        if entry.key in found and case.word.reopens(entry):
            found[entry.key] = _without_the_no(found[entry.key])
        if entry.key in found and case.word.settles(entry):
            found[entry.key] = replace(found[entry.key], unsure=())
    return found


def _is_missed(case: Case, entry: Entry) -> bool:
    """A word of the exchange itself that was never read, and that the owner has not settled."""
    return entry.by in EXCHANGE and entry.kind is Kind.HUMAN and entry.key not in case.readings and not case.word.settles(entry)


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
