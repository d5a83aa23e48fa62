"""Counts that wait beside the tallies for their moment, as verifying and rebuilding see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, cast, delete, func, select
from sqlalchemy.orm import Session

from app.actions.models import Stamp
from app.rebuild.service.derived import Difference
from app.tallies.models import TallyPending


def sums(session: Session) -> Iterator[Row[Any]]:
    """Programme, subject, its id, period, measure and `delta`: the sum of all that waits for them."""
    key = (
        TallyPending.programme_id,
        TallyPending.subject,
        TallyPending.subject_id,
        TallyPending.period,
        TallyPending.measure,
    )
    return iter(session.execute(select(*key, cast(func.sum(TallyPending.delta), BigInteger).label("delta")).group_by(*key)))


def strays(session: Session) -> list[Difference]:
    """Changes that wait for a moment at which no stamp becomes public: the public would see them too early, too late or never."""
    waiting = select(TallyPending.public_at, func.count()).where(_is_stray()).group_by(TallyPending.public_at)
    return [
        Difference("tally_pending", (at.isoformat(),), "public_at", count, None)
        for at, count in session.execute(waiting.order_by(TallyPending.public_at))
    ]


def drop_strays(session: Session) -> int:
    """They are no stamp's; what their tallies lack then, the rebuild puts right. How many there were."""
    dropped = delete(TallyPending).where(_is_stray()).returning(TallyPending.id)
    return len(session.execute(dropped.execution_options(synchronize_session=False)).all())


def _is_stray() -> ColumnElement[bool]:
    return ~select(Stamp.id).where(Stamp.public_at == TallyPending.public_at).exists()
