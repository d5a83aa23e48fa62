"""pupils of a school

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

from alembic import op

revision = "5d1f0c7be2a4"
down_revision = "92232bea0cfd"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # As a column's own check, which both databases add and drop with it; otherwise SQLite would have to copy the table.
    op.execute(
        "ALTER TABLE site ADD COLUMN pupils INTEGER"
        " CONSTRAINT ck_site_pupils_are_a_schools CHECK (pupils IS NULL OR (pupils > 0 AND kind = 'school'))"
    )


def downgrade() -> None:
    op.drop_column("site", "pupils")
