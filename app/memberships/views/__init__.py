"""Pages on who belongs where. Each module hangs its views on the blueprint."""

from __future__ import annotations

from app.memberships.views import answering, own
from app.memberships.views.blueprint import blueprint

__all__ = ["answering", "blueprint", "own"]
