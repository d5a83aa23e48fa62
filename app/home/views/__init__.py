"""What shows several rooms at once. All of these pages hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)

# Each module hangs its pages on the blueprint above.
from app.home.views import (  # noqa: E402
    account,
    boards,
    city,
    facts,
    kelurahan,
    landing,
    me,
    method,
    mine,
    notices,
    outlines,
    programmes,
)

__all__ = [
    "account",
    "blueprint",
    "boards",
    "city",
    "facts",
    "kelurahan",
    "landing",
    "me",
    "method",
    "mine",
    "notices",
    "outlines",
    "programmes",
]
