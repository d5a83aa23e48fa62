"""RWs that are only proposed: what an action named stays with it, and makes no RW by itself

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a4f19c3d6b82"
down_revision = "7c1e94b0a2d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action", sa.Column("rw_proposed", sa.String(length=3), nullable=True))


def downgrade() -> None:
    op.drop_column("action", "rw_proposed")
