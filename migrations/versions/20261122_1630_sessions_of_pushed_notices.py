"""the sessions in which a browser asked for pushed notices

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d1a7735c0e92"
down_revision = "b83f6d20c9e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("push_subscription", sa.Column("session_key", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("push_subscription", "session_key")
