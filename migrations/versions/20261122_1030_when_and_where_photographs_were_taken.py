"""when and where photographs were taken, as the phone tells it

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "5c1e40a7d2b9"
down_revision = "5d1f0c7be2a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action_photo", sa.Column("taken_at", types.UtcTime, nullable=True))
    op.add_column("action_photo", sa.Column("lon", sa.Double(), nullable=True))
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    whole = sa.CheckConstraint("(lon IS NULL) = (lat IS NULL)", name=op.f("ck_action_photo_place_is_whole"))
    op.add_column("action_photo", sa.Column("lat", sa.Double(), whole, nullable=True))


def downgrade() -> None:
    op.drop_column("action_photo", "lat")
    op.drop_column("action_photo", "lon")
    op.drop_column("action_photo", "taken_at")
