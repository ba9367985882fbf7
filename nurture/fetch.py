"""Line one of the story: read what is new. Headers first, conversations only; what concerns nobody leaves no trace.

Sent is read first, in every account, since it says who was written to; Trash and Junk last, for signs of life alone. Each window
of header rows is committed together with the folder's watermark, so a killed run goes on where it stopped; what could not be read
is tried again by later runs. Whoever becomes known has a past: it is found in the same run, before anything is judged. The words
are read afterwards, by `understand`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nurture.heed import heed
from nurture.intake import NEW, FolderRead, keep_mark, look_again, take_in, take_in_uids, windows
from nurture.mailbox import Folder, Mailbox, Role
from nurture.past import read_pasts
from nurture.recognise import Desk, Known
from nurture.store import GestureRow, SkippedRow, folders, people
from nurture.survey import refuse_what_looks_wrong, survey
from nurture.world import World

SPAN = 500  # UIDs of new mail among which a gap is looked at once more
GAPS = 50
LOST = timedelta(days=1)  # for so long what vanished while it was read is looked for


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What each folder gave, and what the owner said by gesture."""

    read: tuple[FolderRead, ...]
    heeded: tuple[GestureRow, ...]


def fetch(boxes: Iterable[Mailbox], world: World, now: datetime, *, changed: bool = False) -> Fetched:
    """Read the header rows of everything new in these accounts, keep what concerns somebody, and heed the owner's gestures.

    Raises MailboxSuspicious where an account looks wrong, before anything of it is read. `changed` is the owner's word that it is right.
    """
    desks = _desks(boxes, world, now, changed=changed)
    reads = [_read_folder(desk, folder) for desk, folder in _folders(desks, sent=True)]
    look_again(desks)
    for desk in desks:
        _note_who_was_met_in_time(desk)
        reads += _try_again(desk)
    reads += [_read_folder(desk, folder) for desk, folder in _folders(desks, sent=False)]
    look_again(desks)
    heeded = heed(desks)  # after everything new: whose second address something came from is known by now
    reads += read_pasts(desks)
    return Fetched(read=tuple(reads), heeded=heeded)


def _desks(boxes: Iterable[Mailbox], world: World, now: datetime, *, changed: bool) -> list[Desk]:
    known = Known()
    desks = [Desk(box=box, world=world, now=now, survey=survey(box, world.store), people=known) for box in boxes]
    for desk in desks:
        if not changed:
            refuse_what_looks_wrong(desk.box.account, desk.survey)
    for desk in desks:
        gone = desk.survey.marks.keys() - desk.survey.positions.keys()
        if gone:
            with world.store.begin() as session:
                folders.drop(session, desk.box.account, gone)
    return desks


def _folders(desks: Sequence[Desk], *, sent: bool) -> list[tuple[Desk, Folder]]:
    return [(desk, folder) for desk in desks for folder in desk.survey.folders if (folder.role is Role.SENT) == sent]


def _note_who_was_met_in_time(desk: Desk) -> None:
    """Whoever is known before anything but sent mail was read here needs no search: all the rest is still to be read."""
    if desk.survey.fresh:
        with desk.world.store.begin() as session:
            known = people.unsearched(session, desk.box.account)
            people.searched(session, desk.box.account, [row.person.key for row in known])


def _read_folder(desk: Desk, folder: Folder) -> FolderRead:
    if desk.survey.unchanged(folder):
        _note_how_many(desk, folder)
        return FolderRead(folder=folder.name)
    position, first = desk.survey.positions[folder.name], desk.survey.first_new_uid(folder)
    seen: set[int] = set()
    kept, total = 0, position.uidnext - first
    for window in windows(row for row in desk.box.rows(folder, first) if row.uid < position.uidnext):
        kept += take_in(desk, folder, window, next_uid=window[-1].uid + 1)
        seen.update(row.uid for row in window)
        desk.world.progress(f"Reading {folder.name}", min(len(seen), total), total)
    skipped = _skipped(desk, folder, seen, first) if len(seen) < total else []
    with desk.world.store.begin() as session:
        folders.skip(session, desk.box.account, skipped)
        keep_mark(session, desk, folder, position, position.uidnext)
    return FolderRead(folder=folder.name, new=len(seen), kept=kept, aside=sum(row.there for row in skipped))


def _note_how_many(desk: Desk, folder: Folder) -> None:
    """A folder that shrank little by little did not vanish at once."""
    position, mark = desk.survey.positions[folder.name], desk.survey.marks[folder.name]
    if position.exists != mark.exists:
        with desk.world.store.begin() as session:
            keep_mark(session, desk, folder, position, mark.next_uid)


def _skipped(desk: Desk, folder: Folder, seen: Collection[int], first: int) -> list[SkippedRow]:
    """What should have been read and was not: it cannot be read, or it vanished meanwhile and may come back under its number."""
    position = desk.survey.positions[folder.name]
    there = {uid for uid in desk.box.uids(folder) if first <= uid < position.uidnext}
    gone: set[int] = set()
    if first > 1 and position.uidnext - first <= SPAN:
        gone = set(sorted(set(range(first, position.uidnext)) - there - set(seen))[-GAPS:])
    return [_row(desk, folder, uid, there=uid in there) for uid in sorted((there - set(seen)) | gone)]


def _row(desk: Desk, folder: Folder, uid: int, *, there: bool) -> SkippedRow:
    validity = desk.survey.positions[folder.name].uidvalidity
    return SkippedRow(folder=folder.name, uid=uid, uidvalidity=validity, since=desk.now, there=there)


def _try_again(desk: Desk) -> Iterator[FolderRead]:
    """What earlier runs could not read."""
    with desk.world.store.begin() as session:
        rows = folders.skipped(session, desk.box.account)
    for folder in desk.survey.folders if rows else ():
        mine = [row for row in rows if row.folder == folder.name]
        if mine:
            yield _try_again_in(desk, folder, mine)


def _try_again_in(desk: Desk, folder: Folder, rows: list[SkippedRow]) -> FolderRead:
    validity = desk.survey.positions[folder.name].uidvalidity
    waiting = {row.uid: row for row in rows if row.uidvalidity == validity}
    found = {row.uid for row in desk.box.rows_of(folder, sorted(waiting))}
    kept = take_in_uids(desk, folder, found, NEW)
    there = set(desk.box.uids(folder)) if found < waiting.keys() else set()
    lost = {uid for uid, row in waiting.items() if uid not in there and desk.now - row.since > LOST}
    still = [_row(desk, folder, uid, there=uid in there) for uid in sorted(waiting.keys() - found - lost)]
    with desk.world.store.begin() as session:
        folders.no_longer_skipped(session, desk.box.account, folder.name, {r.uid for r in rows} - {r.uid for r in still})
        folders.skip(session, desk.box.account, still)
    return FolderRead(folder=folder.name, new=len(found), kept=kept)
