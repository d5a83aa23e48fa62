"""Sees what is written to a database and whether it was committed."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event

from app.database import db

WRITES = ("INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "DROP", "ALTER", "TRUNCATE", "WITH")


class Watch:
    """Remembers commits that wrote, and requests that ended with writes neither committed nor rolled back."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self.committed = False
        self.left_open: list[str] = []
        event.listen(engine, "after_cursor_execute", self._executed)
        event.listen(engine, "commit", self._committed)
        event.listen(engine, "rollback", self._rolled_back)
        app.teardown_request(self._request_ends)

    def _executed(
        self,
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: object,
        context: object,
        executemany: bool,
    ) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            connection.info["wrote"] = statement

    def _committed(self, connection: Connection) -> None:
        self.committed |= connection.info.pop("wrote", None) is not None

    def _rolled_back(self, connection: Connection) -> None:
        connection.info.pop("wrote", None)

    def _request_ends(self, _error: BaseException | None) -> None:
        session = db.session()
        self.left_open += [repr(changed) for changed in (*session.new, *session.dirty, *session.deleted)]
        if session.in_transaction():
            wrote = session.connection().info.get("wrote")
            self.left_open += [wrote] if wrote else []
