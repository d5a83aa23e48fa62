"""sign-in and invitations

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "92232bea0cfd"
down_revision = "878ae2322aad"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "try_count",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", types.UtcTime, nullable=False),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_try_count_tries_not_negative")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_try_count")),
    )
    op.create_index(op.f("ix_try_count_last_at"), "try_count", ["last_at"])
    op.create_table(
        "invitation",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "volunteer",
                "cadre",
                "rt",
                "rw",
                "teacher",
                "principal",
                "officer",
                "expert",
                "coordinator",
                "lurah",
                "kecamatan",
                "agency",
                "sponsor",
                "administrator",
                name="post",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "movement",
            sa.Enum("pkk", "kb", "dasawisma", name="movement", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("area_id", types.Serial, nullable=True),
        sa.Column("site_id", types.Serial, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("invited_by", types.Serial, nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("expires_at", types.UtcTime, nullable=False),
        sa.Column("accepted_at", types.UtcTime, nullable=True),
        sa.Column("accepted_by", types.Serial, nullable=True),
        sa.Column("revoked_at", types.UtcTime, nullable=True),
        sa.CheckConstraint("movement IS NULL OR post = 'cadre'", name=op.f("ck_invitation_only_cadres_have_a_movement")),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)", name=op.f("ck_invitation_acceptance_names_its_account")
        ),
        sa.CheckConstraint("(area_id IS NULL) <> (site_id IS NULL)", name=op.f("ck_invitation_one_place")),
        sa.CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name=op.f("ck_invitation_accepted_or_revoked")),
        sa.ForeignKeyConstraint(["accepted_by"], ["account.id"], name=op.f("fk_invitation_accepted_by")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_invitation_area_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["account.id"], name=op.f("fk_invitation_invited_by")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_invitation_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("uuid", name=op.f("uq_invitation_uuid")),
    )
    op.create_index(op.f("ix_invitation_invited_by"), "invitation", ["invited_by"])
    op.create_table(
        "reset_code",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("made_by", types.Serial, nullable=True),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("expires_at", types.UtcTime, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", types.UtcTime, nullable=True),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_reset_code_tries_not_negative")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reset_code_account_id")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_reset_code_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_code")),
    )
    op.create_index(op.f("ix_reset_code_account_id"), "reset_code", ["account_id"])
    op.create_index(
        "uq_reset_code_open",
        "reset_code",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_reset_code_open",
        table_name="reset_code",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_reset_code_account_id"), table_name="reset_code")
    op.drop_table("reset_code")
    op.drop_index(op.f("ix_invitation_invited_by"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_try_count_last_at"), table_name="try_count")
    op.drop_table("try_count")
