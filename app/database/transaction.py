"""Where transactions begin and end: at the edge, never in a service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.database.engine import IMMEDIATE
from app.database.patience import write_turn

_CACHE = "sabuk_kept"


def transaction_cache(session: Session) -> dict[str, Any]:
    """What rooms keep of what they read: it ends with the session's transaction. A savepoint has its own."""
    session.connection()
    transaction = session.get_transaction(), session.get_nested_transaction()
    cached: tuple[object, dict[str, Any]] | None = session.info.get(_CACHE)
    if cached is None or cached[0] != transaction:
        cached = session.info[_CACHE] = (transaction, {})
    return cached[1]


@contextmanager
def write_transaction(session: Session) -> Iterator[Session]:
    """One transaction that writes: committed when the block ends well, undone when it raises.

    What was read before belongs to an older view of the data and is ended first, so SQLite can take the write lock at once;
    look again, inside, at everything that the decision hangs on. Raises Busy where others write for too long.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside a writing block")
    session.commit()
    with write_turn(session.get_bind().engine):
        try:
            session.connection(execution_options={IMMEDIATE: True})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            if isinstance(bind := session.get_bind(), Connection):
                bind.execution_options(**{IMMEDIATE: False})
