"""What a person is to be told of their account: asked for in the transaction of its cause, told by the room of notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.ids import new_id
from app.jobs import queue

NEWS = "people.news"
"""The job that turns the news into a notice."""


def tell(session: Session, person_id: int, kind: str, *, link: str, now: datetime, **values: Any) -> None:  # noqa: ANN401 - words and numbers
    """The person will find a notice of that kind (`notices.rules.NoticeKind`) on their page, and hear it where they asked to."""
    payload = {"uuid": str(new_id()), "person": person_id, "kind": kind, "values": values, "link": link}
    queue.enqueue(session, NEWS, payload, now=now)
