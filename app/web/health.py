"""Is the process alive, is the database ready."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.database import db
from app.database.migrations import newest_revision

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process lives."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database answers and its schema is the one this program was written for."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            revision = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return jsonify(status="unavailable", database="unreachable"), 503
    if revision != newest_revision():
        return jsonify(status="unavailable", database="reachable", schema=revision or "empty"), 503
    return jsonify(status="ok", database="reachable", schema=revision)
