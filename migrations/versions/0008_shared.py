"""What was shared with one person stays known of both when they are parted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_shared"
down_revision = "0007_sheet"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A new table; whoever was parted before keeps what stands in the drafts of their own."""
    op.create_table(
        "shared",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("resource", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_shared_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resource"], ["resources.id"], name="fk_shared_resource"),
        sa.PrimaryKeyConstraint("person", "resource", name="pk_shared"),
    )


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
