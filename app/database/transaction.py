"""Where transactions begin and end: at the edge, never in a service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.database.engine import IMMEDIATE


@contextmanager
def writing(session: Session) -> Iterator[Session]:
    """One transaction that writes: committed when the block ends well, undone when it raises.

    What was read before belongs to an older view of the data and is ended first, so SQLite can take the write lock at once;
    look again, inside, at everything that the decision hangs on.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside a writing block")
    session.commit()
    session.connection(execution_options={IMMEDIATE: True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
