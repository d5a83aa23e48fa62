"""What a person is to be told of their account: asked for in the transaction of its cause, told by the room of notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.ids import new_id
from app.jobs import queue

NEWS = "people.news"
"""The job that turns the news into a notice."""


def tell(session: Session, person_id: int, kind: str, *, link: str, now: datetime, **values: Any) -> None:  # noqa: ANN401 - words and numbers
    """The person will find a notice of that kind (`notices.rules.NoticeKind`) on their page, and hear it where they asked to."""
    tell_once(session, person_id, kind, new_id(), link=link, now=now, values=values)


def tell_once(
    session: Session, person_id: int, kind: str, uuid: UUID, *, link: str, now: datetime, values: dict[str, Any]
) -> None:
    """As `tell`, but what is told under the same id is told the first time only."""
    payload = {"uuid": str(uuid), "person": person_id, "kind": kind, "values": values, "link": link}
    queue.enqueue(session, NEWS, payload, now=now)
