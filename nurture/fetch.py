"""Line one of the story: read what is new. Headers first, conversations only; what concerns nobody leaves no trace.

Sent is read first, since it says who was written to. Each window of header rows is committed together with the folder's
watermark, so a killed run goes on where it stopped. The words are read afterwards, by `understand`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from nurture.conversations import Directory, Relation, is_ours, looks_bulk, relate
from nurture.errors import MailboxSuspicious
from nurture.mailbox import Folder, Mailbox, Position, Role, Row, reading_folders
from nurture.messages import Address, Headers, Kind, Mark, Message, parse, parse_headers
from nurture.stages import Context, Signal, read
from nurture.steps import reached
from nurture.store import Kept, Session, Watermark, cases, folders, messages, people
from nurture.world import World

WINDOW = 500
LETTER_CAP = 64 * 1024  # bytes of a report or first letter that are enough to know whom it concerns
EMPTIED = 20  # a folder that held at least so many messages and now holds none looks wrong
SHOWS_A_PROSPECT = frozenset(
    {Signal.INTEREST, Signal.NEED, Signal.RESULT, Signal.MEASURE, Signal.PRICE_QUESTION, Signal.FEATURE_REQUEST,
     Signal.INFO_REQUEST, Signal.MEETING, Signal.PROPOSAL_REQUEST}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FolderRead:
    """What one folder gave: `new` messages seen, `kept` because they concern somebody, `aside` because they could not be read."""

    folder: str
    new: int = 0
    kept: int = 0
    aside: int = 0


@dataclass
class Desk:
    """One account being read: the open mailbox, and who is known so far."""

    box: Mailbox
    world: World
    now: datetime
    directory: Directory | None = None

    def known(self, session: Session) -> Directory:
        """The directory, loaded at the first new message only: a run with nothing new does not pay for it."""
        if self.directory is None:
            self.directory = people.directory(session)
        return self.directory

    @property
    def since(self) -> datetime:
        return self.now - timedelta(days=30.5 * self.world.config.lookback_months)


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
    rows = desk.box.rows(folder, first)
    return _keep_rows(desk, folder, position, rows, total=position.uidnext - first)


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
    aim = position.uidnext
    for window in _windows(rows):
        count = _keep_window(desk, folder, position, window, next_uid=window[-1].uid + 1)
        new, kept = new + len(window), kept + count
        desk.world.progress(f"Reading {folder.name}", min(new, total), total)
    with desk.world.store.begin() as session:
        folders.keep(
            session,
            desk.box.account,
            folder.name,
            folder.role,
            uidvalidity=position.uidvalidity,
            next_uid=aim,
            exists=position.exists,
        )
    return FolderRead(folder=folder.name, new=new, kept=kept)


def _windows(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stream = iter(rows)
    while window := list(islice(stream, WINDOW)):
        reached("rows")
        yield window


def _keep_window(desk: Desk, folder: Folder, position: Position, window: list[Row], *, next_uid: int | None) -> int:
    """Keep what concerns somebody in one window of rows, together with the watermark; returns how many."""
    read_rows = [(row, parse_headers(row.header, row.received)) for row in window]
    with desk.world.store.begin() as session:
        letters = _letters(desk, session, folder, read_rows)
        found = [
            k for row, headers in read_rows if (k := _keep(desk, session, folder, position, row, headers, letters.get(row.uid)))
        ]
        keys = messages.add_many(session, found)
        _index(desk, session, found, keys)
        if next_uid is not None:
            folders.keep(
                session,
                desk.box.account,
                folder.name,
                folder.role,
                uidvalidity=position.uidvalidity,
                next_uid=next_uid,
                exists=position.exists,
            )
    reached("commit_rows")
    return len(found)


def _index(desk: Desk, session: Session, found: list[Kept], keys: list[int]) -> None:
    """Let later rows of this run be recognised as part of what was just kept."""
    directory = desk.known(session)
    touched: set[int] = set()
    for kept, _key in zip(found, keys, strict=True):
        for person in kept.relations:
            directory.add_message(person, kept.headers.message_id, kept.headers.subject)
        touched.update(kept.relations)
    cases.touch(session, touched)


def _letters(desk: Desk, session: Session, folder: Folder, rows: list[tuple[Row, Headers]]) -> dict[int, Message]:
    """The words of those few whose headers do not say whom they concern: delivery reports, and strangers' first letters."""
    directory = desk.known(session)
    wanted = {
        row.uid: (row, h)
        for row, h in rows
        if is_report(h) or (folder.role is Role.INBOX and may_be_first_letter(h, desk, directory, row))
    }
    bodies = desk.box.bodies(folder, sorted(wanted), LETTER_CAP) if wanted else ()
    return {uid: parse(raw, received=wanted[uid][0].received) for uid, raw in bodies}


def is_report(headers: Headers) -> bool:
    """A delivery report, by its headers."""
    return not headers.failed_recipients and bool(headers.marks & {Mark.REPORT, Mark.MAILER_DAEMON, Mark.NULL_SENDER})


def may_be_first_letter(headers: Headers, desk: Desk, directory: Directory, row: Row) -> bool:
    """Whether an unknown human may have written in first: only where everybody is followed, and only lately."""
    sender = headers.sender
    if desk.world.config.follow != "all" or sender is None or headers.marks or row.received < desk.since:
        return False
    if is_ours(sender.addr, desk.world.owner) or directory.person_of(sender.addr) is not None or looks_bulk(sender.addr):
        return False
    return any(is_ours(a.addr, desk.world.owner) for a in headers.to) and not excluded(sender, desk.world)


def excluded(address: Address, world: World) -> bool:
    """Never followed: own domains, and what the owner excludes."""
    return (
        address.domain in world.owner.domains
        or address.addr in world.config.exclude
        or f"@{address.domain}" in world.config.exclude
    )


def _keep(
    desk: Desk, session: Session, folder: Folder, position: Position, row: Row, headers: Headers, letter: Message | None
) -> Kept | None:
    if letter and letter.notice.failed and not headers.failed_recipients:
        headers = replace(headers, failed_recipients=letter.notice.failed)
    directory = desk.known(session)
    relation = relate(headers, directory, desk.world.owner)
    if _meet_newcomers(desk, session, directory, relation, headers, letter, folder):
        relation = relate(headers, directory, desk.world.owner)
    for person, address in relation.joins:
        people.join(session, person, address)
        directory.add_address(person, address)
    if not relation.by:
        return None
    shown = letter or parse_kind(headers)
    return Kept(
        account=desk.box.account, folder=folder.name, uid=row.uid, uidvalidity=position.uidvalidity, id=message_key(headers),
        headers=headers, received=row.received, size=row.size, ours="us" in relation.by.values(), kind=shown.kind, notice=shown.notice,
        lang=shown.lang, junk=folder.role is Role.JUNK, relations=dict(relation.by),
    )  # fmt: skip


def parse_kind(headers: Headers) -> Message:
    """What the headers alone say of the sender; the words come later."""
    if headers.marks & {Mark.LIST, Mark.BULK}:
        return Message(headers=headers, kind=Kind.BULK)
    return Message(headers=headers, kind=Kind.CALENDAR if Mark.CALENDAR in headers.marks else Kind.HUMAN)


def message_key(headers: Headers) -> str:
    """The Message-ID, or a digest of the headers where there is none."""
    if headers.message_id:
        return headers.message_id
    facts = (headers.sender.addr if headers.sender else "", headers.subject, str(headers.sent), *(a.addr for a in headers.to))
    return "sha256:" + hashlib.sha256("\n".join(facts).encode(errors="replace")).hexdigest()


def _meet_newcomers(
    desk: Desk,
    session: Session,
    directory: Directory,
    relation: Relation,
    headers: Headers,
    letter: Message | None,
    folder: Folder,
) -> int:
    """Where everybody is followed: whom the owner wrote to, and who wrote in with a prospect's signal. Returns how many were met."""
    if desk.world.config.follow != "all":
        return 0
    met = 0
    if relation.ours:
        for address in relation.written_to:
            if address in headers.to and directory.person_of(address.addr) is None and not excluded(address, desk.world):
                met += _meet(desk, session, directory, address, "written to")
    elif letter and headers.sender and letter.kind is Kind.HUMAN and folder.role is Role.INBOX and not is_report(headers):
        reading = read(letter, Context(ours=False, sent=headers.sent.date() if headers.sent else None))
        if reading.signals & SHOWS_A_PROSPECT:
            met += _meet(desk, session, directory, headers.sender, "wrote in")
    return met


def _meet(desk: Desk, session: Session, directory: Directory, address: Address, source: str) -> int:
    key = people.add(session, address=address.addr, name=address.name, source=source, followed=True, now=desk.now)
    directory.add_person(key, address)
    return 1


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
