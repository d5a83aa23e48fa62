"""The moment from which an action counts, and the moment from which it does not.

Read `counting.count` to see what a stamp does.
"""

from app.stamping.service.asking import MAX_LENGTH, BulkResult
from app.stamping.service.beside import look_at_photographs, take_rw
from app.stamping.service.counting import credits_of
from app.stamping.service.deciding import decide_review, give_back, refuse, stamp
from app.stamping.service.replacing import DayMoved, move_day
from app.stamping.service.voiding import close_bulk, void, void_bulk

__all__ = [
    "MAX_LENGTH",
    "BulkResult",
    "DayMoved",
    "close_bulk",
    "credits_of",
    "decide_review",
    "give_back",
    "look_at_photographs",
    "move_day",
    "refuse",
    "stamp",
    "take_rw",
    "void",
    "void_bulk",
]
