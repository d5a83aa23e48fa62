"""Who changed, looked at or exported what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Document, Serial, UtcTime


class AuditLine(Base):
    """One thing that one account did. The account has no foreign key: the line outlives an erased person."""

    __tablename__ = "audit_line"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    """When."""
    account_id: Mapped[int | None] = mapped_column(Serial, index=True)
    """None: the operator at the command line."""
    kind: Mapped[str] = mapped_column("deed", String(60))  # an older version reads the column by this name
    """What was done, as room.verb."""
    subject: Mapped[str] = mapped_column(String(120), index=True)
    """To what, as kind:name."""
    details: Mapped[dict[str, Any]] = mapped_column(Document)
    """What else is worth keeping."""
