"""an hour at which somebody is reminded of programme days

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "9dc16b6afb96"
down_revision = "3e02d65f56ee"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    by_morning = sa.CheckConstraint("reminder_hour BETWEEN 6 AND 11", name=op.f("ck_account_reminders_come_in_the_morning"))
    op.add_column("account", sa.Column("reminder_hour", sa.SmallInteger(), by_morning, nullable=True))


def downgrade() -> None:
    op.drop_column("account", "reminder_hour")
