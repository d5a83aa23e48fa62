"""Every "no" as a program and as a person reads it: problem+json (RFC 9457) on the wire, a page elsewhere.

The only module that knows which status code a DomainError has.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response, current_app, g, render_template, request
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.core.errors import Conflict, DomainError, FieldError, Invalid, NotAllowed, NotFound, NotSignedIn, TooMany, Unavailable
from app.core.faults import is_full, is_of_the_machine
from app.core.text import Text, Verbatim
from app.database.faults import words_of
from app.database.patience import Busy
from app.web.language import said
from app.web.surfaces import surface

log = logging.getLogger(__name__)

STATUS_OF: dict[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}

TITLES: dict[int, Text] = {
    400: Text("Permintaan tidak terbaca"),
    401: Text("Masuk dulu"),
    403: Text("Tidak berwenang"),
    404: Text("Tidak ditemukan"),
    405: Text("Metode tidak didukung"),
    409: Text("Bertentangan"),
    413: Text("Terlalu besar"),
    415: Text("Jenis isi tidak dikenal"),
    422: Text("Perlu diperbaiki"),
    429: Text("Terlalu sering"),
    500: Text("Ada yang rusak di pihak kami"),
    503: Text("Sebentar lagi"),
    507: Text("Penyimpanan penuh"),
}

DETAILS: dict[int, Text] = {
    400: Text("Kami tidak dapat membaca permintaan ini."),
    401: Text("Masuk dulu, lalu coba lagi. Catatan Anda tetap aman."),
    403: Text("Anda tidak berwenang untuk ini."),
    404: Text("Yang Anda cari tidak ada di sini."),
    405: Text("Alamat ini tidak mendukung metode itu."),
    413: Text("Isinya terlalu besar untuk diterima."),
    415: Text("Kirimlah sebagai application/json."),
    500: Text("Ada yang rusak di pihak kami. Catatan Anda aman; coba lagi sebentar."),
    503: Text("Basis data sedang tidak merespons. Catatan Anda aman; coba lagi sebentar."),
    507: Text("Penyimpanan di server penuh. Catatan Anda tetap di perangkat; coba lagi nanti."),
}

STORAGE_AWAY = Text("Penyimpanan di server sedang bermasalah. Catatan Anda tetap di perangkat; coba lagi sebentar.")
RETRY_AFTER_S = "5"
_LISTENER = "sabuk_error_listener"


def install(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(PoolTimeout, _database_error)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(OSError, _disk_error)
    app.register_error_handler(Exception, _unexpected)


def tell_of_errors(app: Flask, tell: Callable[[Exception], None]) -> None:
    """Let `tell` hear of each error that is ours, the machine's or the database's, in its request. It has to return at once."""
    app.extensions[_LISTENER] = tell


def answer(status: int, detail: Text, code: str = "", errors: tuple[FieldError, ...] = ()) -> Response:
    """The "no" in the form that the address speaks."""
    if surface().speaks_json:
        response = problem(status, detail, code, errors)
    else:
        if status >= 500:
            g.visitor, g.is_reader_unsure = None, True  # what broke may be where we would look the reader up
        page = render_template(
            "error.html",
            status=status,
            title=said(_title(status)),
            detail=said(DETAILS[404] if detail is NotFound.message else detail),
            errors=errors,
            here=request.full_path.rstrip("?"),
            retry=request.full_path.rstrip("?") if status >= 500 and request.method == "GET" else "",
            request_id=g.get("request_id"),
        )
        response = Response(page, status, mimetype="text/html")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in (503, 507):
        response.headers["Retry-After"] = RETRY_AFTER_S
    return response


def problem(status: int, detail: Text, code: str = "", errors: tuple[FieldError, ...] = ()) -> Response:
    body = {
        "type": f"urn:sabuk:problem:{code or status}",
        "title": said(_title(status)),
        "status": status,
        "detail": said(detail),
        "errors": [{"field": e.field, "code": e.code, "message": said(e.message)} for e in errors],
    }
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")


def _title(status: int) -> Text:
    return TITLES.get(status, Verbatim(HTTPStatus(status).phrase))


def _domain_error(error: DomainError) -> Response:
    status = next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)
    errors = error.errors if isinstance(error, Invalid) else ()
    response = answer(status, error.message, error.code, errors)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait_s)
    return response


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()  # type: ignore[return-value]
    phrase = HTTPStatus(status).phrase
    response = answer(status, DETAILS.get(status, Verbatim(phrase)))
    for name, value in error.get_headers():
        if name in ("Allow", "WWW-Authenticate", "Retry-After"):
            response.headers[name] = value
    return response


def _is_full(error: DBAPIError) -> bool:
    original = error.orig
    full = isinstance(original, sqlite3.Error) and getattr(original, "sqlite_errorname", "") == "SQLITE_FULL"
    return full or getattr(original, "sqlstate", None) == "53100"


def _tell(error: Exception) -> None:
    if tell := current_app.extensions.get(_LISTENER):
        tell(error)


def _database_error(error: DBAPIError | PoolTimeout) -> Response:
    _tell(error)
    log.error("database: %s", type(error).__name__, exc_info=error)
    if isinstance(error, DBAPIError) and _is_full(error):
        return answer(507, DETAILS[507])
    if isinstance(error, OperationalError | PoolTimeout):
        return answer(503, DETAILS[503])
    return answer(500, DETAILS[500])


def _busy(_error: Busy) -> Response:
    log.warning("database: too many write at once")
    return answer(503, DETAILS[503])


def _disk_error(error: OSError) -> Response:
    _tell(error)
    log.error("disk: %s", words_of(error), exc_info=error)
    if is_full(error):
        return answer(507, DETAILS[507])
    return answer(503, STORAGE_AWAY) if is_of_the_machine(error) else answer(500, DETAILS[500])


def _unexpected(error: Exception) -> Response:
    _tell(error)
    log.error("unexpected: %s", type(error).__name__, exc_info=error)
    return answer(500, DETAILS[500])
