"""Logs: one JSON object a line on standard error, with the request's id; never a token, a body or a position.

Of an error its kind and its way are told, never a value that it quotes (app/database/faults.py).
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

from app.core.identity_numbers import hide_identity_numbers
from app.database.faults import trace_of

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": hide_identity_numbers(record.getMessage()),
        }
        line |= getattr(record, "fields", {})
        if has_request_context():
            line["request"] = g.get("request_id")
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = hide_identity_numbers(trace_of(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def install(app: Flask, level: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    requests = logging.getLogger("sabuk.request")

    @app.before_request
    def begin() -> None:
        sent = request.headers.get("X-Request-Id", "")
        g.request_id = sent if _REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if requests.isEnabledFor(logging.INFO):
            # The rule, not the address: addresses name actions and people.
            rule = request.url_rule.rule if request.url_rule else "-"
            took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
            fields = {"method": request.method, "rule": rule, "status": response.status_code, "ms": took}
            requests.info("%s %s %s", request.method, rule, response.status_code, extra={"fields": fields})
        return response
