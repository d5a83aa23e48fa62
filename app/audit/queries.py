"""Reading the audit log, the newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.audit.models import AuditLine


@dataclass(frozen=True, slots=True)
class LogQuestion:
    """Which lines are asked for; what is None asks for all."""

    kind: str | None = None
    without: Collection[str] = ()
    account_id: int | None = None
    by_operator: bool = False
    """Only what was done at the command line."""
    since: datetime | None = None
    until: datetime | None = None
    """Lines before this instant."""
    after: int | None = None
    """The number of the last line of the page before."""


def lines(session: Session, asked: LogQuestion, *, limit: int) -> tuple[Sequence[AuditLine], int | None]:
    """The lines that fit, and the number of the last of them where more follow."""
    found = session.scalars(select(AuditLine).where(*_fitting(asked)).order_by(AuditLine.id.desc()).limit(limit + 1)).all()
    page = found[:limit]
    return page, page[-1].id if len(found) > limit else None


def _fitting(asked: LogQuestion) -> list[ColumnElement[bool]]:
    fitting: list[ColumnElement[bool]] = []
    if asked.kind is not None:
        fitting.append(AuditLine.kind == asked.kind)
    if asked.without:
        fitting.append(AuditLine.kind.not_in(asked.without))
    if asked.by_operator:
        fitting.append(AuditLine.account_id.is_(None))
    elif asked.account_id is not None:
        fitting.append(AuditLine.account_id == asked.account_id)
    if asked.since is not None:
        fitting.append(AuditLine.at >= asked.since)
    if asked.until is not None:
        fitting.append(AuditLine.at < asked.until)
    if asked.after is not None:
        fitting.append(AuditLine.id < asked.after)
    return fitting
