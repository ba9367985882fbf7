"""Line five, for whoever decides or looks ahead: all sequences there are, and one plan of the judged cases."""

from __future__ import annotations

from datetime import datetime

from nurture.followups import Case, Sequences, Wanted, shipped_sequences, wanted
from nurture.steps import reached
from nurture.store import ledger, sequences
from nurture.world import World


def sequences_of(world: World, now: datetime) -> Sequences:
    """All revisions there are; the shipped ones become revision 1 where they are new."""
    with world.store.begin() as session:
        sequences.seed(session, shipped_sequences(), now)
        return Sequences.of(sequences.everything(session))


def make_plan(world: World, looked_at: dict[int, Case], known: Sequences, now: datetime) -> Wanted:
    """Line five: one decision a person, and how much room the caps leave."""
    with world.store.begin() as session:
        open_now, created_today = ledger.counts(session, now, world.tz)
    reached("plan")
    return wanted(looked_at.values(), known, world.policy, now, world.tz, open_now=open_now, created_today=created_today)
