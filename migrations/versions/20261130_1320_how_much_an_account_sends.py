"""how much an account has sent within an hour is found by an index

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

from alembic import op

revision = "8c1e5b7fd204"
down_revision = "b7d3e90a5c18"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_action_recorded_by_received_at"), "action", ["recorded_by", "received_at"], unique=False)
    op.create_index(op.f("ix_photo_sender_account_id_sent_at"), "photo_sender", ["account_id", "sent_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_photo_sender_account_id_sent_at"), table_name="photo_sender")
    op.drop_index(op.f("ix_action_recorded_by_received_at"), table_name="action")
