"""What somebody sees of themselves: their home, and what their stamped actions add up to."""

from __future__ import annotations

from app.mine.queries.home import climb, my_home
from app.mine.queries.rhythm import programme_today

__all__ = ["climb", "my_home", "programme_today"]
