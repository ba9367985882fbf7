"""Who somebody is and what was exchanged with them: frozen values without any text of a mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from nurture.messages import Address, Kind

THEIR_SIDE = frozenset({"them", "thread"})  # of `Entry.by`: a colleague in the thread speaks for them
EXCHANGE = THEIR_SIDE | {"us"}  # by whom a message is part of the exchange itself
PROMPT = timedelta(days=2)  # between writing and filing; after longer the moment of filing tells nothing


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The user: own addresses (lower case) and the domains whose people are colleagues, never prospects."""

    name: str
    addresses: frozenset[str]
    domains: frozenset[str] = frozenset()  # own, non-freemail domains


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody written to or writing in. `key` is the store's id (any unique int in tests)."""

    key: int
    addresses: tuple[str, ...]  # proven theirs; the first is the one the owner wrote to (or they wrote from, first)
    name: str = ""
    first_name: str | None = None  # only where reliable, else None
    company: str | None = None  # registrable domain, None on freemail and hosting domains
    role_address: bool = False  # contact@, info@ …
    lang: str | None = None
    register: str | None = None  # "tu", "vous" or None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One message as a conversation knows it.

    `key` unique int, later messages need not have larger keys. `by` is who wrote it, seen from the conversation's person:
    "us" (any hand of the owner, wherever it lies), "them" (the same person), "thread" (a colleague of theirs in the
    thread), "company" (their company, or somebody of their name, outside the thread), "other" (anyone else in the thread).
    """

    key: int
    by: str
    message_id: str | None
    sent: datetime  # aware, UTC; Date header, INTERNALDATE where Date is absent or absurd
    received: datetime | None = None  # INTERNALDATE, where it is known
    sender: Address
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    parents: tuple[str, ...] = ()
    subject: str = ""
    kind: Kind = Kind.HUMAN
    offset: int = 0  # minutes east of UTC of the sender's clock
    account: str = ""
    junk: bool = False
    trashed: bool = False  # it lies in Trash, and its words were never read
    lang: str | None = None
    failed: tuple[str, ...] = ()  # a bounce: the addresses that failed
    resume_on: date | None = None  # an absence: the first day back
    notice_quote: str = ""

    @property
    def ours(self) -> bool:
        return self.by == "us"

    def came_after(self, ours: Entry) -> bool:
        """Whether this came in after a mail of ours had gone out, whatever its Date says.

        It answers ours; or it arrived later, where arrivals tell something: both lie in one account, ours arrived when it was
        written (it was not filed anew by a move from elsewhere), and ours does not answer this.
        """
        if self.ours or (ours.message_id is not None and ours.message_id in self.parents):
            return not self.ours
        if self.received is None or ours.received is None or self.account != ours.account:
            return False
        known = self.message_id is not None and self.message_id in ours.parents
        return not known and ours.received - ours.sent <= PROMPT and self.received > max(ours.received, ours.sent)

    @property
    def day(self) -> date:
        """The calendar day on the sender's own clock."""
        return self.sent.astimezone(timezone(timedelta(minutes=self.offset))).date()


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """The whole exchange with one person, oldest first; entries are sorted by (sent, key)."""

    person: Person
    entries: tuple[Entry, ...] = ()
    to_set: frozenset[str] = field(default=frozenset())  # recipients of our first mail, lower case
