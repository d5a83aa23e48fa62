"""photographs for the public: a name of its own, an officer's "no", and where its action lies

The table is made anew: until now no page and no command wrote into it.
Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "e47a0b96c3d1"
down_revision = "5c1e40a7d2b9"
branch_labels = None
depends_on = None

UNSEEN = "consented_at IS NOT NULL AND cleared_at IS NULL AND declined_at IS NULL"
SHOWN = "consented_at IS NOT NULL AND cleared_at IS NOT NULL"
INDEXES = (
    ("ix_photo_release_open", ["kelurahan_id", "consented_at"], UNSEEN),
    ("ix_photo_release_shown", ["cleared_at"], SHOWN),
    ("ix_photo_release_shown_kelurahan", ["kelurahan_id", "cleared_at"], SHOWN),
    ("ix_photo_release_shown_programme", ["programme_id", "cleared_at"], SHOWN),
)


def _words_of_two_persons() -> list[Any]:
    return [
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
    ]


def upgrade() -> None:
    op.drop_table("photo_release")
    op.create_table(
        "photo_release",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("kelurahan_id", types.Serial, nullable=True),
        sa.Column("declined_at", types.UtcTime, nullable=True),
        sa.Column("declined_by", types.Serial, nullable=True),
        sa.Column("decline_reason", sa.String(length=1000), nullable=True),
        *_words_of_two_persons(),
        sa.CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL) AND (declined_at IS NULL) = (decline_reason IS NULL)",
            name=op.f("ck_photo_release_a_decline_is_whole"),
        ),
        sa.CheckConstraint("cleared_at IS NULL OR declined_at IS NULL", name=op.f("ck_photo_release_one_word_stands")),
        sa.ForeignKeyConstraint(["declined_by"], ["account.id"], name=op.f("fk_photo_release_declined_by")),
        sa.ForeignKeyConstraint(["kelurahan_id"], ["area.id"], name=op.f("fk_photo_release_kelurahan_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_photo_release_programme_id")),
        sa.UniqueConstraint("id", name=op.f("uq_photo_release_id")),
    )
    for name, columns, where in INDEXES:
        op.create_index(name, "photo_release", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, _, where in reversed(INDEXES):
        op.drop_index(name, table_name="photo_release", sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.drop_table("photo_release")
    op.create_table(
        "photo_release",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *_words_of_two_persons(),
    )
