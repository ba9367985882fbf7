"""What is known of each person and not for others, what drafts were held back for, and what the owner has cleared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_known"
down_revision = "0005_word"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables; who is known already is taken in before the first draft is checked, what they said when it is read again."""
    op.create_table(
        "known",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("form", sa.String(320), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("itself", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_known_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "kind", "form", name="pk_known"),
    )
    op.create_index("ix_known_form_kind_secret_itself", "known", ["form", "kind", "secret", "itself"])
    op.create_table(
        "held",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("form", sa.String(320), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_held_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "kind", "form", name="pk_held"),
    )
    op.create_table(
        "cleared",
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("text", name="pk_cleared"),
    )


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
