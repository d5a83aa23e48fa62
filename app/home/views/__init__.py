"""What shows several rooms at once. All of these pages hang on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)

from app.home.views import account, me, mine  # noqa: E402, F401 - each module hangs its pages on the blueprint above
