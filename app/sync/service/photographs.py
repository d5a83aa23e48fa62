"""A photograph is taken in, and joins the actions that were recorded before it came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.locks import lock_rows
from app.integrity import queries as integrity_queries
from app.integrity import service as integrity
from app.media import service as media
from app.people.models import Account, Person


def take_photo(session: Session, arrived: media.Arrived, account: Account, *, now: datetime) -> bool:
    """Write down that the account sent these bytes; its actions that wait for them have them. Whether the bytes are news of it.

    Raises TooMany as media.keep does.
    """
    waiting = integrity_queries.awaiting(session, account.id, arrived.sha256)
    # Whoever records an action holds its account's person: either the photograph is seen there, or the action here.
    lock_rows(session, Person.id, {account.person_id, *waiting.values()})
    is_new = media.keep(session, arrived, account.id, now=now)
    integrity.photo_came(session, account.id, arrived.sha256, now=now)
    return is_new
