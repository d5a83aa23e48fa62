"""what whoever looked at a stamped action again has decided

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b83f6d20c9e4"
down_revision = "5c1e08d7a2b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    known = sa.CheckConstraint("decision IN ('stands', 'void')", name=op.f("ck_review_decision"))
    op.add_column("review", sa.Column("decision", sa.String(length=24), known, nullable=True))


def downgrade() -> None:
    op.drop_column("review", "decision")
