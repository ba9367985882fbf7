"""Line one, second half: read the words of kept messages, oldest first, for people alive within `lookback`.

What a message says depends on what was said before it, so folders are read in the order of time, not of UIDs. The text
is let go at once; its reading, hashes and quotes stay (design, "What is kept").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from nurture.conversations import Entity, EntityKind, card_of, first_name, is_role_address, signed_by, told_by
from nurture.mailbox import Folder, Mailbox
from nurture.messages import Kind, Message, OurWords, link_hashes, our_words, parse, sentence_hashes
from nurture.stages import READER, Reading, Signal, between, context_after, read
from nurture.steps import reached
from nurture.store import Learnt, Past, Understood, Unread, cases, known, messages, people, readings
from nurture.world import World

CHUNK = 200
BODY_CAP = 1024 * 1024  # bytes
WRITTEN_BY_NOBODY = frozenset({Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.BULK, Kind.CHALLENGE, Kind.CALENDAR})
BEFORE = 20  # earlier messages that can matter to the next one


def understand(box: Mailbox, world: World, since: datetime) -> tuple[int, int]:
    """Read the words of every kept message of this account that no current reader has read. Returns (read, set aside)."""
    with world.store.begin() as session:
        keys = messages.unread_keys(session, READER, account=box.account, alive_since=since)
    if not keys:
        return 0, 0
    folders = {folder.name: folder for folder in box.folders()}
    done = 0
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        done += _read_chunk(box, world, folders, chunk)
        world.progress("Understanding", start + len(chunk), len(keys))
    return done, len(keys) - done


def _read_chunk(box: Mailbox, world: World, folders: dict[str, Folder], keys: tuple[int, ...]) -> int:
    with world.store.begin() as session:
        unread = messages.unread(session, keys)
        everybody = {p for row in unread for p in row.relations}
        table = Table(world, readings.histories(session, everybody), readings.our_runs(session, everybody))
    parsed = dict(_parsed(box, folders, [row for row in unread if row.ours], table))
    table.remember(unread, parsed)  # what we wrote, so that a quote of it is no word of theirs
    parsed |= dict(_parsed(box, folders, [row for row in unread if not row.ours], table))
    reached("bodies")
    for row in unread:  # oldest first: each reading is the context of the next
        if message := parsed.get(row.key):
            table.read(row, message)
    with world.store.begin() as session:
        readings.keep(session, table.understood)
        known.keep(session, table.told)
        for person, learnt in table.learnt.items():
            people.learn(session, person, learnt)
        for row in unread:
            if row.key not in parsed:
                messages.give_up(session, row.key)
        cases.touch(session, everybody)
    reached("commit_reading")
    return len(parsed)


def _parsed(box: Mailbox, folders: dict[str, Folder], unread: list[Unread], table: Table) -> Iterator[tuple[int, Message]]:
    by_folder: dict[str, dict[int, Unread]] = defaultdict(dict)
    for row in unread:
        by_folder[row.folder][row.uid] = row
    for name, rows in by_folder.items():
        folder = folders.get(name)
        if folder is None or box.position(folder).uidvalidity != next(iter(rows.values())).uidvalidity:
            continue
        for uid, raw in box.bodies(folder, sorted(rows), BODY_CAP):
            row = rows[uid]
            prior, ours, wrote = table.language(row), table.our_words(row), table.wrote(row)
            message = parse(raw, received=row.received, prior=prior, ours=ours, wrote=wrote)
            if message.headers.message_id == row.headers_message_id:
                yield row.key, message


@dataclass
class Table:
    """One portion of messages being read: what was exchanged before with these people, and what is understood so far."""

    world: World
    histories: dict[int, list[Past]]
    runs: dict[int, list[bytes]]  # person -> packed word runs of what we wrote to them
    understood: list[Understood] = field(default_factory=list)
    learnt: dict[int, Learnt] = field(default_factory=dict)
    told: dict[int, dict[Entity, known.Mark]] = field(default_factory=lambda: defaultdict(dict))
    packed: dict[int, bytes] = field(default_factory=dict)  # message -> its word runs

    def language(self, row: Unread) -> str | None:
        """That of the exchange so far, newest first: the prior for a short line."""
        before = (p.lang for who in row.relations for p in reversed(self.histories.get(who, ())) if p.lang and p.sent < row.sent)
        return next(before, row.lang)

    def our_words(self, row: Unread) -> OurWords:
        """Everything that we wrote to whom this message concerns."""
        packed = b"".join(p for who in row.relations for p in self.runs.get(who, ())) if not row.ours else b""
        return OurWords.unpack(packed, self.world.suppression.key)

    def wrote(self, row: Unread) -> datetime | None:
        """When we last wrote before a mail of theirs."""
        ours = (p.sent for who in row.relations for p in self.histories.get(who, ()) if p.ours and p.sent <= row.sent)
        return None if row.ours else max(ours, default=None)

    def remember(self, unread: tuple[Unread, ...], parsed: dict[int, Message]) -> None:
        """Our own mails of this portion, before theirs are read."""
        for row in unread:
            if row.ours and (message := parsed.get(row.key)):
                packed = our_words([message.text], self.world.suppression.key).pack()
                self.packed[row.key] = packed
                for who in row.relations:
                    self.runs.setdefault(who, []).append(packed)

    def read(self, row: Unread, message: Message) -> None:
        """Read one message in its context, and let it be the context of the next."""
        person = next(iter(row.relations), None)
        before = [p for p in self.histories.get(person, ()) if p.sent < row.sent] if person is not None else []
        sent = row.sent.astimezone(timezone(timedelta(minutes=row.offset))).date()
        reading = read(message, context_after(before[-BEFORE:], ours=row.ours, sent=sent, feasts=self.world.feasts))
        key = self.world.suppression.key
        said = sentence_hashes(message.new_text, key) | link_hashes(message.text, key) if row.ours else frozenset()
        self.understood.append(
            Understood(
                key=row.key, reading=reading, kind=message.kind, notice=message.notice, lang=message.lang, said=said,
                runs=self.packed.get(row.key, b""),
            )
        )  # fmt: skip
        now_past = Past(key=row.key, sent=row.sent, ours=row.ours, lang=message.lang, reading=reading)
        for who in row.relations:
            self.histories[who] = [now_past if p.key == row.key else p for p in self.histories.get(who, ())]
        if message.kind not in WRITTEN_BY_NOBODY:
            self._take_down(row, message, reading)
        if message.kind is Kind.HUMAN:
            self._learn(row, message, reading)

    def _take_down(self, row: Unread, message: Message, reading: Reading) -> None:
        """What a message names is no business of others; what we wrote ourselves only where we made an offer."""
        told = told_by(message, signed=not row.ours)
        sender = message.headers.sender
        theirs = card_of([sender.addr], sender.name) if sender and not row.ours else frozenset()
        offered = Signal.PROPOSAL_SENT in reading.signals
        for person, by in row.relations.items():
            mine = self.told[person]
            for entity in told:
                priced = offered and entity[0] is EntityKind.AMOUNT
                mark = (known.THEIRS if priced else known.OURS) if row.ours else known.MARKS[by]
                mine[entity] = mine.get(entity, mark).with_(mark)
            for entity in theirs:
                mark = known.SELF if by == "them" else known.MARKS[by]
                mine[entity] = mine.get(entity, mark).with_(mark)

    def _learn(self, row: Unread, message: Message, reading: Reading) -> None:
        """What a message tells about the person themselves; the newest word wins, since portions come oldest first."""
        sender = message.headers.sender
        for person, by in row.relations.items():
            said = ((p.ours, p.reading) for p in self.histories.get(person, ()) if p.reading and p.sent <= row.sent)
            spoken = between(said) if by in ("us", "them") else None
            told = Learnt(register=spoken, register_ours=reading.register if by == "us" else None)
            if by == "them" and sender:
                told = Learnt(
                    name=sender.name or None, first_name=first_name(sender.name, sender.addr, signed_by(message, self.world.config.owner.name)), lang=message.lang,
                    register=spoken, role_address=is_role_address(sender.addr),
                )  # fmt: skip
            self.learnt[person] = self.learnt.get(person, Learnt()).then(told)
