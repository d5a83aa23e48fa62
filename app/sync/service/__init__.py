"""The only way in for what phones send: look around, then record exactly once.

`prepare` reads, outside the write lock; `receive` decides and stores, inside it.
"""

from app.sync.service.photographs import take_photo
from app.sync.service.preparing import Prepared, prepare
from app.sync.service.receiving import known, receive, withdraw

__all__ = [
    "Prepared",
    "known",
    "prepare",
    "receive",
    "take_photo",
    "withdraw",
]
