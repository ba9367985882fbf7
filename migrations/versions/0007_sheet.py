"""The review sheet: its ledger, and what it tells of a draft."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_sheet"
down_revision = "0006_known"
branch_labels = None
depends_on = None

THERE = "state IN ('intended', 'open')"


def upgrade() -> None:
    """One table, and three columns of the ledger; of a draft that lies open already the sheet tells less."""
    op.create_table(
        "sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(400), nullable=False),
        sa.Column("folder", sa.String(1000), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("message_id", sa.String(600), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("gist", sa.String(64), nullable=False),
        sa.Column("words", sa.String(64), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=True),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('intended', 'open', 'replaced', 'kept', 'gone', 'failed')", name="ck_sheets_state"),
        sa.PrimaryKeyConstraint("id", name="pk_sheets"),
    )
    op.create_index(
        "uq_sheets_one_there", "sheets", ["account"], unique=True, sqlite_where=sa.text(THERE), postgresql_where=sa.text(THERE)
    )
    op.add_column("drafts", sa.Column("asks", sa.String(20), server_default=sa.text("''"), nullable=False))
    op.add_column("drafts", sa.Column("gives", sa.String(20), server_default=sa.text("''"), nullable=False))
    op.add_column("drafts", sa.Column("warnings", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
