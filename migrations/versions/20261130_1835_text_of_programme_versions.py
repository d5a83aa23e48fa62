"""the file of a programme's version as it was written, with its comments; versions from before have none

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d4a7c19e5b30"
down_revision = "8c1e5b7fd204"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme_version", sa.Column("text", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("programme_version", "text")
