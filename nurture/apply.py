"""Line seven: intend, APPEND, look back, confirm. And the one removal there is: an own draft, proven untouched, to Trash.

A write is never retried in the run in which its outcome became unknown; the identity comes from the occasion, so that any
later run finds it again (design, "Identity of a draft"; mail-facts 0.2 to 0.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nurture.drafts import Severity, compose, verify
from nurture.errors import NurtureError, OutcomeUnknown
from nurture.followups import DraftState
from nurture.mailbox import Folder, Mailbox, Position, Role
from nurture.reconcile import CHANGED, has_folder, look_back, role_folder
from nurture.steps import reached
from nurture.store import OpenDraft, ledger, sequences
from nurture.world import World
from nurture.write import Written


class Done(StrEnum):
    """What applying one item came to."""

    APPENDED = "appended"
    ADOPTED = "adopted"  # an earlier run, or another database, had written it already
    SKIPPED = "skipped"  # something moved between planning and writing; the next run looks again


@dataclass(frozen=True, kw_only=True)
class Applied:
    """One item of the plan, carried out."""

    written: Written
    done: Done
    why: str = ""


def append(box: Mailbox, world: World, written: Written, now: datetime) -> Applied:
    """Put one draft into Drafts; the list of those who said no is looked at last."""
    draft, item = written.draft, written.item
    if draft is None or item.occasion is None:
        return Applied(written=written, done=Done.SKIPPED, why="there is no text")
    if world.suppressed(written.case.conversation.person.addresses):
        return Applied(written=written, done=Done.SKIPPED, why="they are on the list of those who said no")
    if world.excluded(written.case.conversation.person.addresses):
        return Applied(written=written, done=Done.SKIPPED, why="the configuration excludes them")
    raw = compose(draft)
    verify(raw, draft)
    folder = role_folder(box, Role.DRAFTS)
    where = box.position(folder)
    if found := _already(box, draft.identity.message_id, draft.identity.token):
        return _adopt(world, box, written, folder, where, found, now)
    row = _intend(world, box, written, folder, where, now)
    reached("before_append")
    try:
        box.append(folder, raw)
    except OutcomeUnknown:
        raise  # stays INTENDED: the next run finds out, this one must not try again
    except NurtureError:
        _fail(world, row, now)
        raise
    reached("after_append")
    _confirm(box, world, row, now)
    reached("commit_done")
    return Applied(written=written, done=Done.APPENDED)


def _already(box: Mailbox, message_id: str, token: str) -> tuple[Folder, DraftState] | None:
    for role, state in ((Role.DRAFTS, DraftState.OPEN), (Role.SENT, DraftState.SENT), (Role.TRASH, DraftState.DELETED)):
        for folder in box.folders():
            if folder.role is role and (box.find(message_id, folder) or box.find(token, folder)):
                return folder, state
    return None


def _adopt(
    world: World, box: Mailbox, written: Written, folder: Folder, where: Position, found: tuple[Folder, DraftState], now: datetime
) -> Applied:
    """The mailbox holds this draft already (a restored database, a second host): take it into the ledger, write nothing."""
    row = _intend(world, box, written, folder, where, now)
    if found[1] is DraftState.OPEN:
        _confirm(box, world, row, now)
    else:
        with world.store.begin() as session:
            ledger.move(session, row.id, found[1], now, f"found in {found[0].name}")
    return Applied(written=written, done=Done.ADOPTED, why=f"it lies in {found[0].name} already")


def _intend(world: World, box: Mailbox, written: Written, folder: Folder, where: Position, now: datetime) -> OpenDraft:
    draft, item = written.draft, written.item
    assert draft is not None  # `append` has looked
    assert item.occasion is not None
    with world.store.begin() as session:
        row = ledger.intend(
            session, item.occasion, person=item.person, account=box.account, folder=folder.name, uidvalidity=where.uidvalidity,
            uidnext=where.uidnext, identity=draft.identity, sequence=item.sequence, revision=item.revision, step=item.step,
            template=draft.text.template, variant=draft.text.variant, template_digest=draft.text.digest, signal=item.signal,
            text=draft.text.body, to=draft.to[0].addr, now=now,
            resource=draft.resource.key if draft.resource else None, challenged=draft.challenged, asks=draft.text.meta.asks,
            gives=draft.text.meta.gives, warnings=[f"{r.rule}: {r.says}" for r in draft.remarks if r.severity is Severity.WARNING],
        )  # fmt: skip
        sequences.pin(session, item.person, item.sequence, item.revision)
    reached("commit_intent")
    with world.store.begin() as session:
        return ledger.get(session, row)


def _fail(world: World, row: OpenDraft, now: datetime) -> None:
    with world.store.begin() as session:
        ledger.move(session, row.id, DraftState.FAILED, now, "the server refused it")


def _confirm(box: Mailbox, world: World, row: OpenDraft, now: datetime) -> None:
    """Look back at what the server holds; what does not say what was appended has been in somebody's hands."""
    seen = look_back(box, row)
    if seen is None:
        raise OutcomeUnknown("The server took a draft and does not show it. The next run looks again; nothing is to be done.")
    with world.store.begin() as session:
        if seen[1]:
            ledger.confirm(session, row.id, seen[0], now)
        else:
            ledger.move(session, row.id, DraftState.EDITED, now, CHANGED)


def take_back(box: Mailbox, world: World, row: OpenDraft, why: str, now: datetime) -> bool:
    """Move an untouched draft of ours to Trash. False: it was not provably untouched, and stays where it is."""
    if row.uid is None or row.uidvalidity is None or not row.digest or not has_folder(box, Role.TRASH):
        return False  # without a Trash it could only be deleted, and nothing is ever deleted
    drafts, trash = role_folder(box, Role.DRAFTS), role_folder(box, Role.TRASH)
    with world.store.begin() as session:
        ledger.withdrawing(session, row.id, why)  # so that a later run that finds it in Trash knows whose hand it was
    reached("before_withdraw")
    moved = box.withdraw(drafts, row.uid, row.uidvalidity, row.digest, trash)
    reached("after_withdraw")
    if moved:
        with world.store.begin() as session:
            ledger.move(session, row.id, DraftState.WITHDRAWN, now, why)
        reached("commit_withdrawn")
    return moved
