"""photographs and jobs

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "878ae2322aad"
down_revision = "9b1e10d825ac"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("payload", types.Document, nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("run_after", types.UtcTime, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", types.UtcTime, nullable=True),
        sa.Column("locked_by", sa.String(length=120), nullable=True),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.Column("done_at", types.UtcTime, nullable=True),
        sa.Column("dead_at", types.UtcTime, nullable=True),
        sa.CheckConstraint("done_at IS NULL OR dead_at IS NULL", name=op.f("ck_job_done_or_dead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index(op.f("ix_job_done_at"), "job", ["done_at"])
    op.create_index(
        "ix_job_due",
        "job",
        ["run_after", "id"],
        sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
    )
    op.create_table(
        "photo",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("jpeg", "png", "webp", "heic", name="imagekind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("pending", "ready", "broken", name="photostate", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "fault",
            sa.Enum("unreadable", "too_large", "gave_up", name="fault", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("stored_at", types.UtcTime, nullable=False),
        sa.Column("seen_at", types.UtcTime, nullable=True),
        sa.Column("original_dropped_at", types.UtcTime, nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("digest_1600", sa.String(length=64), nullable=True),
        sa.Column("digest_320", sa.String(length=64), nullable=True),
        sa.Column("pixels", sa.String(length=64), nullable=True),
        sa.Column("look", sa.String(length=64), nullable=True),
        sa.Column("taken", sa.DateTime(), nullable=True),
        sa.Column("offset_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.CheckConstraint("(state = 'broken') = (fault IS NOT NULL)", name=op.f("ck_photo_broken_says_why")),
        sa.CheckConstraint("(state = 'pending') = (seen_at IS NULL)", name=op.f("ck_photo_seen_when_not_pending")),
        sa.CheckConstraint(
            "(state = 'ready') = (digest_1600 IS NOT NULL AND digest_320 IS NOT NULL)",
            name=op.f("ck_photo_ready_has_derivatives"),
        ),
        sa.CheckConstraint("(lon IS NULL) = (lat IS NULL)", name=op.f("ck_photo_position_is_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("sha256", name=op.f("uq_photo_sha256")),
    )
    op.create_index(op.f("ix_photo_pixels"), "photo", ["pixels"])
    op.create_table(
        "photo_band",
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("photo_id", types.Serial, nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_band_photo_id")),
        sa.PrimaryKeyConstraint("band", "photo_id", name=op.f("pk_photo_band")),
    )
    op.create_index(op.f("ix_photo_band_photo_id"), "photo_band", ["photo_id"])
    op.create_table(
        "photo_sender",
        sa.Column("photo_id", types.Serial, nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("sent_at", types.UtcTime, nullable=False),
        sa.Column("used_at", types.UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_photo_sender_account_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_sender_photo_id")),
        sa.PrimaryKeyConstraint("photo_id", "account_id", name=op.f("pk_photo_sender")),
    )
    op.create_index(op.f("ix_photo_sender_account_id"), "photo_sender", ["account_id"])
    op.create_index(
        "ix_photo_sender_unused",
        "photo_sender",
        ["sent_at"],
        sqlite_where=sa.text("used_at IS NULL"),
        postgresql_where=sa.text("used_at IS NULL"),
    )
    op.create_table(
        "photo_signal",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "photo_repeated",
                "photo_similar",
                "photo_time_off",
                "photo_place_off",
                name="signalkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("other_action_id", sa.Uuid(), nullable=True),
        sa.Column("values", types.Document, nullable=False),
        sa.Column("rules_version", sa.SmallInteger(), nullable=False),
        sa.Column("found_at", types.UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_photo_signal_action_id")),
        sa.ForeignKeyConstraint(["other_action_id"], ["action.id"], name=op.f("fk_photo_signal_other_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_signal")),
        sa.UniqueConstraint("action_id", "kind", "place", name=op.f("uq_photo_signal_action_id_kind_place")),
    )
    op.create_index(op.f("ix_photo_signal_other_action_id"), "photo_signal", ["other_action_id"])
    op.create_table(
        "review",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", types.UtcTime, nullable=False),
        sa.Column("closed_at", types.UtcTime, nullable=True),
        sa.Column("closed_by", types.Serial, nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_review_closed_by_somebody")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_review_action_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_review_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_action_id"), "review", ["action_id"])
    op.create_index(
        "uq_review_open",
        "review",
        ["action_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "photo_release",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("consented_at", types.UtcTime, nullable=True),
        sa.Column("consented_by", types.Serial, nullable=True),
        sa.Column("cleared_at", types.UtcTime, nullable=True),
        sa.Column("cleared_by", types.Serial, nullable=True),
        sa.CheckConstraint("(cleared_at IS NULL) = (cleared_by IS NULL)", name=op.f("ck_photo_release_clearance_is_somebodys")),
        sa.CheckConstraint("(consented_at IS NULL) = (consented_by IS NULL)", name=op.f("ck_photo_release_consent_is_somebodys")),
        sa.CheckConstraint("consented_by <> cleared_by", name=op.f("ck_photo_release_two_persons_release")),
        sa.ForeignKeyConstraint(
            ["action_id", "place"],
            ["action_photo.action_id", "action_photo.place"],
            name=op.f("fk_photo_release_action_id_place"),
        ),
        sa.ForeignKeyConstraint(["cleared_by"], ["account.id"], name=op.f("fk_photo_release_cleared_by")),
        sa.ForeignKeyConstraint(["consented_by"], ["account.id"], name=op.f("fk_photo_release_consented_by")),
        sa.PrimaryKeyConstraint("action_id", "place", name=op.f("pk_photo_release")),
    )


def downgrade() -> None:
    op.drop_table("photo_release")
    op.drop_index(
        "uq_review_open",
        table_name="review",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(op.f("ix_review_action_id"), table_name="review")
    op.drop_table("review")
    op.drop_index(op.f("ix_photo_signal_other_action_id"), table_name="photo_signal")
    op.drop_table("photo_signal")
    op.drop_index(
        "ix_photo_sender_unused",
        table_name="photo_sender",
        sqlite_where=sa.text("used_at IS NULL"),
        postgresql_where=sa.text("used_at IS NULL"),
    )
    op.drop_index(op.f("ix_photo_sender_account_id"), table_name="photo_sender")
    op.drop_table("photo_sender")
    op.drop_index(op.f("ix_photo_band_photo_id"), table_name="photo_band")
    op.drop_table("photo_band")
    op.drop_index(op.f("ix_photo_pixels"), table_name="photo")
    op.drop_table("photo")
    op.drop_index(
        "ix_job_due",
        table_name="job",
        sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
    )
    op.drop_index(op.f("ix_job_done_at"), table_name="job")
    op.drop_table("job")
