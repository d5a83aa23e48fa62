"""The page about the server, `/metrics`, and what listens from the first request on."""

from __future__ import annotations

from flask import Flask, has_request_context, request

from app.core.clock import utc_now
from app.database import db
from app.database.slow import tell_slow
from app.operations.service import slow_statements
from app.operations.service.slow_statements import SlowStatement
from app.operations.views import alerts, metrics, state
from app.operations.views.blueprint import blueprint
from app.settings import Settings

__all__ = ["alerts", "blueprint", "install", "metrics", "state"]


def install(flask: Flask, settings: Settings) -> None:
    """Listen for slow statements; count requests, and tell errors elsewhere, where that is asked for."""

    def hear(statement: str, ms: float) -> None:
        # Commands and jobs may take their time.
        if has_request_context():
            rule = request.url_rule.rule if request.url_rule else "-"
            slow_statements.keep(settings.instance, SlowStatement(utc_now(), round(ms, 1), rule, statement))

    with flask.app_context():
        tell_slow(db.engine, hear)
    flask.register_blueprint(blueprint)
    if settings.metrics_token:
        metrics.install(flask)
    if settings.error_webhook:
        alerts.install(flask, settings)
