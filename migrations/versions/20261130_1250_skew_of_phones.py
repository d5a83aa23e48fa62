"""by how much phones' clocks were ahead when they sent

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7c1e94b0a2d3"
down_revision = "2f7a90c3b518"
branch_labels = None
depends_on = None

SKEWED = sa.text("skew_minutes IS NOT NULL")


def upgrade() -> None:
    op.add_column("action", sa.Column("skew_minutes", sa.Integer(), nullable=True))
    op.create_index("ix_action_skewed", "action", ["received_at"], sqlite_where=SKEWED, postgresql_where=SKEWED)


def downgrade() -> None:
    op.drop_index("ix_action_skewed", table_name="action")
    op.drop_column("action", "skew_minutes")
