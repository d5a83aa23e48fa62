"""photographs that follow their action

Small, in both directions, schema apart from data. The previous version of the program takes one that is awaited for one that is
gone; rows of before are photographs that came first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "92d5ac18b5dc"
down_revision = "bae048085776"
branch_labels = None
depends_on = None

AWAITED = sa.text("awaited_since IS NOT NULL AND came_at IS NULL")


def upgrade() -> None:
    op.add_column("action_photo", sa.Column("awaited_since", types.UtcTime, nullable=True))
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    awaited = "came_at IS NULL OR awaited_since IS NOT NULL"
    check = sa.CheckConstraint(awaited, name=op.f("ck_action_photo_what_came_was_awaited"))
    op.add_column("action_photo", sa.Column("came_at", types.UtcTime, check, nullable=True))
    op.create_index("ix_action_photo_awaited", "action_photo", ["awaited_since"], sqlite_where=AWAITED, postgresql_where=AWAITED)


def downgrade() -> None:
    op.drop_index("ix_action_photo_awaited", table_name="action_photo")
    op.drop_column("action_photo", "came_at")
    op.drop_column("action_photo", "awaited_since")
