"""a row for each browser that is signed in

Small, in both directions, schema apart from data, tolerable for the previous version of the program.

Whoever is signed in stays so: what their cookies name becomes a session, which all browsers of an account share until one of them
signs out.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "5b0c6e1f7a21"
down_revision = "d1a7735c0e92"
branch_labels = None
depends_on = None

_SESSION = sa.table(
    "browser_session",
    sa.column("digest", sa.String),
    sa.column("account_id", sa.Integer),
    sa.column("session_key", sa.String),
    sa.column("started_at", types.UtcTime),
    sa.column("expires_at", types.UtcTime),
)


def upgrade() -> None:
    op.create_table(
        "browser_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("started_at", types.UtcTime, nullable=False),
        sa.Column("expires_at", types.UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_browser_session_account_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_browser_session")),
    )
    op.create_index(op.f("ix_browser_session_account_id"), "browser_session", ["account_id"])
    op.create_index(op.f("ix_browser_session_expires_at"), "browser_session", ["expires_at"])
    op.add_column("push_subscription", sa.Column("session_digest", sa.String(length=64), nullable=True))
    _keep_signed_in()


def _keep_signed_in() -> None:
    now = datetime.now(UTC)
    accounts = op.get_bind().execute(sa.text("SELECT id, session_key FROM account WHERE disabled_at IS NULL")).all()
    rows = [
        {
            "digest": hashlib.sha256(key.encode()).hexdigest(),
            "account_id": account_id,
            "session_key": key,
            "started_at": now,
            "expires_at": now + timedelta(days=30),
        }
        for account_id, key in accounts
    ]
    if rows:
        op.bulk_insert(_SESSION, rows)


def downgrade() -> None:
    op.drop_column("push_subscription", "session_digest")
    op.drop_index(op.f("ix_browser_session_expires_at"), table_name="browser_session")
    op.drop_index(op.f("ix_browser_session_account_id"), table_name="browser_session")
    op.drop_table("browser_session")
