"""The wire for phones: actions and their photographs."""

from __future__ import annotations

from app.sync.views import outbox, photos, record
from app.sync.views.actions import blueprint, receipt

__all__ = ["blueprint", "outbox", "photos", "receipt", "record"]
