"""Untouched drafts of ours that have lost their reason are taken back; where there is no Trash to move them to, the owner is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from nurture.apply import take_back
from nurture.followups import Case, DraftState, untouched_too_long, withdrawal
from nurture.mailbox import Mailbox, Role
from nurture.reconcile import has_folder
from nurture.store import OpenDraft, ledger, meta
from nurture.world import World

NO_TRASH = (
    "A draft that has lost its reason stays in Drafts, since the mailbox has no Trash folder that nurture knows. Throw it "
    'away yourself (`nurture status` shows whose), or name the folder: [account.folders] trash = "…".'
)


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A draft of ours that lost its reason. `done` is False where it could not be proven untouched, or in a dry run."""

    draft: OpenDraft
    rule: str
    why: str
    done: bool


def withdraw(box: Mailbox, world: World, looked_at: Mapping[int, Case], now: datetime, *, dry_run: bool) -> Iterator[Withdrawn]:
    """Take back what lies open in one account for the people that are looked at, draft by draft."""
    with world.store.begin() as session:
        rows = [row for row in ledger.open(session, box.account) if row.state is DraftState.OPEN and row.person in looked_at]
    for row in rows:
        if reason := _reason(looked_at[row.person], row, world, now):
            done = not dry_run and take_back(box, world, row, reason[1], now)
            yield Withdrawn(draft=row, rule=reason[0], why=reason[1], done=done)


def _reason(case: Case, row: OpenDraft, world: World, now: datetime) -> tuple[str, str] | None:
    """(rule, why): its moment has passed, or it has lain too long."""
    if reason := withdrawal(case, row.ledger):
        return reason
    old = untouched_too_long(case, row.ledger, world.policy, now, world.tz)
    return ("too-old", old) if old else None


def told_of_no_trash(box: Mailbox, world: World, withdrawn: Iterable[Withdrawn]) -> bool:
    """Whether to say that a draft stays because there is nowhere to move it: once, and again when there was a Trash in between."""
    trash = has_folder(box, Role.TRASH)
    stays = not trash and any(not w.done and w.draft.account == box.account for w in withdrawn)
    if not (stays or trash):
        return False
    name = f"no-trash {box.account}"[:80]
    with world.store.begin() as session:
        told = meta.get(session, name) == "told"
        if told is not stays:
            meta.put(session, name, "told" if stays else "")
    return stays and not told
