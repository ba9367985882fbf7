"""What can be shared with people, and what our drafts have shared and contradicted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_library"
down_revision = "0003_skipped"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table and two columns of the ledger; what was drafted before shared nothing out of the library."""
    op.create_table(
        "resources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("title", sa.String(150), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.String(200), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_resources"),
    )
    op.add_column("drafts", sa.Column("resource", sa.Integer(), nullable=True))
    op.add_column("drafts", sa.Column("challenged", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
