"""who asks to belong to a site, and where people say they live

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "bae048085776"
down_revision = "e7b2d0a4c816"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "membership_request",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column("site_id", types.Serial, nullable=False),
        sa.Column("ends_others", sa.Boolean(), nullable=False),
        sa.Column("asked_at", types.UtcTime, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "confirmed",
                "refused",
                "withdrawn",
                name="membershipoutcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("decided_at", types.UtcTime, nullable=True),
        sa.Column("decided_by", types.Serial, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_membership_request_an_answer_is_whole"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_membership_request_decided_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_request_person_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_membership_request_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_request")),
        sa.UniqueConstraint("uuid", name=op.f("uq_membership_request_uuid")),
    )
    op.create_index(op.f("ix_membership_request_person_id"), "membership_request", ["person_id"])
    op.create_index(op.f("ix_membership_request_site_id"), "membership_request", ["site_id"])
    op.create_index(
        "uq_membership_request_waiting",
        "membership_request",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.add_column("account", sa.Column("residence_id", types.Serial, nullable=True))


def downgrade() -> None:
    op.drop_column("account", "residence_id")
    op.drop_index(
        "uq_membership_request_waiting",
        table_name="membership_request",
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.drop_index(op.f("ix_membership_request_site_id"), table_name="membership_request")
    op.drop_index(op.f("ix_membership_request_person_id"), table_name="membership_request")
    op.drop_table("membership_request")
