"""Taking photographs in and sweeping them out. Decoding them is for the job runner alone: app.media.service.deriving."""

from __future__ import annotations

from app.media.service.accept import ask_for_room, claim, keep, look_later, make_again
from app.media.service.files import Arrived, Store, passing, store_in

__all__ = ["Arrived", "Store", "ask_for_room", "claim", "keep", "look_later", "make_again", "passing", "store_in"]
