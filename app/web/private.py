"""Pictures that not everybody may see: nobody keeps a copy on the way, and nothing in them is run."""

from __future__ import annotations

from pathlib import Path

from flask import Response


def private_file(file: Path, mimetype: str) -> Response:
    """The file's bytes, a few hundred kilobytes at most, under a type that we say. Who may see it has been asked before."""
    response = Response(file.read_bytes(), mimetype=mimetype)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = "inline"
    return response
