"""when a post was taken away before its last day was over

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "c41d9be27f03"
down_revision = "5b0c6e1f7a21"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    dated = sa.CheckConstraint("ended_at IS NULL OR valid_until IS NOT NULL", name=op.f("ck_tenure_what_ended_has_a_last_day"))
    op.add_column("tenure", sa.Column("ended_at", types.UtcTime, dated, nullable=True))


def downgrade() -> None:
    op.drop_column("tenure", "ended_at")
