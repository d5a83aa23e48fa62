"""replacement days

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "71731490d609"
down_revision = "92d5ac18b5dc"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replacement_day",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("site_id", types.Serial, nullable=True),
        sa.Column("area_id", types.Serial, nullable=True),
        sa.Column("moved", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("declared_by", types.Serial, nullable=False),
        sa.Column("tenure_id", types.Serial, nullable=False),
        sa.Column("declared_at", types.UtcTime, nullable=False),
        sa.CheckConstraint("(site_id IS NULL) <> (area_id IS NULL)", name=op.f("ck_replacement_day_of_one_place")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_replacement_day_area_id")),
        sa.ForeignKeyConstraint(["declared_by"], ["account.id"], name=op.f("fk_replacement_day_declared_by")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_replacement_day_programme_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_replacement_day_site_id")),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_replacement_day_tenure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement_day")),
        sa.UniqueConstraint("programme_id", "area_id", "moved", name=op.f("uq_replacement_day_programme_id_area_id_moved")),
        sa.UniqueConstraint("programme_id", "site_id", "moved", name=op.f("uq_replacement_day_programme_id_site_id_moved")),
    )
    op.create_index(op.f("ix_replacement_day_programme_id_day"), "replacement_day", ["programme_id", "day"])


def downgrade() -> None:
    op.drop_index(op.f("ix_replacement_day_programme_id_day"), table_name="replacement_day")
    op.drop_table("replacement_day")
