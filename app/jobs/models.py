"""Work that outlives the request that caused it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.database.types import Document, Serial, UtcTime

_OPEN: dict[str, Any] = {
    "sqlite_where": text("done_at IS NULL AND dead_at IS NULL"),
    "postgresql_where": text("done_at IS NULL AND dead_at IS NULL"),
}
"""The queue holds only what has still to be done."""


class Job(Base):
    """One piece of work, written down in the transaction of its cause; done at least once, dead after too many tries."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    """What is to be done, as room.verb."""
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    """The name of its cause: the same cause asks for the work once, however often it asks."""
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    """With what: numbers and names of rows, never their content."""
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    run_after: Mapped[datetime] = mapped_column(UtcTime)
    """Not before then."""
    attempts: Mapped[int] = mapped_column(default=0)
    """How often it was begun."""
    locked_until: Mapped[datetime | None] = mapped_column(UtcTime)
    """Until when the runner that began it has it for itself."""
    locked_by: Mapped[str | None] = mapped_column(String(120))
    """That runner: machine and process."""
    last_error: Mapped[str | None] = mapped_column(String(500))
    """Why the last try failed."""
    done_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True)
    """When it was done."""
    dead_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When it was given up; a person may send it round again."""

    __table_args__ = (
        CheckConstraint("done_at IS NULL OR dead_at IS NULL", name="done_or_dead"),
        Index("ix_job_due", "run_after", "id", **_OPEN),
    )
