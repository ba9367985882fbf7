"""Sequences that nobody begins any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_retired"
down_revision = "0008_shared"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; until now none could be retired."""
    op.add_column("sequences", sa.Column("retired", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
