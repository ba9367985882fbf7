"""All tables, in one module. A test proves that the migrations make exactly these.

Every row has its owner; timestamps are UTC by type; no text of a mail but quotes of at most 200 characters and, until its
outcome is known, the text of our own draft.
"""

# Annotations stand as they are, not as strings: SQLAlchemy reads them at every start, and would evaluate each.
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

import sqlalchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
OPEN = "'intended', 'open', 'edited', 'missing'"
SHEET_THERE = "'intended', 'open'"
SHEET_STATES = f"{SHEET_THERE}, 'replaced', 'kept', 'gone', 'failed'"
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
STATES = f"{OPEN}, 'sent', 'deleted', 'withdrawn', 'closed', 'failed'"


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class String(TypeDecorator[str]):
    """Text of limited length. PostgreSQL refuses what SQLite keeps, so it is given what it takes: no NUL, no half of a letter, no more
    than the length."""

    impl = sqlalchemy.String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None] | None:
        return None if dialect.name == "sqlite" else self._fitting

    def _fitting(self, text: str | None) -> str | None:
        return None if text is None else UNKEEPABLE.sub("\ufffd", text)[: self.length]


Big = Annotated[int, BigInteger]  # UIDs and sizes: 32 bits without a sign, more than PostgreSQL's INTEGER holds


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment, date: Date, dict[str, Any]: JSON, list[Any]: JSON, Big: BigInteger}  # noqa: RUF012

    owner: Mapped[int] = mapped_column(Integer, server_default=sql("1"), default=1)


class People(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    first_name: Mapped[str | None] = mapped_column(String(100))
    company: Mapped[str | None] = mapped_column(String(255), index=True)
    role_address: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[str | None] = mapped_column(String(8))
    register: Mapped[str | None] = mapped_column(String(8))
    register_ours: Mapped[str | None] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(40))
    added: Mapped[datetime]
    followed: Mapped[bool] = mapped_column(default=True)
    stopped: Mapped[bool] = mapped_column(default=False)
    paused_until: Mapped[date | None]
    settled: Mapped[str | None] = mapped_column(String(10))
    settled_at: Mapped[datetime | None]
    settled_upto: Mapped[int | None]  # the newest message of theirs that was kept then
    reopened_at: Mapped[datetime | None]
    reopened_upto: Mapped[int | None]


class Addresses(Base):
    __tablename__ = "addresses"
    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]  # 0 is the one the owner wrote to, or they wrote from, first


class Searched(Base):
    """For whom an account was searched for what was exchanged before they were known."""

    __tablename__ = "searched"
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str] = mapped_column(String(400), primary_key=True)


class Folders(Base):
    __tablename__ = "folders"
    account: Mapped[str] = mapped_column(String(400), primary_key=True)
    name: Mapped[str] = mapped_column(String(1000), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    uidvalidity: Mapped[Big]
    next_uid: Mapped[Big]
    exists: Mapped[int]


class Skipped(Base):
    """Messages that could not be read when their folder was; `there`: the folder held them all the same."""

    __tablename__ = "skipped"
    account: Mapped[str] = mapped_column(String(400), primary_key=True)
    folder: Mapped[str] = mapped_column(String(1000), primary_key=True)
    uid: Mapped[Big] = mapped_column(primary_key=True, autoincrement=False)
    uidvalidity: Mapped[Big]
    since: Mapped[datetime]
    there: Mapped[bool]


class Messages(Base):
    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(400))
    mid: Mapped[str] = mapped_column(String(600))  # Message-ID, or sha256:… of the headers
    message_id: Mapped[str | None] = mapped_column(String(600))
    folder: Mapped[str] = mapped_column(String(1000))
    uid: Mapped[Big]
    uidvalidity: Mapped[Big]
    size: Mapped[Big]
    sent: Mapped[datetime] = mapped_column(index=True)
    received: Mapped[datetime]
    offset: Mapped[int]
    ours: Mapped[bool]
    sender: Mapped[str] = mapped_column(String(320))
    sender_name: Mapped[str] = mapped_column(String(200), default="")
    to: Mapped[list[Any]]
    cc: Mapped[list[Any]]
    parents: Mapped[list[Any]]
    subject: Mapped[str] = mapped_column(String(1000), default="")
    kind: Mapped[str] = mapped_column(String(20))
    notice: Mapped[dict[str, Any] | None]
    lang: Mapped[str | None] = mapped_column(String(8))
    junk: Mapped[bool] = mapped_column(default=False)
    failed: Mapped[list[Any]]
    reader: Mapped[int] = mapped_column(default=0)  # version of the reader that read the words; 0: not yet
    tries: Mapped[int] = mapped_column(default=0)
    reading: Mapped[dict[str, Any] | None]
    __table_args__ = (UniqueConstraint("account", "mid"), Index("ix_messages_reader_sent", "reader", "sent"))


class MessagePeople(Base):
    __tablename__ = "message_people"
    message: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    by: Mapped[str] = mapped_column(String(10))


class Signals(Base):
    """One row a finding, so that what is asked for can be counted."""

    __tablename__ = "signals"
    id: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    signal: Mapped[str] = mapped_column(String(24), index=True)
    quote: Mapped[str] = mapped_column(String(200))
    confidence: Mapped[float] = mapped_column(Float)
    rule: Mapped[str] = mapped_column(String(80))
    unsure: Mapped[bool] = mapped_column(default=False)


class Said(Base):
    """Keyed hashes of the sentences of our own mails: nothing is said twice."""

    __tablename__ = "said"
    message: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    sentence: Mapped[str] = mapped_column(String(32), primary_key=True)


class Shingles(Base):
    """Keyed hashes of the word runs of one message of ours: quotes of it are recognised. Nothing can be read from them."""

    __tablename__ = "shingles"
    message: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    runs: Mapped[bytes] = mapped_column(LargeBinary)


class PlanState(Base):
    """The last decision about each person, and when it is to be looked at again."""

    __tablename__ = "plan_state"
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    touched: Mapped[bool] = mapped_column(default=True, index=True)
    look_again: Mapped[date | None] = mapped_column(index=True)
    decision: Mapped[int | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"))


class Decisions(Base):
    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    run: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(320))
    lane: Mapped[str | None] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(String(200), default="")
    stage: Mapped[str | None] = mapped_column(String(20))
    turn: Mapped[str | None] = mapped_column(String(10))
    due: Mapped[date | None]
    sequence: Mapped[str] = mapped_column(String(80), default="")
    revision: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(String(80), default="")
    template: Mapped[str] = mapped_column(String(80), default="")
    signal: Mapped[str] = mapped_column(String(24), default="")


class Drafts(Base):
    """The ledger: what was intended, appended, and became of it."""

    __tablename__ = "drafts"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    account: Mapped[str] = mapped_column(String(400))
    occasion: Mapped[str] = mapped_column(String(1500))
    lane: Mapped[str] = mapped_column(String(12))
    anchor: Mapped[str] = mapped_column(String(600))
    state: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(300), default="")
    message_id: Mapped[str] = mapped_column(String(600))
    token: Mapped[str] = mapped_column(String(600))
    to: Mapped[str] = mapped_column(String(320))
    folder: Mapped[str] = mapped_column(String(1000))
    uidvalidity: Mapped[Big]
    uidnext: Mapped[Big]
    uid: Mapped[Big | None]
    size: Mapped[Big | None]
    digest: Mapped[str] = mapped_column(String(64), default="")
    text_hash: Mapped[str] = mapped_column(String(64), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    withdrawing: Mapped[str] = mapped_column(String(300), default="")
    sequence: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int]
    step: Mapped[str] = mapped_column(String(80))
    template: Mapped[str] = mapped_column(String(80))
    variant: Mapped[str] = mapped_column(String(20))
    template_digest: Mapped[str] = mapped_column(String(64))
    signal: Mapped[str] = mapped_column(String(24), default="")
    resource: Mapped[int | None]  # what it shares: a row of `resources`, which is never deleted
    challenged: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    asks: Mapped[str] = mapped_column(String(20), default="", server_default=sql("''"))  # for the sheet: what it asks, gives, …
    gives: Mapped[str] = mapped_column(String(20), default="", server_default=sql("''"))
    warnings: Mapped[list[Any]] = mapped_column(
        default=list, server_default=sql("'[]'")
    )  # … and what lint says; goes with its text
    created: Mapped[datetime]
    closed: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        Index(
            "uq_drafts_one_open",
            "person",
            unique=True,
            sqlite_where=sql(f"state IN ({OPEN})"),
        ),
        Index(
            "uq_drafts_occasion",
            "owner",
            "occasion",
            unique=True,
            sqlite_where=sql("state != 'failed'"),
        ),
    )


class Sheets(Base):
    """The review sheets: intended, appended, and what became of each. No text of them is kept."""

    __tablename__ = "sheets"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(400))
    folder: Mapped[str] = mapped_column(String(1000))
    day: Mapped[date]
    number: Mapped[int]  # which one of that day
    state: Mapped[str] = mapped_column(String(12))
    message_id: Mapped[str] = mapped_column(String(600))
    waits: Mapped[bool]  # something in it waits for the owner
    gist: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(String(64))  # digest of the body that was handed over
    uid: Mapped[Big | None]
    uidvalidity: Mapped[Big | None]
    digest: Mapped[str] = mapped_column(String(64), default="")
    created: Mapped[datetime]
    closed: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(f"state IN ({SHEET_STATES})", name="state"),
        Index("uq_sheets_one_there", "account", unique=True, sqlite_where=sql(f"state IN ({SHEET_THERE})")),
    )


class Gestures(Base):
    """Every message that lay in a folder of gestures, a row a copy: what it was taken for. Who and about what is told for some days,
    then only that it was heeded stays."""

    __tablename__ = "gestures"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(400))
    folder: Mapped[str] = mapped_column(String(1000))
    uidvalidity: Mapped[Big]
    uid: Mapped[Big]
    gesture: Mapped[str] = mapped_column(String(10))
    mid: Mapped[str] = mapped_column(String(600))  # as in `messages`; "": it could not be read
    at: Mapped[datetime]
    person: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(String(300), default="")
    addresses: Mapped[list[Any]]
    name: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(200), default="")
    moved: Mapped[bool | None]  # it lay nowhere else; NULL: not looked for yet
    __table_args__ = (
        UniqueConstraint("account", "folder", "uidvalidity", "uid"),
        Index("ix_gestures_mid_gesture", "mid", "gesture"),
    )


class Resources(Base):
    """Things of value to share. One that is removed stays as a row, so that what was shared stays known."""

    __tablename__ = "resources"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(150))
    url: Mapped[str] = mapped_column(String(500), default="")
    lang: Mapped[str] = mapped_column(String(8))
    tags: Mapped[list[Any]]
    sentence: Mapped[str] = mapped_column(String(200))
    added: Mapped[datetime]
    changed: Mapped[datetime | None]
    removed: Mapped[datetime | None]


class Shared(Base):
    """What a person has had in a draft that stands under somebody else's name, since the two were parted."""

    __tablename__ = "shared"
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    resource: Mapped[int] = mapped_column(ForeignKey("resources.id"), primary_key=True)


class Known(Base):
    """What is known of one person and may be nobody else's business, in normal forms (P7); goes with the person."""

    __tablename__ = "known"
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    form: Mapped[str] = mapped_column(String(320), primary_key=True)
    secret: Mapped[bool]  # came from their side: not for others
    own: Mapped[bool]  # stands in what they have written or read: clear for them
    itself: Mapped[bool]  # who they are: their name, address, company
    __table_args__ = (Index("ix_known_form_kind_secret_itself", "form", "kind", "secret", "itself"),)


class Held(Base):
    """The words for which drafts were held back, so that the owner can look at them and clear them."""

    __tablename__ = "held"
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    form: Mapped[str] = mapped_column(String(320), primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class Cleared(Base):
    """The owner's word: this text may be told to anybody."""

    __tablename__ = "cleared"
    text: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[datetime]


class Sequences(Base):
    __tablename__ = "sequences"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision: Mapped[int]  # the one in force
    retired: Mapped[datetime | None]  # since when nobody begins it any more


class Revisions(Base):
    """Immutable source texts."""

    __tablename__ = "revisions"
    name: Mapped[str] = mapped_column(ForeignKey("sequences.name"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(String(300), default="")
    made: Mapped[datetime]


class Pins(Base):
    """The revision with which a conversation began a sequence."""

    __tablename__ = "pins"
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    sequence: Mapped[str] = mapped_column(String(80), primary_key=True)
    revision: Mapped[int]


class Runs(Base):
    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(60), default="")
    deferred: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[dict[str, Any] | None]


class OwnersWords(Base):
    """What the owner said, for `why`; only ever added to."""

    __tablename__ = "owners_words"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    word: Mapped[str] = mapped_column(String(100))


class OwnersFacts(Base):
    """What the owner knows better than the mail, a row a word: the newest of a field counts. What was detected then is kept beside
    it, so that corrections can be evaluated."""

    __tablename__ = "owners_facts"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(320))  # under which it was said: parting people gives each their own
    at: Mapped[datetime]
    field: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(300))
    quoted: Mapped[bool] = mapped_column(default=False)
    detected: Mapped[str | None] = mapped_column(String(300))
    upto: Mapped[int]  # the newest message of theirs that was kept then
    via: Mapped[str] = mapped_column(String(20))


class OwnersLog(Base):
    """What happened outside of mail, and what the owner decided; only ever added to."""

    __tablename__ = "owners_log"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime]
    happened: Mapped[datetime]  # from when on it counts …
    day: Mapped[date]  # … and its day, by the owner's calendar
    kind: Mapped[str] = mapped_column(String(10))
    answered: Mapped[bool] = mapped_column(default=True)
    text: Mapped[str] = mapped_column(String(1000))
    upto: Mapped[int]


class Meta(Base):
    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


def tell_postgresql() -> None:
    """The partial indexes for PostgreSQL too. Naming them above would load its dialect, with every driver, wherever SQLite is used."""
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            if "sqlite_where" in index.kwargs:
                index.kwargs["postgresql_where"] = index.kwargs["sqlite_where"]
