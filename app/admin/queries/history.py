"""What the audit log holds of one thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.admin.queries.people import names_of
from app.admin.rules.audit_sentences import sentence
from app.audit.models import AuditLine
from app.core.text import Text, Verbatim


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the log, with the name of whoever did it."""

    at: datetime
    told: Text
    by: str | None
    """None: the operator at the command line, or somebody whose account is gone."""


def history(
    session: Session, name: str, subjects: Collection[str], *, without: Collection[str] = (), limit: int = 50
) -> Sequence[HistoryLine]:
    """The latest lines about the thing of that name, which the log knows as these subjects; the newest first."""
    asked = select(AuditLine).where(AuditLine.subject.in_(subjects), AuditLine.kind.not_in(without))
    lines = session.scalars(asked.order_by(AuditLine.id.desc()).limit(limit)).all()
    names = names_of(session, {line.account_id for line in lines if line.account_id is not None})
    of = Verbatim(name)
    return [HistoryLine(line.at, sentence(line.kind, of, line.details), names.get(line.account_id or 0)) for line in lines]
