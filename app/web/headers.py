"""Security headers on every answer."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

from app.web.tiles import tiles

A_YEAR_S = 365 * 24 * 3600
"""For so long a browser that came by https comes by nothing else."""


def nonce() -> str:
    """The one-time word that lets this page's own script run."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    word: str = g.nonce
    return word


def install(app: Flask) -> None:
    app.jinja_env.globals["csp_nonce"] = nonce

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if response.mimetype == "text/html":
            script = f"'self' 'nonce-{g.nonce}'" if "nonce" in g else "'self'"
            beneath = tiles()
            pictures = f"'self' data: blob:{f' {beneath.origin}' if beneath else ''}"
            headers.setdefault(
                "Content-Security-Policy",
                f"default-src 'self'; script-src {script}; style-src 'self'; img-src {pictures}; object-src 'none'; "
                "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            )
        if request.is_secure or app.config["SESSION_COOKIE_SECURE"]:
            headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR_S}")
        if not headers.get("Cache-Control"):
            headers["Cache-Control"] = "no-store"
        return response
