"""Line two: see what became of our drafts. Recognised by identity alone (Message-ID, or the token in References).

First slice of the promise P4: what is gone or changed is never written again, and its person is left alone until the
outcome is proven: found in Sent, found in Trash, or the owner wrote by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes

from nurture.drafts import digest, text_hash, words_hash
from nurture.errors import FoldersFault, MailboxSuspicious
from nurture.followups import DraftState
from nurture.mailbox import Folder, Found, Mailbox, Role, gesture_folders
from nurture.messages import Headers, parse_headers
from nurture.steps import reached
from nurture.store import Baseline, OpenDraft, Session, cases, ledger
from nurture.world import World

PATIENCE = timedelta(minutes=15)  # a lost APPEND may still land so long after (mail-facts: the zombie append)
DRAFT_CAP = 4 * 1024 * 1024
CHANGED = "somebody changed or saved it: it is theirs now"
UNTOUCHED = frozenset({DraftState.INTENDED, DraftState.OPEN})  # as far as is known: these are compared
VANISHED = 3  # more drafts than this, and more than half of them, gone at once without a trace look wrong


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one draft of ours turned out to be in this run."""

    draft: OpenDraft
    state: DraftState
    why: str
    found: Found | None = None


@dataclass(frozen=True, kw_only=True)
class Desktop:
    """The Drafts folder as it lies: what is in it, by UID, and for whom the owner keeps drafts of their own."""

    folder: Folder
    uidvalidity: int
    sizes: dict[int, int]
    headers: dict[int, Headers]
    raws: dict[int, bytes] = field(default_factory=dict)  # of our drafts only, up to a cap

    def holding(self, draft: OpenDraft) -> int | None:
        """The UID of the message that carries this draft's identity; the newest, where a client left an older one behind."""
        return max(self.copies(draft), default=None)

    def copies(self, draft: OpenDraft) -> list[int]:
        """The UIDs of all that carry it."""
        return [uid for uid, headers in self.headers.items() if carries(headers, draft)]


def role_folder(box: Mailbox, role: Role) -> Folder:
    """The one folder of this role. Raises FoldersFault that says what to set."""
    for folder in box.folders():
        if folder.role is role:
            return folder
    raise FoldersFault(
        f"{box.account} has no {role.value.capitalize()} folder that nurture knows. "
        f'Name it in config.toml: [account.folders] {role.value} = "…"; `nurture check` lists the folders.'
    )


def has_folder(box: Mailbox, role: Role) -> bool:
    """Whether there is one of this role."""
    return any(folder.role is role for folder in box.folders())


def look_at_drafts(box: Mailbox) -> Desktop:
    """Read the header rows of everything in Drafts."""
    folder = role_folder(box, Role.DRAFTS)
    position = box.position(folder)
    rows = list(box.rows(folder))
    return Desktop(
        folder=folder,
        uidvalidity=position.uidvalidity,
        sizes={row.uid: row.size for row in rows},
        headers={row.uid: parse_headers(row.header, row.received) for row in rows},
    )


def with_words(box: Mailbox, desktop: Desktop, rows: Iterable[OpenDraft]) -> Desktop:
    """The same with the bytes of our own drafts: that a draft is there proves nothing about what it says."""
    uids = sorted({uid for row in rows if (uid := desktop.holding(row)) is not None})
    return replace(desktop, raws=dict(box.bodies(desktop.folder, uids, DRAFT_CAP)) if uids else {})


def carries(headers: Headers, draft: OpenDraft) -> bool:
    """Whether a message is this draft, by its Message-ID or by the token among its References."""
    return headers.message_id == draft.identity.message_id or draft.identity.token in headers.parents


def reconcile(
    box: Mailbox, world: World, now: datetime, *, drafts_gone: bool = False
) -> tuple[tuple[Outcome, ...], frozenset[str]]:
    """What became of every open draft of this account; and the addresses for which the owner keeps drafts of their own.

    `drafts_gone` is the owner's word that drafts gone without a trace were thrown away on purpose.
    """
    with world.store.begin() as session:
        rows = ledger.open(session, box.account)
    desktop = with_words(box, look_at_drafts(box), [row for row in rows if row.state in UNTOUCHED])
    reached("reconcile")
    outcomes = tuple(o for row in rows if (o := _outcome(box, world, desktop, row, now)) is not None)
    if drafts_gone:
        outcomes = tuple(
            replace(o, state=DraftState.DELETED, why="the owner says so") if o.state is DraftState.MISSING else o
            for o in outcomes
        )
    else:
        _refuse_a_massacre(rows, outcomes)
    with world.store.begin() as session:
        for outcome in outcomes:
            _keep(session, desktop, outcome, now)
        cases.touch(session, {o.draft.person for o in outcomes})
    reached("commit_outcome")
    return outcomes, owners_drafts(desktop, rows)


def owners_drafts(desktop: Desktop, rows: tuple[OpenDraft, ...]) -> frozenset[str]:
    """Addresses that somebody's hand is writing to: drafts that carry no identity of ours."""
    strangers = (h for h in desktop.headers.values() if not any(carries(h, row) for row in rows))
    return frozenset(address.addr for headers in strangers for address in (*headers.to, *headers.cc))


def _outcome(box: Mailbox, world: World, desktop: Desktop, draft: OpenDraft, now: datetime) -> Outcome | None:
    """The draft's new state, or None where nothing has changed."""
    uid = desktop.holding(draft)
    if draft.state is DraftState.INTENDED:
        return _settle_intent(box, desktop, draft, uid, now)
    if uid is not None:
        return _still_there(desktop, draft, uid)
    elsewhere = _elsewhere(box, draft)
    if elsewhere is not None:
        return elsewhere
    with world.store.begin() as session:
        if ledger.written_since(session, draft.person, draft.created, draft.identity.message_id):
            return Outcome(draft=draft, state=DraftState.CLOSED, why="the owner wrote by hand")
    return Outcome(draft=draft, state=DraftState.MISSING, why="it is gone from Drafts, and neither Sent nor Trash holds it")


def _settle_intent(box: Mailbox, desktop: Desktop, draft: OpenDraft, uid: int | None, now: datetime) -> Outcome | None:
    """An earlier run stopped somewhere around its APPEND: find out whether it happened, and never guess."""
    if uid is not None:
        if is_as_written(desktop, uid, draft):
            return Outcome(draft=draft, state=DraftState.OPEN, why="an earlier run had written it")
        return Outcome(draft=draft, state=DraftState.EDITED, why=CHANGED)
    if elsewhere := _elsewhere(box, draft):
        return elsewhere
    if now - draft.created < PATIENCE:
        return None  # a delayed APPEND may still land
    return Outcome(draft=draft, state=DraftState.FAILED, why="it never reached the mailbox")


def _still_there(desktop: Desktop, draft: OpenDraft, uid: int) -> Outcome | None:
    if draft.state is DraftState.EDITED:
        return None
    if draft.state is DraftState.MISSING:
        # back again after having been missed (a client that recalls and postpones): whose hand it was cannot be told
        return Outcome(draft=draft, state=DraftState.EDITED, why="it came back")
    if not _is_untouched(desktop, draft, uid):
        return Outcome(draft=draft, state=DraftState.EDITED, why=CHANGED)
    if (uid, desktop.uidvalidity) != (draft.uid, draft.uidvalidity):
        return Outcome(draft=draft, state=DraftState.OPEN, why="the folder was numbered anew")
    return None


def _is_untouched(desktop: Desktop, draft: OpenDraft, uid: int) -> bool:
    """Every byte as it was seen right after it was written. Another number is a client's saving, unless all numbers are new."""
    if len(desktop.copies(draft)) > 1:
        return False
    renumbered = desktop.uidvalidity != draft.uidvalidity
    return (renumbered or uid == draft.uid) and uid in desktop.raws and digest(desktop.raws[uid]) == draft.digest


def is_as_written(desktop: Desktop, uid: int, draft: OpenDraft) -> bool:
    """Whether what lies in Drafts says what was appended, to whom it was appended. Encoding, line ends and header fields that the
    server adds do not count: it may store a mail in its own way."""
    headers, raw = desktop.headers[uid], desktop.raws.get(uid)
    if raw is None or message_from_bytes(raw).is_multipart() or headers.cc or [a.addr for a in headers.to] != [draft.to]:
        return False
    return text_hash(raw) == words_hash(draft.text)


def _elsewhere(box: Mailbox, draft: OpenDraft) -> Outcome | None:
    """Look a missing draft up in Sent, then in Trash."""
    for folder in box.folders():
        if folder.role is Role.SENT and (
            found := box.find(draft.identity.message_id, folder) or box.find(draft.identity.token, folder)
        ):
            return Outcome(draft=draft, state=DraftState.SENT, why=f"found in {folder.name}", found=found[0])
    for folder in box.folders():
        if folder.role is Role.TRASH and (
            found := box.find(draft.identity.message_id, folder) or box.find(draft.identity.token, folder)
        ):
            state = DraftState.WITHDRAWN if draft.withdrawing else DraftState.DELETED
            return Outcome(draft=draft, state=state, why=draft.withdrawing or f"found in {folder.name}", found=found[0])
    return _among_gestures(box, draft)


def _among_gestures(box: Mailbox, draft: OpenDraft) -> Outcome | None:
    """The owner moved it into a folder of gestures: as a draft, which is put away by that, or after it was sent."""
    for _, folder in gesture_folders(box.folders()):
        if found := box.find(draft.identity.message_id, folder) or box.find(draft.identity.token, folder):
            is_draft = "\\Draft" in box.flags(folder, [found[0].uid]).get(found[0].uid, ())
            state = DraftState.DELETED if is_draft else DraftState.SENT
            return Outcome(draft=draft, state=state, why=f"found in {folder.name}", found=found[0])
    return None


def _refuse_a_massacre(rows: tuple[OpenDraft, ...], outcomes: tuple[Outcome, ...]) -> None:
    gone = sum(o.state is DraftState.MISSING and o.draft.state is not DraftState.MISSING for o in outcomes)
    if gone > VANISHED and gone * 2 > len(rows):
        raise MailboxSuspicious(
            f"{gone} of {len(rows)} drafts are gone at once and nothing shows where. Look at the Drafts folder; "
            "nothing was concluded. If you deleted them on purpose, run `nurture run --drafts-gone`."
        )


def _keep(session: Session, desktop: Desktop, outcome: Outcome, now: datetime) -> None:
    draft = outcome.draft
    if outcome.state is DraftState.OPEN:
        uid = desktop.holding(draft)
        assert uid is not None  # so it was found
        keep = ledger.confirm if draft.state is DraftState.INTENDED else ledger.renumber
        keep(session, draft.id, baseline_of(desktop, uid), now)
    elif outcome.state is not draft.state:
        ledger.move(session, draft.id, outcome.state, now, outcome.why)


def baseline_of(desktop: Desktop, uid: int) -> Baseline:
    """What the server holds of a draft, the measure against which a human's hand will be seen."""
    raw = desktop.raws[uid]
    return Baseline(
        uid=uid, uidvalidity=desktop.uidvalidity, digest=digest(raw), text_hash=text_hash(raw), size=desktop.sizes[uid]
    )  # fmt: skip


def look_back(box: Mailbox, draft: OpenDraft) -> tuple[Baseline, bool] | None:
    """What the server holds of a draft, and whether that is what was appended; None: it is not in Drafts."""
    desktop = with_words(box, look_at_drafts(box), (draft,))
    uid = desktop.holding(draft)
    if uid is None or uid not in desktop.raws:
        return None
    return baseline_of(desktop, uid), is_as_written(desktop, uid, draft)
