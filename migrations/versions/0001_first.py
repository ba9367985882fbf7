"""The first schema: people, messages, decisions, the ledger of drafts, sequences, runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_first"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = "state IN ('intended', 'open', 'edited', 'missing')"
STATES = "state IN ('intended', 'open', 'edited', 'missing', 'sent', 'deleted', 'withdrawn', 'closed', 'failed')"


def upgrade() -> None:
    """Every table, those that others refer to first."""
    folders()
    messages()
    meta()
    people()
    runs()
    sequences()
    addresses()
    decisions()
    drafts()
    message_people()
    owners_words()
    pins()
    revisions()
    said()
    shingles()
    searched()
    signals()
    plan_state()


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")


def owner() -> sa.Column[int]:
    """Every row has its owner."""
    return sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False)


def text(name: str, length: int) -> sa.Column[str]:
    """A string that is always there."""
    return sa.Column(name, sa.String(length), nullable=False)


def folders() -> None:
    op.create_table(
        "folders",
        text("account", 400),
        text("name", 1000),
        text("role", 20),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("next_uid", sa.BigInteger(), nullable=False),
        sa.Column("exists", sa.Integer(), nullable=False),
        owner(),
        sa.PrimaryKeyConstraint("account", "name", name="pk_folders"),
    )


def messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        text("account", 400),
        text("mid", 600),
        sa.Column("message_id", sa.String(600), nullable=True),
        text("folder", 1000),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sent", MOMENT, nullable=False),
        sa.Column("received", MOMENT, nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        text("sender", 320),
        text("sender_name", 200),
        sa.Column("to", sa.JSON(), nullable=False),
        sa.Column("cc", sa.JSON(), nullable=False),
        sa.Column("parents", sa.JSON(), nullable=False),
        text("subject", 1000),
        text("kind", 20),
        sa.Column("notice", sa.JSON(), nullable=True),
        sa.Column("lang", sa.String(8), nullable=True),
        sa.Column("junk", sa.Boolean(), nullable=False),
        sa.Column("failed", sa.JSON(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=True),
        owner(),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("account", "mid", name="uq_messages_account_mid"),
    )
    op.create_index("ix_messages_reader_sent", "messages", ["reader", "sent"])
    op.create_index("ix_messages_sent", "messages", ["sent"])


def meta() -> None:
    op.create_table(
        "meta",
        text("name", 80),
        sa.Column("value", sa.Text(), nullable=False),
        owner(),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )


def people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        text("name", 200),
        sa.Column("first_name", sa.String(100), nullable=True),
        sa.Column("company", sa.String(255), nullable=True),
        sa.Column("role_address", sa.Boolean(), nullable=False),
        sa.Column("lang", sa.String(8), nullable=True),
        sa.Column("register", sa.String(8), nullable=True),
        sa.Column("register_ours", sa.String(8), nullable=True),
        text("source", 40),
        sa.Column("added", MOMENT, nullable=False),
        sa.Column("followed", sa.Boolean(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("settled", sa.String(10), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("reopened_at", MOMENT, nullable=True),
        owner(),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_index("ix_people_company", "people", ["company"])


def runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ended", MOMENT, nullable=True),
        text("outcome", 60),
        sa.Column("deferred", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=True),
        owner(),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )


def sequences() -> None:
    op.create_table(
        "sequences",
        text("name", 80),
        sa.Column("revision", sa.Integer(), nullable=False),
        owner(),
        sa.PrimaryKeyConstraint("name", name="pk_sequences"),
    )


def addresses() -> None:
    op.create_table(
        "addresses",
        text("address", 320),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        owner(),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_addresses_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("address", name="pk_addresses"),
    )
    op.create_index("ix_addresses_person", "addresses", ["person"])


def decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        text("address", 320),
        sa.Column("lane", sa.String(12), nullable=True),
        text("action", 10),
        text("rule", 60),
        sa.Column("why", sa.Text(), nullable=False),
        text("quote", 200),
        sa.Column("stage", sa.String(20), nullable=True),
        sa.Column("turn", sa.String(10), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        text("sequence", 80),
        sa.Column("revision", sa.Integer(), nullable=False),
        text("step", 80),
        text("template", 80),
        text("signal", 24),
        owner(),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_decisions_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_decisions_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_person", "decisions", ["person"])


def drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        text("account", 400),
        text("occasion", 1500),
        text("lane", 12),
        text("anchor", 600),
        text("state", 12),
        text("why", 300),
        text("message_id", 600),
        text("token", 600),
        text("to", 320),
        text("folder", 1000),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uidnext", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        text("digest", 64),
        text("text_hash", 64),
        sa.Column("text", sa.Text(), nullable=False),
        text("withdrawing", 300),
        text("sequence", 80),
        sa.Column("revision", sa.Integer(), nullable=False),
        text("step", 80),
        text("template", 80),
        text("variant", 20),
        text("template_digest", 64),
        text("signal", 24),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("closed", MOMENT, nullable=True),
        owner(),
        sa.CheckConstraint(STATES, name="ck_drafts_state"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_drafts_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_person", "drafts", ["person"])
    op.create_index(
        "uq_drafts_occasion",
        "drafts",
        ["owner", "occasion"],
        unique=True,
        sqlite_where=sa.text("state != 'failed'"),
        postgresql_where=sa.text("state != 'failed'"),
    )
    op.create_index(
        "uq_drafts_one_open", "drafts", ["person"], unique=True, sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN)
    )


def message_people() -> None:
    op.create_table(
        "message_people",
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        text("by", 10),
        owner(),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_message_people_message", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_message_people_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message", "person", name="pk_message_people"),
    )
    op.create_index("ix_message_people_person", "message_people", ["person"])


def owners_words() -> None:
    op.create_table(
        "owners_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        text("word", 100),
        owner(),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_owners_words_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_owners_words"),
    )
    op.create_index("ix_owners_words_person", "owners_words", ["person"])


def pins() -> None:
    op.create_table(
        "pins",
        sa.Column("person", sa.Integer(), nullable=False),
        text("sequence", 80),
        sa.Column("revision", sa.Integer(), nullable=False),
        owner(),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_pins_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "sequence", name="pk_pins"),
    )


def revisions() -> None:
    op.create_table(
        "revisions",
        text("name", 80),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        text("author", 40),
        text("message", 300),
        sa.Column("made", MOMENT, nullable=False),
        owner(),
        sa.ForeignKeyConstraint(["name"], ["sequences.name"], name="fk_revisions_name"),
        sa.PrimaryKeyConstraint("name", "revision", name="pk_revisions"),
    )


def said() -> None:
    op.create_table(
        "said",
        sa.Column("message", sa.Integer(), nullable=False),
        text("sentence", 32),
        owner(),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_said_message", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message", "sentence", name="pk_said"),
    )


def shingles() -> None:
    op.create_table(
        "shingles",
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        owner(),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_shingles_message", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message", name="pk_shingles"),
    )


def searched() -> None:
    op.create_table(
        "searched",
        sa.Column("person", sa.Integer(), nullable=False),
        text("account", 400),
        owner(),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_searched_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "account", name="pk_searched"),
    )


def signals() -> None:
    op.create_table(
        "signals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        text("signal", 24),
        text("quote", 200),
        sa.Column("confidence", sa.Float(), nullable=False),
        text("rule", 80),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        owner(),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_signals_message", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_signals"),
    )
    op.create_index("ix_signals_message", "signals", ["message"])
    op.create_index("ix_signals_signal", "signals", ["signal"])


def plan_state() -> None:
    op.create_table(
        "plan_state",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.Column("look_again", sa.Date(), nullable=True),
        sa.Column("decision", sa.Integer(), nullable=True),
        owner(),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_plan_state_decision", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_plan_state_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", name="pk_plan_state"),
    )
    op.create_index("ix_plan_state_look_again", "plan_state", ["look_again"])
    op.create_index("ix_plan_state_touched", "plan_state", ["touched"])
