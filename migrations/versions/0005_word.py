"""The owner's word: facts known better than the mail, what happened outside of it, what was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_word"
down_revision = "0004_library"
branch_labels = None
depends_on = None


def _of_a_person() -> tuple[sa.Column[int], sa.Column[int], sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "owners_facts",
        *_of_a_person(),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("value", sa.String(300), nullable=False),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.Column("detected", sa.String(300), nullable=True),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("via", sa.String(20), nullable=False),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_owners_facts_person_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_owners_facts"),
    )
    op.create_index("ix_owners_facts_person", "owners_facts", ["person"])
    op.create_table(
        "owners_log",
        *_of_a_person(),
        sa.Column("happened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_owners_log_person_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_owners_log"),
    )
    op.create_index("ix_owners_log_person", "owners_log", ["person"])


def downgrade() -> None:
    """A database is never taken back: a backup lies beside it."""
    raise RuntimeError("Restore the backup that lies beside the database.")
