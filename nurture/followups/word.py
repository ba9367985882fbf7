"""The owner's word on where a conversation stands: it wins over what was detected, until new evidence says more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nurture.conversations import Entry
from nurture.followups.outside import Outside, StageSaid
from nurture.stages import Evidence, Reading, Signal, Stage, Verdict, judge

RANKS = (Stage.STRANGER, Stage.CONTACT, Stage.PROSPECT, Stage.QUALIFIED, Stage.PROPOSAL, Stage.CLIENT)
SAYABLE = (*RANKS, Stage.DECLINED)  # an opt-out is `nurture stop`, a dead address speaks for itself
FINAL = frozenset({Stage.OPTED_OUT, Stage.UNREACHABLE})  # nothing but the owner's reopening, or mail that arrives, moves these
HEARD = {"result": Signal.RESULT, "measure": Signal.MEASURE}
BOTH = frozenset(HEARD.values())

Pairs = Sequence[tuple[Entry, Reading | None]]


def as_told(verdicts: Sequence[Verdict], pairs: Pairs, outside: Outside) -> Verdict:
    """The last verdict, with what the owner said and heard; `verdicts` are those after each of `pairs`."""
    found = verdicts[-1]
    if found.stage in FINAL:
        return found
    heard = _with_what_was_heard(found, outside)
    said = outside.stage
    return _said(heard, said) if said and _stands(said, verdicts, pairs) else _risen(heard, outside)


def _with_what_was_heard(found: Verdict, outside: Outside) -> Verdict:
    known = frozenset(HEARD[name] for name in HEARD if (h := outside.heard_of(name)) and h.words)
    return replace(found, known=found.known | known, revealed=found.revealed or bool(known)) if known else found


def _risen(found: Verdict, outside: Outside) -> Verdict:
    """Who speaks with the owner is no stranger; who tells what they expect is a prospect, who tells both is qualified."""
    heard = [h for name in HEARD if (h := outside.heard_of(name)) and h.words]
    stage, rule, quote = found.stage, found.rule, ""
    if outside.talks and stage is Stage.STRANGER:
        stage, rule, quote = Stage.CONTACT, "talked", outside.talks[-1].text
    if heard and stage in RANKS[:2]:
        stage, rule, quote = Stage.PROSPECT, "owner-heard", heard[-1].words
    if heard and stage is Stage.PROSPECT and found.known >= BOTH:
        stage, rule, quote = Stage.QUALIFIED, "result-and-measure-known", heard[-1].words
    return found if stage is found.stage else replace(found, stage=stage, rule=rule, evidence=Evidence(quote=quote[:200]))


def _said(found: Verdict, said: StageSaid) -> Verdict:
    stage = said.stage
    revealed = stage in RANKS[2:] if stage is not Stage.DECLINED else found.revealed
    return replace(
        found, stage=stage, rule="owner-says", evidence=Evidence(quote=said.why[:200]), revealed=revealed,
        offer_out=stage is Stage.PROPOSAL or (found.offer_out and stage is Stage.CLIENT),
    )  # fmt: skip


def _stands(said: StageSaid, verdicts: Sequence[Verdict], pairs: Pairs) -> bool:
    """Whether nothing that came to be known since proves more than the owner said, or the contrary of it.

    What they write anew is judged by itself, too: owners may have lowered a stage because of what older messages seem to say.
    """
    new = [pair for pair in pairs if pair[0].key > said.upto]
    if not new:
        return True
    last = max((n for n, (entry, _) in enumerate(pairs) if entry.key <= said.upto), default=-1)
    base = verdicts[last].stage if last >= 0 else None
    moved = [v.stage for v in verdicts[last + 1 :] if v.stage is not base]
    return not any(_says_more(stage, said.stage) for stage in (*moved, *(v.stage for v in judge(new))))


def _says_more(found: Stage, said: Stage) -> bool:
    if found not in RANKS:
        return found is not said
    return RANKS.index(found) > (RANKS.index(said) if said in RANKS else RANKS.index(Stage.CONTACT))
