"""Which of the two languages a request is answered in."""

from __future__ import annotations

from flask import g, request

from app.core.catalogue import INDONESIAN, Language, languages
from app.core.text import Text

COOKIE = "sabuk_lang"


def language() -> Language:
    """`?lang=`, then the cookie, then Accept-Language; Indonesian where nothing is asked for."""
    if "language" not in g:
        g.language = _asked()
    chosen: Language = g.language
    return chosen


def _asked() -> Language:
    for name in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if name in languages():
            return Language(name)
    return Language(request.accept_languages.best_match(languages(), default=INDONESIAN))


def said(text: Text) -> str:
    """The sentence in the language of the request."""
    return text.said(language())
