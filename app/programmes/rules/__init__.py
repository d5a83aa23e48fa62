"""What a programme says: its file as values, its days, what an action earns."""

from app.programmes.rules.credits import credits
from app.programmes.rules.days import DayKind, day_kind
from app.programmes.rules.definition import Definition
from app.programmes.rules.measures import measured

__all__ = ["DayKind", "Definition", "credits", "day_kind", "measured"]
