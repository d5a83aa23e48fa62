"""weeks without programme days

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "c7e33dffa1d2"
down_revision = "9dc16b6afb96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("site_id", types.Serial, nullable=True),
        sa.Column("area_id", types.Serial, nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("declared_by", types.Serial, nullable=False),
        sa.Column("tenure_id", types.Serial, nullable=False),
        sa.Column("declared_at", types.UtcTime, nullable=False),
        sa.Column("withdrawn_by", types.Serial, nullable=True),
        sa.Column("withdrawn_at", types.UtcTime, nullable=True),
        sa.CheckConstraint("(site_id IS NULL) <> (area_id IS NULL)", name=op.f("ck_pause_of_one_place")),
        sa.CheckConstraint("(withdrawn_by IS NULL) = (withdrawn_at IS NULL)", name=op.f("ck_pause_withdrawn_by_somebody")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_pause_begins_before_it_ends")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_pause_area_id")),
        sa.ForeignKeyConstraint(["declared_by"], ["account.id"], name=op.f("fk_pause_declared_by")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_pause_site_id")),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_pause_tenure_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_pause_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_area_id_last_day"), "pause", ["area_id", "last_day"])
    op.create_index(op.f("ix_pause_site_id_last_day"), "pause", ["site_id", "last_day"])


def downgrade() -> None:
    op.drop_index(op.f("ix_pause_site_id_last_day"), table_name="pause")
    op.drop_index(op.f("ix_pause_area_id_last_day"), table_name="pause")
    op.drop_table("pause")
