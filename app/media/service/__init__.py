"""Taking photographs in and sweeping them out. Decoding them is for the job runner alone: app.media.service.deriving."""

from __future__ import annotations

from app.media.service.accept import ask_for_room, claim, keep
from app.media.service.files import Arrived, Store, passing, store_in

__all__ = ["Arrived", "Store", "ask_for_room", "claim", "keep", "passing", "store_in"]
