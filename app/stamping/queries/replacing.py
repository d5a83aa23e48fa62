"""For which places somebody may declare that another day takes the place of a programme's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.text import Text, Verbatim
from app.people import queries as people
from app.people.rules import ActiveTenure, Post
from app.places import queries as places
from app.programmes import queries as programmes
from app.programmes.models import Pause

DECLARING_AT_SITE = frozenset({Post.PRINCIPAL, Post.TEACHER})


@dataclass(frozen=True, slots=True)
class Declarable:
    """A school, kelurahan or RW, and the post by whose right its days may be moved."""

    name: Text
    tenure: ActiveTenure
    site_id: int | None = None
    area_id: int | None = None

    @property
    def key(self) -> str:
        """As forms name it."""
        return f"s{self.site_id}" if self.site_id is not None else f"a{self.area_id}"


def declarable(session: Session, person_id: int, now: datetime) -> list[Declarable]:
    """The schools of a principal or teacher; a lurah's kelurahan and its RWs."""
    tenures, index = people.tenures_at(session, person_id, now), places.areas(session)
    at_sites = [tenure for tenure in tenures if tenure.post in DECLARING_AT_SITE and tenure.site_id is not None]
    sites = places.sites_by_id(session, [tenure.site_id for tenure in at_sites if tenure.site_id is not None])
    found = [
        Declarable(Verbatim(sites[tenure.site_id].name), tenure, site_id=tenure.site_id)
        for tenure in at_sites
        if tenure.site_id in sites
    ]
    for tenure in tenures:
        area = index.by_id.get(tenure.area_id) if tenure.post is Post.LURAH and tenure.area_id is not None else None
        if area is not None:
            found.append(Declarable(Text("Kelurahan %(name)s", name=area.name), tenure, area_id=area.id))
            found += [
                Declarable(Text("RW %(number)s", number=rw.name), tenure, area_id=rw.id)
                for rw in sorted(index.children(area.id), key=lambda rw: rw.name)
            ]
    return list({each.key: each for each in reversed(found)}.values())[::-1]


def pausable(session: Session, person_id: int, now: datetime) -> list[Declarable]:
    """Where somebody may declare a pause: what is `declarable`, and for an administrator each city."""
    found = declarable(session, person_id, now)
    held = next((each for each in people.tenures_at(session, person_id, now) if each.post is Post.ADMINISTRATOR), None)
    if held is not None:
        cities = places.areas(session).of_level(places.AreaLevel.CITY)
        found += [Declarable(Verbatim(city.name), held, area_id=city.id) for city in cities]
    return found


def standing_pauses(session: Session, where: Sequence[Declarable]) -> Sequence[Pause]:
    """The pauses of these places, the latest first."""
    return programmes.pauses(
        session,
        site_ids=[each.site_id for each in where if each.site_id is not None],
        area_ids=[each.area_id for each in where if each.area_id is not None],
    )
