"""Line one of the story: read what is new. Headers first, conversations only; what concerns nobody leaves no trace.

Sent is read first, since it says who was written to. Each window of header rows is committed together with the folder's
watermark, so a killed run goes on where it stopped. The words are read afterwards, by `understand`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from nurture.errors import MailboxSuspicious
from nurture.mailbox import Folder, Mailbox, Position, Row, reading_folders
from nurture.recognise import Desk, arrivals, recognise
from nurture.steps import reached
from nurture.store import Kept, Session, Watermark, cases, folders, messages, people
from nurture.world import World

WINDOW = 500
EMPTIED = 20  # a folder that held at least so many messages and now holds none looks wrong


@dataclass(frozen=True, kw_only=True)
class FolderRead:
    """What one folder gave: `new` messages seen, `kept` because they concern somebody, `aside` because they could not be read."""

    folder: str
    new: int = 0
    kept: int = 0
    aside: int = 0


def fetch(box: Mailbox, world: World, now: datetime) -> tuple[FolderRead, ...]:
    """Read the header rows of everything new in one account, Sent first, and keep what concerns somebody."""
    desk = Desk(box, world, now)
    found = reading_folders(box.folders())
    reached("list")
    with world.store.begin() as session:
        fresh = not any(folders.watermark(session, box.account, f.name) for f in found)
    reads = [_read_folder(desk, folder) for folder in found]
    return (*reads, *_read_pasts(desk, found, fresh=fresh))


def _read_folder(desk: Desk, folder: Folder) -> FolderRead:
    position = desk.box.position(folder)
    reached("select")
    with desk.world.store.begin() as session:
        mark = folders.watermark(session, desk.box.account, folder.name)
    first = first_new_uid(folder, position, mark)
    if mark and first >= position.uidnext and mark.uidvalidity == position.uidvalidity:
        return FolderRead(folder=folder.name)
    return _keep_rows(desk, folder, position, desk.box.rows(folder, first), total=position.uidnext - first)


def first_new_uid(folder: Folder, position: Position, mark: Watermark | None) -> int:
    """Where to read on. Raises MailboxSuspicious when the folder cannot be the one that was read before."""
    if mark is None:
        return 1
    if mark.exists >= EMPTIED and position.exists == 0:
        raise MailboxSuspicious(
            f"The folder {folder.name} held {mark.exists} messages and is empty now. Look at the mailbox; nothing was concluded from it."
        )
    if mark.uidvalidity != position.uidvalidity:
        return 1  # UIDs mean nothing any more; messages are recognised by their Message-IDs
    if position.uidnext < mark.next_uid:
        raise MailboxSuspicious(
            f"The folder {folder.name} counts backwards (UIDNEXT {position.uidnext} after {mark.next_uid}). "
            "Look at the mailbox, or ask its provider whether it was restored."
        )
    return mark.next_uid


def _keep_rows(desk: Desk, folder: Folder, position: Position, rows: Iterable[Row], *, total: int) -> FolderRead:
    new = kept = 0
    for window in _windows(rows):
        kept += _keep_window(desk, folder, position, window, next_uid=window[-1].uid + 1)
        new += len(window)
        desk.world.progress(f"Reading {folder.name}", min(new, total), total)
    with desk.world.store.begin() as session:
        _keep_mark(session, desk, folder, position, position.uidnext)
    return FolderRead(folder=folder.name, new=new, kept=kept)


def _windows(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stream = iter(rows)
    while window := list(islice(stream, WINDOW)):
        reached("rows")
        yield window


def _keep_window(desk: Desk, folder: Folder, position: Position, window: list[Row], *, next_uid: int | None) -> int:
    """Keep what concerns somebody in one window of rows, together with the watermark; returns how many."""
    with desk.world.store.begin() as session:
        met = arrivals(desk, session, folder, position.uidvalidity, window)
        found = [kept for arrival in met if (kept := recognise(desk, session, arrival))]
        messages.add_many(session, found)
        _index(desk, session, found)
        if next_uid is not None:
            _keep_mark(session, desk, folder, position, next_uid)
    reached("commit_rows")
    return len(found)


def _keep_mark(session: Session, desk: Desk, folder: Folder, position: Position, next_uid: int) -> None:
    mark = Watermark(uidvalidity=position.uidvalidity, next_uid=next_uid, exists=position.exists)
    folders.keep(session, desk.box.account, folder.name, folder.role, mark)


def _index(desk: Desk, session: Session, found: list[Kept]) -> None:
    """Let later rows of this run be recognised as part of what was just kept."""
    directory = desk.known(session)
    touched: set[int] = set()
    for kept in found:
        for person in kept.relations:
            directory.add_message(person, kept.headers.message_id, kept.headers.subject)
        touched.update(kept.relations)
    cases.touch(session, touched)


def _read_pasts(desk: Desk, found: tuple[Folder, ...], *, fresh: bool) -> Iterator[FolderRead]:
    """The past of newly known people, found by a server-side search of their addresses."""
    with desk.world.store.begin() as session:
        wanted = people.unsearched(session, desk.box.account)
    if wanted and not fresh:
        addresses = [a for row in wanted for a in row.person.addresses]
        for folder in found:
            yield from _read_past(desk, folder, addresses)
    with desk.world.store.begin() as session:
        people.searched(session, desk.box.account, [row.person.key for row in wanted])


def _read_past(desk: Desk, folder: Folder, addresses: list[str]) -> Iterator[FolderRead]:
    uids = sorted({uid for address in addresses for uid in desk.box.search_address(folder, address)})
    if not uids:
        return
    position, kept = desk.box.position(folder), 0
    for window in _windows(desk.box.rows_of(folder, uids)):
        kept += _keep_window(desk, folder, position, window, next_uid=None)
    yield FolderRead(folder=folder.name, kept=kept)
