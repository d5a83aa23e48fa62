"""What officers decide beside stamps: which RWs there are, and which photographs all may see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions import queries as actions_queries
from app.core.errors import NotFound
from app.core.text import Text
from app.people.models import Account
from app.photo_consent import service as photo_consent
from app.places import queries as places
from app.places import service as places_service
from app.stamping.queries import proposed_rws, takes_rws
from app.stamping.service.asking import require_officer, require_right_to_stamp

MAX_RWS = 999
"""As many as there are numbers."""


def take_rw(session: Session, kelurahan_code: str, number: str, officer: Account, *, now: datetime) -> Text:
    """The RW that actions proposed is one of the kelurahan's from now on; those that still wait have it. Which one, in words.

    Raises NotFound for whoever is neither lurah nor coordinator there and for what nobody proposed. Once is as twice.
    """
    by = require_officer(session, officer, now)
    area = places.areas(session).by_code(kelurahan_code)
    if area is None or area.id not in takes_rws(session, by):
        raise NotFound
    if places.rw_named(session, area.id, number) is None:
        if not any(each.kelurahan.id == area.id and each.number == number for each in proposed_rws(session, by, limit=MAX_RWS)):
            raise NotFound
        places_service.add_rws(session, area.id, [number], by_account_id=officer.id, now=now)
    return Text("RW %(number)s %(name)s sudah dicatat.", number=number, name=area.name)


def look_at_photographs(
    session: Session, action_id: UUID, number: int, officer: Account, *, declines: str | None, now: datetime
) -> None:
    """The officer's word about a pair whose owner would like it to be public: nothing to see of anybody, or why not.

    `number` is that of the pair's first photograph, from 1; `declines` the reason against it, None for none. Raises NotAllowed
    for whoever stamps nothing there and for one's own, NotFound for what is absent, out of reach or private again, Conflict
    where the stamp was cancelled, Invalid for an empty reason.
    """
    by = require_officer(session, officer, now)
    action = actions_queries.action(session, action_id)
    require_right_to_stamp(session, action, by)
    if action is None:
        raise NotFound
    if declines is None:
        photo_consent.clear(session, action, number, officer, now=now)
    else:
        photo_consent.decline(session, action, number, officer, reason=declines, now=now)
