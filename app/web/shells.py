"""Shells: pages that a phone keeps and opens without a signal. They hold no person, because whoever asks for one has none.

A request with `?kerangka=1` loses its cookies and its token before anything reads them, and its answer sets no cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from flask import Flask, Response, request, session
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MARK = "kerangka"
_IN_ENVIRONMENT = "sabuk.shell"
_OF_PERSONS = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")


def _same(_session: Session) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Shell:
    """A page that phones keep."""

    address: str
    state: Callable[[Session], str] = _same
    """What its content follows besides the code: two shells of one state are equal."""

    def asked_in(self, language: str) -> str:
        """The address under which the phone fetches it."""
        return f"{self.address}?{MARK}=1&lang={language}"


class WithoutPerson:
    """The application as it stands to somebody unknown, where a shell is asked for."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or parse_qs(environ.get("QUERY_STRING", "")).get(MARK) != ["1"]:
            return self._application(environ, start_response)
        for name in _OF_PERSONS:
            environ.pop(name, None)
        environ[_IN_ENVIRONMENT] = True

        def start_without_cookies(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 - handed on
            return start_response(status, [(name, value) for name, value in headers if name.lower() != "set-cookie"], *rest)

        return self._application(environ, start_without_cookies)


def is_shell() -> bool:
    """Whether this request asks for a shell."""
    return bool(request.environ.get(_IN_ENVIRONMENT))


def install(app: Flask) -> None:
    app.wsgi_app = WithoutPerson(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals["is_shell"] = is_shell

    @app.after_request
    def ask_again(response: Response) -> Response:
        """The phone keeps it on purpose; nothing on the way does."""
        if is_shell():
            response.headers["Cache-Control"] = "no-cache"
            session.accessed = False  # that somebody looked for a session must not part the copies by cookie
        return response
