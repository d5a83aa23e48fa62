"""What somebody sees of themselves. Each module hangs its views on the blueprint."""

from __future__ import annotations

from app.mine.views import account, card, me, mine, notices
from app.mine.views.blueprint import blueprint

__all__ = ["account", "blueprint", "card", "me", "mine", "notices"]
