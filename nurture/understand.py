"""Line one, second half: read the words of kept messages, oldest first, for people alive within `lookback`.

What a message says depends on what was said before it, so folders are read in the order of time, not of UIDs. The text
is let go at once; its reading, hashes and quotes stay (design, "What is kept").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from nurture.conversations import first_name, is_role_address
from nurture.mailbox import Folder, Mailbox
from nurture.messages import Kind, Message, parse, sentence_hashes
from nurture.stages import READER, Context, Reading, read
from nurture.steps import reached
from nurture.store import Session, Unread, cases, messages, people
from nurture.world import World

CHUNK = 200
BODY_CAP = 1024 * 1024  # bytes


def understand(box: Mailbox, world: World, since: datetime) -> tuple[int, int]:
    """Read the words of every kept message of this account that no current reader has read. Returns (read, set aside)."""
    folders = {folder.name: folder for folder in box.folders()}
    done = aside = 0
    while True:
        with world.store.begin() as session:
            total, unread = messages.unread_by(session, READER, account=box.account, alive_since=since, limit=CHUNK)
        if not unread:
            return done, aside
        read_now, missed = _read_chunk(box, world, folders, unread)
        done, aside = done + read_now, aside + missed
        world.progress("Understanding", done + aside, done + aside + total - len(unread))


def _read_chunk(box: Mailbox, world: World, folders: dict[str, Folder], unread: tuple[Unread, ...]) -> tuple[int, int]:
    parsed = dict(_parsed(box, folders, unread))
    reached("bodies")
    with world.store.begin() as session:
        for row in unread:  # oldest first: each reading is the context of the next
            if message := parsed.get(row.key):
                _keep_reading(session, world, row, message)
            else:
                messages.give_up(session, row.key)
        cases.touch(session, {p for row in unread for p in row.relations})
    reached("commit_reading")
    return len(parsed), len(unread) - len(parsed)


def _parsed(box: Mailbox, folders: dict[str, Folder], unread: tuple[Unread, ...]) -> Iterator[tuple[int, Message]]:
    by_folder: dict[str, dict[int, Unread]] = defaultdict(dict)
    for row in unread:
        by_folder[row.folder][row.uid] = row
    for name, rows in by_folder.items():
        folder = folders.get(name)
        if folder is None or box.position(folder).uidvalidity != next(iter(rows.values())).uidvalidity:
            continue
        for uid, raw in box.bodies(folder, sorted(rows), BODY_CAP):
            message = parse(raw, received=rows[uid].received, prior=rows[uid].lang)
            if message.headers.message_id == rows[uid].headers_message_id:
                yield rows[uid].key, message


def _keep_reading(session: Session, world: World, row: Unread, message: Message) -> None:
    person = next(iter(row.relations), None)
    before = messages.context(session, person, row.sent) if person is not None else None
    context = Context(
        ours=row.ours,
        lang=before.lang if before else None,
        awaits=before.awaits if before else None,
        awaits_quote=before.awaits_quote if before else "",
        first=before is None,
        offer_out=bool(before and before.offer_out),
        sent=row.sent.astimezone(timezone(timedelta(minutes=row.offset))).date(),
    )
    reading = read(message, context)
    messages.keep_reading(session, row.key, reading, kind=message.kind, notice=message.notice, lang=message.lang)
    if row.ours:
        messages.keep_said(session, row.key, sentence_hashes(message.new_text, world.suppression.key))
    _learn(session, row, message, reading)


def _learn(session: Session, row: Unread, message: Message, reading: Reading) -> None:
    """What a message tells about the person themselves; the newest word wins, since chunks come oldest first."""
    if message.kind is not Kind.HUMAN:
        return
    for person, by in row.relations.items():
        sender = message.headers.sender
        if by == "them" and sender:
            people.learn(
                session, person, name=sender.name or None, first_name=first_name(sender.name),
                lang=message.lang, register=reading.register, role_address=is_role_address(sender.addr),
            )  # fmt: skip
        elif by == "us" and reading.register:
            people.learn(session, person, register_ours=reading.register)
