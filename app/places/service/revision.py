"""Telling every process that areas or outlines have changed."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from app.database.transaction import transaction_cache
from app.database.upsert import insert_for
from app.places.models import PlaceRevision
from app.places.queries.snapshot import PLACES

_MAX_REVISION = 2**31 - 1


def areas_changed(session: Session) -> None:
    """From the commit on every process loads its areas and outlines again. Holds the revision's row until then.

    The new revision is drawn, not counted: a number that was rolled back or restored away must never stand for something else.
    """
    statement = insert_for(session, PlaceRevision).values(id=1, revision=secrets.randbelow(_MAX_REVISION) + 1)
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"revision": statement.excluded["revision"]}))
    transaction_cache(session).pop(PLACES, None)
