"""The officer's desk: for programs and as pages. Each module hangs its views on the blueprint."""

from __future__ import annotations

from app.stamping.views import desk, given, pausing, photographs, replacing, wire
from app.stamping.views.blueprint import blueprint

__all__ = ["blueprint", "desk", "given", "pausing", "photographs", "replacing", "wire"]
