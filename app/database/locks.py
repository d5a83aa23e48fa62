"""Locking rows so that two who decide about the same thing do so one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session


def lock_rows(session: Session, key: InstrumentedAttribute[int], ids: Iterable[int]) -> None:
    """Lock the rows with these keys until the transaction ends, always in the same order.

    Rows of other tables may go on pointing at them: whoever stamps a person's action does not keep others from recording one.
    SQLite has one writer, who has locked everything already.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(select(key).where(key.in_(sorted(set(ids)))).order_by(key).with_for_update(key_share=True))
