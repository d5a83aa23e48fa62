"""a review of each stamp from before that its action's own recorder gave: somebody else looks, nothing is taken back

Data alone; a second run finds nothing left to open. Taking it back leaves the reviews, which the version before shows as well.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "7d0b52f8c3ea"
down_revision = "e27c4a9b1f60"
branch_labels = None
depends_on = None

_ALONE = sa.text("""
    INSERT INTO review (action_id, opened_at)
    SELECT stamp.action_id, :now FROM stamp
    JOIN action ON action.id = stamp.action_id JOIN account ON account.id = action.recorded_by
    WHERE stamp.voided_at IS NULL AND action.capacity <> 'pupil' AND account.person_id = stamp.stamper_id
    AND NOT EXISTS (SELECT 1 FROM review AS open WHERE open.action_id = stamp.action_id AND open.closed_at IS NULL)
""").bindparams(sa.bindparam("now", type_=types.UtcTime))


def upgrade() -> None:
    op.get_bind().execute(_ALONE, {"now": datetime.now(UTC)})


def downgrade() -> None:
    """Somebody may be looking already: the reviews stay."""
