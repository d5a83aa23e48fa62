"""The wire for phones: actions and their photographs."""

from __future__ import annotations

from app.sync.views import photos, record
from app.sync.views.actions import blueprint, receipt

__all__ = ["blueprint", "photos", "receipt", "record"]
