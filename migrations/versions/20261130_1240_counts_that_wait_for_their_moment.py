"""counts that wait for their moment

Small, in both directions, tolerable for the previous version of the program. The way back takes what waits into the tallies: the
previous version knows no other place for it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "57974ec8d4ab"
down_revision = "8e2f64b0d7a9"
branch_labels = None
depends_on = None


FOLD = """
    INSERT INTO tally (programme_id, subject, subject_id, period, measure, value)
    SELECT programme_id, subject, subject_id, period, measure, SUM(delta) FROM tally_pending WHERE TRUE
    GROUP BY programme_id, subject, subject_id, period, measure
    ON CONFLICT (programme_id, subject, subject_id, period, measure) DO UPDATE SET value = tally.value + excluded.value
"""


def upgrade() -> None:
    op.create_table(
        "tally_pending",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column(
            "subject",
            sa.Enum("person", "site", "area", name="subject", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("public_at", types.UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_tally_pending_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_pending")),
    )
    op.create_index("ix_tally_pending_key", "tally_pending", ["programme_id", "subject", "subject_id", "period", "measure"])
    op.create_index(op.f("ix_tally_pending_public_at"), "tally_pending", ["public_at"])
    op.add_column("stamp", sa.Column("public_at", types.UtcTime, nullable=True))
    op.create_index(
        "ix_stamp_public_at",
        "stamp",
        ["public_at"],
        sqlite_where=sa.text("public_at IS NOT NULL"),
        postgresql_where=sa.text("public_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_stamp_public_at",
        table_name="stamp",
        sqlite_where=sa.text("public_at IS NOT NULL"),
        postgresql_where=sa.text("public_at IS NOT NULL"),
    )
    op.drop_column("stamp", "public_at")
    op.execute(FOLD)
    op.drop_index(op.f("ix_tally_pending_public_at"), table_name="tally_pending")
    op.drop_index("ix_tally_pending_key", table_name="tally_pending")
    op.drop_table("tally_pending")
