"""a bulk of stamps is one decision

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "3e02d65f56ee"
down_revision = "71731490d609"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stamp_bulk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", types.Serial, nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("decided_at", types.UtcTime, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("unseen", sa.Integer(), nullable=True),
        sa.Column("flags", types.Document, nullable=False),
        sa.Column("flagged_at", types.UtcTime, nullable=True),
        sa.Column("closed_at", types.UtcTime, nullable=True),
        sa.Column("closed_by", types.Serial, nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_stamp_bulk_closed_by_somebody")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_stamp_bulk_account_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_stamp_bulk_closed_by")),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_stamp_bulk_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_bulk")),
    )
    op.create_index(
        "ix_stamp_bulk_flagged",
        "stamp_bulk",
        ["flagged_at"],
        sqlite_where=sa.text("flagged_at IS NOT NULL AND closed_at IS NULL"),
        postgresql_where=sa.text("flagged_at IS NOT NULL AND closed_at IS NULL"),
    )
    op.add_column("stamp", sa.Column("bulk_id", sa.Uuid(), nullable=True))
    op.drop_index(op.f("ix_stamp_stamper_id"), table_name="stamp")
    op.create_index(
        "ix_stamp_bulk_id",
        "stamp",
        ["bulk_id"],
        sqlite_where=sa.text("bulk_id IS NOT NULL"),
        postgresql_where=sa.text("bulk_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_stamp_stamper_id_stamped_at"), "stamp", ["stamper_id", "stamped_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_stamp_stamper_id_stamped_at"), table_name="stamp")
    op.drop_index(
        "ix_stamp_bulk_id",
        table_name="stamp",
        sqlite_where=sa.text("bulk_id IS NOT NULL"),
        postgresql_where=sa.text("bulk_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_stamp_stamper_id"), "stamp", ["stamper_id"])
    op.drop_column("stamp", "bulk_id")
    op.drop_index(
        "ix_stamp_bulk_flagged",
        table_name="stamp_bulk",
        sqlite_where=sa.text("flagged_at IS NOT NULL AND closed_at IS NULL"),
        postgresql_where=sa.text("flagged_at IS NOT NULL AND closed_at IS NULL"),
    )
    op.drop_table("stamp_bulk")
