"""How much of a request is read, decided before anything reads it.

Small for everybody; large only at the few addresses that take files, and what is no file stays small there too. Work that a body
causes must not grow faster than the body, above all before it is known who sent it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any, ParamSpec, TypeVar

from flask import Flask, Request, current_app, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

P = ParamSpec("P")
R = TypeVar("R")

FORM_BYTES = 64 * 1024
"""What a form holds besides its files."""
MAX_FIELDS = 1000
"""Fields of one form; a desk that stamps everything at once sends some two hundred."""
MAX_PARTS = 100
"""Fields and files of a form that carries files; each may bring 64 KiB of its own headers."""
FORM_PIECE_BYTES = 64 * 1024
"""A form is read in pieces, and one must have room in memory beside what is left of the piece before it."""
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_MAX_BYTES: dict[Callable[..., Any], int] = {}


def takes_up_to(max_bytes: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Stands directly below the route, beside `described`: the view's body may have so many bytes."""

    def remember(view: Callable[P, R]) -> Callable[P, R]:
        _MAX_BYTES[view] = max_bytes
        return view

    return remember


def max_bytes_of(app: Flask, endpoint: str | None) -> int:
    """Bytes that a body for the view may have."""
    view = app.view_functions.get(endpoint or "")
    usual: int = app.config["MAX_CONTENT_LENGTH"]
    return _MAX_BYTES.get(view, usual) if view is not None else usual


def max_bytes_at(app: Flask, method: str, path: str) -> int:
    """Bytes that a body may have which is sent there; for the web server, which asks before anything of it has come."""
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except HTTPException:
        endpoint = None
    return max_bytes_of(app, endpoint)


class _NoFile(io.BytesIO):
    """Takes bytes and keeps none."""

    def write(self, some: Any) -> int:  # noqa: ANN401 - whatever has the length of bytes
        return len(some)


class FormParser(FormDataParser):
    """Reads no more of a form in one line than a form may have, and counts its fields before it takes them apart."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]:
        if mimetype == "application/x-www-form-urlencoded":
            raw = stream.read(FORM_BYTES + 1)
            if len(raw) > FORM_BYTES or raw.count(b"&") >= MAX_FIELDS:
                raise RequestEntityTooLarge
            stream, content_length = io.BytesIO(raw), len(raw)
        parsed = super().parse(stream, mimetype, content_length, options)
        if sum(len(name) + len(value) for name, value in parsed[1].items(multi=True)) > FORM_BYTES:
            raise RequestEntityTooLarge
        return parsed


class BoundedRequest(Request):
    """A request whose form is bounded, and whose files are kept for those alone who are known."""

    form_data_parser_class = FormParser

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:  # fmt: skip
        if g.get("sender_is_unknown"):
            return _NoFile()
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)


def install(app: Flask, who: Callable[[], object | None]) -> None:
    """`who` tells who is signed in. Installed before the guards of forms, which read the body."""
    app.request_class = BoundedRequest
    app.config.update(MAX_FORM_MEMORY_SIZE=app.config["MAX_CONTENT_LENGTH"] + FORM_PIECE_BYTES, MAX_FORM_PARTS=MAX_PARTS)

    @app.before_request
    def measure() -> None:
        """Of somebody unknown the words of a form are read, which may be kept for them (app/web/forms.py), and no file."""
        if getattr(request.environ.get("gunicorn.socket"), "body_was_left_out", False):
            raise RequestEntityTooLarge
        if request.method not in WRITING:
            return
        max_bytes = max_bytes_of(current_app, request.endpoint)
        if max_bytes > current_app.config["MAX_CONTENT_LENGTH"]:
            g.sender_is_unknown = who() is None
            request.max_content_length = max_bytes
