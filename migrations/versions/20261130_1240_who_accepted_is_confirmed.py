"""when whoever invited said that the right person, or another, had accepted

Small, in both directions, schema apart from data, tolerable for the previous version of the program. What was accepted before
began at once and stays so.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "2f7a90c3b518"
down_revision = "57974ec8d4ab"
branch_labels = None
depends_on = None

RULE = (
    "(confirmed_at IS NULL OR declined_at IS NULL) AND (accepted_at IS NOT NULL OR COALESCE(confirmed_at, declined_at) IS NULL)"
)


def upgrade() -> None:
    op.add_column("invitation", sa.Column("confirmed_at", types.UtcTime, nullable=True))
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    one_word = sa.CheckConstraint(RULE, name=op.f("ck_invitation_one_word_on_who_accepted"))
    op.add_column("invitation", sa.Column("declined_at", types.UtcTime, one_word, nullable=True))
    op.execute("UPDATE invitation SET confirmed_at = accepted_at WHERE accepted_at IS NOT NULL")


def downgrade() -> None:
    op.drop_column("invitation", "declined_at")
    op.drop_column("invitation", "confirmed_at")
