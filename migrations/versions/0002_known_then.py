"""What was known when the owner settled or reopened a conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_known_then"
down_revision = "0001_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns; a word of before goes on to count by its moment."""
    op.add_column("people", sa.Column("settled_upto", sa.Integer(), nullable=True))
    op.add_column("people", sa.Column("reopened_upto", sa.Integer(), nullable=True))


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
