"""The officer's desk: for programs and as a page. All of it hangs on one blueprint."""

from flask import Blueprint

blueprint = Blueprint("stamping", __name__)

from app.stamping.views import desk, photographs, wire  # noqa: E402, F401 - each module hangs its views on the blueprint above
