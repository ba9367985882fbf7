"""Line one, its judgement: whom does a message concern, by its headers, and who becomes known by it.

What concerns nobody is not kept. Where everybody is followed, whom the owner wrote to becomes known, and who wrote in with a
prospect's signal; never by what lies in Trash or Junk. From there only signs of life are kept: what others wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from nurture.conversations import (
    EXCHANGE,
    Directory,
    Relation,
    company_of,
    is_no_reply,
    is_our_hand,
    is_ours,
    looks_bulk,
    mailbox_of,
    relate,
)
from nurture.mailbox import Folder, Mailbox, Role, Row, gesture_folders
from nurture.messages import Address, Headers, Kind, Mark, Message, parse, parse_headers
from nurture.stages import Context, Signal, read
from nurture.store import Kept, Session, known, people
from nurture.survey import Survey
from nurture.world import World

LETTER_CAP = 64 * 1024  # bytes of a report or first letter that are enough to know whom it concerns
LIFE_ONLY = frozenset({Role.JUNK, Role.TRASH})  # folders read for signs of life alone
MOST_WAITING = 50_000  # names
SHOWS_A_PROSPECT = frozenset(
    {Signal.INTEREST, Signal.NEED, Signal.RESULT, Signal.MEASURE, Signal.PRICE_QUESTION, Signal.FEATURE_REQUEST,
     Signal.INFO_REQUEST, Signal.MEETING, Signal.PROPOSAL_REQUEST}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One message as it is met: where it lies, its headers, and its words where the headers do not say whom it concerns."""

    folder: Folder
    uidvalidity: int
    row: Row
    headers: Headers
    letter: Message | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message lies."""

    account: str
    folder: str
    uid: int


@dataclass
class Known:
    """Who is known so far in this run, in all accounts; and what waits for somebody to become known, or for its parent to be read."""

    directory: Directory | None = None
    waiting: dict[str, list[Place]] = field(default_factory=dict)  # by mailbox, or by Message-ID
    again: dict[tuple[str, str], set[int]] = field(default_factory=dict)  # (account, folder) -> UIDs to be looked at once more

    def load(self, session: Session) -> Directory:
        """The directory, loaded at the first new message only: a run with nothing new does not pay for it."""
        if self.directory is None:
            self.directory = people.directory(session)
        return self.directory

    def wait(self, place: Place, for_what: Iterable[str]) -> None:
        """Look at a message again should one of these become known in this run. Memory is bounded: the oldest wait no more."""
        for name in for_what:
            self.waiting.setdefault(name, []).append(place)
            if len(self.waiting) > MOST_WAITING:
                del self.waiting[next(iter(self.waiting))]

    def met(self, name: str) -> None:
        """A mailbox or a Message-ID has become known."""
        for place in self.waiting.pop(name, ()):
            self.again.setdefault((place.account, place.folder), set()).add(place.uid)


@dataclass
class Desk:
    """One account being read: the open mailbox, how its folders stand, and who is known so far."""

    box: Mailbox
    world: World
    now: datetime
    survey: Survey
    people: Known

    def known(self, session: Session) -> Directory:
        """Everybody known so far."""
        return self.people.load(session)

    def add_person(self, key: int, address: Address) -> None:
        """Somebody has become known."""
        assert self.people.directory is not None
        self.people.directory.add_person(key, address)
        self.people.met(mailbox_of(address.addr))

    def add_address(self, key: int, address: str) -> None:
        """An address has been proven somebody's."""
        assert self.people.directory is not None
        self.people.directory.add_address(key, address)
        self.people.met(mailbox_of(address))

    def add_message(self, key: int, headers: Headers) -> None:
        """A message belongs to the exchange with somebody."""
        assert self.people.directory is not None
        self.people.directory.add_message(key, headers.message_id, headers.subject)
        if headers.message_id:
            self.people.met(headers.message_id)

    @property
    def since(self) -> datetime:
        """Whoever was silent for longer than `lookback` is not alive."""
        return self.now - timedelta(days=30.5 * self.world.config.lookback_months)

    @cached_property
    def gestures(self) -> frozenset[str]:
        """The names of the folders of gestures: what lies there lies elsewhere too, as a rule."""
        return frozenset(folder.name for _, folder in gesture_folders(self.box.folders()))

    @property
    def follows_all(self) -> bool:
        return self.world.config.follow == "all"


def arrivals(
    desk: Desk, session: Session, folder: Folder, uidvalidity: int, window: Iterable[Row], *, past: bool = False
) -> list[Arrival]:
    """A window of rows with parsed headers, and the words of those few that need them to be recognised.

    Whoever wrote in first was asked about when their letter was new: not again in the past.
    """
    found = [
        Arrival(folder=folder, uidvalidity=uidvalidity, row=row, headers=parse_headers(row.header, row.received))
        for row in window
    ]
    if desk.follows_all and folder.role not in LIFE_ONLY:
        _meet_written_to(desk, session, found)
    directory = desk.known(session)
    wanted = {a.row.uid: a for a in found if is_report(a.headers) or (not past and may_be_first_letter(desk, directory, a))}
    bodies = desk.box.bodies(folder, sorted(wanted), LETTER_CAP) if wanted else ()
    letters = {uid: parse(raw, received=wanted[uid].row.received) for uid, raw in bodies}
    return [replace(a, letter=letters.get(a.row.uid)) for a in found] if letters else found


def is_report(headers: Headers) -> bool:
    """A delivery report that does not name in its headers whose mail failed."""
    return not headers.failed_recipients and bool(headers.marks & {Mark.REPORT, Mark.MAILER_DAEMON, Mark.NULL_SENDER})


def may_be_first_letter(desk: Desk, directory: Directory, arrival: Arrival) -> bool:
    """Whether an unknown human may have written in first: only where everybody is followed, only in the inbox, only lately."""
    sender, owner = arrival.headers.sender, desk.world.owner
    if not desk.follows_all or arrival.folder.role is not Role.INBOX or sender is None:
        return False
    if arrival.headers.marks or arrival.row.received < desk.since or is_ours(sender.addr, owner) or looks_bulk(sender.addr):
        return False
    stranger = directory.person_of(sender.addr) is None and not excluded(sender, desk.world)
    return stranger and any(is_ours(a.addr, owner) for a in arrival.headers.to)


def excluded(address: Address, world: World) -> bool:
    """Never followed: the owner's own domains, and what the owner excludes."""
    own = company_of(address.addr) in world.owner.domains
    return own or bool(world.config.excludes(address.addr))


def recognise(desk: Desk, session: Session, arrival: Arrival) -> Kept | None:
    """The message with whom it concerns, ready to be kept; None: it concerns nobody."""
    arrival = _with_failed(arrival)
    directory, owner = desk.known(session), desk.world.owner
    relation = relate(arrival.headers, directory, owner, in_sent=arrival.folder.role is Role.SENT)
    if relation.ours and arrival.folder.role in LIFE_ONLY:
        return None  # a draft thrown away, or a forgery: no letter of ours
    if desk.follows_all and _meet_who_wrote_in(desk, session, arrival, relation):
        relation = relate(arrival.headers, directory, owner)
    for person, address in relation.joins:
        people.join(session, person, address)
        known.introduce(session, person, [address])
        desk.add_address(person, address)
        if not desk.survey.fresh:
            people.search_again(session, person)
    return _kept(desk, arrival, relation) if relation.by else None


def _with_failed(arrival: Arrival) -> Arrival:
    """The addresses that a delivery report names in its words, where the headers name none."""
    failed = arrival.letter.notice.failed if arrival.letter else ()
    if not failed or arrival.headers.failed_recipients:
        return arrival
    return replace(arrival, headers=replace(arrival.headers, failed_recipients=failed))


def _meet_written_to(desk: Desk, session: Session, found: list[Arrival]) -> None:
    """Whoever the owner wrote to becomes known."""
    directory, owner = desk.known(session), desk.world.owner
    new: dict[str, Address] = {}
    for arrival in found:
        if not is_our_hand(arrival.headers, directory, owner, in_sent=arrival.folder.role is Role.SENT):
            continue
        for address in arrival.headers.to:
            if directory.person_of(address.addr) is None and is_somebody(address, desk.world):
                new.setdefault(mailbox_of(address.addr), address)
    keys = people.meet(session, list(new.values()), source="written to", followed=True, now=desk.now) if new else []
    for key, address in zip(keys, new.values(), strict=True):
        desk.add_person(key, address)


def is_somebody(address: Address, world: World) -> bool:
    """A human outside whom the owner may want to keep in touch with: not oneself, no machine, nobody excluded."""
    machine = looks_bulk(address.addr) or is_no_reply(address.addr)
    return not (machine or is_ours(address.addr, world.owner) or excluded(address, world))


def _meet_who_wrote_in(desk: Desk, session: Session, arrival: Arrival, relation: Relation) -> bool:
    """A stranger with a prospect's signal becomes known. Whoever writes in a known thread is a colleague or a second address."""
    sender = arrival.headers.sender
    if relation.ours or not set(relation.by.values()) <= {"company"} or sender is None or not _shows_a_prospect(arrival):
        return False
    key = people.add(session, address=sender.addr, name=sender.name, source="wrote in", followed=True, now=desk.now)
    desk.add_person(key, sender)
    return True


def _shows_a_prospect(arrival: Arrival) -> bool:
    """A first letter to the owner, by hand, with a signal that makes a prospect."""
    letter, headers = arrival.letter, arrival.headers
    if letter is None or letter.kind is not Kind.HUMAN or arrival.folder.role is not Role.INBOX or is_report(headers):
        return False
    reading = read(letter, Context(ours=False, sent=headers.sent.date() if headers.sent else None))  # no day of it is kept
    return bool(reading.signals & SHOWS_A_PROSPECT)


def waits_for(desk: Desk, session: Session, arrival: Arrival, kept: Kept | None) -> Iterator[str]:
    """What would make this message concern somebody, or concern them more closely: the parents it names, the people of a mail in Sent."""
    directory, headers = desk.known(session), arrival.headers
    if kept is None or not EXCHANGE.intersection(kept.relations.values()):
        named = (*headers.parents[:1], *headers.parents[-2:]) if arrival.row.received >= desk.since else ()
        yield from {p for p in named if not directory.holds(p)}
    if desk.follows_all and arrival.folder.role is Role.SENT:
        senders = (headers.sender,) if headers.sender and not is_ours(headers.sender.addr, desk.world.owner) else ()
        everybody = (*headers.to, *headers.cc, *headers.bcc, *senders)
        yield from {mailbox_of(a.addr) for a in everybody if directory.person_of(a.addr) is None}


def _kept(desk: Desk, arrival: Arrival, relation: Relation) -> Kept:
    trashed = arrival.folder.role is Role.TRASH
    shown = arrival.letter or by_headers(
        arrival.headers, words_follow=bool(EXCHANGE.intersection(relation.by.values())) and not trashed
    )
    return Kept(
        account=desk.box.account, folder=arrival.folder.name, uid=arrival.row.uid, uidvalidity=arrival.uidvalidity,
        id=message_key(arrival.headers), headers=arrival.headers, received=arrival.row.received, size=arrival.row.size,
        ours="us" in relation.by.values(), kind=shown.kind, notice=shown.notice, lang=shown.lang,
        junk=arrival.folder.role is Role.JUNK, relations=dict(relation.by),
        trashed=trashed, copied=arrival.folder.name in desk.gestures,
    )  # fmt: skip


def by_headers(headers: Headers, *, words_follow: bool) -> Message:
    """What the headers alone say of the sender. `words_follow`: they are read later and decide about mass mail and notices.

    Groups and CRMs put list headers on a person's answer as on a newsletter.
    """
    if headers.marks & {Mark.LIST, Mark.BULK} and not words_follow and not headers.parents:
        return Message(headers=headers, kind=Kind.BULK)
    if not words_follow and Mark.AUTO_REPLIED in headers.marks:
        return Message(headers=headers, kind=Kind.OUT_OF_OFFICE)
    if not words_follow and headers.marks & {Mark.AUTO_GENERATED, Mark.NO_REPLY}:
        return Message(headers=headers, kind=Kind.ACKNOWLEDGEMENT)
    return Message(headers=headers, kind=Kind.CALENDAR if Mark.CALENDAR in headers.marks else Kind.HUMAN)


def message_key(headers: Headers) -> str:
    """The Message-ID, or a digest of the headers where there is none."""
    if headers.message_id:
        return headers.message_id
    facts = (headers.sender.addr if headers.sender else "", headers.subject, str(headers.sent), *(a.addr for a in headers.to))
    return "sha256:" + hashlib.sha256("\n".join(facts).encode(errors="replace")).hexdigest()
