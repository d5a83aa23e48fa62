"""The words that the tests of this wire share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.people.models import Account
from tests.page_client import PageClient

Sign = Callable[[Account], PageClient]


def address(action_id: UUID | None = None) -> str:
    return f"/api/v1/actions/{action_id or uuid4()}"


def rows(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Action)) or 0


def codes(receipt: dict[str, Any]) -> dict[str, str]:
    """Finding -> its level."""
    return {finding["code"]: finding["level"] for finding in receipt["findings"]}
