"""Writing the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.core.identity_numbers import hide_identity_numbers


def note(session: Session, kind: str, subject: str, /, *, account_id: int | None, now: datetime, **details: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Remember that the account (None: the operator at the command line) did this kind of thing to this subject."""
    said = {name: hide_identity_numbers(words) for name in ("reason", "note") if isinstance(words := details.get(name), str)}
    session.add(AuditLine(at=now, account_id=account_id, kind=kind, subject=subject, details=details | said))
