"""Which RWs of a kelurahan may be told from each other."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.core.periods import ALL_TIME
from app.indicators.rules import rws_to_tell
from app.places import queries as places
from app.places.queries import AreaLevel
from app.tallies.queries import values
from app.tallies.rules import PEOPLE, Audience, Subject


def rws_told(session: Session, programme_id: int, kelurahan_id: int, audience: Audience) -> frozenset[int]:
    """The RWs of which the audience may read numbers of their own; those accountable for the kelurahan read all."""
    rws = [area.id for area in places.areas(session).children(kelurahan_id) if area.level is AreaLevel.RW]
    if not audience.is_public:
        return frozenset(rws)
    asked = [kelurahan_id, *rws]
    found = values(session, programme_id, Subject.AREA, asked, ALL_TIME.name, [PEOPLE], audience=audience)
    people = {area_id: found.get((area_id, PEOPLE), 0) for area_id in asked}
    return rws_to_tell({rw: people[rw] for rw in rws}, whole=people[kelurahan_id])
