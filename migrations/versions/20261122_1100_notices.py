"""notices and the browsers they are pushed to

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "5c1e08d7a2b4"
down_revision = "e47a0b96c3d1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "stamped",
                "belt",
                "badge",
                "refused",
                "voided",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("values", types.Document, nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("told_at", types.UtcTime, nullable=False),
        sa.Column("read_at", types.UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("uuid", name=op.f("uq_notice_uuid")),
    )
    op.create_index("ix_notice_person", "notice", ["person_id", "id"])
    op.create_index(op.f("ix_notice_told_at"), "notice", ["told_at"])
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["person_id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "push_subscription",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("endpoint", sa.String(length=1000), nullable=False),
        sa.Column("p256dh", sa.String(length=100), nullable=False),
        sa.Column("auth", sa.String(length=50), nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_push_subscription_account_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_push_subscription")),
    )
    op.create_index(op.f("ix_push_subscription_account_id"), "push_subscription", ["account_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_push_subscription_account_id"), table_name="push_subscription")
    op.drop_table("push_subscription")
    op.drop_index(
        "ix_notice_unread",
        table_name="notice",
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.drop_index(op.f("ix_notice_told_at"), table_name="notice")
    op.drop_index("ix_notice_person", table_name="notice")
    op.drop_table("notice")
