"""the hour at which somebody is told what waits for their stamp

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c3e85b7f20d1"
down_revision = "b9e41d7c62f5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    by_day = sa.CheckConstraint("notice_hour BETWEEN 6 AND 20", name=op.f("ck_account_notices_come_by_day"))
    op.add_column("account", sa.Column("notice_hour", sa.SmallInteger(), by_day, nullable=True))


def downgrade() -> None:
    op.drop_column("account", "notice_hour")
