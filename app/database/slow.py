"""Statements that took long, told with their text, which holds names of values and never a value."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

SLOW_MS = 500
"""What a page asks for takes milliseconds; half a second is waiting, or a statement that lacks an index."""


def tell_slow(engine: Engine, tell: Callable[[str, float], None], *, slow_ms: float = SLOW_MS) -> None:
    """From now on `tell(statement, ms)` hears of each statement of the engine that took longer, those that failed too.

    Taking SQLite's lock to write is a statement of its own, BEGIN IMMEDIATE: a long one has waited for another writer.
    """

    key = object()  # of this listener alone: another one on the engine takes its own time

    def begin(connection: Any, *_given: object) -> None:  # noqa: ANN401 - SQLAlchemy's own, loosely typed
        connection.info[key] = time.perf_counter()

    def end(connection: Any, statement: str) -> None:  # noqa: ANN401 - the same
        began = connection.info.pop(key, None)
        if began is not None and (took := (time.perf_counter() - began) * 1000) > slow_ms:
            tell(statement, took)

    def failed(context: Any) -> None:  # noqa: ANN401 - the same
        if context.connection is not None and not context.connection.invalidated:
            end(context.connection, context.statement or "")

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", lambda connection, _cursor, statement, *_rest: end(connection, statement))
    event.listen(engine, "handle_error", failed)
