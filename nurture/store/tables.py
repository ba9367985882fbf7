"""All tables, in one module, a class each. A test proves that the migrations make exactly these.

A class stands for its table in a statement; a row that answers it has the values under the same names. This is SQLAlchemy's Core:
its ORM takes longer to load than most commands take.

Every row has its owner; timestamps are UTC by type; no text of a mail but quotes of at most 200 characters and, until its
outcome is known, the text of our own draft.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.schema import SchemaItem

from nurture.store.columns import Field, Moment, String, optional, required

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# UIDs and sizes are BigInteger: 32 bits without a sign, more than PostgreSQL's INTEGER holds.
OPEN = "'intended', 'open', 'edited', 'missing'"
SHEET_THERE = "'intended', 'open'"
SHEET_STATES = f"{SHEET_THERE}, 'replaced', 'kept', 'gone', 'failed'"
STATES = f"{OPEN}, 'sent', 'deleted', 'withdrawn', 'closed', 'failed'"


class Base:
    """A table; every one has the owner of each row as its last column."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = ()
    __table__: ClassVar[Table]
    owner: Field[int]

    def __init_subclass__(cls) -> None:
        setattr(cls, "owner", required(Integer, server_default=sql("1"), default=1))  # noqa: B010
        columns = {name: column for name, column in vars(cls).items() if isinstance(column, Column)}
        for name, column in columns.items():
            column.name = column.key = name
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns.values(), *cls.__table_args__)

    @classmethod
    def of(cls, row: Row[*tuple[Any, ...]]) -> Self:
        """A row that has these columns among others, as one of this table."""
        return cast("Self", row)

    @classmethod
    def __clause_element__(cls) -> Table:
        """The table, wherever SQLAlchemy is given the class."""
        return cls.__table__


class People(Base):
    __tablename__ = "people"
    id = required(Integer, primary_key=True)
    name = required(String(200), default="")
    first_name = optional(String(100))
    company = optional(String(255), index=True)
    role_address = required(Boolean, default=False)
    lang = optional(String(8))
    register = optional(String(8))
    register_ours = optional(String(8))
    source = required(String(40))
    added = required(Moment)
    followed = required(Boolean, default=True)
    stopped = required(Boolean, default=False)
    paused_until = optional(Date)
    settled = optional(String(10))
    settled_at = optional(Moment)
    settled_upto = optional(Integer)  # the newest message of theirs that was kept then
    reopened_at = optional(Moment)
    reopened_upto = optional(Integer)


class Addresses(Base):
    __tablename__ = "addresses"
    address = required(String(320), primary_key=True)
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    place = required(Integer)  # 0 is the one the owner wrote to, or they wrote from, first


class Searched(Base):
    """For whom an account was searched for what was exchanged before they were known."""

    __tablename__ = "searched"
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    account = required(String(400), primary_key=True)


class Folders(Base):
    __tablename__ = "folders"
    account = required(String(400), primary_key=True)
    name = required(String(1000), primary_key=True)
    role = required(String(20))
    uidvalidity = required(BigInteger)
    next_uid = required(BigInteger)
    exists = required(Integer)


class Skipped(Base):
    """Messages that could not be read when their folder was; `there`: the folder held them all the same."""

    __tablename__ = "skipped"
    account = required(String(400), primary_key=True)
    folder = required(String(1000), primary_key=True)
    uid = required(BigInteger, primary_key=True, autoincrement=False)
    uidvalidity = required(BigInteger)
    since = required(Moment)
    there = required(Boolean)


class Messages(Base):
    __tablename__ = "messages"
    id = required(Integer, primary_key=True)
    account = required(String(400))
    mid = required(String(600))  # Message-ID, or sha256:… of the headers
    message_id = optional(String(600))
    folder = required(String(1000))
    uid = required(BigInteger)
    uidvalidity = required(BigInteger)
    size = required(BigInteger)
    sent = required(Moment, index=True)
    received = required(Moment)
    offset = required(Integer)
    ours = required(Boolean)
    sender = required(String(320))
    sender_name = required(String(200), default="")
    to: Field[list[Any]] = required(JSON)
    cc: Field[list[Any]] = required(JSON)
    parents: Field[list[Any]] = required(JSON)
    subject = required(String(1000), default="")
    kind = required(String(20))
    notice: Field[dict[str, Any] | None] = optional(JSON)
    lang = optional(String(8))
    junk = required(Boolean, default=False)
    failed: Field[list[Any]] = required(JSON)
    reader = required(Integer, default=0)  # version of the reader that read the words; 0: not yet
    tries = required(Integer, default=0)
    reading: Field[dict[str, Any] | None] = optional(JSON)
    __table_args__ = (UniqueConstraint("account", "mid"), Index("ix_messages_reader_sent", "reader", "sent"))


class MessagePeople(Base):
    __tablename__ = "message_people"
    message = required(Integer, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    by = required(String(10))


class Signals(Base):
    """One row a finding, so that what is asked for can be counted."""

    __tablename__ = "signals"
    id = required(Integer, primary_key=True)
    message = required(Integer, ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    signal = required(String(24), index=True)
    quote = required(String(200))
    confidence = required(Float)
    rule = required(String(80))
    unsure = required(Boolean, default=False)


class Said(Base):
    """Keyed hashes of the sentences of our own mails: nothing is said twice."""

    __tablename__ = "said"
    message = required(Integer, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    sentence = required(String(32), primary_key=True)


class Shingles(Base):
    """Keyed hashes of the word runs of one message of ours: quotes of it are recognised. Nothing can be read from them."""

    __tablename__ = "shingles"
    message = required(Integer, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    runs = required(LargeBinary)


class PlanState(Base):
    """The last decision about each person, and when it is to be looked at again."""

    __tablename__ = "plan_state"
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    touched = required(Boolean, default=True, index=True)
    look_again = optional(Date, index=True)
    decision = optional(Integer, ForeignKey("decisions.id", ondelete="SET NULL"))


class Decisions(Base):
    __tablename__ = "decisions"
    id = required(Integer, primary_key=True)
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    run = required(Integer, ForeignKey("runs.id", ondelete="CASCADE"))
    at = required(Moment)
    address = required(String(320))
    lane = optional(String(12))
    action = required(String(10))
    rule = required(String(60))
    why = required(Text)
    quote = required(String(200), default="")
    stage = optional(String(20))
    turn = optional(String(10))
    due = optional(Date)
    sequence = required(String(80), default="")
    revision = required(Integer, default=0)
    step = required(String(80), default="")
    template = required(String(80), default="")
    signal = required(String(24), default="")


class Drafts(Base):
    """The ledger: what was intended, appended, and became of it."""

    __tablename__ = "drafts"
    id = required(Integer, primary_key=True)
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    account = required(String(400))
    occasion = required(String(1500))
    lane = required(String(12))
    anchor = required(String(600))
    state = required(String(12))
    why = required(String(300), default="")
    message_id = required(String(600))
    token = required(String(600))
    to = required(String(320))
    folder = required(String(1000))
    uidvalidity = required(BigInteger)
    uidnext = required(BigInteger)
    uid = optional(BigInteger)
    size = optional(BigInteger)
    digest = required(String(64), default="")
    text_hash = required(String(64), default="")
    text = required(Text, default="")
    withdrawing = required(String(300), default="")
    sequence = required(String(80))
    revision = required(Integer)
    step = required(String(80))
    template = required(String(80))
    variant = required(String(20))
    template_digest = required(String(64))
    signal = required(String(24), default="")
    resource = optional(Integer)  # what it shares: a row of `resources`, which is never deleted
    challenged = required(Boolean, default=False, server_default=sql("false"))
    asks = required(String(20), default="", server_default=sql("''"))  # for the sheet: what it asks, gives, …
    gives = required(String(20), default="", server_default=sql("''"))
    warnings: Field[list[Any]] = required(
        JSON, default=list, server_default=sql("'[]'")
    )  # … and what lint says; goes with its text
    created = required(Moment)
    closed = optional(Moment)
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
    id = required(Integer, primary_key=True)
    account = required(String(400))
    folder = required(String(1000))
    day = required(Date)
    number = required(Integer)  # which one of that day
    state = required(String(12))
    message_id = required(String(600))
    waits = required(Boolean)  # something in it waits for the owner
    gist = required(String(64))
    words = required(String(64))  # digest of the body that was handed over
    uid = optional(BigInteger)
    uidvalidity = optional(BigInteger)
    digest = required(String(64), default="")
    created = required(Moment)
    closed = optional(Moment)
    __table_args__ = (
        CheckConstraint(f"state IN ({SHEET_STATES})", name="state"),
        Index("uq_sheets_one_there", "account", unique=True, sqlite_where=sql(f"state IN ({SHEET_THERE})")),
    )


class Gestures(Base):
    """Every message that lay in a folder of gestures, a row a copy: what it was taken for. Who and about what is told for some days,
    then only that it was heeded stays."""

    __tablename__ = "gestures"
    id = required(Integer, primary_key=True)
    account = required(String(400))
    folder = required(String(1000))
    uidvalidity = required(BigInteger)
    uid = required(BigInteger)
    gesture = required(String(10))
    mid = required(String(600))  # as in `messages`; "": it could not be read
    at = required(Moment)
    person = optional(Integer, ForeignKey("people.id", ondelete="SET NULL"), index=True)
    rule = required(String(40))
    why = required(String(300), default="")
    addresses: Field[list[Any]] = required(JSON)
    name = required(String(200), default="")
    subject = required(String(200), default="")
    moved = optional(Boolean)  # it lay nowhere else; NULL: not looked for yet
    __table_args__ = (
        UniqueConstraint("account", "folder", "uidvalidity", "uid"),
        Index("ix_gestures_mid_gesture", "mid", "gesture"),
    )


class Resources(Base):
    """Things of value to share. One that is removed stays as a row, so that what was shared stays known."""

    __tablename__ = "resources"
    id = required(Integer, primary_key=True)
    kind = required(String(10))
    title = required(String(150))
    url = required(String(500), default="")
    lang = required(String(8))
    tags: Field[list[Any]] = required(JSON)
    sentence = required(String(200))
    added = required(Moment)
    changed = optional(Moment)
    removed = optional(Moment)


class Shared(Base):
    """What a person has had in a draft that stands under somebody else's name, since the two were parted."""

    __tablename__ = "shared"
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    resource = required(Integer, ForeignKey("resources.id"), primary_key=True)


class Known(Base):
    """What is known of one person and may be nobody else's business, in normal forms (P7); goes with the person."""

    __tablename__ = "known"
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    kind = required(String(10), primary_key=True)
    form = required(String(320), primary_key=True)
    secret = required(Boolean)  # came from their side: not for others
    own = required(Boolean)  # stands in what they have written or read: clear for them
    itself = required(Boolean)  # who they are: their name, address, company
    __table_args__ = (Index("ix_known_form_kind_secret_itself", "form", "kind", "secret", "itself"),)


class Held(Base):
    """The words for which drafts were held back, so that the owner can look at them and clear them."""

    __tablename__ = "held"
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    kind = required(String(10), primary_key=True)
    form = required(String(320), primary_key=True)
    text = required(String(200))
    at = required(Moment)


class Cleared(Base):
    """The owner's word: this text may be told to anybody."""

    __tablename__ = "cleared"
    text = required(String(200), primary_key=True)
    at = required(Moment)


class Sequences(Base):
    __tablename__ = "sequences"
    name = required(String(80), primary_key=True)
    revision = required(Integer)  # the one in force
    retired = optional(Moment)  # since when nobody begins it any more


class Revisions(Base):
    """Immutable source texts."""

    __tablename__ = "revisions"
    name = required(String(80), ForeignKey("sequences.name"), primary_key=True)
    revision = required(Integer, primary_key=True)
    source = required(Text)
    author = required(String(40))
    message = required(String(300), default="")
    made = required(Moment)


class Pins(Base):
    """The revision with which a conversation began a sequence."""

    __tablename__ = "pins"
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    sequence = required(String(80), primary_key=True)
    revision = required(Integer)


class Runs(Base):
    __tablename__ = "runs"
    id = required(Integer, primary_key=True)
    started = required(Moment)
    ended = optional(Moment)
    outcome = required(String(60), default="")
    deferred = required(Boolean, default=False)
    counts: Field[dict[str, Any] | None] = optional(JSON)


class OwnersWords(Base):
    """What the owner said, for `why`; only ever added to."""

    __tablename__ = "owners_words"
    id = required(Integer, primary_key=True)
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    at = required(Moment)
    word = required(String(100))


class OwnersFacts(Base):
    """What the owner knows better than the mail, a row a word: the newest of a field counts. What was detected then is kept beside
    it, so that corrections can be evaluated."""

    __tablename__ = "owners_facts"
    id = required(Integer, primary_key=True)
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    address = required(String(320))  # under which it was said: parting people gives each their own
    at = required(Moment)
    field = required(String(20))
    value = required(String(300))
    quoted = required(Boolean, default=False)
    detected = optional(String(300))
    upto = required(Integer)  # the newest message of theirs that was kept then
    via = required(String(20))


class OwnersLog(Base):
    """What happened outside of mail, and what the owner decided; only ever added to."""

    __tablename__ = "owners_log"
    id = required(Integer, primary_key=True)
    person = required(Integer, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    address = required(String(320))
    at = required(Moment)
    happened = required(Moment)  # from when on it counts …
    day = required(Date)  # … and its day, by the owner's calendar
    kind = required(String(10))
    answered = required(Boolean, default=True)
    text = required(String(1000))
    upto = required(Integer)


class Meta(Base):
    __tablename__ = "meta"
    name = required(String(80), primary_key=True)
    value = required(Text)


def tell_postgresql() -> None:
    """The partial indexes for PostgreSQL too. Naming them above would load its dialect, with every driver, wherever SQLite is used."""
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            if "sqlite_where" in index.kwargs:
                index.kwargs["postgresql_where"] = index.kwargs["sqlite_where"]
