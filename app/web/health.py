"""Is the process alive, is the database ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import NotRequired

from flask import Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import TypedDict

from app.database import db
from app.database.schema import State, schema_of
from app.web.described import SignIn, described
from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("health", __name__, Surface.PROBE)
_TOLD = "sabuk_readiness"


def tell_of_jobs(flask: Flask, ask: Callable[[], str]) -> None:
    """Let `/readyz` tell how the work stands that outlives requests; rooms above know."""
    flask.extensions[_TOLD] = ask


class Alive(TypedDict):
    status: str


class Readiness(TypedDict):
    """`schema` and `revision` where the database answers; `jobs` where it is ready: well, behind, stopped or never.

    A queue that stands still is told and does not make the server unready: pages and records do without it, and taking the server
    away would make a late photograph an outage.
    """

    status: str
    database: str
    schema: NotRequired[State]
    revision: NotRequired[str | None]
    jobs: NotRequired[str]


@blueprint.get("/healthz")
@described({200: Alive}, sign_in=SignIn.NONE)
def healthz() -> ResponseReturnValue:
    """The process lives."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@described({200: Readiness, 503: Readiness}, sign_in=SignIn.NONE)
def readyz() -> ResponseReturnValue:
    """The database answers and its schema is the one this program was written for."""
    try:
        with db.engine.connect() as connection:
            schema = schema_of(connection)
        jobs = current_app.extensions[_TOLD]() if schema.state is State.CURRENT else ""
    except SQLAlchemyError:
        return jsonify(status="unavailable", database="unreachable"), 503
    if schema.state is not State.CURRENT:
        return jsonify(status="unavailable", database="reachable", schema=schema.state, revision=schema.revision), 503
    return jsonify(status="ok", database="reachable", schema=schema.state, revision=schema.revision, jobs=jobs)
