"""`/metrics`, for a program that watches; there only where SABUK_METRICS_TOKEN is set, and for whoever knows it."""

from __future__ import annotations

import hmac
import time
from functools import partial

from flask import Blueprint, Flask, Response, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.core.clock import utc_now
from app.database import db
from app.operations.queries.state import queue_figures
from app.operations.rules import gauges
from app.operations.rules.gauges import Gauge
from app.operations.service import milestones
from app.operations.service.metrics import RequestMetrics
from app.operations.views.reading import disks, settings, slow_of_a_day
from app.web.surfaces import Surface, SurfaceBlueprint

MEDIA = "text/plain; version=0.0.4; charset=utf-8"


def install(flask: Flask) -> None:
    """Count requests from now on, and tell of them."""
    counted = RequestMetrics()
    flask.after_request(partial(_count, counted))
    blueprint: Blueprint = SurfaceBlueprint("metrics", __name__, Surface.PROBE)
    blueprint.add_url_rule("/metrics", "metrics", partial(_metrics, counted))
    flask.register_blueprint(blueprint)


def _count(counted: RequestMetrics, response: Response) -> Response:
    now = time.perf_counter()
    rule = request.url_rule.rule if request.url_rule else "-"
    counted.record(request.method, rule, response.status_code, now - g.get("began", now))
    return response


def _metrics(counted: RequestMetrics) -> ResponseReturnValue:
    if not _knows_the_token():
        return Response("", 401, {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}, mimetype="text/plain")
    return Response(counted.text(_gauges()), headers={"Content-Type": MEDIA, "Cache-Control": "no-store"})


def _knows_the_token() -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(token.strip().encode(), settings().metrics_token.encode())


def _gauges() -> list[Gauge]:
    """What the machine tells is there also while the database is away."""
    now = utc_now()
    told = [
        *gauges.disk_gauges(disks()),
        gauges.slow_gauge(len(slow_of_a_day(now))),
        gauges.milestone_gauge(milestones.reached(settings().instance), now),
    ]
    try:
        queue = queue_figures(db.session(), now=now)
    except SQLAlchemyError:
        db.session.rollback()
        return [*told, gauges.database_gauge(answers=False)]
    told += gauges.queue_gauges(
        {state.value: count for state, count in queue.by_state.items()}, oldest=queue.oldest, counts_due=queue.counts_due, now=now
    )
    return [*told, gauges.database_gauge(answers=True)]
