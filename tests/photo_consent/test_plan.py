"""That released photographs are found by an index, however many actions there are."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.photo_consent import queries
from tests.factories.actions import NOW
from tests.factories.cast import Cast
from tests.factories.city import MELATI

WAYS = {
    "all": ({}, "ix_photo_release_shown"),
    "kelurahan": ({"kelurahan_id": MELATI}, "ix_photo_release_shown_kelurahan"),
    "programme": ({"programme_id": "gps"}, "ix_photo_release_shown_programme"),
}


@pytest.mark.parametrize(("where", "index"), WAYS.values(), ids=WAYS)
def test_the_latest_pairs_come_from_their_index(session: Session, cast: Cast, where: dict[str, str], index: str) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans with the values and its statistics")
    numbers = cast.city.areas | cast.city.programmes
    asked: list[tuple[str, Any]] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    queries.public_pairs(session, limit=4, now=NOW, **{name: numbers[word] for name, word in where.items()})
    [(statement, values)] = [one for one in asked if "FROM photo_release" in one[0]]
    plan = [row[-1] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert f"USING INDEX {index} " in f"{plan[0]} "
