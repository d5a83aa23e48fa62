"""who recorded what is stamped: the database itself sees that nobody stamps what they recorded for an adult

Small, in both directions, schema apart from data, tolerable for the previous version of the program: it need not know of the
column, which the database fills in itself. Stamps from before keep none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "e27c4a9b1f60"
down_revision = "c41d9be27f03"
branch_labels = None
depends_on = None

# A pupil's teacher records and stamps: that the database lets pass.
_ON_SQLITE = """
CREATE TRIGGER stamp_takes_recorder AFTER INSERT ON stamp BEGIN
    UPDATE stamp SET recorder_id = (
        SELECT account.person_id FROM action JOIN account ON account.id = action.recorded_by
        WHERE action.id = NEW.action_id AND action.capacity <> 'pupil'
    ) WHERE id = NEW.id;
END
"""
_ON_POSTGRESQL = """
CREATE FUNCTION stamp_takes_recorder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorder_id := (
        SELECT account.person_id FROM action JOIN account ON account.id = action.recorded_by
        WHERE action.id = NEW.action_id AND action.capacity <> 'pupil'
    );
    RETURN NEW;
END $$;
CREATE TRIGGER stamp_takes_recorder BEFORE INSERT ON stamp FOR EACH ROW EXECUTE FUNCTION stamp_takes_recorder()
"""


def upgrade() -> None:
    # SQLite adds no constraint to a table that is there, but takes one with a column.
    apart = sa.CheckConstraint("recorder_id <> stamper_id", name=op.f("ck_stamp_nobody_stamps_what_they_recorded"))
    op.add_column("stamp", sa.Column("recorder_id", types.Serial, apart, nullable=True))
    # For the same reason the pair of action and recorder is no foreign key: whatever an INSERT says, the action's own is taken.
    op.execute(_ON_POSTGRESQL if op.get_context().dialect.name == "postgresql" else _ON_SQLITE)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TRIGGER stamp_takes_recorder ON stamp")
        op.execute("DROP FUNCTION stamp_takes_recorder()")
    else:
        op.execute("DROP TRIGGER stamp_takes_recorder")
    op.drop_column("stamp", "recorder_id")
