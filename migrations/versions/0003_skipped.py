"""Messages that could not be read when their folder was: later runs try again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_skipped"
down_revision = "0002_known_then"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "skipped",
        sa.Column("account", sa.String(400), nullable=False),
        sa.Column("folder", sa.String(1000), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("there", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("account", "folder", "uid", name="pk_skipped"),
    )


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
