"""every version of a baseline or target that was ever written down

Small, in both directions, tolerable for the previous version of the program. What is in force becomes the first version.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "8bb88c6bfec0"
down_revision = "a4f19c3d6b82"
branch_labels = None
depends_on = None


FIRST_VERSIONS = """
    INSERT INTO figure_version (
        kind, programme_id, area_id, indicator, day, value, source, reason, recorded_at, recorded_by
    )
    SELECT '{kind}', programme_id, area_id, indicator, {day}, value, source, '', recorded_at, recorded_by FROM {kind} ORDER BY id
"""


def upgrade() -> None:
    op.create_table(
        "figure_version",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("baseline", "target", name="figurekind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("area_id", types.Serial, nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("recorded_at", types.UtcTime, nullable=False),
        sa.Column("recorded_by", types.Serial, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_figure_version_area_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_figure_version_programme_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_figure_version_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_version")),
    )
    op.create_index("ix_figure_version_place", "figure_version", ["programme_id", "area_id", "kind", "indicator"])
    for kind, day in (("baseline", "counted_on"), ("target", "due_on")):
        op.execute(FIRST_VERSIONS.format(kind=kind, day=day))


def downgrade() -> None:
    op.drop_index("ix_figure_version_place", table_name="figure_version")
    op.drop_table("figure_version")
