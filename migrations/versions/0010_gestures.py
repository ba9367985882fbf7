"""Gestures in the mail client: which copies were heeded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_gestures"
down_revision = "0009_retired"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One new table."""
    op.create_table(
        "gestures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(400), nullable=False),
        sa.Column("folder", sa.String(1000), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("gesture", sa.String(10), nullable=False),
        sa.Column("mid", sa.String(600), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("why", sa.String(300), nullable=False),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=True),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_gestures_person", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_gestures"),
        sa.UniqueConstraint("account", "folder", "uidvalidity", "uid", name="uq_gestures_account_folder_uidvalidity_uid"),
    )
    op.create_index("ix_gestures_person", "gestures", ["person"])
    op.create_index("ix_gestures_mid_gesture", "gestures", ["mid", "gesture"])


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
