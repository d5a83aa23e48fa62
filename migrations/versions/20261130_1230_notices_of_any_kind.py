"""notices of any kind

The words of a notice's kind are held by the program alone, so that a further kind needs no migration. Small, in both directions;
the previous version of the program reads the kinds that it knows. SQLite drops no constraint: there the table, to which nothing
points, is made again. Going back, notices of kinds that came later are gone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "8e2f64b0d7a9"
down_revision = "7d0b52f8c3ea"
branch_labels = None
depends_on = None

FIRST_KINDS = ("stamped", "belt", "badge", "refused", "voided")
COLUMNS = 'id, uuid, person_id, kind, "values", link, told_at, read_at'


def _held() -> sa.Enum:
    return sa.Enum(*FIRST_KINDS, name="noticekind", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_notice_noticekind"), "notice", type_="check")
    else:
        _make_again(sa.String(length=24))


def downgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in FIRST_KINDS)
    op.execute(f"DELETE FROM notice WHERE kind NOT IN ({kinds})")  # noqa: S608 - our own words
    if op.get_context().dialect.name == "postgresql":
        op.create_check_constraint(op.f("ck_notice_noticekind"), "notice", f"kind IN ({kinds})")
    else:
        _make_again(_held())


def _make_again(kind: sa.types.TypeEngine[str]) -> None:
    for index in ("ix_notice_person", "ix_notice_told_at", "ix_notice_unread"):
        op.drop_index(index, table_name="notice")
    op.rename_table("notice", "notice_before")
    op.create_table(
        "notice",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("values", types.Document, nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("told_at", types.UtcTime, nullable=False),
        sa.Column("read_at", types.UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("uuid", name=op.f("uq_notice_uuid")),
    )
    op.execute(f"INSERT INTO notice ({COLUMNS}) SELECT {COLUMNS} FROM notice_before")  # noqa: S608 - our own words
    op.drop_table("notice_before")
    op.create_index("ix_notice_person", "notice", ["person_id", "id"])
    op.create_index(op.f("ix_notice_told_at"), "notice", ["told_at"])
    op.create_index("ix_notice_unread", "notice", ["person_id"], sqlite_where=sa.text("read_at IS NULL"))
