"""The review sheet in the mailbox: at most one lies there, and at most one a day calls for the owner.

Intended, done, confirmed, as drafts are. The old one goes to Trash before the new one is written, and only if it is ours and nobody
touched it: byte for byte as it was, neither flagged nor answered. What somebody kept is theirs for ever.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nurture.config import AccountConfig
from nurture.conversations import company_of, is_no_reply, is_role_address, name_words
from nurture.drafts import digest, text_hash
from nurture.errors import FoldersFault, NurtureError, OutcomeUnknown
from nurture.mailbox import Folder, Found, Mailbox, Role, sheet_folder
from nurture.messages import Address
from nurture.reconcile import DRAFT_CAP, PATIENCE, has_folder, role_folder
from nurture.sheet import Sheet, compose, identity_of, wording
from nurture.steps import reached
from nurture.store import Baseline, SheetRow, meta, sheets, waiting
from nurture.summarise import summarise
from nurture.world import World

# Set by reading, or by a filter on its own. Any other flag is the owner's: a star, a tag, a label, an answer.
UNTOUCHED = frozenset({"\\seen", "\\recent", "nonjunk", "$notjunk", "notjunk", "junk", "$junk", "junkrecorded", "$hasattachment", "$hasnoattachment"})  # fmt: skip


class Posted(StrEnum):
    """What became of the sheet in one run."""

    POSTED = "posted"
    UNCHANGED = "unchanged"  # nothing to say that was not said, or today's lies there already
    NEVER = "never"  # the configuration wants none
    NO_FOLDER = "no-folder"
    SHARED = "shared"  # others read this mailbox, and the owner has not agreed to it
    STAYS = "stays"  # the old one cannot be moved, and two would be too many
    LATER = "later"  # whether it was written is for the next run to find out
    REFUSED = "refused"


NO_PLACE = frozenset({Posted.NEVER, Posted.NO_FOLDER})


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the sheet lies."""

    box: Mailbox
    folder: Folder
    account: AccountConfig


def post(boxes: Collection[Mailbox], world: World, now: datetime) -> Posted:
    """Post today's sheet, if there is a place for it and something to say. What came of it is remembered for `nurture status`."""
    try:
        done = _post(boxes, world, now)
    except FoldersFault:  # the drafts are done: a folder that cannot even be read is told by `status`, and fails no run
        done = Posted.REFUSED
    with world.store.begin() as session:
        before = meta.get(session, "sheet")
        settled = (
            done is not Posted.UNCHANGED or before in NO_PLACE
        )  # what stands in the way of a new one is seen when one is due
        if settled and before != done:
            meta.put(session, "sheet", done)
    return done


def _post(boxes: Collection[Mailbox], world: World, now: datetime) -> Posted:
    if world.config.privacy.sheet == "never":
        return Posted.NEVER
    place = place_of(boxes, world)
    if place is None:
        return Posted.NO_FOLDER
    old, today = _settled(place, world, now), now.astimezone(world.tz).date()
    if old and old.state == sheets.INTENDED:
        return Posted.LATER
    if old and old.day == today and old.waits:
        return Posted.UNCHANGED
    sheet = summarise(world, now)
    if not is_due(old, sheet):
        return Posted.UNCHANGED
    if others_read(world, place.account):
        return Posted.SHARED
    if old and old.state == sheets.OPEN:
        try:
            if not _taken_back(place, world, old, now):
                return Posted.STAYS
        except FoldersFault:  # a folder that may not be written to, a Trash that is full: no reason to fail a run
            return Posted.STAYS
        except OutcomeUnknown:
            return Posted.LATER  # the next run sees where it lies
    return _written(place, world, sheet, now)


def place_of(boxes: Collection[Mailbox], world: World) -> Place | None:
    """The first account that has the folder."""
    accounts = {account.key: account for account in world.config.accounts}
    for box in boxes:
        if (folder := sheet_folder(box.folders())) and box.account in accounts:
            return Place(box=box, folder=folder, account=accounts[box.account])
    return None


def is_due(old: SheetRow | None, sheet: Sheet) -> bool:
    """Something new is to be said. One that calls for the owner comes once a day; one that does not tells of gestures, or takes
    the place of one that called."""
    if old is None:
        return sheet.tells
    if old.gist == sheet.gist:
        return False
    if old.day == sheet.day:
        return sheet.waits and not old.waits
    return sheet.tells or (old.waits and old.state == sheets.OPEN)


# whose mailbox it is


def others_read(world: World, account: AccountConfig) -> str:
    """Why this mailbox seems to be read by others too; "" where it does not, or the owner has agreed to it."""
    if world.config.privacy.sheet == "shared":
        return ""
    address = account.address or world.config.owner.addresses[0]
    user = account.mailbox.user
    for name in (user, address):
        if name and is_role_address(name):
            return f"{name} is the address of nobody in particular"
    with world.store.begin() as session:
        senders = waiting.senders(session, account.key)
    colleague = any(_is_colleague(world, sender, name) for sender, name in senders)
    return "somebody else of your domain writes from it" if colleague else ""


def _is_colleague(world: World, sender: str, name: str) -> bool:
    """A human of the owner's own domain who bears another name."""
    domains = {company_of(address) for address in world.config.owner.addresses} - {None}
    if sender in world.config.owner.addresses or company_of(sender) not in domains:
        return False
    words, own = frozenset(name_words(name)), frozenset(name_words(world.config.owner.name))
    return bool(words) and not words & own and not is_no_reply(sender) and not is_role_address(sender)


# what became of the last one


def _settled(place: Place, world: World, now: datetime) -> SheetRow | None:
    """The last sheet; where an earlier run stopped around its APPEND, what came of it."""
    with world.store.begin() as session:
        row = sheets.newest(session, place.account.key)
    if row is None or row.state != sheets.INTENDED:
        return row
    if not _confirmed(place, world, row, now):
        if _is_in_trash(place.box, row.message_id):
            _end(world, row, sheets.GONE, now)
        elif now - row.created >= PATIENCE:  # a delayed APPEND may land before
            _end(world, row, sheets.FAILED, now)
    with world.store.begin() as session:
        return sheets.newest(session, place.account.key)


def _confirmed(place: Place, world: World, row: SheetRow, now: datetime) -> bool:
    """Look back at what the mailbox holds; what does not say what was written has been in somebody's hands. False: not there."""
    found = place.box.find(row.message_id, place.folder)
    if not found:
        return False
    raw = _raw(place, found[0])
    if len(found) > 1 or raw is None or text_hash(raw) != row.words:
        _end(world, row, sheets.KEPT, now)
        return True
    one = found[0]
    baseline = Baseline(uid=one.uid, uidvalidity=one.uidvalidity, digest=digest(raw), text_hash=row.words, size=one.size)
    with world.store.begin() as session:
        sheets.confirm(session, row.id, baseline)
    return True


def _raw(place: Place, found: Found) -> bytes | None:
    return next((raw for _, raw in place.box.bodies(place.folder, [found.uid], DRAFT_CAP)), None)


def _is_in_trash(box: Mailbox, message_id: str) -> bool:
    return any(f.role is Role.TRASH and box.find(message_id, f) for f in box.folders())


def _end(world: World, row: SheetRow, state: str, now: datetime) -> None:
    with world.store.begin() as session:
        sheets.end(session, row.id, state, now)


def _taken_back(place: Place, world: World, row: SheetRow, now: datetime) -> bool:
    """Whether the way is free for a new one: the old one went to Trash, is gone, or has become the owner's."""
    found = place.box.find(row.message_id, place.folder)
    if not found:
        _end(world, row, sheets.GONE, now)
        return True
    one, raw = found[0], _raw(place, found[0])
    flags = place.box.flags(place.folder, [one.uid]).get(one.uid)
    if len(found) > 1 or raw is None or digest(raw) != row.digest or is_touched(flags):
        _end(world, row, sheets.KEPT, now)
        return True
    if not has_folder(place.box, Role.TRASH):
        return False
    reached("before_sheet_moved")
    moved = place.box.withdraw(place.folder, one.uid, one.uidvalidity, row.digest, role_folder(place.box, Role.TRASH))
    reached("after_sheet_moved")
    if moved:
        _end(world, row, sheets.REPLACED, now)
        reached("commit_sheet_moved")
    return moved


def is_touched(flags: Collection[str] | None) -> bool:
    """Whether somebody marked it; what has no flags that could be seen counts as marked."""
    return flags is None or not {flag.lower() for flag in flags} <= UNTOUCHED


# the new one


def _written(place: Place, world: World, sheet: Sheet, now: datetime) -> Posted:
    owner = Address(addr=place.account.address or world.config.owner.addresses[0], name=world.config.owner.name)
    with world.store.begin() as session:
        number = sheets.made_on(session, place.account.key, sheet.day)
    key, domain = world.suppression.key, owner.addr.rpartition("@")[2]
    message_id = identity_of(place.account.key, sheet.day, number, key, domain)
    raw = compose(sheet, wording(world.config.owner.language), owner=owner, message_id=message_id, now=now.astimezone(world.tz))
    row = _intended(place, world, sheet, number, message_id, text_hash(raw), now)
    if place.box.find(message_id, place.folder) or _is_in_trash(place.box, message_id):  # of a database that was lost
        if not _confirmed(place, world, row, now):
            _end(world, row, sheets.GONE, now)
        return Posted.UNCHANGED
    return _appended(place, world, row, raw, now)


def _intended(place: Place, world: World, sheet: Sheet, number: int, message_id: str, words: str, now: datetime) -> SheetRow:
    row = SheetRow(
        id=0, account=place.account.key, folder=place.folder.name, day=sheet.day, number=number, state=sheets.INTENDED, message_id=message_id,
        waits=sheet.waits, gist=sheet.gist, words=words, uid=None, uidvalidity=None, digest="", created=now,
    )  # fmt: skip
    with world.store.begin() as session:
        row = sheets.intend(session, row)
    reached("commit_sheet_intent")
    return row


def _appended(place: Place, world: World, row: SheetRow, raw: bytes, now: datetime) -> Posted:
    try:
        place.box.append_sheet(place.folder, raw, seen=not row.waits)
    except OutcomeUnknown:
        return Posted.LATER  # stays intended: the next run finds out, this one must not try again
    except NurtureError as refusal:
        _end(world, row, sheets.FAILED, now)
        if isinstance(refusal, FoldersFault):
            return Posted.REFUSED
        raise
    reached("after_sheet")
    if not _confirmed(place, world, row, now):
        return Posted.LATER
    reached("commit_sheet")
    return Posted.POSTED
