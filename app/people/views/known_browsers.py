"""Browsers in which somebody has signed in before: their tries are counted apart, so that nobody elsewhere locks them out.

The cookie is a random name of the browser and, for each account that signed in there, a mark that only this server can make. It
says nothing of who they are, and opens nothing: the password is asked for as ever.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode

from flask import Response, current_app, request

from app.web.pages import A_YEAR_S

COOKIE = "sabuk_kenal"
MAX_NAMES = 8
"""Accounts of one browser; one more takes the place of the one that was longest away."""
_MARK_BYTES = 18


def known_browser(name: str) -> str:
    """The name of this browser, where the account of that sign-in name has signed in here before; else ""."""
    browser, marks = _carried()
    return browser if browser and any(hmac.compare_digest(_mark(browser, name), mark) for mark in marks) else ""


def know_browser(response: Response, name: str) -> None:
    """The account of that sign-in name has signed in here."""
    browser, marks = _carried()
    browser = browser or secrets.token_urlsafe(12)
    mine = _mark(browser, name)
    kept = [mine, *(mark for mark in marks if mark != mine)][:MAX_NAMES]
    response.set_cookie(
        COOKIE,
        ".".join([browser, *kept]),
        max_age=A_YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        path="/",
    )


def _carried() -> tuple[str, list[str]]:
    browser, *marks = request.cookies.get(COOKIE, "")[:400].split(".")
    return (browser, marks[:MAX_NAMES]) if browser.isascii() and all(mark.isascii() for mark in marks) else ("", [])


def _mark(browser: str, name: str) -> str:
    key = f"known browser:{current_app.secret_key!s}".encode()
    return urlsafe_b64encode(hmac.digest(key, f"{browser}:{name}".encode(), "sha256")[:_MARK_BYTES]).decode()
