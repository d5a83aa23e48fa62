"""Errors of requests and jobs handed to the webhook, where SABUK_ERROR_WEBHOOK is set."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from flask import Flask, request

from app.core.clock import utc_now
from app.operations.rules.alerts import Alert, AlertKind, error_class
from app.operations.service.alerts import AlertSender
from app.settings import Settings
from app.web import errors

_SENDER = "sabuk_alerts"


def install(flask: Flask, settings: Settings) -> None:
    """From now on errors that are ours are told."""
    sender = flask.extensions[_SENDER] = AlertSender(
        settings.error_webhook, settings.instance, version("sabuk-hijau"), lambda: utc_now()
    )

    def tell(error: Exception) -> None:
        rule = request.url_rule.rule if request.url_rule else "-"
        sender.tell(Alert(AlertKind.REQUEST, rule, type(error).__name__))

    errors.tell_of_errors(flask, tell)


def tell_of_dead_jobs(flask: Flask) -> Callable[[str, str], object]:
    """What the job runner calls with the kind of a job that was given up, and why."""
    sender: AlertSender | None = flask.extensions.get(_SENDER)

    def tell(kind: str, why: str) -> None:
        if sender is not None:
            sender.tell(Alert(AlertKind.JOB, kind, error_class(why)))

    return tell
