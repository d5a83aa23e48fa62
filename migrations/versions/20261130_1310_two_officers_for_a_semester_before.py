"""two officers for what is from before the semester: the first one's word, and whose it was beside the stamp

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "b7d3e90a5c18"
down_revision = "c3e85b7f20d1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "first_word",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", types.Serial, nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("tenure_id", types.Serial, nullable=False),
        sa.Column("said_at", types.UtcTime, nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("person_id <> officer_id", name=op.f("ck_first_word_nobody_speaks_for_their_own")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_first_word_account_id")),
        sa.ForeignKeyConstraint(
            ["action_id", "person_id"], ["action.id", "action.person_id"], name=op.f("fk_first_word_action_id")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_first_word_officer_id")),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_first_word_tenure_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_first_word")),
    )
    apart = sa.CheckConstraint("first_officer_id <> stamper_id", name=op.f("ck_stamp_two_officers_are_two"))
    # No foreign key: SQLite drops no column that has one. The first word itself points at its officer.
    op.add_column("stamp", sa.Column("first_officer_id", types.Serial, apart, nullable=True))


def downgrade() -> None:
    op.drop_column("stamp", "first_officer_id")
    op.drop_table("first_word")
