"""That a queue is found by what waits, however much was stamped before."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.stamping import queries
from tests.factories.actions import NOW, make_action
from tests.factories.cast import Cast


def test_the_queue_reads_the_index_of_open_actions(session: Session, cast: Cast) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans with the values and its statistics")
    make_action(session, cast.budi)
    asked: list[tuple[str, Any]] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    page, _ = queries.queue(session, cast.lurah.person_id, limit=10, after=None, now=NOW)
    assert len(page) == 1
    [(statement, values)] = [one for one in asked if "FROM action" in one[0]]
    plan = [row[-1] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert "ix_action_queue_kelurahan" in plan[0]
