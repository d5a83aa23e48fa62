"""when an administrator hid a name from others

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "b9e41d7c62f5"
down_revision = "8bb88c6bfec0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("name_hidden_at", types.UtcTime, nullable=True))


def downgrade() -> None:
    op.drop_column("person", "name_hidden_at")
