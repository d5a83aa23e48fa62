"""The wire for phones: actions and their photographs."""

from __future__ import annotations

from app.sync.views import outbox, photos, record
from app.sync.views.actions import receipt
from app.sync.views.blueprint import blueprint

__all__ = ["blueprint", "outbox", "photos", "receipt", "record"]
